"""What is typed for an agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms

from alliances.membership.forms.kept import BothVersions, DayField, KeptForm, PlainForm
from partnership.calendar.days import UK
from partnership.toolkit.spoken_dates import london_day, spoken_day
from partnership.toolkit.versions import ChangedSince
from partnership.toolkit.widgets import DayInput
from support.programmes.models import Agreement
from support.programmes.services.drafting import spans_of
from support.programmes.terms import MOST_TERMS, USUAL_TERMS

END_OF_DAY = time(17)
SPARE_ROWS = 2
WORDS = ("outcomes", "money", "terms_because", "data_words", "confidentiality_words")
Span = tuple[date, date]


def _text(label: str, rows: int, most: int, **facts: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **facts)


class DraftForm(KeptForm):
    """What a version of an agreement says, beside the strands that were brokered."""

    outcomes = _text("Key outcomes", 6, 4000, help_text="One a line: what is different at the end.")
    money = _text(
        "Money", 3, 2000, required=False, help_text="Who pays what to whom, and when. Or leave it."
    )
    terms_because = forms.CharField(
        label="Why not five terms",
        max_length=300,
        required=False,
        help_text="Five terms are usual. Say why these are fewer or more.",
    )
    data_words = _text("Data protection", 9, 4000)
    confidentiality_words = _text("Confidentiality", 7, 4000)
    sign_on = DayField(label="To be signed by", help_text="All parties sign by 5pm of this day.")

    def __init__(
        self,
        *args: Any,
        words: Mapping[str, Any],
        spans: Sequence[Span],
        today: date,
        **kwargs: Any,
    ) -> None:
        """As the draft was kept, or as a first draft is proposed."""
        self.today = today
        self.row_count = min(max(USUAL_TERMS, len(spans)) + SPARE_ROWS, MOST_TERMS)
        initial = dict(words)
        for row, (starts_on, ends_on) in enumerate(spans, 1):
            initial |= {f"starts_{row}": starts_on, f"ends_{row}": ends_on}
        super().__init__(*args, initial=initial, **kwargs)
        for row in range(1, self.row_count + 1):
            for name, day in (("starts", "first day"), ("ends", "last day")):
                label = f"Term {row}, {day}"
                widget = DayInput({"class": "form-control in-3", "aria-label": label})
                field = DayField(label=label, required=False, widget=widget)
                self.fields[f"{name}_{row}"] = field

    def term_rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """First and last day of each term, as the page lays them out."""
        for row in range(1, self.row_count + 1):
            yield self[f"starts_{row}"], self[f"ends_{row}"]

    def clean_sign_on(self) -> date:
        """A day that is still to come."""
        day: date = self.cleaned_data["sign_on"]
        if day <= self.today:
            raise forms.ValidationError("Choose a coming day.")
        return day

    def clean(self) -> dict[str, Any]:
        """Terms follow one another; other than five have a reason."""
        cleaned = super().clean()
        self.spans = self._spans(cleaned)
        has_wrong_terms = any(name.startswith(("starts_", "ends_")) for name in self.errors)
        is_settled = len(self.spans) == USUAL_TERMS or bool(cleaned.get("terms_because"))
        if not has_wrong_terms and not is_settled:
            self.add_error("terms_because", "Say why it is longer or shorter than five terms.")
        return cleaned

    def _spans(self, cleaned: Mapping[str, Any]) -> list[Span]:
        spans: list[Span] = []
        for row in range(1, self.row_count + 1):
            starts_on, ends_on = cleaned.get(f"starts_{row}"), cleaned.get(f"ends_{row}")
            if starts_on and ends_on:
                if ends_on <= starts_on:
                    self.add_error(f"ends_{row}", "The last day must be after the first.")
                elif spans and starts_on <= spans[-1][1]:
                    self.add_error(f"starts_{row}", "A term begins after the one before has ended.")
                spans.append((starts_on, ends_on))
            elif starts_on and f"ends_{row}" not in self.errors:
                self.add_error(f"ends_{row}", "Give the last day of this term, or clear its first.")
            elif ends_on and f"starts_{row}" not in self.errors:
                self.add_error(
                    f"starts_{row}", "Give the first day of this term, or clear its last."
                )
        if not spans and not self.errors:
            self.add_error("starts_1", "Give at least one term.")
        return spans

    @property
    def said(self) -> dict[str, Any]:
        """What the version says, without its terms."""
        sign_by = datetime.combine(self.cleaned_data["sign_on"], END_OF_DAY, tzinfo=UK)
        return {name: self.changes[name] for name in WORDS} | {"sign_by": sign_by}

    def show_both(self, changed: ChangedSince) -> None:
        """Keep what was typed, show what was saved meanwhile, and let the next save count."""
        current = changed.current
        if not isinstance(current, Agreement):
            raise TypeError("A draft is an agreement.")
        theirs = {name: getattr(current, name) for name in WORDS}
        theirs |= {"sign_on": said_day(current.sign_by), "starts_1": said_spans(spans_of(current))}
        yours = {name: self.changes[name] for name in WORDS}
        yours |= {
            "sign_on": spoken_day(self.cleaned_data["sign_on"]),
            "starts_1": said_spans(self.spans),
        }
        self.both = tuple(
            BothVersions(self._named(name), yours[name] or "Nothing", theirs[name] or "Nothing")
            for name in yours
            if yours[name] != theirs[name]
        )
        self.data = {**self.data.dict(), "seen_version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict

    def _named(self, name: str) -> str:
        return "Terms" if name == "starts_1" else str(self.fields[name].label)


def words_of(agreement: Agreement) -> dict[str, Any]:
    """A draft as its form shows it."""
    sign_on = london_day(agreement.sign_by) if agreement.sign_by else None
    words = {name: getattr(agreement, name) for name in WORDS}
    return words | {"sign_on": sign_on, "seen_version": agreement.version}


def said_day(moment: datetime | None) -> str:
    """The day of a moment in words."""
    return spoken_day(moment) if moment else ""


def said_spans(spans: Sequence[Span]) -> str:
    """Terms in words, one a line."""
    return "\n".join(f"{spoken_day(starts)} to {spoken_day(ends)}" for starts, ends in spans)


class ReasonForm(PlainForm):
    """Why there is a new version."""

    because = forms.CharField(
        label="What changes, and why",
        max_length=300,
        help_text="All parties read it; it stands in the new version.",
    )


class DeclineForm(PlainForm):
    """Why somebody doesn't sign."""

    because = _text(
        "Why you don’t sign",
        4,
        500,
        help_text="The other parties read it. Say what would have to change.",
    )
    text_hash = forms.CharField(required=False, widget=forms.HiddenInput)

    def now_about(self, text_hash: str) -> None:
        """What was typed stays, and is said of other words from here on."""
        self.data = {**self.data.dict(), "text_hash": text_hash}  # type: ignore[attr-defined]  # a QueryDict
