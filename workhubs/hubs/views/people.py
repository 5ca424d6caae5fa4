"""People who take part beside the schools."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.calendar.years import AcademicYear
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from workhubs.hubs.forms import AlliancePeople, MemberForm, PersonAddForm
from workhubs.hubs.models import WorkhubPerson, WorkhubYear
from workhubs.hubs.permissions import can_change_now, can_edit_workhub
from workhubs.hubs.services import TakesPartAlready, YearOver, add_person, edit_membership
from workhubs.hubs.views.finding import form_page, year_or_404
from workhubs.hubs.views.places import YEAR_IS_OVER

REFUSALS: Refusals = {
    TakesPartAlready: ("person", "This person takes part already. Change the days there."),
    YearOver: ("person", YEAR_IS_OVER),
}


def person_add(request: PersonRequest, slug: str, year: AcademicYear) -> HttpResponse:
    """Somebody takes part from a day on, and has a seat at the meetings."""
    now = timezone.now()
    today = timezone.localdate(now)
    chosen = year_or_404(request.user, slug, year, on=today)
    require(can_change_now(request.user, chosen, today), YEAR_IS_OVER)
    people = AlliancePeople(chosen.workhub.alliance, today)
    starts_on = max(today, chosen.academic_year.first_day)
    typed = request.POST if request.method == "POST" else None
    form = PersonAddForm(typed, people=people, on=starts_on)
    told = {"service": add_person, "workhub_year": chosen, "by": request.user, "now": now}
    if form.is_valid() and saved(form, REFUSALS, **told, **form.cleaned_data):
        messages.success(request, f"{form.cleaned_data['person']} takes part from now on.")
        return redirect(chosen)
    wording = Wording(
        "Add somebody beside the schools",
        "Add to the workhub",
        chosen.get_absolute_url(),
        f"Into {chosen.workhub}, {chosen.academic_year}: a tutor, a specialist leader, a partner.",
    )
    return form_page(request, chosen, form, wording, people=people)


def person_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """As what somebody takes part, and until when."""
    now = timezone.now()
    today = timezone.localdate(now)
    years = WorkhubYear.objects.visible_to(request.user, on=today)
    members = WorkhubPerson.objects.filter(workhub_year__in=years.values("pk"))
    member = get_object_or_404(
        members.select_related(
            "person", "workhub_year__workhub__alliance", "workhub_year__workhub__body"
        ),
        pk=pk,
    )
    chosen = member.workhub_year
    require(can_edit_workhub(request.user, chosen, today))
    form = MemberForm(request.POST if request.method == "POST" else None, member=member)
    told = {"service": edit_membership, "member": member, "by": request.user, "now": now}
    if form.is_valid() and saved(form, {}, **told, changes=form.changes, seen_version=form.seen):
        messages.success(request, f"{member.person}’s part in the workhub saved.")
        return redirect(chosen)
    lead = f"In {chosen.workhub}, {chosen.academic_year}."
    wording = Wording(str(member.person), "Save", chosen.get_absolute_url(), lead)
    return form_page(request, chosen, form, wording)
