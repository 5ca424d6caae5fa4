"""In each partnership a programme whose support has begun, with something of each kind in it.

`head` leads the supported school, `lead` the supporting one, where the practitioner works.
"""

from datetime import timedelta

from django.utils import timezone

from tests.factories.support import ProgrammeFactory, StrandFactory, SupportAreaFactory
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
    StrandFactory(programme=running, practitioner=practitioner, brokered_by=programme.director)
    on = at.date()
    terms = [(on + timedelta(days=100 * n), on + timedelta(days=100 * n + 90)) for n in range(5)]
    begin(running, programme.director, terms=terms, at=at)
    return {"running": running}


def _running(_world, things):
    return [things["running"].pk]


def _alliance(_world, things):
    return [things["alliance"].slug]


PROGRESS_ARGUMENTS = {
    "programmes:programme_beginning": _running,
    "progress:overview": _alliance,
    "progress:overview_export": lambda _world, things: [things["alliance"].slug, "csv"],
    "progress:board": _alliance,
}
