"""Posts that schools share: the list, the page of a post, and keeping it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.filters import order_of
from alliances.membership.views.finding import Refusals, Wording, alliance_for, past_of, saved
from partnership.audit.history import History
from partnership.audit.services import record_export
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.exports import export
from support.directory.exporting import SHARED_POSTS
from support.directory.filters import POST_ORDERS, SharedPostFilter
from support.directory.forms import LastDayForm, SharedPostForm
from support.directory.models import SharedPost, SharedPostSchool
from support.directory.permissions import can_keep_posts, keeps_posts_in
from support.directory.services import (
    CostsDontAddUp,
    SchoolTwice,
    TooManyDays,
    add_shared_post,
    change_shared_post,
    end_shared_post,
)
from support.directory.views.finding import (
    BACKWARDS_AT_END,
    BACKWARDS_AT_LAST_DAY,
    Crumbs,
    ended,
    form_page,
    list_page,
    question_page,
)

FOR_KEEPERS = "The alliance’s director and finance manager keep its shared posts."
REFUSALS: Refusals = {
    **BACKWARDS_AT_END,
    TooManyDays: ("days_0", "Together these are more than the five days of a week."),
    CostsDontAddUp: ("percent_0", "Together the shares of the cost have to be 100 per cent."),
    SchoolTwice: ("school_1", "Name each school once."),
}


def crumbs() -> Crumbs:
    """The list among the crumbs of a page below it."""
    return ((reverse("directory:shared_post_list"), "Shared posts"),)


def _filtered(request: PersonRequest, today: date) -> SharedPostFilter:
    seen = SharedPost.objects.visible_to(request.user, on=today)
    shares = SharedPostSchool.objects.select_related("school").order_by("pk")
    rows = seen.select_related("person", "employer").prefetch_related(Prefetch("shares", shares))
    return SharedPostFilter(request.GET, rows, person=request.user, on=today)


@require_safe
def shared_post_list(request: PersonRequest) -> HttpResponse:
    """Her own shared posts, those of her school, and all for director and finance manager."""
    today = timezone.localdate()
    return list_page(
        request,
        "shared_post_list",
        _filtered(request, today),
        POST_ORDERS,
        alliances=list(keeps_posts_in(request.user, today)),
    )


@require_safe
def shared_post_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """The list with its filters as a file; who took it stays on record."""
    now = timezone.now()
    today = timezone.localdate(now)
    order = order_of(request.GET.get("order", ""), POST_ORDERS)
    rows = (
        _filtered(request, today)
        .qs.order_by(*order)
        .select_related("alliance", "person", "employer")
    )
    record_export(of="Shared posts", kind=kind, by=request.user, at=now)
    return export(
        kind, name="shared-posts", columns=SHARED_POSTS, rows=rows.iterator(1_000), on=today
    )


def _post_for(request: PersonRequest, pk: int) -> SharedPost:
    seen = SharedPost.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(seen.select_related("person", "employer", "alliance"), pk=pk)


def _post_to_edit(request: PersonRequest, pk: int) -> SharedPost:
    post = _post_for(request, pk)
    require(can_keep_posts(request.user, post.alliance, timezone.localdate()), FOR_KEEPERS)
    return post


def _with_pounds(post: SharedPost) -> list[Any]:
    """Each school's share, with what it pays where the cost is known."""
    shares: list[Any] = list(post.shares.select_related("school").order_by("pk"))
    for share in shares:
        share.pounds = (
            None
            if post.yearly_cost is None
            else (post.yearly_cost * share.cost_percent / 100).quantize(Decimal("0.01"))
        )
    return shares


@require_safe
def shared_post_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Who it is, whose week and whose money."""
    today = timezone.localdate()
    post = _post_for(request, pk)
    can_edit = can_keep_posts(request.user, post.alliance, today)
    shares = _with_pounds(post)
    context = {
        "post": post,
        "crumbs": crumbs(),
        "shares": shares,
        "days": sum(share.days_a_week for share in shares),
        "can_edit": can_edit,
        "is_over": post.ends_on is not None and post.ends_on < today,
        "history": past_of(request, post) if can_edit else History(),
    }
    return render(request, "directory/shared_post_detail.html", context)


def shared_post_add(request: PersonRequest, slug: str) -> HttpResponse:
    """A post more that schools share."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = alliance_for(request, slug)
    require(can_keep_posts(request.user, alliance, today), FOR_KEEPERS)
    data = request.POST if request.method == "POST" else None
    form = SharedPostForm(data, alliance=alliance, on=today)
    told = {"service": add_shared_post, "alliance": alliance, "by": request.user, "now": now}
    if form.is_valid() and saved(form, REFUSALS, **told, shares=form.shares, **form.changes):
        messages.success(request, f"“{form.changes['title']}” is kept here now.")
        return redirect("directory:shared_post_list")
    back = reverse("directory:shared_post_list")
    lead = f"In {alliance}. The shares of the week are five days at most, those of the cost 100 per cent."
    wording = Wording("Add a shared post", "Add the post", back, lead)
    return form_page(request, form, wording, crumbs())


def shared_post_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Who it is, which schools share, and how they split the cost."""
    now = timezone.now()
    post = _post_to_edit(request, pk)
    data = request.POST if request.method == "POST" else None
    form = SharedPostForm(data, alliance=post.alliance, on=timezone.localdate(now), post=post)
    told = {"service": change_shared_post, "post": post, "by": request.user, "now": now}
    if form.is_valid() and saved(
        form, REFUSALS, **told, changes=form.changes, shares=form.shares, seen_version=form.seen
    ):
        messages.success(request, "Shared post saved.")
        return redirect(post)
    wording = Wording(f"Change “{post}”", "Save the post", post.get_absolute_url())
    return form_page(request, form, wording, crumbs())


def shared_post_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, for the last day."""
    post = _post_to_edit(request, pk)
    form = LastDayForm(request.POST if request.method == "POST" else None)
    told = {"service": end_shared_post, "post": post, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, BACKWARDS_AT_LAST_DAY, **told, **form.cleaned_data):
        messages.success(request, ended("post", form))
        return redirect(post)
    back = post.get_absolute_url()
    wording = Wording(f"End “{post}”?", "End the post", back, "It stays on record.")
    return question_page(request, form, wording, crumbs())
