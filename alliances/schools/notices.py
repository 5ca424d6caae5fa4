"""What the room tells people by mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings

from alliances.schools.models import Delegation, Departure, DetailsCheck, SchoolPost
from partnership.calendar.days import UK
from partnership.notices.models import Notice
from partnership.people.models import Person
from partnership.toolkit.registers import Letter, NoticeKind, Stale
from partnership.toolkit.spoken_dates import spoken_day

DETAILS_WRONG = "schools.details_wrong"
DELEGATED = "schools.delegated"
DELEGATION_ENDED = "schools.delegation_ended"
FOLLOWS = "schools.follows"
LEAVES = "schools.leaves"
FOLLOWS_NOT = "schools.follows_not"
STAYS = "schools.stays"
APPOINTED = "schools.appointed"
NO_NEWS_AFTER = timedelta(days=14)


def letters_of_wrong_details(
    notices: Sequence[Notice], now: datetime
) -> Mapping[int, Letter | Stale]:
    """To portal staff: a school says that what is held of it is wrong."""
    checks = DetailsCheck.objects.select_related("school", "answered_by").in_bulk(
        {notice.thing_id for notice in notices if notice.thing_id is not None}
    )
    return {notice.pk: _wrong(checks.get(notice.thing_id or 0)) for notice in notices}


def _wrong(check: DetailsCheck | None) -> Letter | Stale:
    if check is None or check.is_right is not False:
        return Stale("The details have been confirmed since.")
    return Letter(
        subject=f"{check.school}: something is wrong in its details",
        heading="Something is wrong in a school’s details",
        why=f"{check.answered_by} looked through the details of {check.school} and says that "
        "something is wrong. You have this because you are portal staff.",
        button_label="Read what is wrong",
        button_url=f"{settings.PORTAL_URL}{check.school.get_absolute_url()}details/",
        thread=f"schools.details:{check.pk}",
    )


def _delegations(notices: Sequence[Notice]) -> dict[int, Delegation]:
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    return Delegation.objects.select_related("school", "deputy", "given_by").in_bulk(ids)


def letters_of_delegation(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
    """To whoever may act for her school from now on; all that was given at once in one letter."""
    found = _delegations(notices)
    together: dict[tuple[int, int, datetime], list[Delegation]] = {}
    given_at = {each.given_at for each in found.values()}
    for each in Delegation.objects.filter(given_at__in=given_at, ended_at=None).order_by("pk"):
        together.setdefault(_giving(each), []).append(each)
    letters: dict[int, Letter | Stale] = {}
    for notice in notices:
        first = found.get(notice.thing_id or 0)
        matters = together.get(_giving(first), []) if first else []
        if first is None or not matters:
            letters[notice.pk] = Stale("It has been taken back since.")
        else:
            letters[notice.pk] = _delegated(first, matters)
    return letters


def _giving(delegation: Delegation) -> tuple[int, int, datetime]:
    return delegation.school_id, delegation.deputy_id, delegation.given_at


def _delegated(first: Delegation, matters: Sequence[Delegation]) -> Letter:
    return Letter(
        subject=f"You may act for {first.school}",
        heading=f"You may act for {first.school}",
        why=f"{first.given_by} lets you act for {first.school} until {spoken_day(first.ends_on)}.",
        facts=tuple(str(each) for each in matters),
        after=("You act in your own name. What is owed stands on your desk from now on.",),
        button_label="Open your desk",
        button_url=f"{settings.PORTAL_URL}/desk/",
        thread=f"schools.delegation:{first.pk}",
    )


def letters_of_ended_delegation(
    notices: Sequence[Notice], now: datetime
) -> Mapping[int, Letter | Stale]:
    """To the other side: it has been taken back, or laid down."""
    found = _delegations(notices)
    return {notice.pk: _ended(notice, found.get(notice.thing_id or 0)) for notice in notices}


def _ended(notice: Notice, delegation: Delegation | None) -> Letter | Stale:
    if delegation is None or delegation.ended_at is None:
        return Stale("It goes on.")
    is_deputy = notice.recipient_id == delegation.deputy_id
    who = "You no longer act" if is_deputy else f"{delegation.deputy} no longer acts"
    whose = f"{delegation.given_by}’s" if is_deputy else "your"
    return Letter(
        subject=f"{who} for {delegation.school}",
        heading=f"{who} for {delegation.school}",
        why=f"This ended {whose} delegation: {delegation.called}.",
        button_label="See the school’s page",
        button_url=f"{settings.PORTAL_URL}{delegation.school.get_absolute_url()}",
        thread=f"schools.delegation:{delegation.pk}",
    )


def _departures(notices: Sequence[Notice]) -> dict[int, Departure]:
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    people = ("person", "successor", "arranged_by", "called_off_by")
    return Departure.objects.select_related("school", *people).in_bulk(ids)


def letters_of_departure(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
    """To whoever leaves a school, and to whoever follows."""
    found = _departures(notices)
    return {notice.pk: _departure(notice, found.get(notice.thing_id or 0)) for notice in notices}


def _departure(notice: Notice, departure: Departure | None) -> Letter | Stale:
    if departure is None:
        return Stale("It has been arranged anew since.")
    if departure.called_off_at is not None:
        return Stale("It has been called off since.")
    school, last_day = departure.school, spoken_day(departure.last_day)
    if notice.kind == FOLLOWS:
        subject = f"You follow {departure.person} at {school}"
        why = (
            f"{departure.arranged_by} has arranged that you follow {departure.person}, whose last "
            f"day at {school} is {last_day}."
        )
        after = "What passes on to you stands on your desk from the day after."
    else:
        subject = f"Your last day at {school} is {last_day}"
        why = f"{departure.arranged_by} has arranged what becomes of your posts at {school}."
        after = "If the day is wrong, tell your school’s head."
    return _letter(departure, subject, why, after)


def letters_of_departure_called_off(
    notices: Sequence[Notice], now: datetime
) -> Mapping[int, Letter | Stale]:
    """To whoever stays after all, and to whoever would have followed."""
    found = _departures(notices)
    return {notice.pk: _called_off(notice, found.get(notice.thing_id or 0)) for notice in notices}


def _called_off(notice: Notice, departure: Departure | None) -> Letter | Stale:
    if departure is None or departure.called_off_by is None:
        return Stale("It stands.")
    school, last_day = departure.school, spoken_day(departure.last_day)
    by = departure.called_off_by
    if notice.kind == FOLLOWS_NOT:
        subject = f"You do not follow {departure.person} at {school}"
        why = f"{by} has called off that {departure.person} leaves {school} on {last_day}."
        after = "What would have passed on to you stays where it is."
    else:
        subject = f"You stay at {school}"
        why = f"{by} has called off your last day, {last_day}."
        after = "What you hold there goes on as before."
    return _letter(departure, subject, why, after)


def _letter(departure: Departure, subject: str, why: str, after: str) -> Letter:
    return Letter(
        subject=subject,
        heading=subject,
        why=why,
        after=(after,),
        button_label="See the school’s page",
        button_url=f"{settings.PORTAL_URL}{departure.school.get_absolute_url()}",
        thread=f"schools.departure:{departure.pk}",
    )


def letters_of_posts(notices: Sequence[Notice], now: datetime) -> Mapping[int, Letter | Stale]:
    """To whoever is given a post in a school: what it is, who gave it and what it lets her do."""
    ids = {notice.thing_id for notice in notices if notice.thing_id is not None}
    posts = SchoolPost.objects.select_related("school").in_bulk(ids)
    givers = givers_of(notices)
    return {
        notice.pk: _appointed(notice, posts.get(notice.thing_id or 0), givers, now)
        for notice in notices
    }


def givers_of(notices: Sequence[Notice]) -> dict[int, str]:
    """The name of whoever gave what each notice tells of."""
    ids = {notice.pk: notice.facts["by"] for notice in notices}
    names = dict(Person.objects.filter(pk__in=set(ids.values())).values_list("pk", "name"))
    return {pk: names.get(by, "Somebody who has left") for pk, by in ids.items()}


def why_no_news(
    notice: Notice, starts_on: date | None, ends_on: date | None, now: datetime
) -> Stale | None:
    """Why what was given need not be told any more, if so."""
    today = now.astimezone(UK).date()
    if ends_on is not None and ends_on < today:
        return Stale("It has ended.")
    if starts_on is not None and starts_on > today:
        return Stale("It begins on a later day now.")
    if now - notice.send_after > NO_NEWS_AFTER:
        return Stale("It is no news any more.")
    return None


def days_words(starts_on: date | None, ends_on: date | None) -> str:
    """From when and until when, in words."""
    first = f"From {spoken_day(starts_on)}" if starts_on else "From now on"
    return f"{first} until {spoken_day(ends_on)}." if ends_on else f"{first}."


def _appointed(
    notice: Notice, post: SchoolPost | None, givers: Mapping[int, str], now: datetime
) -> Letter | Stale:
    if post is None or post.person_id != notice.recipient_id:
        return Stale("The post has been taken back since.")
    if no_news := why_no_news(notice, post.starts_on, post.ends_on, now):
        return no_news
    lets = (
        "You answer for the school: meetings and workhubs. You keep its posts, details and term "
        "dates, and may name somebody who acts for you."
        if post.is_headship
        else "You can be asked to meetings and workhubs by this post. What waits on you stands on "
        "your desk."
    )
    subject = f"Your post in {post.school}: {post.called}"
    return Letter(
        subject=subject,
        heading=subject,
        why=f"{givers[notice.pk]} has given you this post.",
        facts=(days_words(post.starts_on, post.ends_on), lets),
        after=("If it is a mistake, tell whoever gave it.",),
        button_label="See the school’s page",
        button_url=f"{settings.PORTAL_URL}{post.school.get_absolute_url()}",
        thread=f"schools.post:{post.pk}",
    )


NOTICES = (
    NoticeKind(key=APPOINTED, words="You are given a post in a school", letters=letters_of_posts),
    NoticeKind(key=FOLLOWS, words="Somebody follows on in a school", letters=letters_of_departure),
    NoticeKind(key=LEAVES, words="Somebody leaves a school", letters=letters_of_departure),
    NoticeKind(
        key=FOLLOWS_NOT,
        words="Somebody does not follow on after all",
        letters=letters_of_departure_called_off,
    ),
    NoticeKind(
        key=STAYS,
        words="Somebody stays in a school after all",
        letters=letters_of_departure_called_off,
    ),
    NoticeKind(
        key=DELEGATED,
        words="A head lets somebody act for her school",
        letters=letters_of_delegation,
    ),
    NoticeKind(
        key=DELEGATION_ENDED,
        words="Somebody no longer acts for a school",
        letters=letters_of_ended_delegation,
    ),
    NoticeKind(
        key=DETAILS_WRONG,
        words="A school says that its details are wrong",
        letters=letters_of_wrong_details,
    ),
)
