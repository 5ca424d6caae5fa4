"""Dates are asked for, a cycle is finished, or called off."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.membership.views.finding import (
    FOR_ITS_DIRECTOR,
    Refusals,
    Wording,
    saved,
)
from partnership.calendar.days import school_days_after
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.spoken_dates import london_day, spoken_day
from reviews.cycles.forms.opening import AskForm
from reviews.cycles.forms.people import EndCycleForm
from reviews.cycles.models import Cycle
from reviews.cycles.permissions import can_call_off_cycle
from reviews.cycles.services.cycles import CycleOver
from reviews.cycles.services.opening import (
    DaysAhead,
    NobodyThere,
    NoRota,
    RotaThere,
    ask_for_dates,
    call_off_cycle,
    finish_cycle,
)
from reviews.cycles.views.finding import (
    form_page,
    question_page,
    rights_or_404,
    rights_to_organise,
)

SCHOOL_DAYS_TO_ANSWER = 10
OVER = "The cycle was finished or called off meanwhile."
ASKING: Refusals = {
    NobodyThere: (
        "block_on",
        "Nobody could be asked yet. Add the schools that are reviewed and the reviewers first.",
    ),
    RotaThere: ("block_on", "The rota is published, so dates are no longer asked for."),
    CycleOver: ("block_on", OVER),
}
ENDING: Refusals = {CycleOver: ("because", OVER)}
FIRST = (
    "Heads of the schools and all reviewers are told by mail, see the cycle from then on, and say "
    "on which days it doesn’t work. They are reminded until they have. Nobody reads why."
)
AGAIN = "Everybody is told the other day by mail. What was given already stays."


def _usual_day(cycle: Cycle) -> date:
    if cycle.block_by is not None:
        return london_day(cycle.block_by)
    return london_day(school_days_after(timezone.now(), SCHOOL_DAYS_TO_ANSWER))


def cycle_ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Open the cycle to all who take part; while dates are asked for, name another day."""
    cycle = rights_to_organise(request, pk).cycle
    now = timezone.now()
    form = AskForm(
        request.POST if request.method == "POST" else None,
        today=timezone.localdate(now),
        ends_on=cycle.ends_on,
        initial={"block_on": _usual_day(cycle)},
    )
    told = {"service": ask_for_dates, "cycle": cycle, "by": request.user, "now": now}
    if form.is_valid() and saved(form, ASKING, **told, block_by=form.block_by):
        day = spoken_day(form.cleaned_data["block_on"])
        messages.success(request, f"Dates are asked for by {day}. Everybody is told by mail.")
        return redirect(cycle)
    is_again = cycle.opened_at is not None
    title = "Give more time, or less" if is_again else "Ask for dates"
    wording = Wording(
        title,
        "Name this day" if is_again else "Ask everybody",
        cycle.get_absolute_url(),
        AGAIN if is_again else FIRST,
    )
    return form_page(request, cycle, form, wording)


def cycle_finish(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more; refused while days lie ahead."""
    cycle = rights_to_organise(request, pk).cycle
    if request.method == "POST":
        try:
            finish_cycle(cycle=cycle, by=request.user, now=timezone.now())
        except NoRota:
            messages.error(request, "No rota is published. Call the cycle off instead.")
        except DaysAhead:
            messages.error(
                request, "Review days lie ahead still. Wait until they are over, or call them off."
            )
        except CycleOver:
            messages.error(request, OVER)
        else:
            messages.success(request, f"{cycle} is finished, and stays to be read.")
        return redirect(cycle)
    wording = Wording(
        f"Finish {cycle}?",
        "Finish it",
        cycle.get_absolute_url(),
        "Nothing of it changes after that. All who took part can still read it, and next year’s "
        "cycle can begin like it.",
    )
    return question_page(request, cycle, None, wording)


def cycle_call_off(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, and why."""
    rights = rights_or_404(request, pk)
    require(can_call_off_cycle(rights), FOR_ITS_DIRECTOR)
    cycle = rights.cycle
    form = EndCycleForm(request.POST if request.method == "POST" else None)
    told = {"service": call_off_cycle, "cycle": cycle, "by": request.user}
    if form.is_valid() and saved(form, ENDING, **told, **form.cleaned_data, now=timezone.now()):
        messages.success(request, f"{cycle} is called off.")
        return redirect(cycle)
    lead = (
        "Days that lie ahead don’t take place, and all who take part are told by mail."
        if cycle.opened_at is not None
        else "Nobody but its organisers knows of it, so nobody is told."
    )
    wording = Wording(f"Call {cycle} off?", "Call it off", cycle.get_absolute_url(), lead)
    return question_page(request, cycle, form, wording)
