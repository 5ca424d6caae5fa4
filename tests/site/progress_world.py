"""In each partnership a programme whose support has begun, with something of each kind in it.

`head` leads the supported school, `lead` the supporting one, where the practitioner works.
"""

from datetime import timedelta

from django.utils import timezone

from tests.factories.progress import (
    MeasureFactory,
    MeasureValueFactory,
    NoteReleaseFactory,
    PlacementFactory,
    VisitFactory,
    VisitNoteFactory,
)
from tests.factories.support import ProgrammeFactory, StrandFactory, SupportAreaFactory
from tests.site.plans_world import PLAN_ARGUMENTS, make_plan
from tests.site.reviews_world import REVIEW_ARGUMENTS, make_reviews
from tests.support.progress.begun import begin


def make_progress(name, programme, practitioner, lead):
    """A programme that all have signed two months ago."""
    at = timezone.now() - timedelta(days=60)
    moments = (
        "answered_at",
        "own_view_at",
        "assessed_at",
        "replied_at",
        "judged_at",
        "matched_at",
        "sent_at",
        "signed_at",
    )
    running = ProgrammeFactory(
        alliance=programme.alliance,
        school=programme.school,
        area=SupportAreaFactory(alliance=programme.alliance, name=f"{name} running"),
        asked_by=programme.asked_by,
        director=programme.director,
        supporting_school=programme.supporting_school,
        state="open",
        approach="supportive",
        **dict.fromkeys(moments, at),
    )
    strand = StrandFactory(
        programme=running, practitioner=practitioner, brokered_by=programme.director
    )
    on = at.date()
    terms = [(on + timedelta(days=100 * n), on + timedelta(days=100 * n + 90)) for n in range(5)]
    begin(running, programme.director, terms=terms, at=at)
    measure = MeasureFactory(programme=running, is_headline=True)
    MeasureValueFactory(measure=measure)
    return {
        "running": running,
        "strand": strand,
        "measure": measure,
        **_visits(running, lead, at),
        **make_plan(running),
        **make_reviews(running),
    }


def _visits(running, lead, at):
    """A visit of the supporting head that is over, one with a note that is released, a placement."""
    when = {"starts_at": at, "ends_at": at + timedelta(hours=6), "visitor": lead}
    noted = VisitFactory(programme=running, state="held", note_by=at, noted_at=at, **when)
    note = VisitNoteFactory(visit=noted, written_by=lead, given_at=at, check_by=at)
    return {
        "visit": VisitFactory(programme=running, **when),
        "noted_visit": noted,
        "release": NoteReleaseFactory(note=note, given_by=running.asked_by),
        "placement": PlacementFactory(programme=running, host=running.supporting_school),
    }


def _running(_world, things):
    return [things["running"].pk]


def _visit(_world, things):
    return [things["running"].pk, things["visit"].pk]


def _note(_world, things):
    return [things["running"].pk, things["noted_visit"].pk]


def _placement(_world, things):
    return [things["placement"].pk]


def _measure(_world, things):
    return [things["running"].pk, things["measure"].pk]


def _alliance(_world, things):
    return [things["alliance"].slug]


PROGRESS_ARGUMENTS = {
    **PLAN_ARGUMENTS,
    **REVIEW_ARGUMENTS,
    "programmes:programme_beginning": _running,
    "progress:programme_pause": _running,
    "progress:programme_resume": _running,
    "progress:programme_stop": _running,
    "progress:overview": _alliance,
    "progress:overview_export": lambda _world, things: [things["alliance"].slug, "csv"],
    "progress:board": _alliance,
    "progress:visit_list": _running,
    "progress:visit_export": lambda _world, things: [things["running"].pk, "csv"],
    "progress:visit_plan": _running,
    "progress:visit_detail": _note,
    "progress:visit_edit": _visit,
    "progress:visit_cancel": _visit,
    "progress:visit_held": _visit,
    "progress:visit_unheld": _visit,
    "progress:note_write": _visit,
    "progress:note_draft": _visit,
    "progress:note_give": _visit,
    "progress:note_check": _note,
    "progress:note_release": _note,
    "progress:note_withdraw": lambda _world, things: [
        things["running"].pk,
        things["noted_visit"].pk,
        things["release"].pk,
    ],
    "progress:placement_plan": _running,
    "progress:placement_detail": _placement,
    "progress:placement_agree": _placement,
    "progress:placement_cancel": _placement,
    "progress:placement_move": _placement,
    "progress:placement_held": _placement,
    "progress:days_promise": lambda _world, things: [things["running"].pk, things["strand"].pk],
    "progress:timeline": _running,
    "progress:measure_list": _running,
    "progress:money_detail": _running,
    "progress:measure_add": _running,
    "progress:measures_import": _running,
    "progress:measures_template": _running,
    "progress:measure_export": lambda _world, things: [things["running"].pk, "xlsx"],
    "progress:term_figures": lambda _world, things: [things["running"].pk, 1],
    "progress:measure_detail": _measure,
    "progress:measure_edit": _measure,
    "progress:values_enter": _measure,
    "progress:measure_headline": _measure,
    "progress:measure_drop": _measure,
}
