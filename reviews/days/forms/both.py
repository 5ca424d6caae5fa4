"""Showing somebody two versions, of a form whose fields hold keys in place of things."""

from __future__ import annotations

from typing import Any

from alliances.membership.forms.kept import BothVersions, KeptForm


def show_both(form: KeptForm, theirs: dict[str, Any]) -> None:
    """Keep what was typed, beside what was saved meanwhile, and let the next save count."""
    form.both = tuple(
        BothVersions(
            str(form.fields[name].label), _said(form, name, yours), _said(form, name, theirs[name])
        )
        for name, yours in form.changes.items()
        if name in theirs and yours != theirs[name]
    )
    typed: Any = form.data
    form.data = {**typed.dict(), "seen_version": str(theirs["seen_version"])}


def _said(form: KeptForm, name: str, value: Any) -> str:
    field: Any = form.fields[name]
    return str(dict(getattr(field, "choices", ())).get(value, value) or "Nothing")
