"""The team gives each theme a label of its framework, and says what changed in discussion."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.models import Judgement, Theme
from reviews.days.models import AgreedLabel, Review
from reviews.days.services.moderating import moderation_of
from reviews.days.services.telling import record_of


@transaction.atomic
def give_label(
    *,
    review: Review,
    theme: Theme,
    judgement: Judgement | None,
    changed_in_talk: str = "",
    seen_version: int = 0,
    by: Person,
    now: datetime,
) -> None:
    """Give a theme its label, or none; a label that nobody has given yet is version 0."""
    current = moderation_of(review)
    label = label_of(current, theme)
    if label.version != seen_version:
        raise ChangedSince(label)
    if (label.judgement_id, label.changed_in_talk) == (_key(judgement), changed_in_talk):
        return
    if judgement is None:
        AgreedLabel.objects.filter(review=current, theme=theme).delete()
        record_of("label taken away", current, by=by, now=now)
        return
    label.judgement, label.changed_in_talk = judgement, changed_in_talk
    label.given_by, label.given_at = by, now
    label.version += 1
    label.save()
    record_of("label given", current, by=by, now=now)


def _key(judgement: Judgement | None) -> int | None:
    return judgement.pk if judgement is not None else None


def label_of(review: Review, theme: Theme) -> AgreedLabel:
    """The label of a theme; an unsaved one, version 0, where none is given."""
    found = AgreedLabel.objects.filter(review=review, theme=theme).select_related("judgement")
    return found.first() or AgreedLabel(review=review, theme=theme, version=0)
