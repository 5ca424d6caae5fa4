"""While a programme is paused no page of it changes anything, whoever asks."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from support.programmes import urls as programme_urls
from support.programmes.models import Programme
from support.progress import urls as progress_urls
from tests.factories.progress import (
    EndingFactory,
    FinalViewFactory,
    MeasureFactory,
    PauseFactory,
    PlacementFactory,
    SustainCheckFactory,
    TermReviewFactory,
    TermViewFactory,
    VisitFactory,
    VisitNoteFactory,
)
from tests.support.progress.begun import NOW, make_begun
from tests.support.progress.planned import acts, adds, begins

pytestmark = pytest.mark.django_db
# What is hers alone to keep or take back, what ends the rest, and concerns, also about a pause.
GOES_ON = {
    "progress:programme_resume",
    "progress:programme_stop",
    "progress:note_withdraw",
    "programmes:programme_watch",
    "programmes:person_end",
}


@pytest.fixture
def rests():
    with time_machine.travel(NOW, tick=False):
        made = make_begun()
        begins(made)
        objective = adds(made)
        action = acts(made, objective)
        programme = made.programme
        over = {"starts_at": NOW - timedelta(hours=9), "ends_at": NOW - timedelta(hours=3)}
        visit = VisitFactory(programme=programme, visitor=made.supporting_head, **over)
        VisitNoteFactory(
            visit=VisitFactory(programme=programme, state="held", noted_at=NOW, **over),
            given_at=NOW,
        )
        review = TermReviewFactory(programme=programme, due_at=NOW - timedelta(days=60))
        TermViewFactory(review=review, side="director", given_at=NOW)
        EndingFactory(programme=programme)
        FinalViewFactory(programme=programme, side="supporter")
        made.arguments = {
            "pk": programme.pk,
            "visit_pk": visit.pk,
            "objective_pk": objective.pk,
            "action_pk": action.pk,
            "measure_pk": MeasureFactory(programme=programme).pk,
            "term": 1,
            "number": SustainCheckFactory(programme=programme).number,
            "strand_pk": programme.strands.first().pk,
            "point": 1,
        }
        made.placement = PlacementFactory(programme=programme, host=programme.supporting_school)
        Programme.objects.filter(pk=programme.pk).update(state="paused")
        PauseFactory(programme=programme, paused_by=made.director)
        yield made


def _addresses(rests):
    """Every page about this programme whose arguments are known."""
    for room in (programme_urls, progress_urls):
        for pattern in room.urlpatterns:
            name = f"{room.app_name}:{pattern.name}"
            wanted = pattern.pattern.converters
            if name in GOES_ON or "pk" not in wanted or "concern" in pattern.name:
                continue
            if pattern.name.startswith("placement_") and pattern.name != "placement_plan":
                yield reverse(name, args=[rests.placement.pk])
            elif set(wanted) <= set(rests.arguments):
                yield reverse(name, kwargs={key: rests.arguments[key] for key in wanted})


def _rows():
    """Everything that both rooms keep."""
    rooms = (apps.get_app_config(label) for label in ("programmes", "progress"))
    return {
        model: list(model.objects.order_by("pk").values())
        for room in rooms
        for model in room.get_models()
    }


def test_no_page_changes_a_paused_programme(client, rests):
    addresses = list(_addresses(rests))
    assert len(addresses) > 60
    before = _rows()

    for person in (rests.head, rests.supporting_head, rests.director, rests.practitioner):
        client.force_login(person)
        for address in addresses:
            answered = client.post(address, {"seen_version": "1"})
            assert answered.status_code in {200, 302, 403, 404, 405, 409}, address

    assert _rows() == before

    client.force_login(rests.director)
    Programme.objects.filter(pk=rests.programme.pk).update(state="open")
    for address in addresses:
        client.post(address, {"seen_version": "1"})
    assert _rows() != before
