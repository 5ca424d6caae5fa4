"""The list of schools and the page of one."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.schools.belonging import named_groups
from alliances.schools.filters import SchoolFilterSet, order_of
from alliances.schools.models import Delegation, DetailsCheck, RegisterFile, School, SchoolPost
from alliances.schools.permissions import can_see_school, directed_by, posts_seen
from alliances.schools.views.people import rows_of
from alliances.schools.views.standing import STANDING, standing_of
from partnership.audit.history import history_of, wants_whole_history
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.pagination import page_of
from partnership.toolkit.registers import cards_for
from partnership.toolkit.statements import answer

LIST_COLUMNS = ("pk", "urn", "name", "town", "phase", "type", "authority__name")


@require_safe
def school_list(request: PersonRequest) -> HttpResponse:
    """The register, searched, narrowed and ordered; fifty a page, without counting them all."""
    today = timezone.localdate()
    filterset = SchoolFilterSet(
        request.GET, queryset=School.objects.visible_to(request.user), on=today
    )
    order = order_of(request.GET.get("order", ""))
    schools = filterset.qs.order_by(*order).values_list(*LIST_COLUMNS, named=True)
    page = page_of(schools, request)
    groups = named_groups([school.pk for school in page], on=today)
    context = {
        "filterset": filterset,
        "chips": list(filterset.chips()),
        "page": page,
        "rows": [(school, groups.get(school.pk, "")) for school in page],
        "order": request.GET.get("order", ""),
        "register": RegisterFile.objects.order_by("-imported_at", "-pk").first(),
    }
    return render(request, "schools/school_list.html", context)


def _visible_school(*, person: Person, urn: int, on: date) -> QuerySet[School]:
    schools = School.objects.visible_to(person).filter(urn=urn)
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person, school=OuterRef("pk"))
    held = Delegation.objects.held_by(person, Delegation.Kind.DETAILS, on=on)
    acting = Delegation.objects.held_by(person, Delegation.Kind.REVIEWS, on=on)
    confirmed = DetailsCheck.objects.confirmed().filter(school=OuterRef("pk")).order_by("-year")
    return schools.select_related("authority", "source", "contact").annotate(
        is_hers=Exists(heads) | Exists(held.filter(school=OuterRef("pk"))),
        is_directed=directed_by(person, on),
        confirmed_at=Subquery(confirmed.values("answered_at")[:1]),
        confirmed_by_name=Subquery(confirmed.values("answered_by__name")[:1]),
        is_headed=Exists(heads),
        is_hers_in_reviews=Exists(heads) | Exists(acting.filter(school=OuterRef("pk"))),
        **STANDING,
    )


def _posts_in(*, school: School, person: Person, on: date) -> QuerySet[SchoolPost]:
    posts = posts_seen(person, on).ahead(on).filter(school=school)
    return posts.select_related("person").by_rank()


@require_safe
def school_detail(request: PersonRequest, urn: int) -> HttpResponse:
    """What the register says of a school, who holds which post, and what rooms add."""
    now = timezone.now()
    today = timezone.localdate(now)
    school = found(answer(_visible_school, person=request.user, urn=urn, on=today))
    require(can_see_school(request.user, school))
    context = {
        "school": school,
        "rows": rows_of(answer(_posts_in, school=school, person=request.user, on=today), today),
        "contact": getattr(school, "contact", None),
        "can_see_people": request.user.is_staff or school.is_hers or school.is_directed,
        "can_see_details": request.user.is_staff or school.is_hers,
        "cards": cards_for("school", request.user, school, now),
        "can_enter_inspections": request.user.is_staff or school.is_headed,
        **standing_of(school),
        "history": history_of(school, whole=wants_whole_history(request.GET)),
    }
    return render(request, "schools/school_detail.html", context)
