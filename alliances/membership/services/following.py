"""Somebody leaves her school: what she is in alliances stays, ends, or passes on."""

from __future__ import annotations

from datetime import datetime

from alliances.membership.models import AlliancePost
from alliances.membership.permissions import is_director_of
from alliances.membership.services.posts import appoint_to_alliance, end_alliance_post
from partnership.people.models import Person
from partnership.toolkit.registers import END, PASS, STAY, Held, Leaver


def alliance_posts_held(leaver: Leaver) -> list[Held]:
    """Posts that she herself, a director or portal staff may decide about.

    Only a director or portal staff give a post to somebody else, and a director's never just ends.
    """
    posts = AlliancePost.objects.on(leaver.today).filter(person=leaver.person)
    found = []
    for post in posts.select_related("alliance").order_by("alliance__name", "pk"):
        gives = leaver.by.is_staff or is_director_of(leaver.by, post.alliance, leaver.today)
        if gives or leaver.by.pk == leaver.person.pk:
            choices = (STAY, *_ends(post), *((PASS,) if gives else ()))
            found.append(Held(post.pk, f"{post} of {post.alliance}", choices))
    return [each for each in found if each.choices != (STAY,)]


def _ends(post: AlliancePost) -> tuple[str, ...]:
    return () if post.kind == AlliancePost.Kind.DIRECTOR else (END,)


def pass_on_alliance_post(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """The post ends with the last day; whoever follows holds it from the day after."""
    posts = AlliancePost.objects.filter(pk=key, person=leaver.person)
    post = posts.select_related("alliance", "area").first()
    if post is None:
        return 0
    if to is not None:
        _give(post, leaver, to, now=now)
    end_alliance_post(post=post, last_day=leaver.last_day, by=leaver.by, now=now)
    return 1


def _give(post: AlliancePost, leaver: Leaver, to: Person, *, now: datetime) -> None:
    same = AlliancePost.objects.filter(
        alliance=post.alliance, person=to, kind=post.kind, area=post.area, ends_on=None
    )
    if same.exists():
        return
    appoint_to_alliance(
        alliance=post.alliance,
        person=to,
        kind=post.kind,
        description=post.description,
        area=post.area,
        funded_days=post.funded_days,
        funded_per=post.funded_per,
        starts_on=leaver.first_day,
        by=leaver.by,
        now=now,
    )
