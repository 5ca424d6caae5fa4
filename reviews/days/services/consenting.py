"""The school says who else reads its report, and takes that back; both count at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import lock
from reviews.days.models import ReportConsent, Review
from reviews.days.services.telling import record_of


class NotReleased(Exception):
    """The report isn't the school's yet."""


class GivenAlready(Exception):
    """They may read it already."""


class NotGiven(Exception):
    """They may not read it as it is."""


@transaction.atomic
def give_consent(*, review: Review, audience: str, by: Person, now: datetime) -> ReportConsent:
    """Let an audience read the released report; nobody is written to."""
    current = _released(review)
    if current.consents.filter(audience=audience, withdrawn_at=None).exists():
        raise GivenAlready
    consent = ReportConsent.objects.create(
        review=current, audience=audience, given_by=by, given_at=now
    )
    record_of("consent to read a report given", current, by=by, now=now)
    return consent


@transaction.atomic
def withdraw_consent(*, review: Review, audience: str, by: Person, now: datetime) -> Review:
    """Take it back: from this moment page, PDF and list are closed to them."""
    current = _released(review)
    standing = current.consents.filter(audience=audience, withdrawn_at=None)
    if not standing.update(withdrawn_by=by, withdrawn_at=now):
        raise NotGiven
    record_of("consent to read a report withdrawn", current, by=by, now=now)
    return current


def _released(review: Review) -> Review:
    current = lock(review)
    current.cycle = review.cycle
    if current.released_at is None:
        raise NotReleased
    return current
