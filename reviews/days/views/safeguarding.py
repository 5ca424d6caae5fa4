"""What to do about a safeguarding concern; nothing is stored here, not even that it was read."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from reviews.days.views.finding import review_for, review_page


@require_safe
@cache_control(private=True, no_store=True)
def safeguarding(request: PersonRequest, pk: int) -> HttpResponse:
    """Whom to ring, in words that are the same for everybody."""
    rights = review_for(request, pk)
    require(rights.sees_preparation)
    page = review_page(request, rights, "days/safeguarding.html", "days:safeguarding")
    page["Referrer-Policy"] = "no-referrer"
    return page
