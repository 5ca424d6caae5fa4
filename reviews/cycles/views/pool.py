"""The reviewers of an alliance, for its director: the list, its export, and more of them."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.models import Alliance
from alliances.membership.views.finding import alliance_for
from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.exports import Column, export
from partnership.toolkit.pagination import page_of
from reviews.cycles.forms.pool import SOON, PoolFilter, PoolForm
from reviews.cycles.permissions import can_keep_reviewers
from reviews.cycles.services.pool import add_reviewers

BY_NAME = ("person__search_name", "pk")
COLUMNS = (
    Column("Reviewer", lambda row: row.person.name, 28),
    Column("School", lambda row: row.school.name if row.school else "", 34),
    Column("Trained to review", lambda row: "Yes" if row.may_review else "No", 12),
    Column("Trained to lead", lambda row: "Yes" if row.may_lead else "No", 12),
    Column("Training holds until", lambda row: None if row.for_good else row.holds_until),
    Column("Reviews a year, at most", lambda row: row.most_days, 12),
    Column("Reviews in a half term, at most", lambda row: row.most_days_half_term, 12),
    Column("Since", lambda row: row.starts_on),
)


def _alliance(request: PersonRequest, slug: str, today: date) -> Alliance:
    alliance = alliance_for(request, slug)
    require(
        can_keep_reviewers(request.user, alliance, today),
        "The alliance’s director keeps its reviewers.",
    )
    return alliance


@require_safe
def reviewer_list(request: PersonRequest, slug: str) -> HttpResponse:
    """Who reviews, by name; which schools somebody can’t review isn’t on it."""
    today = timezone.localdate()
    alliance = _alliance(request, slug, today)
    filterset = PoolFilter(request.GET, alliance=alliance, on=today)
    context = {
        "alliance": alliance,
        "filterset": filterset,
        "chips": list(filterset.chips()) if filterset.form.is_valid() else [],
        "page": page_of(filterset.qs.order_by(*BY_NAME), request),
        "soon": today + SOON,
    }
    return render(request, "cycles/reviewer_list.html", context)


@require_safe
def reviewer_export(request: PersonRequest, slug: str, kind: str) -> HttpResponseBase:
    """The list as a file; its taking is audited."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = _alliance(request, slug, today)
    rows = PoolFilter(request.GET, alliance=alliance, on=today).qs.order_by(*BY_NAME)
    record_export(of="Reviewers", kind=kind, by=request.user, at=now)
    return export(kind, name="reviewers", columns=COLUMNS, rows=rows.iterator(500), on=today)


def reviewer_add(request: PersonRequest, slug: str) -> HttpResponse:
    """Tick people of the alliance, or all heads at once."""
    now = timezone.now()
    alliance = _alliance(request, slug, timezone.localdate(now))
    sent = request.POST if request.method == "POST" else None
    form = PoolForm(sent, alliance=alliance, on=timezone.localdate(now))
    if sent is not None and "find" not in sent and form.is_complete():
        made = add_reviewers(
            alliance=alliance,
            people=form.chosen,
            with_heads=form.cleaned_data["heads"],
            by=request.user,
            now=now,
        )
        many = "One person reviews" if len(made) == 1 else f"{len(made)} people review"
        messages.success(request, f"{many} from today on. Enter their training next.")
        return redirect("cycles:reviewer_list", alliance.slug)
    context = {"alliance": alliance, "form": form, "rows": form.offered()}
    return render(request, "cycles/reviewer_add.html", context)
