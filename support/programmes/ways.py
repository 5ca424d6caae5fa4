"""As what somebody signs: for a school that she heads or signs for, or for the alliance."""

from __future__ import annotations

from datetime import date

from alliances.membership.models import AlliancePost
from alliances.schools.models import Delegation, School, SchoolPost
from partnership.people.models import Person
from support.programmes.models import Programme, Signature


def signs_as(person: Person, signature: Signature, programme: Programme, *, on: date) -> str:
    """Her post in words, as it will stand under the agreement; empty when she may not sign."""
    if signature.school is not None:
        return _as_head(person, signature.school, on=on)
    posts = AlliancePost.objects.on(on).filter(
        person=person, alliance=programme.alliance_id, kind=AlliancePost.Kind.DIRECTOR
    )
    return f"Director of {programme.alliance}"[:150] if posts.exists() else ""


def _as_head(person: Person, school: School, *, on: date) -> str:
    posts = SchoolPost.objects.on(on).filter(person=person, school=school).by_rank()
    post = posts.first()
    if post is None:
        return ""
    if post.is_headship:
        return f"{post.called} of {school}"[:150]
    acting = Delegation.objects.held_by(person, Delegation.Kind.SIGNING, on=on)
    if not acting.filter(school=school).exists():
        return ""
    return f"{post.called}, for the head of {school}"[:150]
