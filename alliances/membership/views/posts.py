"""Who does what in an alliance, and a director who gives, changes and ends posts."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.membership.forms import AddPostForm, EndForm, PostForm
from alliances.membership.forms.kept import BACKWARDS
from alliances.membership.models import Alliance, AlliancePost, Area, Partner
from alliances.membership.permissions import can_edit_alliance
from alliances.membership.services import (
    AccountClosed,
    EndsBeforeItStarts,
    LastDirector,
    PostHeldAlready,
    edit_alliance_post,
    end_alliance_post,
    welcome_to_alliance,
)
from alliances.membership.surroundings import around, with_titles
from alliances.membership.views.finding import (
    PEOPLE,
    Refusals,
    Wording,
    alliance_to_run,
    form_page,
    own_alliance,
    past_of,
    question_page,
    saved,
    with_standing,
)
from partnership.people.requests import PersonRequest
from partnership.toolkit.spoken_dates import spoken_date
from partnership.toolkit.statements import answer

MOST_PAST = 50
LAST_DIRECTOR = (
    "Nobody else directs the alliance after this day. Write a sentence that says why, "
    "or give somebody the post first."
)
REFUSALS: Refusals = {
    PostHeldAlready: ("starts_on", "This person holds this post already."),
    EndsBeforeItStarts: ("ends_on", BACKWARDS),
    AccountClosed: (
        "email",
        "This person’s account is closed. Ask the portal’s staff to open it again.",
    ),
    LastDirector: ("ends_on", "Nobody else directs the alliance. End the post and say why."),
}


def _posts(*, alliance: Alliance) -> QuerySet[AlliancePost]:
    posts = AlliancePost.objects.filter(alliance=alliance).select_related("person", "area")
    return posts.by_rank()


def _areas(*, alliance: Alliance) -> QuerySet[Area]:
    return Area.objects.filter(alliance=alliance).order_by("name", "pk")


def _partners(*, alliance: Alliance, on: date) -> QuerySet[Partner]:
    return Partner.objects.on_or_after(on).filter(alliance=alliance).order_by("name", "pk")


@require_safe
def alliance_people(request: PersonRequest, slug: str) -> HttpResponse:
    """Posts, areas, partners and other alliances; its director changes them from here."""
    today = timezone.localdate()
    alliance = own_alliance(request, slug)
    posts = answer(_posts, alliance=alliance)
    past = [post for post in posts if post.ends_on and post.ends_on < today]
    here = [post for post in posts if post not in past]
    areas = answer(_areas, alliance=alliance)
    context = {
        "alliance": alliance,
        "posts": with_titles(here),
        "past": sorted(past, key=lambda post: post.ends_on, reverse=True)[:MOST_PAST],
        "areas": [(area, _leads(area, here, today)) for area in areas],
        "partners": [
            with_standing(each, today) for each in answer(_partners, alliance=alliance, on=today)
        ],
        "links": around(alliance, today).links,
        "can_edit": can_edit_alliance(request.user, alliance, today),
        "today": today,
    }
    return render(request, "membership/alliance_people.html", context)


def _leads(area: Area, posts: list[AlliancePost], today: date) -> str:
    """Who leads an area today, as words."""
    leads = [
        post.person.name
        for post in posts
        if post.area_id == area.pk and (post.starts_on is None or post.starts_on <= today)
    ]
    return ", ".join(leads)


def post_add(request: PersonRequest, slug: str) -> HttpResponse:
    """Somebody known by her address, or invited, holds a post from now on."""
    now = timezone.now()
    today = timezone.localdate(now)
    alliance = alliance_to_run(request, slug, on=today)
    form = AddPostForm(
        request.POST if request.method == "POST" else None,
        alliance=alliance,
        initial={"starts_on": today},
    )
    told = {"service": welcome_to_alliance, "alliance": alliance, "by": request.user, "now": now}
    if form.is_valid() and saved(form, REFUSALS, **told, **form.cleaned_data):
        post = AlliancePost.Kind(form.cleaned_data["kind"]).label
        messages.success(request, f"{form.cleaned_data['name']} has the post of {post.lower()}.")
        return redirect("membership:alliance_people", slug=slug)
    back = reverse("membership:alliance_people", args=[slug])
    wording = Wording("Give a post", "Give the post", back, f"In {alliance}.", PEOPLE)
    return form_page(request, alliance, form, wording)


def _post_or_404(alliance: Alliance, pk: int) -> AlliancePost:
    posts = AlliancePost.objects.select_related("person", "alliance")
    return get_object_or_404(posts, alliance=alliance, pk=pk)


def post_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What a post does, its paid time and its days."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    post = _post_or_404(alliance, pk)
    form = PostForm(request.POST if request.method == "POST" else None, post=post)
    told = {"service": edit_alliance_post, "post": post, "by": request.user, "now": now}
    if form.is_valid() and saved(
        form, REFUSALS, **told, changes=form.changes, seen_version=form.seen
    ):
        messages.success(request, f"{post.person}’s post saved.")
        return redirect("membership:alliance_people", slug=slug)
    because = f" Reason for its end: {post.because}" if post.because else ""
    wording = Wording(
        f"{post.person}, {post.get_kind_display().lower()}",
        "Save",
        reverse("membership:alliance_people", args=[slug]),
        f"A post in {alliance}.{because}",
        PEOPLE,
        history=past_of(request, post),
        acts=((reverse("membership:post_end", args=[slug, pk]), "End this post"),),
    )
    return form_page(request, alliance, form, wording)


def post_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Asks once more for the last day; the last director says why."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    post = _post_or_404(alliance, pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    refusals: Refusals = {
        LastDirector: ("because", LAST_DIRECTOR),
        EndsBeforeItStarts: ("last_day", BACKWARDS),
    }
    told = {"service": end_alliance_post, "post": post, "by": request.user, "now": now}
    if form.is_valid() and saved(form, refusals, **told, **form.cleaned_data):
        day = spoken_date(form.cleaned_data["last_day"])
        messages.success(request, f"{post.person}’s last day as {_named(post)} is {day}.")
        return redirect("membership:alliance_people", slug=slug)
    wording = Wording(
        f"End {post.person}’s post?",
        "End the post",
        reverse("membership:post_edit", args=[slug, pk]),
        f"{post.get_kind_display()} of {alliance}. What was done in the post stays on record.",
        PEOPLE,
    )
    return question_page(request, alliance, form, wording)


def _named(post: AlliancePost) -> str:
    return post.get_kind_display().lower()
