"""What is typed about posts that schools share."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms

from alliances.membership.forms.kept import DayField, KeptForm, values_of
from alliances.membership.models import Alliance
from support.directory.forms.offers import GOES_ON
from support.directory.forms.practitioners import as_typed, days_field
from support.directory.forms.schools import AllianceSchools, SchoolField
from support.directory.models import SharedPost
from support.directory.services.offers import Share
from workhubs.hubs.forms.people import AlliancePeople, AnybodyField

MOST_SCHOOLS = 4
MOST_POUNDS = 9_999_999
ORDINALS = ("First school", "Second school", "Third school", "Fourth school")


class SharedPostForm(KeptForm):
    """A post, who holds it, and which schools share week and cost."""

    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose one"), *SharedPost.Kind.choices])
    title = forms.CharField(label="Post", max_length=150, help_text="Such as “Teacher of music”.")
    person = AnybodyField(
        label="Who",
        help_text="A name from the alliance, or an e-mail address. Leave it empty while it is vacant.",
    )
    employer = SchoolField(label="School that employs")
    yearly_cost = forms.DecimalField(
        label="Cost of a year, in pounds",
        min_value=0,
        max_value=MOST_POUNDS,
        decimal_places=2,
        required=False,
        widget=forms.NumberInput(attrs={"class": "in-3"}),
        help_text="With it the page says what each school pays.",
    )
    starts_on = DayField(label="From")
    ends_on = DayField(label="Last day", required=False, help_text=GOES_ON)

    PLAIN = ("kind", "title", "person", "employer", "yearly_cost", "starts_on", "ends_on")

    def __init__(
        self,
        *args: Any,
        alliance: Alliance,
        on: date,
        post: SharedPost | None = None,
        **kwargs: Any,
    ) -> None:
        """Empty, or as the post stands with its shares."""
        initial: dict[str, Any] = {"starts_on": on}
        if post is not None:
            initial = values_of(post, self.PLAIN)
            initial["person"] = post.person.name if post.person else ""
            initial["employer"] = post.employer.name
            initial["yearly_cost"] = as_typed(post.yearly_cost)
        super().__init__(*args, initial=initial, **kwargs)
        self.people = AlliancePeople(alliance, on)
        self.schools = AllianceSchools(alliance, on)
        shares = list(post.shares.select_related("school").order_by("pk")) if post else []
        self._add_shares(shares)
        self._offer("person", self.people, post.person if post else None)
        self._offer("employer", self.schools, post.employer if post else None)

    def _offer(self, name: str, things: Any, current: Any) -> None:
        field: Any = self.fields[name]
        field.offer(things, current=current)

    def _add_shares(self, shares: list[Any]) -> None:
        layout = [*self.PLAIN]
        parts: list[Any] = []
        for number, words in enumerate(ORDINALS):
            share = shares[number] if number < len(shares) else None
            names = [f"{part}_{number}" for part in ("school", "days", "percent")]
            self.fields[names[0]] = SchoolField(label="School", required=number == 0)
            self.fields[names[1]] = days_field("Days a week", least=0.5)
            self.fields[names[1]].required = number == 0
            self.fields[names[2]] = forms.DecimalField(
                label="Per cent of the cost",
                min_value=0,
                max_value=100,
                decimal_places=2,
                required=number == 0,
                widget=forms.NumberInput(attrs={"class": "in-2"}),
            )
            self._offer(names[0], self.schools, share.school if share else None)
            if share is not None:
                days, percent = as_typed(share.days_a_week), as_typed(share.cost_percent)
                values = (share.school.name, days, percent)
                self.initial.update(zip(names, values, strict=True))
            parts.append(Fieldset(words, names[0], Div(*names[1:], css_class="trio")))
        self.helper.layout = Layout(*layout, *parts, "seen_version")

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed of the post itself."""
        return {name: value for name, value in super().changes.items() if name in self.PLAIN}

    @property
    def shares(self) -> list[Share]:
        """What was typed of each school."""
        typed = self.cleaned_data
        return [
            Share(typed[f"school_{each}"], typed[f"days_{each}"], typed[f"percent_{each}"])
            for each in range(MOST_SCHOOLS)
            if typed.get(f"school_{each}")
        ]

    def clean(self) -> dict[str, Any]:
        """Each school has its days and its per cent; together a week and the whole cost."""
        cleaned = super().clean()
        rows = range(MOST_SCHOOLS)
        for each in (row for row in rows if cleaned.get(f"school_{row}")):
            for name in (f"days_{each}", f"percent_{each}"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, f"Fill this in for the {ORDINALS[each].lower()}.")
        for each in (row for row in rows if not cleaned.get(f"school_{row}")):
            if (cleaned.get(f"days_{each}") or cleaned.get(f"percent_{each}")) and each:
                which = ORDINALS[each].lower()
                sentence = f"Say which the {which} is, or empty its other fields."
                self.add_error(f"school_{each}", sentence)
        return cleaned
