"""Living the demo's requests as far as each has come, by the room's services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.models.alliances import lines_of
from alliances.schools.models import School, SchoolPost
from partnership.calendar.days import next_school_day
from partnership.calendar.years import AcademicYear
from partnership.people.models import Person
from partnership.toolkit.registers import DemoClock
from support.directory.models import Practitioner, SupportArea
from support.programmes.demo.stories import Otherwise, Story
from support.programmes.models import DeclarationAsked, Programme, Signature, Stage, Strand
from support.programmes.services import (
    ask_for_support,
    broker_strand,
    check_diligence,
    check_eligibility,
    choose_supporting_school,
    declare_interests,
    decline_request,
    finish_matching,
    judge_review,
    keep_draft,
    keep_view,
    open_request,
    refer_school,
    reply_to_review,
    send_agreement,
    sign_agreement,
    signpost_request,
    withdraw_request,
)
from support.programmes.services.checking import Finding
from support.programmes.terms import usual_times
from support.programmes.wording.defaults import CONFIDENTIALITY_WORDS, DATA_WORDS
from workhubs.hubs.models import Workhub

GREENFIELD = 105667
SUPPORTERS = ("lead@demo.example", "practitioner@demo.example")
RATED = {
    "capacity": "growing",
    "leadership": "growing",
    "early_years": "secure",
    "year_2": "growing",
    "year_6": "fragile",
    "disadvantaged": "not_known",
}
OWN = {
    "strengths": "Staff stay, and families trust us. New colleagues ask for help early.",
    "evidence": "58 per cent at the expected standard last summer; 61 the year before.",
    **RATED,
}
ASSESSED = {
    "strengths": "Calm classrooms; leaders know what isn’t there yet and say so.",
    "evidence": "Twelve lessons seen in two mornings; books of four classes.",
    **RATED,
    "leadership": "secure",
    "year_6": "growing",
}
REASONS = (
    "School and assessor see the same thing. Leaders are ready; what they lack is somebody who "
    "has done it before."
)
DAYS = (Decimal("1.5"), Decimal(1))


class SupportTeller:
    """Tells one request after the other, each step some days after the last."""

    def __init__(self, clock: DemoClock) -> None:
        """Know who acts: the director, each school’s head, and two who help."""
        self.clock = clock
        self.alliance = Alliance.objects.get(slug="oldham-schools-alliance")
        posts = AlliancePost.objects.filter(alliance=self.alliance, kind=AlliancePost.Kind.DIRECTOR)
        self.director = posts.select_related("person").order_by("pk")[0].person
        self.areas = {
            area.name: area for area in SupportArea.objects.filter(alliance=self.alliance)
        }
        heads = SchoolPost.objects.on(clock.now.date()).of_heads().by_rank()
        self.heads: dict[int, Person] = {}
        for post in heads.select_related("person", "school"):
            self.heads.setdefault(post.school.urn, post.person)

    def tell(self, story: Story, turn: int) -> Programme:
        """From the request to the step that the story stands at."""
        self.days_ago, self.turn = story.asked_days_ago, turn
        programme = self._ask(story)
        steps: tuple[Callable[[Programme], None], ...] = (
            self._open,
            self._give_own_view,
            self._assess,
            self._reply,
            self._judge,
            self._match,
            self._send,
            self._sign,
        )
        order = (*list(Stage)[1:8], Stage.RUNNING)
        count = 5 if story.stage == Stage.WATCHED else 0
        if story.stage in order:
            count = order.index(story.stage) + 1
        self.approach = "watch" if story.stage == Stage.WATCHED else "supportive"
        for step in steps[:count]:
            step(programme)
            programme.refresh_from_db()
        if story.stage == Stage.AGREEMENT:
            self._draft(programme)
        return programme

    def answer_otherwise(self, story: Otherwise) -> None:
        """A request that was signposted, declined or taken back."""
        self.days_ago = story.asked_days_ago
        school = School.objects.get(urn=story.urn)
        programme = ask_for_support(
            alliance=self.alliance,
            school=school,
            area=self.areas[story.area],
            need=story.need,
            by=self.heads[story.urn],
            now=self._later(0),
        )
        told: dict[str, Any] = {"programme": programme, "now": self._later(3)}
        if story.state == "signposted":
            hub = Workhub.objects.get(alliance=self.alliance, name=story.workhub)
            signpost_request(**told, answer=story.words, workhub=hub, by=self.director)
        elif story.state == "declined":
            decline_request(**told, answer=story.words, by=self.director)
        else:
            withdraw_request(**told, because=story.words, by=self.heads[story.urn])

    def _later(self, days: int, hour: int = 10) -> datetime:
        """Some days after the request, on a school day, and not after the demo's own moment."""
        moment = self.clock.at(-self.days_ago + days, hour)
        on = next_school_day(moment.date())
        return min(moment + (on - moment.date()), self.clock.now)

    def _ask(self, story: Story) -> Programme:
        school = School.objects.get(urn=story.urn)
        told: dict[str, Any] = {
            "alliance": self.alliance,
            "school": school,
            "area": self.areas[story.area],
            "need": story.need,
            "outcomes": story.outcomes,
            "urgency": story.urgency,
            "now": self._later(0),
        }
        if story.is_referred:
            return refer_school(**told, by=self.director)
        return ask_for_support(**told, by=self.heads[story.urn])

    def _head(self, programme: Programme) -> Person:
        return self.heads[programme.school.urn]

    def _open(self, programme: Programme) -> None:
        rules = lines_of(self.alliance.support_rules.eligibility)
        findings = [Finding(rule, is_met=True, because="Looked up.") for rule in rules]
        told: dict[str, Any] = {"programme": programme, "by": self.director, "now": self._later(2)}
        check_eligibility(findings=findings, **told)
        answer = "Thank you for asking. We begin with how you see it yourself."
        open_request(assessor=self.director, answer=answer, **told)

    def _give_own_view(self, programme: Programme) -> None:
        self._give(programme, "school", OWN, self._head(programme), self._later(4))

    def _assess(self, programme: Programme) -> None:
        self._give(programme, "assessor", ASSESSED, self.director, self._later(8))

    def _give(
        self, programme: Programme, side: str, said: dict[str, str], by: Person, now: datetime
    ) -> None:
        needs = {programme.area_id: programme.need.split(". ")[0].rstrip(".") + "."}
        keep_view(
            programme=programme,
            side=side,
            changes=dict(said),
            needs=needs,
            is_given=True,
            by=by,
            now=now,
        )

    def _reply(self, programme: Programme) -> None:
        reply = "We recognise ourselves. The staff has read it with me."
        told: dict[str, Any] = {"by": self._head(programme), "now": self._later(10)}
        reply_to_review(programme=programme, agrees=True, reply=reply, **told)

    def _judge(self, programme: Programme) -> None:
        is_watched = self.approach == "watch"
        judge_review(
            programme=programme,
            approach=self.approach,
            reasons="Much has begun this term; we look again in spring." if is_watched else REASONS,
            watch_on=self.clock.at(100).date() if is_watched else None,
            by=self.director,
            now=self._later(13),
        )

    def _match(self, programme: Programme) -> None:
        told: dict[str, Any] = {"programme": programme, "by": self.director, "now": self._later(17)}
        kinds = (Strand.Kind.COACHING, Strand.Kind.SLE_MENTORING)
        for email, kind, days in zip(SUPPORTERS, kinds, DAYS, strict=True):
            broker_strand(
                kind=kind,
                practitioner=Practitioner.objects.get(alliance=self.alliance, person__email=email),
                days=self._days(programme, days),
                focus=f"{programme.area}: beside those who lead it",
                because="Has led the same change at home, and is near enough to come on a morning.",
                **told,
            )
        choose_supporting_school(school=School.objects.get(urn=GREENFIELD), **told)
        finish_matching(**told)

    def _days(self, _programme: Programme, days: Decimal) -> dict[int, Decimal]:
        """How many days fall into which academic year: here all into that of the agreement."""
        return {AcademicYear.containing(self._later(20).date()).start: days}

    def _spans(self, programme: Programme) -> tuple[list[tuple[date, date]], str]:
        """The terms of the agreement, and why they are not five."""
        terms, _sign_by = usual_times(programme.school_id, self._later(20))
        return [(term.starts_on, term.ends_on) for term in terms], ""

    def _draft(self, programme: Programme) -> None:
        spans, because = self._spans(programme)
        _terms, sign_by = usual_times(programme.school_id, self._later(20))
        by_when = datetime.combine(sign_by, self.clock.at(0, 17).timetz())
        changes = {
            "outcomes": programme.outcomes,
            "money": "The alliance’s grant pays the days. Neither school pays the other.",
            "data_words": DATA_WORDS,
            "confidentiality_words": CONFIDENTIALITY_WORDS,
            "sign_by": by_when,
            "terms_because": because,
        }
        told: dict[str, Any] = {"programme": programme, "by": self.director, "now": self._later(20)}
        keep_draft(changes=changes, terms=spans, **told)

    def _send(self, programme: Programme) -> None:
        for asked in DeclarationAsked.objects.filter(programme=programme).select_related("person"):
            told: dict[str, Any] = {
                "programme": programme,
                "by": asked.person,
                "now": self._later(19),
            }
            declare_interests(has_conflict=False, **told)
        checks = lines_of(self.alliance.support_rules.diligence)
        check_diligence(
            programme=programme,
            lines=dict.fromkeys(checks, (True, "Looked at together with the head.")),
            checked_on=self._later(19).date(),
            by=self.director,
            now=self._later(19),
        )
        self._draft(programme)
        send_agreement(programme=programme, by=self.director, now=self._later(21))

    def _sign(self, programme: Programme) -> None:
        places = Signature.objects.filter(agreement__programme=programme)
        for turn, place in enumerate(places.select_related("asked_of", "agreement__programme")):
            if place.asked_of is None:
                continue
            sign_agreement(
                signature=place,
                text_hash=place.agreement.text_hash,
                proof=Signature.Proof.PASSWORD,
                as_what=place.get_side_display(),
                by=place.asked_of,
                now=self._later(23 + turn),
            )
