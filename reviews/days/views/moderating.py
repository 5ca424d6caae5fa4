"""The team agrees its findings: whose view is missing, then everything side by side, then the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.views.finding import Refusals, Wording
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import NotNow, require
from partnership.toolkit.addresses import address
from reviews.cycles.models import DayPlace
from reviews.days.models import Review
from reviews.days.parts.moderation import (
    Member,
    findings_of,
    grouped,
    members_of,
    progress_of,
    side_by_side,
    unlabelled,
    unproven,
)
from reviews.days.permissions import ReviewRights
from reviews.days.services.agreeing import (
    Herself,
    NotInTeam,
    agree_to_findings,
    stop_waiting,
    wait_for,
)
from reviews.days.services.finding import FindingGone
from reviews.days.services.moderating import (
    ModeratedAlready,
    NotAgreed,
    NothingFound,
    NotModerated,
    SentAlready,
    ViewsMissing,
    end_moderation,
    open_moderation_again,
)
from reviews.days.views.finding import (
    FOR_LEAD,
    FOR_TEAM,
    facts_for,
    private,
    review_for,
    review_page,
    review_question_page,
)

MODERATION = "days:moderation"
NOT_YET = "The moderation begins once everybody’s own view is in."
OVER = "The moderation has ended. Its lead may open it again until the report is sent."
REFUSALS: Refusals = {
    FindingGone: ("", "Somebody removed this finding meanwhile."),
    Herself: ("", "The lead’s own agreement is always waited for."),
    ModeratedAlready: ("", "The moderation has ended meanwhile, so nothing was changed."),
    NotAgreed: ("", "Not everybody agrees to every finding yet."),
    NothingFound: ("", "There is no finding yet. Word at least one."),
    NotInTeam: ("", "No longer in the team, so not waited for."),
    NotModerated: ("", "The moderation is open already."),
    SentAlready: ("", "The report is with the host, so the moderation stays ended."),
    ViewsMissing: ("", "Not everybody’s own view is in, so nothing was changed."),
}


def is_open(rights: ReviewRights) -> bool:
    """Whether the team may read one another's views: all are in, or the moderation has ended."""
    return rights.review.moderated_at is not None or facts_for(rights).all_views_are_in


def moderated_for(request: PersonRequest, pk: int) -> ReviewRights:
    """A review whose moderation she may read, or 404 or 403."""
    rights = review_for(request, pk)
    require(rights.is_team, FOR_TEAM)
    if not is_open(rights):
        raise NotNow(NOT_YET)
    return rights


def to_moderate(request: PersonRequest, pk: int) -> ReviewRights:
    """A review that she moderates; what is typed as it ends is kept for her by the service's refusal."""
    rights = moderated_for(request, pk)
    if rights.may_step and request.method == "GET" and not rights.may_moderate:
        raise NotNow(OVER)
    require(rights.may_step, OVER)
    return rights


def to_lead(request: PersonRequest, pk: int) -> ReviewRights:
    """A review whose moderation she leads."""
    rights = moderated_for(request, pk)
    require(rights.is_lead, FOR_LEAD)
    require(rights.may_step, OVER)
    return rights


def moderation_at(pk: int, part: str = "") -> str:
    """Where the moderation is, or a part of its page."""
    return f"{address(MODERATION, pk)}{part and f'#{part}'}"


def done(request: PersonRequest, service: Callable[..., object], **work: Any) -> bool:
    """Run a service; where it refuses, say so and return False."""
    try:
        service(**work)
    except tuple(REFUSALS) as refused:
        messages.error(request, REFUSALS[type(refused)][1])
        return False
    return True


@private
@require_safe
def moderation(request: PersonRequest, pk: int) -> HttpResponse:
    """Before all views are in only whose are missing; then findings, views and labels."""
    rights = review_for(request, pk)
    require(rights.is_team, FOR_TEAM)
    members = members_of(rights.review)
    nouns: dict[str, Any] = {"members": members, "is_open": is_open(rights)}
    if nouns["is_open"]:
        rows = findings_of(rights.review, members, request.user.pk)
        themes = side_by_side(rights.review)
        nouns |= {
            "groups": grouped(rows),
            "progress": progress_of(rows),
            "goes_without": _goes_without(members),
            "themes": themes,
            "has_labels": any(theme.theme.has_labels for theme in themes),
            "may_moderate": rights.may_moderate,
            "may_open_again": _may_open_again(rights),
            "ended_by": _ended_by(rights, members),
        }
    return review_page(request, rights, "days/moderation.html", MODERATION, **nouns)


def _ended_by(rights: ReviewRights, members: list[Member]) -> str:
    """Her name; of somebody who has left the team since it isn’t told."""
    by = rights.review.moderated_by_id
    return next((member.name for member in members if member.pk == by), "")


def _may_open_again(rights: ReviewRights) -> bool:
    is_over = rights.review.moderated_at is not None
    return rights.is_lead and rights.may_step and is_over and facts_for(rights).sent_at is None


@require_POST
def findings_agree(request: PersonRequest, pk: int) -> HttpResponse:
    """Agree to one finding or to many, in the words that were on her page."""
    rights = to_moderate(request, pk)
    told: dict[str, Any] = {"review": rights.review, "by": request.user, "now": timezone.now()}
    seen = dict(_seen(request))
    try:
        said = agree_to_findings(seen=seen, **told)
    except (ModeratedAlready, ViewsMissing) as refused:
        messages.error(request, REFUSALS[type(refused)][1])
        return redirect(moderation_at(pk))
    if said.count:
        words = "the finding" if said.count == 1 else f"{said.count} findings"
        messages.success(request, f"You agree to {words}.")
    if said.changed:
        words = "A finding reads" if said.changed == 1 else f"{said.changed} findings read"
        messages.warning(
            request, f"{words} otherwise now than what you saw. Read it again before you agree."
        )
    part = f"finding-{next(iter(seen))}" if len(seen) == 1 else "findings"
    return redirect(moderation_at(pk, part))


def _seen(request: PersonRequest) -> Iterator[tuple[int, int]]:
    """What stood on her page, as pairs of finding and version; nonsense is passed over."""
    for said in request.POST.getlist("seen"):
        finding, _, version = said.partition(":")
        if all(part.isascii() and part.isdigit() and len(part) < 10 for part in (finding, version)):  # noqa: PLR2004 no key or version is longer
            yield int(finding), int(version)


def moderation_end(request: PersonRequest, pk: int) -> HttpResponse:
    """The lead ends it, when everybody agrees to every finding."""
    rights = to_lead(request, pk)
    told: dict[str, Any] = {"review": rights.review, "by": request.user, "now": timezone.now()}
    if request.method == "POST":
        if done(request, end_moderation, **told):
            messages.success(request, "The moderation has ended. The team is told.")
        return redirect(moderation_at(pk))
    members = members_of(rights.review)
    rows = findings_of(rights.review, members, request.user.pk)
    progress = progress_of(rows)
    if not progress.can_end or rights.review.moderated_at is not None:
        messages.error(request, _in_the_way(rights, progress.waits_for))
        return redirect(moderation_at(pk))
    lead = _what_ends(rights.review, progress.findings, members)
    wording = Wording("End the moderation?", "End it", moderation_at(pk), lead)
    nouns = {"form": None, "wording": wording, "look": "primary", "unproven": unproven(rows)}
    return review_page(request, rights, "days/moderation_end.html", MODERATION, **nouns)


def _goes_without(members: list[Member]) -> bool:
    """Whether all agree because somebody isn’t waited for."""
    return not all(member.is_waited_for for member in members)


def _what_ends(review: Review, findings: int, members: list[Member]) -> str:
    missing = unlabelled([row for row in side_by_side(review) if row.theme.has_labels])
    who = "all who are waited for" if _goes_without(members) else "all"
    lead = f"{findings} finding{'s' if findings != 1 else ''}, agreed by {who}. "
    if missing:
        lead += f"{missing} theme{'s have' if missing > 1 else ' has'} no label. "
    return (
        f"{lead}Findings, labels and notes stay as they are from then on, and the report is "
        "drafted from the findings. You may open the moderation again until the report is sent."
    )


def _in_the_way(rights: ReviewRights, waits_for: tuple[str, ...]) -> str:
    if rights.review.moderated_at is not None:
        return REFUSALS[ModeratedAlready][1]
    if not waits_for:
        return REFUSALS[NothingFound][1]
    return f"{REFUSALS[NotAgreed][1]} Waiting for {', '.join(waits_for)}."


def moderation_open(request: PersonRequest, pk: int) -> HttpResponse:
    """The lead opens it again, until the report is sent."""
    rights = to_lead(request, pk)
    told: dict[str, Any] = {"review": rights.review, "by": request.user, "now": timezone.now()}
    if request.method == "POST":
        if done(request, open_moderation_again, **told):
            messages.success(request, "The moderation is open again. The team is told.")
        return redirect(moderation_at(pk))
    wording = Wording(
        "Open the moderation again?",
        "Open it again",
        moderation_at(pk),
        "Findings and labels may be changed then; who changes words asks the others again. A draft "
        "of the report stays as it is, and you end the moderation once more before you send it.",
    )
    return review_question_page(request, rights, wording, MODERATION, look="primary")


def _reviewer(pk: int, person_pk: int) -> Person:
    places = DayPlace.objects.filter(day=pk, ended_at=None)
    return get_object_or_404(Person.objects.filter(pk__in=places.values("person")), pk=person_pk)


def member_without(request: PersonRequest, pk: int, person_pk: int) -> HttpResponse:
    """Go on without the agreement of somebody who can't give it."""
    rights = to_lead(request, pk)
    person = _reviewer(pk, person_pk)
    told: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    if request.method == "POST":
        if done(request, stop_waiting, review=rights.review, person=person, **told):
            messages.success(request, f"{person}’s agreement isn’t waited for.")
        return redirect(moderation_at(pk))
    wording = Wording(
        f"Go on without {person}?",
        "Go on without",
        moderation_at(pk),
        "The moderation can end without this agreement then. What was agreed or written stays, and "
        "you can wait again.",
    )
    return review_question_page(request, rights, wording, MODERATION)


@require_POST
def member_waits(request: PersonRequest, pk: int, person_pk: int) -> HttpResponse:
    """Wait for her agreement again."""
    rights = to_lead(request, pk)
    person = _reviewer(pk, person_pk)
    told: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    if done(request, wait_for, review=rights.review, person=person, **told):
        messages.success(request, f"{person}’s agreement is waited for again.")
    return redirect(moderation_at(pk))
