import pytest

from alliances.schools.services.converting import school_handovers
from partnership.audit.models import Event
from reviews.days.models import Review, SelfEvaluation, moments
from reviews.days.services.succeeding import SCHOOLS
from tests.factories.days import SelfEvaluationFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolPostFactory
from tests.reviews.days.own_school import NOW, TODAY, make_host

pytestmark = pytest.mark.django_db


def test_self_evaluations_and_reviews_go_on_in_the_school_after():
    host = make_host()
    after = SchoolPostFactory()
    ours = SelfEvaluationFactory(school=host.school, year=2025)
    theirs = SelfEvaluationFactory(school=after.school, year=2025)
    [kind] = [each for each in school_handovers() if each.key == SCHOOLS]
    told = {"to": after.school, "on": TODAY, "by": PersonFactory(staff=True), "now": NOW}

    moved = [kind.pass_on(host.school, **told), kind.pass_on(host.school, **told)]

    assert moved == [2, 0]
    actions = ["self-evaluation passed on", "review passed on"]
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == actions
    assert not kind.held(host.school).exists()
    kept = dict(SelfEvaluation.objects.values_list("pk", "school"))
    assert kept == {
        host.evaluation.pk: after.school.pk,
        ours.pk: host.school.pk,
        theirs.pk: after.school.pk,
    }
    assert Review.objects.visible_to(after.person, **moments(NOW)).get() == host.review
