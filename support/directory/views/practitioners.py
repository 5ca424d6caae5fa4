"""The directory of practitioners: its list, its file, and the page of an entry."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.filters import order_of
from alliances.membership.permissions import directed_alliances
from alliances.membership.views.finding import past_of
from partnership.audit.history import History
from partnership.audit.services import record_export
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from partnership.toolkit.exports import export, in_batches
from partnership.toolkit.statements import answer
from support.directory.exporting import PRACTITIONERS
from support.directory.filters import PRACTITIONER_ORDERS, PractitionerFilter
from support.directory.models import CapacityAccount, HomeConsent, Practitioner
from support.directory.permissions import Standing, standing_to
from support.directory.rows import NO_NAMES, named, names_of_practitioners, with_days
from support.directory.views.finding import list_page

RENEWED_BEFORE = timedelta(days=120)


def _visible(*, person: Person, pk: int, on: date) -> QuerySet[Practitioner]:
    seen = Practitioner.objects.visible_to(person, on=on).filter(pk=pk)
    return seen.select_related("person", "home_school", "alliance")


def practitioner_for(request: PersonRequest, pk: int) -> Practitioner:
    """An entry that she may see, or 404."""
    today = timezone.localdate()
    entry: Practitioner = found(answer(_visible, person=request.user, pk=pk, on=today))
    return entry


def _filtered(request: PersonRequest, today: date) -> PractitionerFilter:
    seen = Practitioner.objects.visible_to(request.user, on=today)
    rows = with_days(seen.select_related("person", "home_school"), on=today)
    return PractitionerFilter(request.GET, rows, person=request.user, on=today)


@require_safe
def practitioner_list(request: PersonRequest) -> HttpResponse:
    """Who can help a school, with days left this year."""
    today = timezone.localdate()
    return list_page(
        request,
        "practitioner_list",
        _filtered(request, today),
        PRACTITIONER_ORDERS,
        areas=names_of_practitioners,
        year=AcademicYear.containing(today),
        directed=list(directed_alliances(request.user, today)),
    )


@require_safe
def practitioner_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """The list with its filters as a file; who took it stays on record."""
    now = timezone.now()
    today = timezone.localdate(now)
    order = order_of(request.GET.get("order", ""), PRACTITIONER_ORDERS)
    chosen = _filtered(request, today).qs.order_by(*order).select_related("alliance")
    record_export(of="Practitioners in the directory", kind=kind, by=request.user, at=now)
    rows = (entry for batch in in_batches(chosen) for entry in named(batch, names_of_practitioners))
    return export(kind, name="practitioners", columns=PRACTITIONERS, rows=rows, on=today)


def _accounts(*, practitioner: int, year: int) -> QuerySet[CapacityAccount]:
    accounts = CapacityAccount.objects.filter(practitioner=practitioner, year__gte=year)
    return accounts.order_by("year")


def _consents(*, practitioner: int) -> QuerySet[HomeConsent]:
    consents = HomeConsent.objects.filter(practitioner=practitioner)
    return consents.select_related("given_by").order_by("-given_at", "-pk")


@require_safe
def practitioner_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What somebody brings and how many days she has left, for those who may read the entry."""
    today = timezone.localdate()
    practitioner = practitioner_for(request, pk)
    standing = standing_to(request.user, practitioner, today)
    year = AcademicYear.containing(today)
    consents = answer(_consents, practitioner=pk)
    consent = _in_force(consents, practitioner, today)
    context = {
        "practitioner": practitioner,
        "standing": standing,
        "names": names_of_practitioners([pk]).get(pk, NO_NAMES),
        "accounts": answer(_accounts, practitioner=pk, year=year.start),
        "consents": consents,
        "consent": consent,
        "asks_head": _asks_head(practitioner, standing, consent, today),
        "is_over": practitioner.ends_on is not None and practitioner.ends_on < today,
        "history": past_of(request, practitioner) if standing.may_see_days else History(),
    }
    return render(request, "directory/practitioner_detail.html", context)


def _in_force(
    consents: list[HomeConsent], practitioner: Practitioner, today: date
) -> HomeConsent | None:
    """The consent that holds today, of the head of the school where she is at home now."""
    of_school = [each for each in consents if each.school_id == practitioner.home_school_id]
    standing = (each for each in of_school if each.withdrawn_at is None)
    return next((each for each in standing if each.starts_on <= today <= each.ends_on), None)


def _asks_head(
    practitioner: Practitioner, standing: Standing, consent: HomeConsent | None, today: date
) -> bool:
    """Whether the page offers to ask her head: not while she is asked, nor long before an end."""
    is_waiting = practitioner.consent_due_at and not practitioner.consent_answered_at
    holds_on = consent is not None and consent.ends_on > today + RENEWED_BEFORE
    may_ask = standing.may_edit and practitioner.home_school_id is not None
    return bool(may_ask and not is_waiting and not holds_on)
