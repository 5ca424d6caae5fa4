"""Somebody leaves her school: she reviews for its alliance no longer; the days that she blocked are her own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.registers import END, STAY, Leaver, held_rows, offered
from partnership.toolkit.versions import apply_changes, lock
from reviews.cycles.models import Cycle, CycleReviewer, DayPlace, ReviewDay, Reviewer

REVIEWING = "cycles.reviewers"


def entries_held(leaver: Leaver) -> QuerySet[Reviewer]:
    """Where she reviews from this school, told to her head and to the director."""
    heads = SchoolPost.objects.on(leaver.today).of_heads().filter(person=leaver.by)
    posts = AlliancePost.objects.on(leaver.today).filter(
        person=leaver.by, kind=AlliancePost.Kind.DIRECTOR
    )
    entries = Reviewer.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=leaver.last_day),
        Q(school__in=heads.values("school")) | Q(alliance__in=posts.values("alliance")),
        person=leaver.person,
        school=leaver.school,
    )
    return held_rows(entries, kind=REVIEWING, name="alliance__name", choices=offered(END, STAY))


@transaction.atomic
def end_entry(leaver: Leaver, key: int, *, to: Person | None, now: datetime) -> int:
    """She is in the pool no longer, and out of cycles in which no visit of hers stands.

    What she blocked goes with her: nobody takes it over, and no rota of the alliance reads it.
    """
    found = Reviewer.objects.filter(pk=key, person=leaver.person).first()
    if found is None or to is not None:
        return 0
    reviewer = lock(found)
    changes = {"ends_on": max(reviewer.starts_on, leaver.last_day)}
    fields = apply_changes(reviewer, changes)
    standing = DayPlace.objects.filter(
        reviewer=OuterRef("pk"), ended_at=None, day__state=ReviewDay.State.PLANNED
    ).exclude(answer=DayPlace.Answer.DECLINED)
    entries = CycleReviewer.objects.filter(
        ~Exists(standing), reviewer=reviewer, left_at=None, cycle__state__in=Cycle.LIVE
    )
    if not entries.update(left_at=now) and not fields:
        return 0
    record(
        "reviewer ended",
        reviewer,
        by=leaver.by,
        at=now,
        title="A reviewer",
        fields=fields,
        alliance_id=reviewer.alliance_id,
    )
    return 1
