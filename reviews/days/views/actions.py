"""The host's actions after its report: added, changed, done, opened again and removed."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alliances.membership.views.finding import Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from partnership.toolkit.statements import answer
from reviews.days.forms.actions import ActionForm, DoneForm
from reviews.days.models import ReviewAction
from reviews.days.parts.after import areas_of
from reviews.days.permissions import ReviewRights
from reviews.days.services.acting import (
    add_action,
    change_action,
    finish_action,
    may_own_actions,
    remove_action,
    reopen_action,
)
from reviews.days.views.after import (
    REFUSALS,
    back_to,
    done,
    form_page,
    question_page,
    review_to_follow_up,
)

PLACE = "actions"


def _action(*, review: int, pk: int) -> QuerySet[ReviewAction]:
    return ReviewAction.objects.filter(review=review, pk=pk).select_related("owner")


def _action_for(rights: ReviewRights, pk: int) -> ReviewAction:
    action: ReviewAction = found(answer(_action, review=rights.review.pk, pk=pk))
    action.review = rights.review
    return action


def _form(
    request: PersonRequest, rights: ReviewRights, action: ReviewAction | None = None
) -> ActionForm:
    people = list(may_own_actions(rights.review, on=timezone.localdate()))
    if action is not None and action.owner is not None and action.owner not in people:
        people.append(action.owner)
    return ActionForm(
        request.POST if request.method == "POST" else None,
        areas=[(area.part, area.name) for area in areas_of(rights.review)],
        people=people,
        action=action,
    )


def action_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody is to do something by a day."""
    rights = review_to_follow_up(request, pk)
    form = _form(request, rights)
    told = {"review": rights.review, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(form, REFUSALS, service=add_action, **told, facts=form.facts):
        messages.success(request, "The action is added.")
        return redirect(back_to(rights, PLACE))
    wording = Wording("Add an action", "Add it", back_to(rights, PLACE))
    return form_page(request, rights, form, wording)


def action_edit(request: PersonRequest, pk: int, action_pk: int) -> HttpResponse:
    """Say otherwise what is done, by whom and by when."""
    rights = review_to_follow_up(request, pk)
    action = _action_for(rights, action_pk)
    form = _form(request, rights, action)
    told = {"action": action, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form,
        REFUSALS,
        service=change_action,
        **told,
        facts=form.facts,
        seen_version=form.seen,
    ):
        messages.success(request, "The action is saved.")
        return redirect(back_to(rights, PLACE))
    wording = Wording("Change the action", "Save", back_to(rights, PLACE))
    return form_page(request, rights, form, wording)


def action_done(request: PersonRequest, pk: int, action_pk: int) -> HttpResponse:
    """Say that it is done, and what came of it."""
    rights = review_to_follow_up(request, pk)
    action = _action_for(rights, action_pk)
    form = DoneForm(
        request.POST if request.method == "POST" else None, initial={"words": action.done_words}
    )
    told = {"action": action, "by": request.user, "now": timezone.now()}
    if form.is_valid() and saved(
        form, REFUSALS, service=finish_action, **told, words=form.cleaned_data["words"]
    ):
        messages.success(request, "The action is done.")
        return redirect(back_to(rights, PLACE))
    wording = Wording("Say that it is done", "It is done", back_to(rights, PLACE), action.words)
    return form_page(request, rights, form, wording)


@require_POST
def action_reopen(request: PersonRequest, pk: int, action_pk: int) -> HttpResponse:
    """It isn't done after all."""
    rights = review_to_follow_up(request, pk)
    action = _action_for(rights, action_pk)
    return done(request, rights, "The action is open again.", PLACE, reopen_action, action=action)


def action_remove(request: PersonRequest, pk: int, action_pk: int) -> HttpResponse:
    """Asks once more, then nobody has to do it."""
    rights = review_to_follow_up(request, pk)
    action = _action_for(rights, action_pk)
    if request.method == "POST":
        return done(request, rights, "The action is gone.", PLACE, remove_action, action=action)
    lead = f"{action.words} What was written of it goes for good."
    wording = Wording("Remove this action?", "Remove it", back_to(rights, PLACE), lead)
    return question_page(request, rights, wording)
