"""What the room tells people by mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from alliances.membership.models import AlliancePost, Enquiry, Membership
from alliances.schools.models import SchoolPost
from alliances.schools.notices import days_words, givers_of, why_no_news
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from partnership.toolkit.spoken_dates import spoken_moment

APPOINTED = "membership.appointed"
SCHOOL_JOINED = "membership.school_joined"
ENQUIRY = "membership.enquiry"
RUNS_MEETINGS = (
    "You create workhubs, call, move and cancel their meetings, and see the reasons of apologies."
)
LETS = {
    AlliancePost.Kind.DIRECTOR: "You settle who belongs to the alliance and who holds which post, "
    "word its page and its mails, create workhubs and call their meetings.",
    AlliancePost.Kind.CHAIR: RUNS_MEETINGS,
    AlliancePost.Kind.ADMINISTRATOR: RUNS_MEETINGS,
}
ITS_SCHOOLS = (
    "The alliance can ask you to its meetings and your school into its workhubs. You see who holds "
    "its posts, its contacts by role and its workhubs."
)
SEES = "You see who holds its posts, its contacts by role and its workhubs."


def letters_of_posts(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
    """To whoever is given a post in an alliance: what it is, who gave it, what it lets her do."""
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    posts = AlliancePost.objects.select_related("alliance", "area").in_bulk(ids)
    givers = givers_of(notices)
    return {
        notice.pk: _appointed(notice, posts.get(notice.thing_id or 0), givers, now)
        for notice in notices
    }


def _appointed(
    notice: Notice, post: AlliancePost | None, givers: Mapping[int, str], now: datetime
) -> Letter | Stale:
    if post is None or post.person_id != notice.recipient_id:
        return Stale("The post has been taken back since.")
    if no_news := why_no_news(notice, post.starts_on, post.ends_on, now):
        return no_news
    called = f"{post} ({post.area})" if post.area else str(post)
    subject = f"Your post in {post.alliance}: {called}"
    lets = LETS.get(AlliancePost.Kind(post.kind), SEES)
    return Letter(
        subject=subject,
        heading=subject,
        why=f"{givers[notice.pk]} has given you this post.",
        facts=(days_words(post.starts_on, post.ends_on), lets),
        after=("If it is a mistake, tell whoever gave it.",),
        button_label="See the alliance’s page",
        button_url=f"{settings.PORTAL_URL}{post.alliance.get_absolute_url()}",
        sender_name=post.alliance.name,
        thread=f"membership.post:{post.pk}",
    )


def letters_of_schools(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
    """To the heads of a school that belongs to an alliance now."""
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    memberships = Membership.objects.select_related("alliance", "school").in_bulk(ids)
    schools = {membership.school_id for membership in memberships.values()}
    heads = SchoolPost.objects.on(now.astimezone(UK).date()).of_heads().filter(school__in=schools)
    headed = set(heads.values_list("school", "person"))
    givers = givers_of(notices)
    return {
        notice.pk: _joined(notice, memberships.get(notice.thing_id or 0), headed, givers, now)
        for notice in notices
    }


def _joined(
    notice: Notice,
    membership: Membership | None,
    headed: set[tuple[int, int]],
    givers: Mapping[int, str],
    now: datetime,
) -> Letter | Stale:
    if membership is None or (membership.school_id, notice.recipient_id) not in headed:
        return Stale("She does not head the school.")
    if no_news := why_no_news(notice, membership.starts_on, membership.ends_on, now):
        return no_news
    alliance, school = membership.alliance, membership.school
    subject = f"{school} belongs to {alliance}"
    return Letter(
        subject=subject,
        heading=subject,
        why=f"{givers[notice.pk]} has entered it. You have this because you head {school}.",
        facts=(
            f"As: {membership}.",
            days_words(membership.starts_on, membership.ends_on),
            ITS_SCHOOLS,
        ),
        button_label="See the alliance’s page",
        button_url=f"{settings.PORTAL_URL}{alliance.get_absolute_url()}",
        sender_name=alliance.name,
        thread=f"membership.school:{membership.pk}",
    )


def letters_of_enquiries(notices: Sequence[Notice], _now: datetime) -> Mapping[int, Letter | Stale]:
    """To the directors: that something came, and nothing of who wrote or what."""
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    enquiries = Enquiry.objects.select_related("alliance").in_bulk(ids)
    found = {notice.pk: enquiries.get(notice.thing_id or 0) for notice in notices}
    return {pk: _came(enquiry) for pk, enquiry in found.items()}


def _came(enquiry: Enquiry | None) -> Letter | Stale:
    if enquiry is None or not enquiry.is_waiting:
        return Stale("The enquiry is settled.")
    subject = f"Somebody wrote to {enquiry.alliance}"
    return Letter(
        subject=subject,
        heading=subject,
        why="An enquiry came through the public page. You have this because you direct the alliance.",
        facts=(f"Please answer by {spoken_moment(enquiry.answer_by)}",),
        button_label="Read it in the portal",
        button_url=f"{settings.PORTAL_URL}{enquiry.get_absolute_url()}",
        sender_name=enquiry.alliance.name,
        thread=f"membership.enquiry:{enquiry.pk}",
    )


NOTICES = (
    NoticeKind(
        key=ENQUIRY,
        words="A visitor writes to your alliance",
        letters=letters_of_enquiries,
        in_alliance=True,
    ),
    NoticeKind(
        key=APPOINTED,
        words="You are given a post in an alliance",
        letters=letters_of_posts,
        in_alliance=True,
    ),
    NoticeKind(
        key=SCHOOL_JOINED,
        words="Your school belongs to an alliance",
        letters=letters_of_schools,
        in_alliance=True,
    ),
)
