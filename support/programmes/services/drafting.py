"""An agreement is drafted: its first version, a newer one, and what each says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from support.programmes.gating import standing_strands
from support.programmes.models import Agreement, AgreementTerm, Programme
from support.programmes.services.telling import record_of, tell_change
from support.programmes.wording.gathering import is_still_brokered

Span = tuple[date, date]
COPIED = (
    "outcomes",
    "money",
    "terms_because",
    "data_words",
    "confidentiality_words",
)


class NotYetMatched(Exception):
    """Nobody was found to support the school yet, or the programme is over."""


class NoDraft(Exception):
    """No version is being drafted."""


class DraftAlready(Exception):
    """A newer version is being drafted already."""


class OtherStrands(Exception):
    """What was brokered has changed since the version before was sent."""


@transaction.atomic
def keep_draft(
    *,
    programme: Programme,
    changes: Mapping[str, Any],
    terms: Sequence[Span],
    by: Person,
    now: datetime,
    seen_version: int | None = None,
) -> Agreement:
    """Keep what a draft says; the first draft of a programme is made so.

    Raises ChangedSince when somebody saved meanwhile, also where she was the first.
    """
    current = lock_matched(programme)
    draft = current.agreements.filter(state=Agreement.State.DRAFT).first()
    if draft is None:
        if current.agreements.exists():
            raise NoDraft
        draft = _new_version(current, number=1, by=by, now=now)
        record_of("agreement drafted", current, by=by, now=now)
    else:
        draft = lock(draft, seen_version=seen_version)
    if changed := _change(draft, changes, terms):
        record_of("agreement changed", current, by=by, now=now, fields=changed)
    return draft


def _change(draft: Agreement, changes: Mapping[str, Any], terms: Sequence[Span]) -> list[str]:
    """What of the words and terms was changed; together they count as one new version."""
    changed = apply_changes(draft, dict(changes))
    if spans_of(draft) == list(terms):
        return changed
    _set_terms(draft, terms)
    if not changed:
        draft.version += 1
        draft.save(update_fields=["version"])
    return [*changed, "terms"]


@transaction.atomic
def renew_agreement(*, programme: Programme, because: str, by: Person, now: datetime) -> Agreement:
    """Begin a newer version with the words of the last one.

    Until it is sent the last one isn't signed any more; one that all have signed still holds.
    Strands may be brokered anew meanwhile.
    """
    current = lock_matched(programme)
    last = current.agreements.order_by("-number").first()
    if last is None:
        raise NoDraft
    if last.state == Agreement.State.DRAFT:
        raise DraftAlready
    words = {name: getattr(last, name) for name in COPIED}
    draft = _new_version(
        current, number=last.number + 1, by=by, now=now, changed_because=because, **words
    )
    _set_terms(draft, spans_of(last))
    record_of("new version of the agreement begun", current, by=by, now=now)
    if last.state == Agreement.State.SENT:
        asked = set(last.signatures.values_list("asked_of", flat=True)) - {None}
        tell_change(current, asked, what=f"paused-{last.number}", by=by, now=now)
    _mark(current, None, None)
    return draft


@transaction.atomic
def drop_draft(*, programme: Programme, by: Person, now: datetime) -> Programme:
    """Leave the draft; the version before goes on as it was, as long as its strands stand."""
    current = lock_matched(programme)
    draft = current.agreements.filter(state=Agreement.State.DRAFT).first()
    if draft is None:
        raise NoDraft
    states = (Agreement.State.SENT, Agreement.State.SIGNED)
    counts = current.agreements.filter(state__in=states).first()
    if counts is not None and not is_still_brokered(counts.text, standing_strands(current)):
        raise OtherStrands
    draft.delete()
    record_of("draft of the agreement dropped", current, by=by, now=now)
    if counts is not None:
        _mark(current, counts.sent_at, counts.signed_at)
    return current


def _mark(programme: Programme, sent_at: datetime | None, signed_at: datetime | None) -> None:
    apply_changes(programme, {"sent_at": sent_at, "signed_at": signed_at})


def lock_matched(programme: Programme) -> Programme:
    """The programme, locked, with support found and nothing ended."""
    current = lock(programme)
    if current.state != Programme.State.OPEN or current.matched_at is None:
        raise NotYetMatched
    return current


def spans_of(agreement: Agreement) -> list[Span]:
    """First and last day of each term."""
    terms = AgreementTerm.objects.filter(agreement=agreement).order_by("number")
    return list(terms.values_list("starts_on", "ends_on"))


def _new_version(
    programme: Programme, *, number: int, by: Person, now: datetime, **words: str
) -> Agreement:
    return Agreement.objects.create(
        programme=programme, number=number, drafted_by=by, drafted_at=now, **words
    )


def _set_terms(agreement: Agreement, spans: Sequence[Span]) -> None:
    AgreementTerm.objects.filter(agreement=agreement).delete()
    AgreementTerm.objects.bulk_create(
        AgreementTerm(agreement=agreement, number=number, starts_on=starts, ends_on=ends)
        for number, (starts, ends) in enumerate(spans, 1)
    )
