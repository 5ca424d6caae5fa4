"""Who may see and do what with a review; access is between the host and its team.

| what                                             | who                                             |
|--------------------------------------------------|-------------------------------------------------|
| write the school's self-evaluation and           | its head, and who acts for her in reviews       |
| priorities; show the priorities to other heads   |                                                 |
| prepare: focus, documents, planning meeting,     | the same, and whom the head names, as long as   |
| timetable, safeguarding lead                     | that person is of the school                    |
| write what the planning meeting agreed           | the same, and the lead                          |
| name who helps to prepare; share the             | the head, and who acts for her in reviews       |
| self-evaluation with the team, take it back      |                                                 |
| read what is prepared                            | they, and the team from acceptance on           |
| declare, read beforehand, write notes, own view  | each reviewer of the team, for herself          |
| read a note or a view                            | who wrote it; the team once all views are in    |
| word and agree findings; draft the report;       | the team; its lead ends the moderation, sends   |
| answer the host's comments                       | and releases the report                         |
| read the report in draft                         | the team; the host's head once it is sent       |
| comment on it, say that it is accurate           | the head, and who acts for her in reviews       |
| read comments and their answers                  | they, and the team                              |
| read the released report                         | the host's side, who releases reports for its   |
|                                                  | head, the team for ninety days, the champion,   |
|                                                  | and whom the school lets read it                |
| let others read it, withdraw that                | the head, and who releases reports for her      |
| begin a request, a topic or an offer with a part | the head, and who acts for her in reviews       |
| ask a champion, arrange the workshop, actions,   | the host's side; the champion says with them    |
| check-back                                       | that the workshop was held, and what came of it |
| read the check-back                              | the host's side, the lead, the champion         |
| stage, due dates and whose turn it is            | they all, and who organises the cycle           |
| themes of a cycle, without names                 | the alliance's board and director               |

Whoever organises the cycle reads neither evidence nor draft nor report; nor do portal staff: the
admin shows stage and dates. Everybody else learns nothing of a review but its day and its team.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from alliances.meetings.models import Body, Seat
from alliances.membership.models import AlliancePost
from alliances.schools.models import Delegation, School
from alliances.schools.permissions import acts_for
from partnership.people.models import Person
from partnership.toolkit.registers import joined
from partnership.toolkit.statements import answer
from reviews.cycles.models import Cycle, ReviewDay
from reviews.days.models import Note, Report, Review, moments, reviews_by_way

HOST_SIDE = frozenset({"head", "acting", "named"})
READERS = frozenset({"releasing", "governors", "board", "alliance"})


@dataclass(frozen=True)
class ReviewRights:
    """What somebody may do with a review, by the ways in which she has a part in it."""

    review: Review
    person: Person
    ways: frozenset[str]

    @property
    def day(self) -> ReviewDay | None:
        """The day that stands."""
        return self.review.day

    @property
    def speaks_for_host(self) -> bool:
        """Whether she heads the host, or acts for its head in reviews."""
        return not self.ways.isdisjoint({"head", "acting"})

    @property
    def is_host_side(self) -> bool:
        """The same, or the head has named her for this review."""
        return not self.ways.isdisjoint(HOST_SIDE)

    @property
    def is_team(self) -> bool:
        """Whether she has accepted a place in the team, and the team is not over."""
        return "team" in self.ways

    @property
    def is_lead(self) -> bool:
        """Whether she leads the team."""
        return "lead" in self.ways

    @property
    def is_champion(self) -> bool:
        """Whether she leads the workshop; she is there once the report is released."""
        return "champion" in self.ways and self.is_released

    @property
    def is_organiser(self) -> bool:
        """Whether she organises the cycle: dates, team and stage are hers to see, and no more."""
        return "organiser" in self.ways

    @property
    def is_released(self) -> bool:
        """Whether the report is the school's."""
        return self.review.released_at is not None

    @property
    def sees_stage(self) -> bool:
        """Read how far the review is, and whose turn it is."""
        return self.is_host_side or self.is_team or self.is_organiser or self.is_champion

    @property
    def sees_day_page(self) -> bool:
        """The day's own page is the cycle's: whom a head has named for one review isn't in it."""
        return not self.ways.isdisjoint({"head", "acting", "team", "champion", "organiser"})

    @property
    def sees_preparation(self) -> bool:
        """Read self-evaluation, focus, documents and timetable."""
        return self.is_host_side or self.is_team

    @property
    def may_prepare(self) -> bool:
        """Change what the host prepares, until the report is released."""
        return self.is_host_side and self._is_open

    @property
    def may_minute_planning(self) -> bool:
        """Write what host and team agreed on when they planned the day."""
        return (self.is_host_side or self.is_lead) and self._is_open

    @property
    def may_name_people(self) -> bool:
        """Name who helps to prepare, and reads what the head reads."""
        return self.speaks_for_host

    @property
    def may_share(self) -> bool:
        """Show the school's self-evaluation to the team, or take it back, until the release."""
        return self.speaks_for_host and self._is_open

    @property
    def may_step(self) -> bool:
        """Declare, and say that she has read the documents."""
        return self.is_team and self._is_open

    @property
    def sees_notes(self) -> bool:
        """The team's page of notes; whose it shows depends on whether all views are in."""
        return self.is_team and self.review.notes_deleted_at is None

    @property
    def may_moderate(self) -> bool:
        """Word findings and agree to them, once all views are in, until the moderation ends."""
        return self.is_team and self._is_open and self.review.moderated_at is None

    @property
    def sees_draft(self) -> bool:
        """The report before it is released: the team; the host's page asks whether it is sent."""
        return self.is_team

    @property
    def may_draft(self) -> bool:
        """Word the report and answer comments, from the end of the moderation until the release."""
        return self.is_team and self._is_open and self.review.moderated_at is not None

    @property
    def may_release(self) -> bool:
        """Send the report to the host, and release it."""
        return self.is_lead and self.may_draft

    @property
    def may_check(self) -> bool:
        """Comment on the report that was sent, and say that it is accurate."""
        return self.speaks_for_host and self._is_open

    @property
    def reads_comments(self) -> bool:
        """What the host says isn't accurate, and what the team answers."""
        return self.speaks_for_host or self.is_team

    @property
    def reads_report(self) -> bool:
        """Read the report that is released."""
        is_let = not self.ways.isdisjoint(READERS)
        inside = self.is_host_side or self.is_team or self.is_champion
        return self.is_released and (inside or is_let)

    @property
    def may_consent(self) -> bool:
        """Say who else may read the report, and withdraw it."""
        return self.is_released and not self.ways.isdisjoint({"head", "releasing"})

    @property
    def may_begin_elsewhere(self) -> bool:
        """Begin something in another room with a part of the report, in her own words."""
        return self.is_released and self.speaks_for_host

    @property
    def sees_after(self) -> bool:
        """Workshop, actions and check-back."""
        inside = self.is_host_side or self.is_lead or self.is_champion
        return self.is_released and inside

    @property
    def sees_check_back(self) -> bool:
        """What changed: the same, and the lead until ninety days after she was told."""
        return self.sees_after or (self.is_released and "following" in self.ways)

    @property
    def may_say_held(self) -> bool:
        """Say that the workshop was held, and what came of it."""
        return self.may_follow_up or self.is_champion

    @property
    def may_follow_up(self) -> bool:
        """Arrange the workshop, keep actions, give the check-back."""
        return self.is_released and self.is_host_side

    @property
    def _is_open(self) -> bool:
        is_on = self.review.cycle.state in {Cycle.State.PUBLISHED, Cycle.State.FINISHED}
        return is_on and not self.is_released and self.review.day_id is not None


def rights_in_review(person: Person, review: Review, now: datetime) -> ReviewRights:
    """All that she may do with a review, in one query."""
    if not person.is_active:
        return ReviewRights(review, person, frozenset())
    rows = answer(_ways, person=person, review=review.pk, **moments(now))
    return ReviewRights(review, person, frozenset(way for (way,) in rows))


def _ways(*, person: Person, review: int, on: date, since: datetime) -> QuerySet[Any, Any]:
    ways = reviews_by_way(person, on=on, since=since)
    return joined([said_way(rows.filter(pk=review), way) for way, rows in ways.items()])


def said_way(rows: QuerySet[Any, Any], way: str) -> QuerySet[Any, Any]:
    """A way's rows as one column that says the way."""
    said: QuerySet[Any, Any] = rows.annotate(way=Value(way, output_field=CharField()))
    return said.values_list("way")


def can_read_draft(rights: ReviewRights, report: Report | None) -> bool:
    """The team's own; the head's, and who acts for her, once it is sent to her."""
    if report is None:
        return False
    return rights.sees_draft or (rights.speaks_for_host and report.sent_at is not None)


def can_read_words(rights: ReviewRights, report: Report | None) -> bool:
    """The report in draft or released, whichever it is."""
    return report is not None and (rights.reads_report or can_read_draft(rights, report))


def can_write_evaluation(person: Person, school: School, on: date) -> bool:
    """Its head, and who acts for her in reviews."""
    return acts_for(person, school, Delegation.Kind.REVIEWS, on)


def can_read_note(rights: ReviewRights, note: Note, *, all_views_are_in: bool) -> bool:
    """Her own; the team's once everybody's view is in."""
    is_own = note.author_id == rights.person.pk
    return rights.sees_notes and (is_own or all_views_are_in)


def cycles_with_themes_for(person: Person, *, on: date) -> QuerySet[Cycle]:
    """Those whose rota is published, of alliances that she directs or on whose board she sits."""
    if not person.is_active:
        return Cycle.objects.none()
    posts = AlliancePost.objects.on(on).filter(person=person, kind=AlliancePost.Kind.DIRECTOR)
    seats = Seat.objects.held_by(person, on=on).filter(body__kind=Body.Kind.BOARD)
    return Cycle.objects.filter(
        Q(alliance__in=posts.values("alliance")) | Q(alliance__in=seats.values("body__alliance")),
        state__in=(Cycle.State.PUBLISHED, Cycle.State.FINISHED),
    )
