"""Reading, writing and passing on a meeting's minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from alliances.meetings.attendance import register_of
from alliances.meetings.forms.minutes import (
    LONGEST_TEXT,
    ApproveForm,
    MendForm,
    PartForm,
    SendBackForm,
    Setting,
    plain_text,
)
from alliances.meetings.minuted import parts_of, told_in
from alliances.meetings.models import AgendaItem, Meeting
from alliances.meetings.permissions import (
    MinuteRights,
    can_read_confidential,
    minute_rights,
)
from alliances.meetings.services.actions import usual_due_at
from alliances.meetings.services.checking import (
    approve_minutes,
    check_minutes,
    give_to_chair,
    send_back_minutes,
)
from alliances.meetings.services.minuting import Entry, MinutesChanged, keep_draft, save_minutes
from alliances.meetings.services.states import NotNow
from alliances.meetings.views.finding import meeting_for, says_when_not_now
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import spoken_clock, spoken_day

LONGEST_NUMBER = 9
NOT_YET = "These minutes are not published yet."
NOT_YOURS = "Minutes are written by the minute taker, the chair and those who run the group."
NOT_CHAIR = "Minutes are checked by whoever chaired the meeting."
NOT_TO_APPROVE = "Approval is noted by those who run the group."
SAID_MEANWHILE = "Somebody else saved a part of these minutes meanwhile. Compare, then save again."


def later_meetings(meeting: Meeting) -> QuerySet[Meeting]:
    """Meetings of the body since then that have begun, the next one first."""
    begun = Meeting.objects.filter(
        body=meeting.body_id,
        starts_at__gt=meeting.starts_at,
        state__in=[Meeting.State.IN_SESSION, Meeting.State.HELD],
    )
    return begun.order_by("starts_at", "pk")


def _with_rights(request: PersonRequest, pk: int) -> tuple[Meeting, MinuteRights]:
    """A meeting that she may see, or 404, and what she may do with its minutes."""
    meeting = meeting_for(request, pk)
    return meeting, minute_rights(request.user, meeting, timezone.localdate())


@require_safe
def minutes_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What was said, decided and given to do, as far as she may read it."""
    now = timezone.now()
    meeting, rights = _with_rights(request, pk)
    require(rights.may_read, NOT_YET)
    told = told_in(meeting, request.user, runs=rights.runs, on=timezone.localdate(now))
    context = {
        "meeting": meeting,
        "rights": rights,
        "parts": told.parts,
        "carried": told.carried,
        "register": register_of(meeting),
        "approved_in": list(later_meetings(meeting)[:1]) if rights.may_approve else [],
        "now": now,
    }
    return render(request, "meetings/minutes_detail.html", context)


@dataclass
class Desk:
    """The page on which minutes are written: a form for each part."""

    request: PersonRequest
    meeting: Meeting
    now: datetime
    rights: MinuteRights

    @cached_property
    def typed(self) -> QueryDict | None:
        """What was sent, if anything was."""
        return self.request.POST if self.request.method == "POST" else None

    @cached_property
    def forms(self) -> list[PartForm]:
        """One for the general part and each item that she may read."""
        today, person = timezone.localdate(self.now), self.request.user
        inside = self.rights.runs or can_read_confidential(person, self.meeting, today)
        due_at = usual_due_at(self.meeting.body, after=self.meeting.starts_at, now=self.now)
        setting = Setting(self.meeting, today, due_at)
        parts = parts_of(self.meeting, with_confidential=inside, drafts_of=person)
        return [PartForm(self.typed, part=part, setting=setting) for part in parts]

    @cached_property
    def mending(self) -> MendForm | None:
        """Asks why, once the chair has checked them."""
        return MendForm(self.typed) if self.rights.may_mend else None

    def is_valid(self) -> bool:
        """Whether all that was typed can be kept."""
        asked = [*self.forms, self.mending] if self.mending else self.forms
        wrong = [form for form in asked if not form.is_valid()]
        return self.typed is not None and not wrong

    @property
    def entries(self) -> list[Entry]:
        """What was typed in each part; one of them may be thrown away."""
        thrown = self.request.POST.get("discard", "")
        return [
            replace(form.entry, is_discarded=True) if thrown == str(form.part.key) else form.entry
            for form in self.forms
        ]

    @property
    def struck(self) -> int | None:
        """A decision that she strikes out."""
        key = self.request.POST.get("strike", "")
        shown = {
            str(decision.pk): decision.pk
            for form in self.forms
            for _number, decision in form.part.decisions
        }
        return shown.get(key)

    @property
    def because(self) -> str:
        """Why she changes checked minutes."""
        return self.mending.cleaned_data["because"] if self.mending else ""

    def save(self) -> None:
        """Keep all of it."""
        save_minutes(
            meeting=self.meeting,
            entries=self.entries,
            struck=self.struck,
            because=self.because,
            by=self.request.user,
            now=self.now,
        )

    def show_both(self, changed: MinutesChanged) -> None:
        """Put what somebody else saved beside what she typed."""
        for form in self.forms:
            item_id = form.part.item.pk if form.part.item else None
            if item_id in changed.current:
                form.show_both(changed.current[item_id])


@says_when_not_now
def minutes_write(request: PersonRequest, pk: int) -> HttpResponse:
    """All parts on one page; saving one of them loses nothing of the others."""
    now = timezone.now()
    meeting, rights = _with_rights(request, pk)
    require(rights.may_write or rights.may_mend, NOT_YOURS)
    desk = Desk(request, meeting, now, rights)
    if desk.is_valid():
        try:
            desk.save()
        except MinutesChanged as changed:
            desk.show_both(changed)
            messages.warning(request, SAID_MEANWHILE)
        else:
            messages.success(request, "Minutes saved.")
            return redirect(_after_saving(request, pk))
    return render(request, "meetings/minutes_write.html", _shown(desk))


def _after_saving(request: PersonRequest, pk: int) -> str:
    if "finish" in request.POST:
        return reverse("meetings:minutes_detail", args=[pk])
    at = request.POST.get("save", "") or request.POST.get("discard", "")
    part = f"#part-{at}" if at.isascii() and at.isdigit() else ""
    return reverse("meetings:minutes_write", args=[pk]) + part


def _shown(desk: Desk) -> dict[str, object]:
    replies = desk.meeting.replies.filter(ended_at=None).order_by("person__search_name")
    return {
        "meeting": desk.meeting,
        "forms": desk.forms,
        "form": desk.forms[0],
        "mending": desk.mending,
        "is_wrong": any(form.is_bound and form.errors for form in desk.forms),
        "owners": list(dict.fromkeys(replies.values_list("person__name", flat=True))),
    }


@require_POST
def minute_draft(request: PersonRequest, pk: int) -> JsonResponse:
    """Keep what she is typing; her page calls it, and says when."""
    now = timezone.now()
    meeting, rights = _with_rights(request, pk)
    require(rights.may_write or rights.may_mend, NOT_YOURS)
    item = _item_named(meeting, request, timezone.localdate(now))
    text = plain_text(request.POST.get("text", "")[:LONGEST_TEXT])
    try:
        keep_draft(
            meeting=meeting,
            item=item,
            text=text,
            seen_version=_number(request.POST.get("seen_version", "")),
            by=request.user,
            now=now,
        )
    except NotNow as reason:
        return JsonResponse({"refused": str(reason)}, status=409)
    return JsonResponse({"saved": spoken_clock(timezone.localtime(now))})


def _number(typed: str) -> int:
    """A number that a page sends, or 0."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    return int(typed) if is_number else 0


def _item_named(meeting: Meeting, request: PersonRequest, on: date) -> AgendaItem | None:
    """The item whose part is typed in; none is the general part."""
    key = request.POST.get("part", "0")
    if key == "0":
        return None
    item: AgendaItem | None = meeting.items.filter(pk=_number(key)).first()
    if item is None:
        raise Http404
    require(not item.is_confidential or can_read_confidential(request.user, meeting, on))
    return item


@require_POST
@says_when_not_now
def minutes_give(request: PersonRequest, pk: int) -> HttpResponse:
    """Give them to the chair."""
    now = timezone.now()
    meeting, rights = _with_rights(request, pk)
    require(rights.may_write, NOT_YOURS)
    given = give_to_chair(meeting=meeting, by=request.user, now=now)
    by = spoken_day(given.minutes_check_due_at) if given.minutes_check_due_at else ""
    messages.success(request, f"The minutes are with the chair, to be checked by {by}.")
    return redirect("meetings:minutes_detail", pk=pk)


@require_POST
@says_when_not_now
def minutes_check(request: PersonRequest, pk: int) -> HttpResponse:
    """They are right: everybody who was asked may read them."""
    meeting, rights = _with_rights(request, pk)
    require(rights.may_check, NOT_CHAIR)
    check_minutes(meeting=meeting, by=request.user, now=timezone.now())
    messages.success(request, "The minutes are published. Everybody who was asked is told.")
    return redirect("meetings:minutes_detail", pk=pk)


@says_when_not_now
def minutes_send_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what should be put right, and send them back."""
    meeting, rights = _with_rights(request, pk)
    require(rights.may_check, NOT_CHAIR)
    form = SendBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        because = form.cleaned_data["because"]
        send_back_minutes(meeting=meeting, because=because, by=request.user, now=timezone.now())
        messages.success(request, "The minutes are back with whoever wrote them.")
        return redirect("meetings:minutes_detail", pk=pk)
    return render(request, "meetings/minutes_send_back.html", {"form": form, "meeting": meeting})


@says_when_not_now
def minutes_approve(request: PersonRequest, pk: int) -> HttpResponse:
    """Note in which later meeting they were approved; then nothing in them changes."""
    now = timezone.now()
    meeting, rights = _with_rights(request, pk)
    require(rights.may_approve, NOT_TO_APPROVE)
    typed = request.POST if request.method == "POST" else None
    form = ApproveForm(typed, later=later_meetings(meeting))
    if form.is_valid():
        chosen = form.cleaned_data["meeting"]
        approve_minutes(meeting=meeting, approved_in=chosen, by=request.user, now=now)
        messages.success(request, f"The minutes are approved in “{chosen}”.")
        return redirect("meetings:minutes_detail", pk=pk)
    return render(request, "meetings/minutes_approve.html", {"form": form, "meeting": meeting})
