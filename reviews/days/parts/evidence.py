"""What a reviewer has written, for herself; and how far the team is with its views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from partnership.people.models import Person
from partnership.toolkit.answers import Answers
from partnership.toolkit.statements import answer
from partnership.toolkit.time_markup import time_moment
from reviews.cycles.models import DayPlace, Judgement, Theme
from reviews.days.models import Note, Review, TeamStep, TimetableEntry, View

Kind = TimetableEntry.Kind
NOT_SEEN = (Kind.BREAK, Kind.TEAM)
NOTES_A_PAGE = 25
LONGEST_NAME = 40


def _themes(*, framework: int) -> QuerySet[Theme]:
    return Theme.objects.filter(framework=framework).order_by("place", "pk")


def _labels(*, framework: int) -> QuerySet[Judgement]:
    return Judgement.objects.filter(framework=framework).order_by("place", "pk")


def _own_notes(*, review: int, author: int) -> QuerySet[Note]:
    notes = Note.objects.filter(review=review, author=author, removed_at=None)
    return notes.select_related("theme").order_by("-written_at", "-pk")


def _notes_of_theme(*, review: int, author: int, theme: int) -> QuerySet[Note]:
    return _own_notes(review=review, author=author).filter(theme=theme)


def _own_views(*, review: int, author: int) -> QuerySet[View]:
    return View.objects.filter(review=review, author=author).select_related("judgement")


def _parts(*, review: int) -> QuerySet[Any, Any]:
    parts = TimetableEntry.objects.filter(review=review).exclude(kind__in=NOT_SEEN)
    return parts.order_by("number", "starts_time", "pk").values_list("title")


def _going(*, day: int) -> QuerySet[DayPlace]:
    places = DayPlace.objects.filter(day=day, ended_at=None, answer=DayPlace.Answer.ACCEPTED)
    return places.select_related("person").order_by("-is_lead", "person__search_name", "pk")


def _steps(*, review: int) -> QuerySet[TeamStep]:
    return TeamStep.objects.filter(review=review)


def themes_of(review: Review) -> list[Theme]:
    """What the review looks at, in the framework's order."""
    framework = review.cycle.framework_id
    return answer(_themes, framework=framework) if framework is not None else []


def labels_of(review: Review) -> list[Judgement]:
    """The framework's labels; often there are none."""
    framework = review.cycle.framework_id
    return answer(_labels, framework=framework) if framework is not None else []


def activities_of(review: Review) -> list[str]:
    """Where the team goes: the parts of the timetable, and the framework's kinds of evidence."""
    titles = [title for (title,) in answer(_parts, review=review.pk)]
    framework = review.cycle.framework
    kinds = framework.evidence_kinds if framework is not None else []
    return list(dict.fromkeys(name[:120] for name in [*titles, *kinds]))


def own_notes(review: Review, person: Person) -> Answers:
    """Hers, the newest first."""
    return Answers(_own_notes, review=review.pk, author=person.pk)


def own_notes_of(review: Review, person: Person, theme: Theme) -> list[Note]:
    """Hers of one theme."""
    return answer(_notes_of_theme, review=review.pk, author=person.pk, theme=theme.pk)


def own_views(review: Review, person: Person) -> dict[int, View]:
    """Hers by the key of the theme."""
    views: list[View] = answer(_own_views, review=review.pk, author=person.pk)
    return {view.theme_id: view for view in views}


class NoteLine(NamedTuple):
    """One of hers as its row shows it and as the script reads it; nothing is left to work out."""

    pk: str
    key: str
    version: str
    theme: str
    activity: str
    at: str
    text: str
    about: str
    moment: SafeString
    name: str


def line_of(note: Note) -> NoteLine:
    """A note of hers as a row."""
    about = [note.theme.name if note.theme is not None else "", note.activity]
    text = note.text
    return NoteLine(
        pk=str(note.pk),
        key=str(note.key),
        version=str(note.version),
        theme=str(note.theme_id or ""),
        activity=note.activity,
        at=note.written_at.isoformat(),
        text=text,
        about="".join(f"{each} · " for each in about if each),
        moment=time_moment(note.written_at),
        name=text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…",
    )


@dataclass(frozen=True)
class Reviewer:
    """Somebody of the team, and whether her view is in; what it says isn't told here."""

    person: Person
    is_lead: bool
    is_complete: bool
    is_excused: bool

    @property
    def tone(self) -> str:
        """How it looks."""
        if self.is_complete:
            return "done"
        return "plain" if self.is_excused else "soon"

    @property
    def words(self) -> str:
        """How it stands."""
        if self.is_complete:
            return "Complete"
        return "Not waited for" if self.is_excused else "Not complete yet"


def team_of(review: Review) -> list[Reviewer]:
    """Who goes, the lead first."""
    steps = {step.person_id: step for step in answer(_steps, review=review.pk)}
    team = []
    for place in answer(_going, day=review.day_id):
        step = steps.get(place.person_id)
        team.append(
            Reviewer(
                place.person,
                place.is_lead,
                is_complete=step is not None and step.views_at is not None,
                is_excused=step is not None and step.excused_at is not None,
            )
        )
    return team
