"""Telling a workhub's story by services: it begins, invites, meets, and goes on next year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice

from alliances.meetings.models import AgendaItem, Meeting, MeetingReply
from alliances.meetings.services import (
    add_item,
    answer_meeting,
    call_meeting,
    hold_meeting,
    prepare_meeting,
)
from alliances.membership.models import Alliance, AlliancePost, Membership
from alliances.schools.models import School, SchoolPost
from partnership.calendar.days import UK, next_school_day
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from workhubs.hubs.demo.stories import GREENFIELD, KNOWSLEY, Story
from workhubs.hubs.models import WorkhubYear
from workhubs.hubs.services import (
    accept_place,
    begin_year,
    create_workhub,
    decline_place,
    invite_schools,
)

Answer = MeetingReply.Answer
Purpose = AgendaItem.Purpose
ANSWERS = (Answer.YES, Answer.YES, Answer.NO, Answer.YES, Answer.NONE, Answer.MAYBE, Answer.NONE)
DRAFTS = 5
APOLOGIES = "We have visitors that afternoon; our deputy will read the notes."


class Teller:
    """Tells an alliance's stories; heads that nobody has invited yet take no part."""

    def __init__(self, clock: DemoClock, alliance: Alliance) -> None:
        self.clock = clock
        self.alliance = alliance
        today = clock.now.date()
        self.this_year = AcademicYear.containing(today)
        director = AlliancePost.objects.on(today).get(
            alliance=alliance, kind=AlliancePost.Kind.DIRECTOR
        )
        self.director = director.person
        members = Membership.objects.on(today).filter(alliance=alliance, kind=Membership.Kind.FULL)
        posts = (
            SchoolPost.objects.on(today)
            .of_heads()
            .filter(school__in=members.values("school"), person__is_active=True)
            .select_related("person", "school")
            .order_by("school__urn", "pk")
        )
        self.heads: dict[int, Person] = {post.school.urn: post.person for post in posts}
        self.schools: dict[int, School] = {post.school.urn: post.school for post in posts}

    def tell(self, story: Story, turn: int, *, years: int) -> None:
        """Found it in its first year; go on with it until this one."""
        members = self.members(story, turn)
        lead = self.heads[story.lead or members[len(story.sure)]]
        first = self.this_year.previous if years > 1 else self.this_year
        words = {"priority": story.priority, "aims": story.aims}
        begun = create_workhub(
            alliance=self.alliance,
            name=story.name,
            year=first,
            lead=lead,
            by=self.director,
            now=self.autumn(first, 2),
            **words,
        )
        self.invite(begun, members, turn=turn)
        if begun.year == self.this_year.start:
            self.meet_this_year(begun, story, turn)
            return
        self.meet_last_year(begun, story, turn)
        again = begin_year(
            workhub=begun.workhub,
            year=self.this_year,
            lead=lead,
            by=self.director,
            now=self.autumn(self.this_year, 1),
            **words,
        )
        self.invite(again, [*members[:-1], *self.newcomers(story, members, turn)], turn=turn)
        self.ask_lately(again, story, turn)
        self.meet_this_year(again, story, turn)

    def members(self, story: Story, turn: int) -> list[int]:
        """The sure ones and a run of others, another run for each story."""
        named = [urn for urn in (story.lead, *story.sure) if urn is not None]
        return [*named, *self.others(named, start=3 * turn, count=story.size - len(named))]

    def newcomers(self, story: Story, members: list[int], turn: int) -> list[int]:
        """Somebody new for whoever went."""
        return self.others([*members, *story.asked], start=3 * turn + story.size, count=1)

    def others(self, besides: Sequence[int], *, start: int, count: int) -> list[int]:
        """Schools in turn, none of those named here or elsewhere by name."""
        kept = {*besides, KNOWSLEY, GREENFIELD}
        urns = [urn for urn in self.schools if urn not in kept]
        return list(islice(cycle(urns), start, start + min(count, len(urns))))

    def autumn(self, year: AcademicYear, days: int, hour: int = 10) -> datetime:
        """So many days into an academic year, but never later than three days ago."""
        day = next_school_day(year.first_day + timedelta(days=days))
        return min(datetime.combine(day, time(hour), tzinfo=UK), self.clock.at(-3))

    def invite(self, year: WorkhubYear, urns: Iterable[int], *, turn: int) -> None:
        """Ask them early in the year; all but an odd one out join within the fortnight."""
        chosen = [self.schools[urn] for urn in urns]
        places = invite_schools(
            workhub_year=year,
            schools=chosen,
            by=self.director,
            now=self.autumn(year.academic_year, 3),
        )
        for number, place in enumerate(places):
            answered = self.autumn(year.academic_year, 5 + (turn + number) % 9)
            head = self.heads[place.school.urn]
            if number and (turn + number) % 8 == 0:
                decline_place(place=place, by=head, now=answered)
            else:
                accept_place(place=place, by=head, now=answered)

    def ask_lately(self, year: WorkhubYear, story: Story, turn: int) -> None:
        """An invitation or two that still wait, one of them too long."""
        waiting = set(year.schools.values_list("school__urn", flat=True))
        late = self.others(list(waiting), start=5 * turn + 1, count=1) if turn % 4 == 0 else []
        new = list(story.asked) or self.others(
            [*waiting, *late], start=7 * turn + 2, count=turn % 3
        )
        for urns, days in ((late, -16), (new, -6)):
            schools = [self.schools[urn] for urn in urns]
            invite_schools(
                workhub_year=year, schools=schools, by=self.director, now=self.clock.at(days, 11)
            )

    def meet_last_year(self, year: WorkhubYear, story: Story, turn: int) -> None:
        """A meeting in the autumn and one in the spring, both held."""
        for days in (66, 164):
            day = next_school_day(year.academic_year.first_day + timedelta(days=days + turn))
            self.hold(year, story, day, turn)

    def meet_this_year(self, year: WorkhubYear, story: Story, turn: int) -> None:
        """One held a few weeks ago, one coming; of two workhubs the next is still a draft."""
        past = next_school_day(self.clock.now.date() - timedelta(days=24 + turn))
        if past > year.academic_year.first_day + timedelta(days=16):
            self.hold(year, story, past, turn)
        coming = next_school_day(self.clock.now.date() + timedelta(days=7 + 2 * turn % 18))
        meeting = self.prepare(year, story, coming, turn, now=self.clock.at(-7, 10))
        if turn % 6 < DRAFTS:
            call_meeting(meeting=meeting, by=self.lead(year), now=self.clock.at(-6, 9))
            self.answer(meeting, turn, now=self.clock.at(-5, 12))

    def lead(self, year: WorkhubYear) -> Person:
        """Whoever leads that year."""
        return year.lead or self.director

    def prepare(
        self, year: WorkhubYear, story: Story, day: date, turn: int, *, now: datetime
    ) -> Meeting:
        """A draft with its agenda, in one of the member schools."""
        starts_at = datetime.combine(day, time(16 - turn % 2, 30 * (turn % 2)), tzinfo=UK)
        places = year.schools.joined(on=min(day, self.clock.now.date())).order_by("pk")
        hosts = list(places.select_related("school"))
        by = self.lead(year)
        meeting = prepare_meeting(
            body=year.workhub.body,
            title=f"{story.name} workhub",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=75),
            place=hosts[turn % len(hosts)].school.name,
            by=by,
            now=now,
        )
        items = (
            ("What we have tried since we last met", Purpose.INFORMATION, 20),
            (story.topic, Purpose.DISCUSSION, 35),
            ("What we do next, and who", Purpose.DECISION, 15),
        )
        for title, purpose, minutes in items:
            add_item(
                meeting=meeting,
                title=title,
                purpose=purpose,
                presenter=by if purpose == Purpose.DISCUSSION else None,
                minutes=minutes,
                by=by,
                now=now,
            )
        return meeting

    def hold(self, year: WorkhubYear, story: Story, day: date, turn: int) -> None:
        """A meeting on a past day, called three weeks before, answered and held."""
        asked = datetime.combine(day - timedelta(days=15), time(9), tzinfo=UK)
        meeting = self.prepare(year, story, day, turn, now=asked)
        meeting = call_meeting(meeting=meeting, by=self.lead(year), now=asked)
        self.answer(meeting, turn, now=asked + timedelta(days=4))
        hold_meeting(
            meeting=meeting, by=self.lead(year), now=meeting.ends_at + timedelta(minutes=10)
        )

    def answer(self, meeting: Meeting, turn: int, *, now: datetime) -> None:
        """Answers of every kind, and gaps; the sign-in heads' answers stay theirs to give."""
        replies = meeting.replies.filter(answer="").select_related("person").order_by("pk")
        for number, reply in enumerate(replies):
            answer = ANSWERS[(turn + number) % len(ANSWERS)]
            is_hers = reply.person.email.endswith("@demo.example") and meeting.starts_at > now
            if answer == Answer.NONE or (is_hers and meeting.starts_at > self.clock.now):
                continue
            answer_meeting(
                reply=reply,
                answer=answer,
                apologies=APOLOGIES if answer == Answer.NO else None,
                by=reply.person,
                now=now,
            )
