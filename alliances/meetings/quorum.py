"""How many of a body's places must be there for it to decide, and whether they will be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list

from alliances.meetings.models import Body

NAMED_AT_MOST = 4


def needed_of(number: int | None, fraction: str, places: int) -> int | None:
    """How many places must be filled: the number, or the fraction of all places rounded up.

    None where the body has no quorum; never less than one.
    """
    if number is not None:
        return max(1, number)
    if not fraction:
        return None
    part, _, whole = fraction.partition("/")
    return max(1, -(-places * int(part) // int(whole)))


def _counted(count: int, one: str, more: str) -> str:
    return f"{one if count == 1 else more}".replace("#", str(count))


def _needed(count: int, *, is_over: bool = False) -> str:
    if is_over:
        return _counted(count, "one was needed", "# were needed")
    return _counted(count, "one is needed", "# are needed")


@dataclass(frozen=True)
class Forecast:
    """Whether a meeting will be quorate, by what people have answered for their places."""

    needed: int
    places: int
    yes: int
    substitutes: int
    maybe: int
    silent: tuple[str, ...]

    @property
    def coming(self) -> int:
        """Places that will be filled."""
        return self.yes + self.substitutes

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return max(0, self.needed - self.coming)

    @property
    def is_met(self) -> bool:
        """Whether enough are coming."""
        return not self.missing

    @property
    def words(self) -> str:
        """9 of the 12 needed are coming, one of them a substitute; 3 more are missing."""
        of = _counted(self.substitutes, ", one of them a substitute", ", # of them substitutes")
        also = of if self.substitutes else ""
        if self.is_met:
            coming = _counted(self.coming, "One is coming", "# are coming")
            return f"{coming}{also}; {_needed(self.needed)}."
        more = _counted(self.missing, "one more is missing", "# more are missing")
        are = "is" if self.coming == 1 else "are"
        return f"{self.coming} of the {self.needed} needed {are} coming{also}; {more}."

    @property
    def widths(self) -> tuple[int, int, int]:
        """The meter in four hundredths: coming, perhaps coming, and what is needed."""
        whole = max(self.places, self.needed, 1)
        return (
            self.coming * 400 // whole,
            min(self.coming + self.maybe, whole) * 400 // whole,
            self.needed * 400 // whole,
        )

    @property
    def maybe_words(self) -> str:
        """What may help, without being counted on."""
        return _counted(self.maybe, "One said maybe.", "# said maybe.") if self.maybe else ""

    @property
    def silent_words(self) -> str:
        """Who has not answered, by name."""
        return named(self.silent)


@dataclass(frozen=True)
class Presence:
    """Whether a meeting is quorate, by its register, or was once it is over."""

    needed: int | None
    here: int
    is_over: bool = False

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return max(0, (self.needed or 0) - self.here)

    @property
    def is_met(self) -> bool:
        """Whether enough are here, or none are asked for."""
        return not self.missing

    @property
    def words(self) -> str:
        """8 members are here; 7 are needed: quorate. Once it is over: 8 members were there."""
        return f"{self._counted}{self._so}."

    @property
    def words_beside_tag(self) -> str:
        """The same where a tag says already whether it is quorate."""
        return f"{self._counted}{'' if self.is_met or self.is_over else self._so}."

    @property
    def _counted(self) -> str:
        if self.is_over:
            came = _counted(self.here, "One member was there", "# members were there")
            here = came if self.here else "No member came"
        else:
            are = _counted(self.here, "One member is here", "# members are here")
            here = are if self.here else "No member is here yet"
        if self.needed is None:
            return here
        return f"{here}; {_needed(self.needed, is_over=self.is_over)}"

    @property
    def _so(self) -> str:
        if self.needed is None:
            return ""
        if self.is_met:
            return ": quorate"
        if self.is_over:
            return ": not quorate"
        more = _counted(self.missing, "one more is missing", "# more are missing")
        return f": {more}"


def named(names: Sequence[str]) -> str:
    """Some of the names, and how many more there are."""
    if len(names) <= NAMED_AT_MOST:
        return get_text_list(list(names), "and")
    rest = len(names) - NAMED_AT_MOST + 1
    return get_text_list([*names[: NAMED_AT_MOST - 1], f"{rest} others"], "and")


def needed_in(body: Body, places: int) -> int | None:
    """How many places of a body must be filled, of so many that are."""
    return needed_of(body.quorum_number, body.quorum_fraction, places)
