"""The people of a school: who holds which post, given, changed and ended by its head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.schools.forms.posts import PostAddForm, PostEditForm
from alliances.schools.models import Delegation, School, SchoolPost
from alliances.schools.models.posts import SchoolPostQuerySet
from alliances.schools.permissions import (
    can_appoint_heads,
    can_change_post,
    can_manage_posts,
    can_see_people_page,
    standing_of,
)
from alliances.schools.services import (
    AccountClosed,
    PostHeldAlready,
    change_school_post,
    welcome_to_school,
)
from alliances.schools.views.departures import departures_from
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.spoken_dates import spoken_day
from partnership.toolkit.statements import answer
from partnership.toolkit.versions import ChangedSince

MOST_PAST = 50
BEGINS = "Begins"


@dataclass(frozen=True)
class PostRow:
    """A post on a page, and what is to be said beside it."""

    post: SchoolPost
    tone: str = ""
    said: str = ""
    day: date | None = None
    is_invited: bool = False

    @property
    def is_here(self) -> bool:
        """Whether it has begun."""
        return self.said != BEGINS


def rows_of(posts: Iterable[SchoolPost], today: date) -> list[PostRow]:
    """Posts with what is coming: who begins, who leaves, who hasn’t joined yet."""
    return [_row(post, today) for post in posts]


def _row(post: SchoolPost, today: date) -> PostRow:
    is_invited = not post.person.is_active and post.person.joined_at is None
    if post.starts_on and post.starts_on > today:
        return PostRow(post, "note", BEGINS, post.starts_on, is_invited)
    if post.ends_on:
        return PostRow(post, "soon", "Leaves", post.ends_on, is_invited)
    return PostRow(post, is_invited=is_invited)


ACCOUNT_CLOSED = "This person’s account is closed. Ask the portal’s staff to open it again."
HELD_ALREADY = "This person holds this post already: give the earlier one a last day first."


def school_or_404(request: PersonRequest, urn: int) -> School:
    """The school of the address among those that this person may see."""
    return get_object_or_404(School.objects.visible_to(request.user), urn=urn)


def _posts(school: School) -> SchoolPostQuerySet:
    return SchoolPost.objects.filter(school=school).select_related("person")


def _standing_in(*, person: Person, urn: int, on: date) -> QuerySet[School]:
    return School.objects.visible_to(person).filter(urn=urn).annotate(**standing_of(person, on))


def school_with_standing(request: PersonRequest, urn: int, today: date) -> Any:
    """The school, annotated with what this person is to it: one SELECT for both."""
    return found(answer(_standing_in, person=request.user, urn=urn, on=today))


@require_safe
def school_people(request: PersonRequest, urn: int) -> HttpResponse:
    """Who holds which post now, whose begins later, and who was here before."""
    today = timezone.localdate()
    school = school_with_standing(request, urn, today)
    is_leading = request.user.is_staff or school.is_headed
    can_manage = is_leading or school.is_kept
    require(can_manage or school.is_directed)
    delegations = Delegation.objects.on(today).filter(school=school)
    delegations = delegations.select_related("deputy", "given_by")
    past = _posts(school).filter(ends_on__lt=today).order_by("-ends_on", "-pk")
    context = {
        "school": school,
        "rows": rows_of(_posts(school).ahead(today).by_rank(), today),
        "past": list(past[:MOST_PAST]),
        "can_change_heads": is_leading,
        "can_manage": can_manage,
        "can_arrange": is_leading or school.is_directed,
        "departures": departures_from(school, today),
        "can_delegate": is_leading and not request.user.is_staff,
        "delegations": list(delegations.order_by("deputy__search_name", "kind", "pk")),
    }
    return render(request, "schools/school_people.html", context)


def post_add(request: PersonRequest, urn: int) -> HttpResponse:
    """Give somebody a post, and invite her if she isn't in the portal yet."""
    school, now = school_or_404(request, urn), timezone.now()
    today = timezone.localdate(now)
    require(can_manage_posts(request.user, school, today))
    with_heads = can_appoint_heads(request.user, school, today)
    data = request.POST if request.method == "POST" else None
    form = PostAddForm(data, on=today, with_heads=with_heads)
    if form.is_valid():
        try:
            post = welcome_to_school(school=school, **form.cleaned_data, by=request.user, now=now)
        except AccountClosed:
            form.add_error("email", ACCOUNT_CLOSED)
        except PostHeldAlready:
            form.add_error("kind", HELD_ALREADY)
        else:
            messages.success(request, _said_of(post))
            return redirect("schools:school_people", urn)
    return render(request, "schools/post_form.html", {"school": school, "form": form})


def _said_of(post: SchoolPost) -> str:
    begins = f" from {spoken_day(post.starts_on)}" if post.starts_on else ""
    said = f"{post.person} is {post.called} of {post.school}{begins}."
    return said if post.person.is_active else f"{said} An invitation to the portal is on its way."


def post_edit(request: PersonRequest, urn: int, pk: int) -> HttpResponse:
    """Put a post right, or give it a last day."""
    school, now = school_or_404(request, urn), timezone.now()
    today = timezone.localdate(now)
    require(can_see_people_page(request.user, school, today))
    post = get_object_or_404(_posts(school).select_related("school"), pk=pk)
    require(can_change_post(request.user, post, today))
    with_heads = can_appoint_heads(request.user, school, today)
    data = request.POST if request.method == "POST" else None
    form = PostEditForm(data, post=post, on=today, with_heads=with_heads)
    if form.is_valid() and _changed(form, post, request, now=now):
        messages.success(request, f"The post of {post.person} is saved.")
        return redirect("schools:school_people", urn)
    return render(request, "schools/post_form.html", {"school": school, "form": form, "post": post})


def _changed(
    form: PostEditForm, post: SchoolPost, request: PersonRequest, *, now: datetime
) -> bool:
    seen_version = form.cleaned_data["seen_version"]
    try:
        change_school_post(
            post=post, changes=form.changes, by=request.user, now=now, seen_version=seen_version
        )
    except ChangedSince as changed:
        form.show_both(changed)
    except PostHeldAlready:
        form.add_error("kind", HELD_ALREADY)
    else:
        return True
    return False
