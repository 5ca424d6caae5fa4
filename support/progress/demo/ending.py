"""How the demo's programmes come to their end, and whether what they brought lasts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from partnership.toolkit.spoken_dates import london_day
from support.programmes.models import Programme, Side
from support.progress.demo.telling import CourseTeller, said_as_kept
from support.progress.models import Ending, SustainCheck
from support.progress.services import (
    add_step,
    answer_story,
    enter_values,
    give_sustain_check,
    keep_final_view,
    look_back,
    name_story,
    open_ending,
    raise_concern,
    reply_to_concern,
)
from support.progress.services.entering import Entry

FINAL = {
    Side.SCHOOL: {
        "overall": "reached",
        "changed": "Teachers model every day, and nobody asks whether they have to.",
        "remains": "New colleagues need the same start; the lead has it in her plan.",
        "helped": "That somebody came back every three weeks and asked about the same thing.",
        "thanks": "Thank you for your patience with us in the first term.",
    },
    Side.SUPPORTER: {
        "overall": "reached",
        "changed": "The subject lead leads. In the first term she waited to be asked.",
        "remains": "To keep the afternoon for her when the budget gets tight.",
        "helped": "A head who was in every meeting.",
        "thanks": "We took your reading corner home with us.",
    },
}


def tell_ending(teller: CourseTeller) -> None:
    """The final review where the terms are over, checks that have fallen due, one concern."""
    programme, clock = teller.programme, teller.clock
    if teller.course.has_concern:
        _concern(teller)
    last = teller.terms.last
    if last is None or teller.course.stopped or teller.course.paused:
        return
    over = teller.at(last.ends_on + timedelta(days=4))
    if over + timedelta(days=10) > clock.now:
        return
    open_ending(programme=programme, by=None, now=over)
    for turn, (side, person) in enumerate(
        ((Side.SCHOOL, teller.head), (Side.SUPPORTER, teller.supporter))
    ):
        at = teller.at(london_day(over) + timedelta(days=2 + turn), 15)
        told: dict[str, Any] = {"programme": programme, "side": side, "by": person, "now": at}
        keep_final_view(changes=FINAL[side], is_given=True, **told)
    _last(teller)


def _last(teller: CourseTeller) -> None:
    programme = teller.programme
    ending = Ending.objects.get(programme=programme)
    if ending.checkback_by is not None and ending.checkback_by < teller.clock.now:
        look_back(
            programme=programme,
            changed="What was agreed is taught in every class, by everybody, without a visit.",
            for_whom="Most for those who had least; the gap is half of what it was.",
            evidence="Books of three year groups, and figures of four terms.",
            by=teller.head,
            now=teller.at((ending.checkback_by - timedelta(days=24)).date(), 16),
        )
    for check in SustainCheck.objects.filter(programme=programme).order_by("number"):
        at = teller.at((check.due_at - timedelta(days=11)).date(), 16)
        if at < teller.clock.now:
            _check(teller, check, at)
    if teller.course.is_story:
        named: dict[str, Any] = {"programme": programme, "now": teller.clock.at(-20, 11)}
        because = "A small school that did it with half a day a month."
        name_story(because=because, by=teller.director, **named)
        answer_story(agrees=True, by=teller.head, **named)


def _check(teller: CourseTeller, check: SustainCheck, at: Any) -> None:
    entries = [
        Entry(measure.pk, 100 + check.number, said_as_kept(actual=value, cohort=figure.pupils))
        for measure, figure in teller.measures
        for value in figure.checks[check.number - 1 : check.number]
    ]
    programme = Programme.objects.get(pk=teller.programme.pk)
    if entries:
        enter_values(programme=programme, entries=entries, by=teller.head, now=at)
    give_sustain_check(
        programme=programme,
        number=check.number,
        stands="on_course",
        words="It holds. One new colleague works beside the lead until half term.",
        by=teller.head,
        now=at,
    )


def _concern(teller: CourseTeller) -> None:
    """Something that stood in the way, with the head's reply beside it and a first step."""
    clock = teller.clock
    concern = raise_concern(
        programme=teller.programme,
        words="Two meetings of the staff were called off the day before a visit.",
        side=Side.DIRECTOR,
        by=teller.director,
        now=teller.at(clock.at(-16).date(), 11),
    )
    reply = "Both fell on days of cover. I have put the next three into the school’s calendar."
    reply_to_concern(
        concern=concern, reply=reply, by=teller.head, now=teller.at(clock.at(-13).date(), 12)
    )
    words = "We agreed that visits and meetings are set for the whole term at once."
    add_step(
        concern=concern,
        words=words,
        is_further=False,
        by=teller.director,
        now=teller.at(clock.at(-10).date(), 15),
    )
