"""Publishing a draft, with everything that follows shown before; and planning again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from alliances.membership.views.finding import Refusals, Wording, saved
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.addresses import address
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.forms.replanning import PublishForm, ReplanForm
from reviews.cycles.models import Cycle, RotaDraft
from reviews.cycles.pictures import Look, Scene, looks, past_of, scene_of, visits_of
from reviews.cycles.problem import broken_by, days_from_json
from reviews.cycles.services.cycles import CycleOver
from reviews.cycles.services.differing import Kind, Publication, Step, publication_of
from reviews.cycles.services.drafting import DrawingAlready, ask_for_draft
from reviews.cycles.services.publishing import NotPublishable, publish_draft
from reviews.cycles.services.telling import heads_of
from reviews.cycles.views.draft_words import out_words
from reviews.cycles.views.drafts import drawing_now
from reviews.cycles.views.finding import form_page, rights_to_organise
from reviews.cycles.views.rota import NOT_YET

SECONDS = 30
MOST_NAMED = 12
OVER = "The cycle was finished or called off meanwhile."
MEANWHILE = "Somebody changed this draft meanwhile. Look at it once more, then publish it."
REPLANNING: Refusals = {
    DrawingAlready: ("who", "A rota of this alliance is being drawn up already. Wait for it."),
    CycleOver: ("who", OVER),
}
WORDS = {
    Kind.PUBLISHED: ("note", "New"),
    Kind.MOVED: ("soon", "Moved"),
    Kind.TEAM: ("note", "Team"),
    Kind.CANCELLED: ("late", "Called off"),
}


@dataclass(frozen=True)
class Change:
    """A step in words: before, after, and what each is told."""

    step: Step
    scene: Scene

    @property
    def school(self) -> str:
        """Whose day it is."""
        return str(self.step.host.school)

    @property
    def tone(self) -> str:
        """How its kind looks."""
        return WORDS[self.step.kind][0]

    @property
    def words(self) -> str:
        """Its kind."""
        return WORDS[self.step.kind][1]

    @property
    def day_before(self) -> date | None:
        """The day that stands."""
        return date.fromisoformat(self.step.before["date"]) if self.step.before else None

    @property
    def day_after(self) -> date | None:
        """The day of the draft."""
        return self.step.to if self.step.after else None

    @property
    def lead_before(self) -> str:
        """Who leads the team that stands."""
        return self._names(filter(None, [self.step.before.get("lead", "")]))

    @property
    def lead_after(self) -> str:
        """Who leads the team of the draft."""
        return self._names(filter(None, [self.step.after.get("lead", "")]))

    @property
    def asked(self) -> str:
        """Who is asked to come, and answers; who declined this very day is named as such."""
        again = self.step.declined
        names = [(self.scene.visitors[key].name, key in again) for key in self.step.asked]
        return ", ".join(f"{name} (has declined this day)" if no else name for name, no in names)

    @property
    def freed(self) -> str:
        """Who is told that she isn’t asked any more."""
        return self._names(self.step.freed)

    def _names(self, keys: Iterable[str]) -> str:
        return ", ".join(self.scene.visitors[key].name for key in keys)


def _draft(cycle: Cycle, number: int) -> RotaDraft:
    draft: RotaDraft = get_object_or_404(RotaDraft.objects.kept(), cycle=cycle, number=number)
    draft.cycle = cycle
    return draft


def _looks(draft: RotaDraft, scene: Scene) -> list[Look]:
    return looks(scene, visits_of(draft.days), past_of(draft.cycle, scene))


@dataclass(frozen=True)
class Told:
    """The people who are told one thing."""

    names: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.names)

    @property
    def listed(self) -> str:
        """Their names, where they are few."""
        return ", ".join(self.names) if self.count <= MOST_NAMED else ""


def _told(publication: Publication, by: Person, now: datetime) -> dict[str, Told]:
    """Who is told what; who publishes it knows of her own school’s day."""
    known = {each.reviewer.person_id: each.reviewer for each in publication.reviewers.values()}
    heads = heads_of(publication.schools, on=timezone.localdate(now)) - {by.pk}
    reviewers = {
        "asked": publication.asked_people,
        "freed": publication.freed_people,
        "turned": publication.turned_people,
    }
    named = Person.objects.filter(pk__in=heads).values_list("name", flat=True)
    return {
        "heads": Told(tuple(named.order_by("search_name", "pk"))),
        **{
            what: Told(tuple(sorted(str(known[each]) for each in people)))
            for what, people in reviewers.items()
        },
    }


def _published(form: PublishForm, draft: RotaDraft, request: PersonRequest) -> bool:
    try:
        publish_draft(
            draft=draft,
            by=request.user,
            now=timezone.now(),
            seen_version=form.cleaned_data["seen_version"],
        )
    except NotPublishable as refused:
        messages.error(request, str(refused))
    except ChangedSince:
        messages.error(request, MEANWHILE)
    except CycleOver:
        messages.error(request, OVER)
    else:
        return True
    return False


def draft_publish(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """What changes, who is affected and what each is told; then, once asked, it is so."""
    cycle = rights_to_organise(request, pk).cycle
    draft, now = _draft(cycle, number), timezone.now()
    publication, scene = publication_of(draft, now=now), scene_of(cycle)
    sent = request.POST if request.method == "POST" else None
    form = PublishForm(sent, has_unfilled=bool(publication.unfilled), version=draft.version)
    if form.is_valid() and _published(form, draft, request):
        messages.success(request, "The rota is published. Those whom it concerns are told.")
        return redirect("cycles:rota", cycle.pk)
    context: dict[str, Any] = {
        "cycle": cycle,
        "draft": draft,
        "publication": publication,
        "changes": [Change(step, scene) for step in publication.steps],
        "looks": _looks(draft, scene),
        "broken": broken_by(drawing_now(cycle, draft), days_from_json(draft.days)),
        "told": _told(publication, request.user, now),
        "out": out_words(draft, scene),
        "form": form,
    }
    return render(request, "cycles/draft_publish.html", context)


def _names_of(cycle: Cycle) -> dict[str, list[tuple[str, str]]]:
    hosts = cycle.hosts.filter(left_at=None).select_related("school")
    reviewers = cycle.reviewers.filter(left_at=None).select_related("reviewer__person")
    reviewers = reviewers.order_by("reviewer__person__search_name", "pk")
    return {
        "hosts": [
            (str(each.pk), str(each.school)) for each in hosts.order_by("school__search_text", "pk")
        ],
        "reviewers": [(str(each.pk), str(each.reviewer)) for each in reviewers],
    }


def replan_begin(request: PersonRequest, pk: int) -> HttpResponse:
    """A school or a reviewer is out: the rota is drawn up again with as few changes as can be."""
    rights = rights_to_organise(request, pk)
    require(rights.sees_rota, NOT_YET)
    cycle = rights.cycle
    sent = request.POST if request.method == "POST" else None
    form = ReplanForm(sent, cycle=cycle, today=timezone.localdate(), **_names_of(cycle))
    if form.is_valid():
        told = {"service": ask_for_draft, "cycle": cycle, "seconds": SECONDS, "by": request.user}
        if saved(form, REPLANNING, **told, replan=form.replan, now=timezone.now()):
            messages.success(
                request, "The rota is planned again. Nobody is told before you publish it."
            )
            return redirect(cycle.drafts.order_by("-number")[0])
    wording = Wording(
        "Somebody is out",
        "Plan it again",
        address("cycles:rota", cycle.pk),
        "The portal looks for the fewest days that have to change. You see who is affected before "
        "anybody is told. Why somebody is out isn’t asked.",
    )
    return form_page(request, cycle, form, wording)
