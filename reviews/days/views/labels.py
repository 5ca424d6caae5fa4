"""The team gives a theme its label."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alliances.membership.views.finding import Wording, saved
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from reviews.days.forms.moderating import LabelForm
from reviews.days.parts.evidence import labels_of, themes_of
from reviews.days.services.labelling import give_label, label_of
from reviews.days.views.finding import review_form_page
from reviews.days.views.moderating import MODERATION, REFUSALS, moderation_at, to_moderate


def label_edit(request: PersonRequest, pk: int, theme_pk: int) -> HttpResponse:
    """The label of a theme, and what changed in discussion; frameworks without labels have none."""
    rights = to_moderate(request, pk)
    theme = found([each for each in themes_of(rights.review) if each.pk == theme_pk])
    labels = labels_of(rights.review)
    found(labels)
    form = LabelForm(
        request.POST if request.method == "POST" else None,
        label=label_of(rights.review, theme),
        judgements=labels,
    )
    back = moderation_at(pk, f"theme-{theme.pk}")
    told: dict[str, Any] = {"review": rights.review, "theme": theme, "by": request.user}
    told |= {"service": give_label, "now": timezone.now()}
    if form.is_valid() and saved(form, REFUSALS, **told, seen_version=form.seen, **form.changes):
        messages.success(request, f"The label of {theme} is saved.")
        return redirect(back)
    lead = "The team’s label, in the words of its framework; it is no grade of an inspectorate."
    wording = Wording(f"Label: {theme}", "Save", back, lead)
    return review_form_page(request, rights, form, wording, MODERATION)
