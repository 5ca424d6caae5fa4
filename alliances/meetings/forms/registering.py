"""The register as it is filled in: a row of radios for each person asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from alliances.meetings.models import Attendance
from alliances.meetings.services.registering import Mark, Marks

State = Attendance.State
PROPOSED = {"yes": State.PRESENT, "maybe": "", "no": State.APOLOGIES, "": ""}
SAID = {"maybe": "said maybe", "": "not answered"}
ORDER = (State.PRESENT, State.LATE, State.ABSENT, State.APOLOGIES, State.SUBSTITUTE)


@dataclass(frozen=True)
class Line:
    """One person of the register, with what stands or is proposed for her."""

    reply: Any
    state: str
    substitute: str
    stands: bool

    @property
    def place(self) -> str:
        """Her school, or her post."""
        return str(self.reply.school.name if self.reply.school else self.reply.post)

    @property
    def said(self) -> str:
        """What she answered, where nothing follows from it."""
        return "" if self.stands else SAID.get(self.reply.answer, "")

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Each state with its word, and whether it is chosen."""
        return [(state.value, str(state.label), state == self.state) for state in ORDER]


def line_of(reply: Any) -> Line:
    """As it stands; before that as it was answered."""
    if reply.came:
        return Line(reply, reply.came, reply.came_instead, stands=True)
    if reply.answer == "no" and reply.substitute:
        return Line(reply, State.SUBSTITUTE, reply.substitute, stands=False)
    return Line(reply, PROPOSED[reply.answer], "", stands=False)


class RegisterForm(forms.Form):
    """A state for each line that is posted, and a guest's name.

    `shown` is what the page showed: a line that says the same was not touched.
    """

    guest = forms.CharField(label="Guest", max_length=150, required=False)
    gone = forms.IntegerField(required=False, min_value=1)

    def __init__(self, data: Any, *, replies: Sequence[Any]) -> None:
        """For everybody asked."""
        super().__init__(data)
        self.lines = [line_of(reply) for reply in replies]
        self.posted = [line for line in self.lines if data and f"line-{line.reply.pk}" in data]
        for line in self.posted:
            key = line.reply.pk
            self.fields[f"line-{key}"] = forms.ChoiceField(choices=State.choices)
            for name in (f"shown-{key}", f"instead-{key}", f"instead-shown-{key}"):
                self.fields[name] = forms.CharField(max_length=150, required=False)

    def _mark(self, key: int) -> Mark:
        said = self.cleaned_data
        state, substitute = said[f"line-{key}"], said[f"instead-{key}"]
        shown = (said[f"shown-{key}"], said[f"instead-shown-{key}"])
        return Mark(state, substitute, is_touched=(state, substitute) != shown)

    @property
    def marks(self) -> Marks:
        """What was typed."""
        gone = self.cleaned_data["gone"]
        return Marks(
            {line.reply.pk: self._mark(line.reply.pk) for line in self.posted},
            self.cleaned_data["guest"],
            (gone,) if gone else (),
        )
