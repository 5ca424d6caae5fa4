"""The demo's groups, with a year of meetings around today."""

from __future__ import annotations

from datetime import timedelta

from alliances.meetings.demo.groups import GROUPS, Group
from alliances.meetings.demo.stories import (
    BOARD_COMING,
    BOARD_PAST,
    HEAD,
    HEADS_BUDGETS,
    HEADS_COMING,
    HEADS_NEW_YEAR,
    HEADS_SPRING,
    MISSING,
    MIXED,
    Coming,
    Past,
)
from alliances.meetings.demo.telling import Teller
from alliances.meetings.models import AgendaItem, Body, Meeting, MeetingReply
from alliances.meetings.services import (
    add_item,
    answer_meeting,
    cancel_meeting,
    found_body,
    move_item,
    move_meeting,
    take_seat,
)
from alliances.meetings.services.checking import approve_minutes
from alliances.meetings.services.proposing import propose_item
from alliances.membership.models import Alliance, AlliancePost
from alliances.schools.models import School, SchoolPost
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock

BOARD_SCHOOLS = 8
PARTY_SCHOOLS = 6
PLACES = {
    "oldham-schools-alliance": "Town hall, committee room 2",
    "southwark-teaching-school-alliance": "Boardroom, Charles Dickens Primary School",
}


def load(clock: DemoClock) -> None:
    """Every alliance's board, heads' group and further groups, and their meetings."""
    for alliance in Alliance.objects.order_by("pk"):
        _Year(clock, alliance).tell()
    count = Meeting.objects.count()
    clock.say(f"{Body.objects.count()} groups with {count} meetings, their minutes and actions")


def short_name(alliance: Alliance) -> str:
    """What people call an alliance: its first word, or two of them."""
    words = alliance.name.split()
    return " ".join(words[:2]) if words[0] == "Four" else words[0]


class _Year:
    """The year of one alliance's groups."""

    def __init__(self, clock: DemoClock, alliance: Alliance) -> None:
        self.clock = clock
        self.alliance = alliance
        self.is_first = alliance.slug == "oldham-schools-alliance"
        posts = AlliancePost.objects.filter(alliance=alliance).select_related("person")
        self.office = {post.kind: post.person for post in posts.order_by("pk")}
        self.chair = self.office[AlliancePost.Kind.CHAIR]
        self.writer = self.office.get(AlliancePost.Kind.ADMINISTRATOR)
        self.founded = clock.at(-420, 9)

    def tell(self) -> None:
        """Found the groups, and tell of their meetings."""
        heads = self.found("Heads’ group", Body.Kind.HEADS, self.hall(2), quorum_fraction="1/3")
        board = self.found(
            "Strategic board",
            Body.Kind.BOARD,
            PLACES.get(self.alliance.slug) or self.hall(1),
            quorum_fraction="1/2",
            about="Sets the priorities of the year and answers for the common money.",
        )
        schools = self.schools()
        for school in schools:
            self.seat(heads, school=school)
        for school in schools[:BOARD_SCHOOLS]:
            self.seat(board, school=school)
        for person in dict.fromkeys(self.office.values()):
            self.seat(board, person=person)
        self.heads_year(heads)
        self.board_year(board)
        for group in GROUPS:
            if group.alliance == self.alliance.slug:
                self.further(group)

    def schools(self) -> list[School]:
        """The schools that belong to it today."""
        memberships = self.alliance.memberships.filter(
            ends_on=None, starts_on__lte=self.clock.now.date()
        )
        return [each.school for each in memberships.select_related("school").order_by("pk")]

    def hall(self, number: int) -> str:
        """A room in one of its schools."""
        school = self.schools()[number]
        return f"Library, {school}, {school.postcode}"

    def found(self, name: str, kind: str, place: str, **ways: object) -> Body:
        """A group that the chair leads, with its usual place."""
        return found_body(
            alliance=self.alliance,
            name=name,
            kind=kind,
            lead=self.chair,
            by=self.chair,
            now=self.founded,
            minute_taker=self.writer,
            usual_place=place,
            **ways,
        )

    def seat(
        self, body: Body, *, school: School | None = None, person: Person | None = None
    ) -> None:
        """A seat from the beginning."""
        take_seat(
            body=body,
            school=school,
            person=person,
            starts_on=self.founded.date(),
            by=self.chair,
            now=self.founded,
        )

    def heads_year(self, heads: Body) -> None:
        """Two meetings held, the second of which approved the first; one soon and one in spring."""
        ours = f"{short_name(self.alliance)} heads’ meeting"
        teller = Teller(self.clock, heads, self.chair)
        first = teller.past(
            Past(f"{ours}: the new year", -70, HEADS_NEW_YEAR, hour=13), with_paper=True
        )
        second = teller.past(Past(f"{ours}: budgets", -33, HEADS_BUDGETS, hour=13), with_paper=True)
        approve_minutes(
            meeting=first,
            approved_in=second,
            by=self.chair,
            now=second.ends_at + timedelta(hours=1),
        )
        soon = Coming(
            f"{ours}: review days, attendance and workload",
            11 if self.is_first else 9,
            HEADS_COMING,
            hour=13,
            minutes=90,
            called_before=24,
        )
        coming = teller.coming(soon)
        spring = teller.coming(
            Coming(
                f"{ours}: the spring term", 44, HEADS_SPRING, hour=13, minutes=90, called_before=50
            )
        )
        if self.is_first:
            self.paper_from_head(coming)
            self.head_says_yes(spring)
        self.turn_of_events(teller, spring)

    def paper_from_head(self, meeting: Meeting) -> None:
        """The head whose desk the demo shows owes a paper."""
        now = self.clock.now - timedelta(days=6)
        item = add_item(
            meeting=meeting,
            title="What absence costs us: figures of six schools",
            section="Children in school",
            purpose=AgendaItem.Purpose.DISCUSSION,
            presenter=Person.objects.get(email=HEAD),
            minutes=10,
            paper_due_at=self.clock.at(3, 17),
            by=self.chair,
            now=now,
        )
        for _place in range(2):
            item = move_item(item=item, is_up=True, by=self.chair, now=now)

    def head_says_yes(self, meeting: Meeting) -> None:
        """She comes in the spring."""
        reply = meeting.replies.select_related("person").get(person__email=HEAD)
        yes = MeetingReply.Answer.YES
        now = self.clock.now - timedelta(hours=20)
        answer_meeting(reply=reply, answer=yes, by=reply.person, now=now)

    def turn_of_events(self, teller: Teller, meeting: Meeting) -> None:
        """In one alliance the spring meeting moves, in another it is cancelled."""
        yesterday = self.clock.now - timedelta(days=1)
        if self.alliance.slug == "dovestone-learning-partnership":
            starts_at = teller.moment(51, 14)
            move_meeting(
                meeting=meeting,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=90),
                place="Parish hall, next to the school",
                by=self.chair,
                now=yesterday,
            )
        if self.alliance.slug == "four-oaks-learning-trust":
            because = "The review days of that week need everybody."
            cancel_meeting(meeting=meeting, because=because, by=self.chair, now=yesterday)

    def board_year(self, board: Body) -> None:
        """One meeting held, one coming, one still a draft."""
        ours = f"{short_name(self.alliance)} strategic board"
        teller = Teller(self.clock, board, self.chair)
        ends = "drafted" if self.is_first else "checked"
        teller.past(
            Past(
                f"{ours}: what we owe each other", -12 if self.is_first else -48, BOARD_PAST, ends
            ),
            with_paper=True,
        )
        teller.coming(
            Coming(
                f"{ours}: halfway through autumn",
                18 if self.is_first else 23,
                BOARD_COMING,
                MISSING if self.is_first else MIXED,
                minutes=90,
                called_before=21,
            )
        )
        accounts = Coming(f"{ours}: the year’s accounts", 80, minutes=90, called_before=82)
        teller.prepare(accounts, called_before=82)

    def further(self, group: Group) -> None:
        """A group of those who hold one post in the schools, or of the schools themselves."""
        seats = self.seats_of(group)
        lead = next((person for _school, person in seats if person is not None), self.chair)
        body = self.found(
            group.name, group.kind, group.place, about=group.about, quorum_fraction=group.quorum
        )
        for school, person in seats:
            self.seat(body, school=school, person=person)
        teller = Teller(self.clock, body, self.chair)
        for story in group.meetings:
            if isinstance(story, Past):
                teller.past(story)
            else:
                teller.coming(story)
        if group.proposal:
            propose_item(
                body=body,
                title=group.proposal,
                why="Two of us have asked for it this term.",
                minutes=15,
                by=lead,
                now=self.clock.now - timedelta(days=3),
            )

    def seats_of(self, group: Group) -> list[tuple[School, Person | None]]:
        """The schools with whoever holds the post there; heads answer for their schools."""
        schools = self.schools()
        if group.post == SchoolPost.Kind.HEAD:
            some = schools if group.kind == Body.Kind.WHOLE_ALLIANCE else schools[:PARTY_SCHOOLS]
            return [(school, None) for school in some]
        posts = SchoolPost.objects.on(self.clock.now.date()).filter(
            school__in=schools, kind=group.post, person__is_active=True
        )
        if group.kind == Body.Kind.PUPIL_COUNCIL:
            posts = posts.filter(words__icontains="pupil council")
        return [
            (post.school, post.person)
            for post in posts.select_related("school", "person").order_by("pk")
        ]
