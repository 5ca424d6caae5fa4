"""The director's page: what is late, who has too much, where views differ, and what works."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.models import Alliance, AlliancePost
from partnership.audit.services import record_export
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.exports import export
from partnership.toolkit.pagination import page_of
from partnership.toolkit.statements import answer
from support.programmes.figures import FEWEST_TOLD
from support.progress.filters import LatenessFilter
from support.progress.overview import table
from support.progress.overview.differing import ratings_that_differ
from support.progress.overview.late import choices_in, late_in, named
from support.progress.overview.loads import RULE, loads_in
from support.progress.overview.outcomes import outcomes_of

FOR_THE_DIRECTOR = "This page is for the alliance’s director."
DIRECTOR = AlliancePost.Kind.DIRECTOR


def _directed(*, person: Person, slug: str, on: date) -> QuerySet[Alliance]:
    posts = AlliancePost.objects.on(on).filter(person=person, kind=DIRECTOR)
    directs = Exists(posts.filter(alliance=OuterRef("pk")))
    return Alliance.objects.visible_to(person).filter(slug=slug).annotate(directs=directs)


def _alliance_to_direct(request: PersonRequest, slug: str, on: date) -> Alliance:
    alliance = found(answer(_directed, person=request.user, slug=slug, on=on))
    require(request.user.is_active and alliance.directs, FOR_THE_DIRECTOR)
    return alliance


@require_safe
def overview(request: PersonRequest, slug: str) -> HttpResponse:
    """All programmes of an alliance by what needs its director."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = _alliance_to_direct(request, slug, today)
    asked = LatenessFilter(request.GET, choices_in(alliance))
    page = page_of(late_in(alliance, now, kinds=asked.kinds, **asked.narrowed), request)
    context = {
        "alliance": alliance,
        "asked": asked,
        "chips": list(asked.chips()),
        "page": page,
        "late": named(page, now),
        "loads": loads_in(alliance, now),
        "rule": RULE,
        "differing": ratings_that_differ(alliance, now),
        "outcomes": outcomes_of(alliance.pk, now),
        "fewest": FEWEST_TOLD,
    }
    return render(request, "progress/overview.html", context)


@require_safe
def overview_export(request: PersonRequest, slug: str, kind: str) -> HttpResponseBase:
    """All programmes whose support has begun, as a file; its taking is audited."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = _alliance_to_direct(request, slug, today)
    record_export(of="Support programmes under way", kind=kind, by=request.user, at=now)
    return export(
        kind,
        name="support-under-way",
        columns=table.COLUMNS,
        rows=table.rows_of(alliance, now),
        on=today,
    )
