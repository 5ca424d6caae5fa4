"""Whether a school may have support, and what happened in its programme."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.models.alliances import lines_of
from alliances.membership.views.finding import Wording
from partnership.audit.history import history_of
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from support.directory.models import SupportRules
from support.programmes.forms import EligibilityForm
from support.programmes.models import EligibilityCheck
from support.programmes.permissions import can_check_eligibility, can_see_history
from support.programmes.rows import latest_checks
from support.programmes.services import check_eligibility
from support.programmes.views.finding import form_page, rights_or_404


def eligibility_check(request: PersonRequest, pk: int) -> HttpResponse:
    """The director goes through the alliance's rules, one by one."""
    rights = rights_or_404(request, pk)
    require(can_check_eligibility(rights))
    programme = rights.programme
    rules = get_object_or_404(SupportRules, alliance=programme.alliance_id)
    checks = EligibilityCheck.objects.filter(programme=programme).order_by("checked_at", "pk")
    form = EligibilityForm(
        request.POST if request.method == "POST" else None,
        rules=list(dict.fromkeys(lines_of(rules.eligibility))),
        known=latest_checks(checks),
    )
    if form.is_valid():
        told: dict[str, Any] = {"programme": programme, "by": request.user, "now": timezone.now()}
        check_eligibility(findings=form.findings, **told)
        messages.success(request, "Eligibility written down.")
        return redirect(programme)
    wording = Wording(
        "Check eligibility",
        "Save",
        programme.get_absolute_url(),
        f"The rules of {programme.alliance} for {programme.school}. Earlier checks are kept.",
    )
    return form_page(request, programme, form, wording)


@require_safe
def programme_history(request: PersonRequest, pk: int) -> HttpResponse:
    """Who did what and when; what was said and found stands on the programme's page."""
    rights = rights_or_404(request, pk)
    require(can_see_history(rights))
    checks = EligibilityCheck.objects.filter(programme=pk).select_related("checked_by")
    context = {
        "programme": rights.programme,
        "history": history_of(rights.programme, whole=True),
        "checks": checks.order_by("-checked_at", "-pk"),
    }
    return render(request, "programmes/programme_history.html", context)
