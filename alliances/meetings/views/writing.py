"""Writing a meeting's minutes, part by part, with what is typed kept as a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.meetings.clashes import due_when_closed
from alliances.meetings.forms.minutes import (
    LONGEST_TEXT,
    MendForm,
    PartForm,
    Setting,
    plain_text,
)
from alliances.meetings.minuted import parts_of
from alliances.meetings.models import AgendaItem, Meeting
from alliances.meetings.permissions import MinuteRights, can_read_confidential
from alliances.meetings.services.actions import usual_due_at
from alliances.meetings.services.minuting import (
    Entry,
    MinutesChanged,
    NewAction,
    keep_draft,
    save_minutes,
)
from alliances.meetings.services.states import NotNow
from alliances.meetings.views.finding import says_when_not_now
from alliances.meetings.views.minutes import NOT_YOURS, with_minute_rights
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import spoken_clock

LONGEST_NUMBER = 9
SAID_MEANWHILE = "Somebody else saved a part of these minutes meanwhile. Compare, then save again."


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
    def given(self) -> list[NewAction]:
        """The actions that are new."""
        return [entry.action for entry in self.entries if entry.action is not None]

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
    meeting, rights = with_minute_rights(request, pk)
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
            _warn_of_days(request, desk.given)
            return redirect(_after_saving(request, desk))
    return render(request, "meetings/minutes_write.html", _shown(desk))


def _warn_of_days(request: PersonRequest, given: list[NewAction]) -> None:
    for action in given:
        if told := due_when_closed(title=action.title, owner=action.owner, due_at=action.due_at):
            messages.warning(request, f"{told} Open the action to change its day.")


def _after_saving(request: PersonRequest, desk: Desk) -> str:
    """Where she was; with the next decision or action at hand where she has just noted one."""
    if "finish" in request.POST:
        return reverse("meetings:minutes_detail", args=[desk.meeting.pk])
    at = request.POST.get("save", "") or request.POST.get("discard", "")
    form = next((form for form in desk.forms if form.key == at), None)
    noted = f"?noted={at}" if form is not None and form.has_outcomes else ""
    part = f"#part-{at}" if form is not None else ""
    return reverse("meetings:minutes_write", args=[desk.meeting.pk]) + noted + part


def _shown(desk: Desk) -> dict[str, object]:
    replies = desk.meeting.replies.filter(ended_at=None).order_by("person__search_name")
    return {
        "meeting": desk.meeting,
        "forms": desk.forms,
        "form": desk.forms[0],
        "mending": desk.mending,
        "noted": desk.request.GET.get("noted", ""),
        "is_wrong": any(form.is_bound and form.errors for form in desk.forms),
        "owners": list(dict.fromkeys(replies.values_list("person__name", flat=True))),
    }


@require_POST
def minute_draft(request: PersonRequest, pk: int) -> JsonResponse:
    """Keep what she is typing; her page calls it, and says when."""
    now = timezone.now()
    meeting, rights = with_minute_rights(request, pk)
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
