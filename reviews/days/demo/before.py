"""Living what comes before a review day: what the school says of itself, and what it prepares."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from alliances.schools.models import SchoolPost
from partnership.calendar.days import UK, next_school_day, previous_school_day
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from partnership.toolkit.uploads import checked
from reviews.cycles.models import DayPlace, ReviewDay
from reviews.days.demo.outline import CHAIR, DOCUMENTS, DSL, LADO, PARTNERS, Story
from reviews.days.models import Review, SelfEvaluation, TimetableEntry
from reviews.days.services.declaring import declare, say_read
from reviews.days.services.documents import add_file, say_files_complete
from reviews.days.services.evaluating import begin_evaluation, change_evaluation
from reviews.days.services.matching import show_priorities
from reviews.days.services.preparing import (
    arrange_planning,
    name_contacts,
    word_focus,
    write_what_was_agreed,
)
from reviews.days.services.prioritising import add_priority
from reviews.days.services.sharing import share_evaluation
from reviews.days.services.timetabling import name_partners, use_given_timetable

DAY = timedelta(days=1)
SIGN_IN = "supported@demo.example"
PAPER = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 80>>stream\nBT /F1 18 Tf 72 760 Td (%s) Tj ET"
    b"\nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%%%EOF\n"
)


class ReviewTeller:
    """Tells one host's review; moments count in days from its own."""

    def __init__(self, clock: DemoClock, day: ReviewDay, story: Story) -> None:
        """Know the day, its host's head and who goes."""
        self.clock = clock
        self.day = day
        self.story = story
        posts = SchoolPost.objects.of_heads().filter(school=day.school).select_related("person")
        heads = [post.person for post in posts.order_by("pk")]
        self.head = next((each for each in heads if each.email == SIGN_IN), heads[0])
        places = DayPlace.objects.filter(day=day, ended_at=None).select_related("person")
        self.team = [each.person for each in places.order_by("-is_lead", "pk")]
        self.lead = self.team[0]

    @property
    def review(self) -> Review:
        """As it stands now."""
        reviews = Review.objects.select_related("cycle__alliance", "cycle__framework", "day")
        return reviews.select_related("school").get(day=self.day)

    def at(self, number: int, hour: int = 15) -> datetime:
        """So many days from the review day, on a school day; never later than the demo's moment."""
        day = self.day.day + number * DAY
        day = previous_school_day(day) if number < 0 else next_school_day(day)
        return min(datetime.combine(day, time(hour), tzinfo=UK), self.clock.now)

    def by(self, person: Person, number: int, hour: int = 15) -> dict[str, Any]:
        """Who does it, and when."""
        return {"by": person, "now": self.at(number, hour)}

    def evaluate(self, number: int) -> SelfEvaluation:
        """The year's self-evaluation; where there is one of the year before, it begins with that."""
        story, told = self.story, self.by(self.head, number)
        year = AcademicYear.containing(self.day.day).start
        known = SelfEvaluation.objects.filter(school=self.day.school).order_by("-year")
        if found := known.filter(year=year).first():
            return found
        before = known.first()
        begun = begin_evaluation(school=self.day.school, year=year, like=before, **told)
        if before is None:
            words = ("context", "going_well", "to_improve", "evidence")
            changes = {name: getattr(story, name) for name in words}
            begun = change_evaluation(evaluation=begun, changes=changes, **told)
            for area, title, aim in story.priorities:
                add_priority(evaluation=begun, area=area, title=title, aim=aim, **told)
        if self.day.school.urn % 3:
            show_priorities(evaluation=begun, **told)
        return SelfEvaluation.objects.get(pk=begun.pk)

    def share(self, number: int) -> None:
        """The team reads it from then on."""
        evaluation = self.evaluate(number - 3)
        told = self.by(self.head, number)
        share_evaluation(review=self.review, evaluation=evaluation, **told)

    def choose_focus(self, number: int) -> None:
        """The host chooses what the team looks at."""
        review, lines = self.review, "\n".join(self.story.lines)
        told = self.by(self.head, number)
        word_focus(
            review=review,
            focus=self.story.focus,
            lines=lines,
            seen_version=review.version,
            **told,
        )

    def give_documents(self, number: int) -> None:
        """Two of them, to be read beforehand."""
        told = self.by(self.head, number)
        for title in DOCUMENTS:
            content = PAPER % title.encode("ascii")
            upload = SimpleUploadedFile("document.pdf", content)
            add_file(
                review=self.review,
                upload=upload,
                checked=checked(upload, max_bytes=len(content)),
                title=title,
                is_reading=True,
                **told,
            )
        say_files_complete(review=self.review, **told)

    def plan(self, number: int) -> None:
        """The planning meeting is arranged, and once it is over it says what was agreed."""
        review, told = self.review, self.by(self.head, number)
        starts_at = self.at(-7, 16)
        if starts_at >= self.clock.now:
            day = next_school_day(self.day.day - 7 * DAY)
            starts_at = datetime.combine(day, time(16), tzinfo=UK)
        arrange_planning(
            review=review,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=45),
            place="https://meet.example/planning",
            seen_version=review.version,
            **told,
        )
        if starts_at + DAY < self.clock.now:
            review = self.review
            write_what_was_agreed(
                review=review,
                planning_agreed="Who looks at what, and that the team eats with the pupils.",
                seen_version=review.version,
                by=self.lead,
                now=starts_at + timedelta(hours=2),
            )

    def set_timetable(self, number: int, *, lonely: int = 0) -> None:
        """The usual parts, each with a partner of the host; the last `lonely` have none yet."""
        told = self.by(self.head, number)
        use_given_timetable(review=self.review, day=self.day, **told)
        without = [
            entry
            for entry in TimetableEntry.objects.filter(review=self.review).order_by("pk")
            if entry.needs_partner
        ]
        named = without[: len(without) - lonely]
        partners = {entry.pk: PARTNERS[turn % len(PARTNERS)] for turn, entry in enumerate(named)}
        seen = {entry.pk: entry.version for entry in named}
        name_partners(review=self.review, partners=partners, seen_versions=seen, **told)

    def name_contact(self, number: int) -> None:
        """Whom the team rings when a child may be at risk."""
        review, told = self.review, self.by(self.head, number)
        name, telephone = DSL
        name_contacts(
            review=review,
            contact_name=name,
            contact_telephone=telephone,
            deputy_contact="",
            chair_contact=CHAIR,
            lado_contact=LADO,
            seen_version=review.version,
            **told,
        )

    def declare(self, number: int, count: int = 3) -> None:
        """So many of the team declare."""
        for person in self.team[:count]:
            declare(review=self.review, connection="", **self.by(person, number))

    def read(self, number: int) -> None:
        """All of them read."""
        for person in self.team:
            say_read(review=self.review, **self.by(person, number))

    def prepare(self) -> None:
        """Everything that comes before the day."""
        self.share(-22)
        self.choose_focus(-16)
        self.declare(-15)
        self.give_documents(-13)
        self.plan(-12)
        self.set_timetable(-9)
        self.name_contact(-9)
        self.read(-3)
