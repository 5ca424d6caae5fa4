"""A moderation as its team sees it: findings and who agrees, views side by side, labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from partnership.toolkit.statements import answer
from reviews.cycles.models import DayPlace, Judgement, Theme
from reviews.days.models import (
    AgreedLabel,
    Agreement,
    Finding,
    Meaning,
    Note,
    Review,
    TeamStep,
    View,
)

WHOLE_SCHOOL = "The school as a whole"
GROUPS = (
    (Meaning.STRENGTH, "Affirmed strengths"),
    (Meaning.DEVELOPMENT, "Areas for development"),
    (Meaning.EXCELLENCE, "Areas of excellence"),
)


@dataclass(frozen=True)
class Member:
    """Somebody of the team: whether her view is in, and whether the others wait for her."""

    pk: int
    name: str
    is_lead: bool
    views_at: datetime | None
    excused_at: datetime | None

    @property
    def is_waited_for(self) -> bool:
        """Whether the lead goes on without her."""
        return self.excused_at is None

    @property
    def tag(self) -> tuple[str, str]:
        """How her view stands; never what it says."""
        if self.views_at is not None:
            return ("done", "View is in")
        return ("soon", "View is missing") if self.is_waited_for else ("plain", "Not waited for")


@dataclass
class FindingRow:
    """A finding, who agrees to it as it is worded, and who doesn't yet."""

    finding: Any
    agreed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    is_mine: bool = False

    @property
    def key(self) -> str:
        """What stands for it in the names of its page."""
        return str(self.finding.pk)

    @property
    def place(self) -> str:
        """Where it is read, from the moderation’s page."""
        return f"findings/{self.finding.pk}/"

    @property
    def words(self) -> str:
        """What the team says."""
        return str(self.finding.words)

    @property
    def changed_in_talk(self) -> str:
        """What changed as the team talked about it."""
        return str(self.finding.changed_in_talk)

    @property
    def theme(self) -> str:
        """What it is about."""
        return str(self.finding.theme or WHOLE_SCHOOL)

    @property
    def pieces(self) -> int:
        """How many notes stand behind it."""
        return int(self.finding.pieces)

    @property
    def evidence(self) -> str:
        """The same in words."""
        return "1 piece of evidence" if self.pieces == 1 else f"{self.pieces} pieces of evidence"

    @property
    def who(self) -> str:
        """Who agrees, and who is waited for."""
        agreed = f"Agreed by {', '.join(self.agreed)}." if self.agreed else ""
        missing = f"Waiting for {', '.join(self.missing)}." if self.missing else ""
        return f"{agreed} {missing}".strip()

    @property
    def seen(self) -> str:
        """The finding and the version that is shown: what somebody agrees to."""
        return f"{self.finding.pk}:{self.finding.version}"


class ViewLine(NamedTuple):
    """What somebody says of a theme, and the label that she would give it."""

    key: str
    author: str
    label: str
    strengths: str
    development: str


@dataclass(frozen=True)
class ThemeRow:
    """A theme with everybody's view of it, its label and how many notes there are."""

    theme: Any
    views: tuple[ViewLine, ...]

    @property
    def differs(self) -> bool:
        """Whether two reviewers would give different labels."""
        return len({view.label for view in self.views if view.label}) > 1


def _team(*, day: int) -> QuerySet[DayPlace, Any]:
    steps = TeamStep.objects.filter(review__day=OuterRef("day"), person=OuterRef("person"))
    places = DayPlace.objects.filter(day=day, ended_at=None, answer=DayPlace.Answer.ACCEPTED)
    told = places.annotate(
        in_at=Subquery(steps.values("views_at")[:1]),
        out_at=Subquery(steps.values("excused_at")[:1]),
    )
    columns = ("person", "person__name", "is_lead", "in_at", "out_at")
    return told.order_by("-is_lead", "person__search_name", "pk").values_list(*columns)


def members_of(review: Review) -> list[Member]:
    """Who goes, the lead first, in one query."""
    return [Member(*row) for row in answer(_team, day=review.day_id)]


def _findings(*, review: int) -> QuerySet[Finding]:
    findings = Finding.objects.filter(review=review).select_related("theme")
    in_order = F("theme__place").asc(nulls_first=True)
    return with_pieces(findings).order_by(in_order, "written_at", "pk")


def with_pieces(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """How many notes stand behind each: those that their authors left, or the count that stays."""
    notes = Note.objects.filter(findings=OuterRef("pk"), removed_at=None)
    live = notes.order_by().values("findings").annotate(number=Count("pk")).values("number")
    kept = Coalesce(Subquery(live), 0, output_field=IntegerField())
    are_deleted = When(review__notes_deleted_at__isnull=False, then=F("evidence_count"))
    return findings.annotate(pieces=Case(are_deleted, default=kept, output_field=IntegerField()))


def _agreements(*, review: int) -> QuerySet[Agreement, Any]:
    given = Agreement.objects.filter(finding__review=review)
    return given.order_by("agreed_at", "pk").values_list("finding", "person", "person__name")


def findings_of(review: Review, members: Iterable[Member], me: int) -> list[FindingRow]:
    """All findings, each with who agrees, in two queries."""
    given: dict[int, dict[int, str]] = {}
    for finding, person, name in answer(_agreements, review=review.pk):
        given.setdefault(finding, {})[person] = name
    return [
        row_of(finding, given.get(finding.pk, {}), members, me)
        for finding in answer(_findings, review=review.pk)
    ]


def row_of(
    finding: Finding, agreed: dict[int, str], members: Iterable[Member], me: int
) -> FindingRow:
    """A finding with the names of those who agree, and of those who are waited for."""
    missing = [
        member.name for member in members if member.is_waited_for and member.pk not in agreed
    ]
    return FindingRow(finding, list(agreed.values()), missing, me in agreed)


def grouped(rows: Iterable[FindingRow]) -> list[tuple[str, str, list[FindingRow]]]:
    """Strengths, areas for development, areas of excellence."""
    found: dict[str, list[FindingRow]] = {str(meaning): [] for meaning, _words in GROUPS}
    for row in rows:
        found[row.finding.meaning].append(row)
    return [(str(meaning), words, found[meaning]) for meaning, words in GROUPS]


def _views(*, review: int) -> QuerySet[View, Any]:
    """Those that their authors said are complete; an unfinished view stays its author's own."""
    complete = TeamStep.objects.filter(
        review=review, person=OuterRef("author"), views_at__isnull=False
    )
    said = View.objects.filter(Exists(complete), review=review)
    columns = ("theme", "pk", "author__name", "judgement__label", "strengths", "development")
    return said.order_by("author__search_name", "pk").values_list(*columns)


def _themes(*, framework: int, review: int) -> QuerySet[Theme]:
    notes = Note.objects.filter(review=review, theme=OuterRef("pk"), removed_at=None)
    number = notes.order_by().values("theme").annotate(number=Count("pk")).values("number")
    labels = AgreedLabel.objects.filter(review=review, theme=OuterRef("pk"))
    return (
        Theme.objects.filter(framework=framework)
        .annotate(
            note_count=Coalesce(Subquery(number), 0, output_field=IntegerField()),
            label=Subquery(labels.values("judgement__label")[:1]),
            label_changed=Subquery(labels.values("changed_in_talk")[:1]),
            label_by=Subquery(labels.values("given_by__name")[:1]),
            has_labels=Exists(Judgement.objects.filter(framework=framework)),
        )
        .order_by("place", "pk")
    )


def side_by_side(review: Review) -> list[ThemeRow]:
    """Each theme with all views that are in, in two queries; the caller asks whether they all are."""
    views: dict[int, list[ViewLine]] = {}
    for theme, pk, author, label, *said in answer(_views, review=review.pk):
        if label or any(said):
            views.setdefault(theme, []).append(ViewLine(str(pk), author, label or "", *said))
    framework = review.cycle.framework_id or 0
    return [
        ThemeRow(theme, tuple(views.get(theme.pk, ())))
        for theme in answer(_themes, framework=framework, review=review.pk)
    ]


def _of_finding(*, review: int, pk: int) -> QuerySet[Finding]:
    found = Finding.objects.filter(review=review, pk=pk).select_related("theme", "written_by")
    return with_pieces(found)


def finding_of(review: Review, pk: int) -> list[Any]:
    """One finding of the review, if it has it."""
    found: list[Any] = answer(_of_finding, review=review.pk, pk=pk)
    for finding in found:
        finding.review = review
    return found


def _agreed_to(*, finding: int) -> QuerySet[Agreement, Any]:
    given = Agreement.objects.filter(finding=finding)
    return given.order_by("agreed_at", "pk").values_list("person", "person__name")


def agreed_to(finding: Finding) -> dict[int, str]:
    """Who agrees to one finding."""
    return dict(answer(_agreed_to, finding=finding.pk))


@dataclass(frozen=True)
class Progress:
    """How far the agreement is, what stands in the way of the end, and what has no evidence."""

    findings: int
    agreed: int
    waits_for: tuple[str, ...]
    mine: tuple[str, ...]
    unproven: int

    @property
    def can_end(self) -> bool:
        """Whether the lead may end it."""
        return self.findings > 0 and self.agreed == self.findings


def progress_of(rows: list[FindingRow]) -> Progress:
    """What is agreed by everybody, who is missing, and which she hasn't agreed to."""
    names = dict.fromkeys(name for row in rows for name in row.missing)
    return Progress(
        findings=len(rows),
        agreed=sum(not row.missing for row in rows),
        waits_for=tuple(names),
        mine=tuple(row.seen for row in rows if not row.is_mine),
        unproven=len(unproven(rows)),
    )


def unproven(rows: Iterable[FindingRow]) -> list[FindingRow]:
    """Findings behind which no note is chosen: they may be agreed, and whoever agrees is told."""
    return [row for row in rows if not row.pieces]


def unlabelled(themes: Iterable[ThemeRow]) -> int:
    """How many themes have no label yet."""
    return sum(not each.theme.label for each in themes)
