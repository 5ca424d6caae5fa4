"""Two people editing one thing at once: the second is told, and nothing is lost."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models, transaction

from partnership.toolkit.statements import answer


class ChangedSince(Exception):
    """Somebody saved a newer version while this one was being edited."""

    def __init__(self, current: models.Model) -> None:
        """Keep the thing as it now stands, so that the page can show both versions."""
        super().__init__("Somebody else saved this meanwhile.")
        self.current = current


class Versioned(models.Model):
    """Something people edit, with a number that grows by one at each save."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


Thing = TypeVar("Thing", bound=models.Model)


def lock(thing: Thing, *, seen_version: int | None = None) -> Thing:
    """The thing's row, locked until the transaction ends.

    Raises ChangedSince when `seen_version` is given and somebody saved since. Who locks two things
    locks what holds the other first: the meeting before its reply, the workhub before its year.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A row is locked within a transaction.")
    kind = thing._meta.model
    rows = answer(_row, kind, pk=thing.pk)
    if not rows:
        raise kind.DoesNotExist  # type: ignore[attr-defined]  # every model has it
    current: Thing = rows[0]
    if seen_version is not None and getattr(current, "version") != seen_version:  # noqa: B009 not every model has one
        raise ChangedSince(current)
    return current


def _row(kind: type[models.Model], *, pk: int) -> models.QuerySet[models.Model]:
    manager: Any = kind._default_manager  # noqa: SLF001 Django's public name for the manager
    rows: models.QuerySet[models.Model] = manager.select_for_update(of=("self",)).filter(pk=pk)
    return rows


def _differs(thing: models.Model, name: str, value: Any) -> bool:
    """Whether a field would change; of a related thing only its key is looked at."""
    field = thing._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        return bool(getattr(thing, field.attname) != (value.pk if value is not None else None))
    return bool(getattr(thing, name) != value)


def apply_changes(thing: models.Model, changes: dict[str, Any]) -> list[str]:
    """Set what differs and count the version up; the names of the fields that changed.

    Saves nothing when nothing differs.
    """
    changed = [name for name, value in changes.items() if _differs(thing, name, value)]
    if not changed:
        return []
    for name in changed:
        setattr(thing, name, changes[name])
    saved = list(changed)
    if hasattr(thing, "version"):
        thing.version += 1
        saved.append("version")
    thing.save(update_fields=saved)
    return changed
