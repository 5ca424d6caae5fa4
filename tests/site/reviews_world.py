"""The review of a term, a concern, the end of one programme and another whose terms are over."""

from datetime import timedelta

from django.utils import timezone

from support.programmes.models import Programme
from tests.factories.progress import (
    ConcernFactory,
    EndingFactory,
    ObjectiveFactory,
    SustainCheckFactory,
    TermReviewFactory,
    TermViewFactory,
)
from tests.factories.support import SupportAreaFactory


def make_reviews(running):
    now = timezone.now()
    soon = {"opened_at": now, "due_at": now + timedelta(days=7)}
    ObjectiveFactory(programme=running, area=running.area)
    review = TermReviewFactory(programme=running, **soon)
    TermViewFactory(review=review, side="director", written_by=running.director)
    EndingFactory(programme=running, **soon)
    followed = Programme.objects.get(pk=running.pk)
    followed.pk, followed.state = None, "followed"
    followed.area = SupportAreaFactory(alliance=running.alliance, name=f"{running.area} followed")
    followed.save()
    EndingFactory(programme=followed, closed_at=now, checkback_by=now, **soon)
    SustainCheckFactory(programme=followed)
    return {
        "concern": ConcernFactory(programme=running, raised_by=running.director),
        "followed": followed,
    }


def _running(_world, things):
    return [things["running"].pk]


def _followed(_world, things):
    return [things["followed"].pk]


def _first_term(_world, things):
    return [things["running"].pk, 1]


def _concern(_world, things):
    return [things["running"].pk, things["concern"].pk]


REVIEW_ARGUMENTS = {
    "progress:review_list": _running,
    "progress:review_open": _running,
    "progress:review_detail": _first_term,
    "progress:view_give": _first_term,
    "progress:review_show": _first_term,
    "progress:review_talk": _first_term,
    "progress:review_close": _first_term,
    "progress:concern_list": _running,
    "progress:concern_raise": _running,
    "progress:concern_detail": _concern,
    "progress:concern_reply": _concern,
    "progress:concern_step": _concern,
    "progress:concern_resolve": _concern,
    "progress:end_detail": _followed,
    "progress:end_open": _running,
    "progress:end_close": _running,
    "progress:final_view": _running,
    "progress:sustain_give": lambda _world, things: [things["followed"].pk, 1],
    "progress:checkback_give": _followed,
    "progress:days_give_back": _followed,
    "progress:story_name": _followed,
    "progress:story_answer": _followed,
}
