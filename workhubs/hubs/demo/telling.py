"""Telling a workhub's story by services: it begins, invites, meets, and goes on next year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice

from alliances.meetings.demo.open_days import dates_in, open_day
from alliances.meetings.models import AgendaItem, Meeting, MeetingReply
from alliances.meetings.services import (
    add_item,
    answer_meeting,
    call_meeting,
    hold_meeting,
    prepare_meeting,
)
from alliances.membership.models import Alliance, AlliancePost, Area, Membership
from alliances.schools.models import School, SchoolPost
from partnership.calendar.days import UK, next_school_day
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from workhubs.hubs.demo.aims import Aims
from workhubs.hubs.demo.stories import GREENFIELD, KNOWSLEY, REQUESTS, WHY, Story
from workhubs.hubs.demo.targets import TARGETS
from workhubs.hubs.models import WorkhubYear
from workhubs.hubs.services import (
    GoingOn,
    accept_place,
    answer_request,
    create_workhub,
    decline_place,
    invite_schools,
    places_to_keep,
    request_to_join,
    roll_over,
)

Answer = MeetingReply.Answer
Purpose = AgendaItem.Purpose
ANSWERS = (Answer.YES, Answer.YES, Answer.NO, Answer.YES, Answer.NONE, Answer.MAYBE, Answer.NONE)
DRAFTS = 5
ONE_BY_INVITATION = 2
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
        self.areas = {area.name: area for area in Area.objects.filter(alliance=alliance)}
        self.aims = Aims(clock)
        self.dates = dates_in(alliance)
        self.heads: dict[int, Person] = {post.school.urn: post.person for post in posts}
        self.schools: dict[int, School] = {post.school.urn: post.school for post in posts}

    def begin(self, story: Story, turn: int, year: AcademicYear) -> WorkhubYear:
        """Found it in a year, with its schools and objectives."""
        members = self.members(story, turn)
        lead = self.heads[story.lead or members[len(story.sure)]]
        others = [self.heads[urn] for urn in members if self.heads[urn] != lead]
        begun = create_workhub(
            alliance=self.alliance,
            name=story.name,
            year=year,
            lead=lead,
            deputy=others[turn % len(others)] if others and turn % 3 else None,
            area=self.areas.get(story.area),
            priority=story.priority,
            aims=story.aims,
            takes_requests=turn % 5 != ONE_BY_INVITATION,
            by=self.director,
            now=self.autumn(year, 2),
        )
        self.invite(begun, members, turn=turn)
        return begun

    def tell_of_this_year(self, story: Story, turn: int) -> None:
        """One that began this year."""
        begun = self.begin(story, turn, self.this_year)
        self.aims.write(begun, [target for target in TARGETS.get(story.name, ()) if target.now])
        self.meet_this_year(begun, story, turn)

    def tell_of_last_year(self, story: Story, turn: int) -> WorkhubYear:
        """One that began last year, and what was seen of its objectives."""
        begun = self.begin(story, turn, self.this_year.previous)
        before = [target for target in TARGETS.get(story.name, ()) if target.before]
        self.aims.write(begun, before, of_this_year=False)
        self.meet_last_year(begun, story, turn)
        return begun

    def roll_over(self, years: Sequence[WorkhubYear]) -> None:
        """The director rolls last year's workhubs over in July; here and there a school goes."""
        when = min(self.autumn(self.this_year, -53), self.clock.at(-3))
        keys = [year.pk for year in years]
        places: dict[int, list[int]] = {key: [] for key in keys}
        for place in places_to_keep(keys, self.alliance, self.this_year, today=when.date()):
            places[place.workhub_year_id].append(place.pk)
        going_on = [
            GoingOn(
                before=year.pk,
                lead=year.lead_id,
                deputy=year.deputy_id,
                places=frozenset(places[year.pk][: -1 if turn % 2 else None]),
                objectives=self.aims.carried(year),
            )
            for turn, year in enumerate(years)
        ]
        roll_over(
            alliance=self.alliance,
            year=self.this_year,
            going_on=going_on,
            by=self.director,
            now=when,
        )

    def go_on(self, story: Story, turn: int, before: WorkhubYear) -> None:
        """This year of it: somebody new, objectives looked at again, requests, meetings."""
        years = WorkhubYear.objects.filter(workhub=before.workhub, year=self.this_year.start)
        again = years.select_related("workhub__body", "workhub__alliance", "lead", "deputy").get()
        known = list(again.schools.order_by("pk").values_list("school__urn", flat=True))
        self.invite(again, self.newcomers(story, known, turn), turn=turn)
        self.aims.go_on(again, TARGETS.get(story.name, ()))
        self.ask_lately(again, story, turn)
        self.ask_to_join(again, turn)
        self.meet_this_year(again, story, turn)

    def ask_to_join(self, year: WorkhubYear, turn: int) -> None:
        """A school that asks to join: one answered yes, one no, some that wait, one too long."""
        days, accepts = REQUESTS.get(turn, (0, None))
        if not days or not year.takes_requests:
            return
        known = list(year.schools.values_list("school__urn", flat=True))
        for urn in self.others(known, start=11 * turn + 3, count=1):
            head = self.heads[urn]
            asked = request_to_join(
                workhub_year=year,
                school=self.schools[urn],
                why=WHY[turn % len(WHY)],
                by=head,
                now=self.clock.at(days, 10),
            )
            if accepts is not None:
                words = "" if accepts else "We are ten already. Ask again in the summer, please."
                answer_request(
                    request=asked,
                    accepts=accepts,
                    words=words,
                    by=self.lead(year),
                    now=self.clock.at(days + 3, 9),
                )

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
            day = year.academic_year.first_day + timedelta(days=days + turn)
            self.hold(year, story, open_day(day, self.dates, is_ahead=False), turn)

    def meet_this_year(self, year: WorkhubYear, story: Story, turn: int) -> None:
        """One held a few weeks ago, one coming; of two workhubs the next is still a draft."""
        today = self.clock.now.date()
        past = open_day(today - timedelta(days=24 + turn), self.dates, is_ahead=False)
        if past > year.academic_year.first_day + timedelta(days=16):
            self.hold(year, story, past, turn)
        coming = open_day(today + timedelta(days=7 + 2 * turn % 18), self.dates, is_ahead=True)
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
