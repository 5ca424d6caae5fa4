"""What changed from one version of an agreement to the next, part by part and line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from support.programmes.wording.canonical import Section, sections_of

SAME, GONE, NEW = "same", "gone", "new"
WORDS = re.compile(r"\s+|[^\s]+")
ALIKE = 0.4


@dataclass(frozen=True)
class ChangedLine:
    """A line in pieces: what stayed, what went, what came."""

    pieces: tuple[tuple[str, str], ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything in it differs."""
        return any(kind != SAME for kind, _words in self.pieces)


@dataclass(frozen=True)
class ChangedSection:
    """A part of the text in which something changed."""

    heading: str
    lines: tuple[ChangedLine, ...]


def changes_between(before: str, after: str) -> list[ChangedSection]:
    """The parts that differ, in the order of the newer text; what went whole stands at the end."""
    old = {section.heading: section for section in sections_of(before)}
    new = sections_of(after)
    headings = {section.heading for section in new}
    went = [section for heading, section in old.items() if heading not in headings]
    nothing: tuple[str, ...] = ()
    pairs = [(old[each.heading].lines if each.heading in old else nothing, each) for each in new]
    found = [_compared(lines, section) for lines, section in pairs]
    found += [_compared(section.lines, Section(section.heading, nothing)) for section in went]
    return [section for section in found if any(line.is_changed for line in section.lines)]


def _compared(before: Sequence[str], section: Section) -> ChangedSection:
    return ChangedSection(section.heading, tuple(_lines(before, section.lines)))


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[ChangedLine]:
    for tag, start, end, new_start, new_end in _steps(before, after):
        old, new = before[start:end], after[new_start:new_end]
        if tag == "equal":
            yield from (ChangedLine(((SAME, line),)) for line in new)
        elif len(old) == len(new):
            for one, other in zip(old, new, strict=True):
                yield from _words(one, other)
        else:
            yield from (ChangedLine(((GONE, line),)) for line in old)
            yield from (ChangedLine(((NEW, line),)) for line in new)


def _words(before: str, after: str) -> Iterator[ChangedLine]:
    """One line with its changed words marked; lines that have little in common one by one."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield ChangedLine(((GONE, before),))
        yield ChangedLine(((NEW, after),))
        return
    pieces: list[tuple[str, str]] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append((SAME, "".join(new[new_start:new_end])))
            continue
        if start < end:
            pieces.append((GONE, "".join(old[start:end])))
        if new_start < new_end:
            pieces.append((NEW, "".join(new[new_start:new_end])))
    yield ChangedLine(tuple(_together(pieces)))


def _together(pieces: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbours that both changed as one change, though a space between them stayed."""
    found: list[tuple[str, str]] = []
    for kind, words in pieces:
        is_between = found and found[-1][0] == SAME and not found[-1][1].strip()
        pair = [each for each, _words in found[-3:-1]]
        if kind == GONE and is_between and pair == [GONE, NEW]:
            (_gone, gone), (_new, new), (_same, space) = found[-3:]
            found[-3:] = [(GONE, gone + space + words), (NEW, new + space)]
        elif kind == NEW and found and found[-1][0] == NEW:
            found[-1] = (NEW, found[-1][1] + words)
        else:
            found.append((kind, words))
    return found


def _steps(before: Sequence[str], after: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
