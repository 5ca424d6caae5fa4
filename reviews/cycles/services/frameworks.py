"""Frameworks of an alliance: begun, settled, followed by a next version, given up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from alliances.membership.models import Alliance
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock
from reviews.cycles.framing import GivenFramework
from reviews.cycles.models import Framework, Judgement, Theme


class NameTaken(Exception):
    """The alliance has a framework of this name."""


class SettledAlready(Exception):
    """The words are settled and don't change any more."""


class NotSettled(Exception):
    """Only what is settled has a next version."""


class NothingToLookAt(Exception):
    """A framework without a theme can't be settled."""


class NextBegunAlready(Exception):
    """The next version is being worded already."""

    def __init__(self, draft: Framework) -> None:
        """Keep it, so that the page can lead there."""
        super().__init__("The next version is being worded already.")
        self.draft = draft


@transaction.atomic
def begin_framework(
    *,
    alliance: Alliance,
    name: str,
    by: Person,
    now: datetime,
    given: GivenFramework | None = None,
    like: Framework | None = None,
) -> Framework:
    """A first version to be worded: empty, or with the words of a given one or of an older one."""
    lock(alliance)
    if Framework.objects.filter(alliance=alliance, name__iexact=name).exists():
        raise NameTaken
    framework = Framework.objects.create(
        alliance=alliance, name=name, made_by=by, made_at=now, **_words_of(given, like)
    )
    if given is not None:
        _fill(
            framework,
            ((each.name, "\n".join(each.prompts)) for each in given.themes),
            given.judgements,
        )
    if like is not None:
        _copy_parts(framework, like)
    record_framework("framework begun", framework, by=by, now=now)
    return framework


def _words_of(given: GivenFramework | None, like: Framework | None) -> dict[str, str]:
    if given is not None:
        return {"summary": given.summary, "evidence": "\n".join(given.evidence)}
    return {} if like is None else {"summary": like.summary, "evidence": like.evidence}


def _copy_parts(framework: Framework, like: Framework) -> None:
    themes = like.themes.order_by("place", "pk").values_list("name", "prompts")
    judgements = like.judgements.order_by("place", "pk").values_list("label", "meaning")
    _fill(framework, themes, judgements)


def _fill(
    framework: Framework,
    themes: Iterable[tuple[str, str]],
    judgements: Iterable[tuple[str, str]],
) -> None:
    Theme.objects.bulk_create(
        Theme(framework=framework, place=place, name=name, prompts=prompts)
        for place, (name, prompts) in enumerate(themes, 1)
    )
    Judgement.objects.bulk_create(
        Judgement(framework=framework, place=place, label=label, meaning=meaning)
        for place, (label, meaning) in enumerate(judgements, 1)
    )


@transaction.atomic
def settle_framework(*, framework: Framework, by: Person, now: datetime) -> Framework:
    """From now on its words don't change; cycles may choose it, and its alliance may read it."""
    current = lock_draft(framework)
    if not current.themes.exists():
        raise NothingToLookAt
    apply_changes(current, {"settled_at": now})
    record_framework("framework settled", current, by=by, now=now)
    return current


@transaction.atomic
def renew_framework(*, framework: Framework, by: Person, now: datetime) -> Framework:
    """Begin its next version with the words of this one; this one goes on as it is."""
    lock(framework.alliance)
    current = lock(framework)
    if current.is_draft:
        raise NotSettled
    versions = Framework.objects.filter(alliance=current.alliance_id, name=current.name)
    newest = versions.order_by("-number")[0]
    if newest.is_draft:
        raise NextBegunAlready(newest)
    renewed = Framework.objects.create(
        alliance_id=current.alliance_id,
        name=current.name,
        number=newest.number + 1,
        follows=current,
        made_by=by,
        made_at=now,
        **_words_of(None, current),
    )
    _copy_parts(renewed, current)
    record_framework("next version of the framework begun", renewed, by=by, now=now)
    return renewed


@transaction.atomic
def give_up_framework(*, framework: Framework, by: Person, now: datetime) -> None:
    """No new cycle chooses it; those that use it keep it. A draft is thrown away."""
    current = lock(framework)
    if current.is_draft:
        record_framework("draft of the framework thrown away", current, by=by, now=now)
        current.delete()
    elif current.retired_at is None:
        apply_changes(current, {"retired_at": now})
        record_framework("framework given up", current, by=by, now=now)


def lock_draft(framework: Framework, *, seen_version: int | None = None) -> Framework:
    """The framework, locked, as long as it may be worded."""
    current = lock(framework, seen_version=seen_version)
    if not current.is_draft:
        raise SettledAlready
    return current


def record_framework(
    action: str, framework: Framework, *, by: Person, now: datetime, fields: Iterable[str] = ()
) -> None:
    """Keep that something happened; the words themselves stand in the framework."""
    record(
        action,
        framework,
        by=by,
        at=now,
        fields=list(fields),
        alliance_id=framework.alliance_id,
    )
