"""Two partnerships side by side, so that every page can be tried by those who belong and those who don't."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from alliances.meetings.models import Body, Meeting
from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.calendar.years import AcademicYear
from partnership.home.readiness import record_beat
from partnership.invitations.models import Invitation
from partnership.notices.models import MailChoice, Notice
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AllianceFactory,
    AllianceLinkFactory,
    AlliancePostFactory,
    AreaFactory,
    BodyFactory,
    DelegationFactory,
    DepartureFactory,
    DiaryFeedFactory,
    EnquiryFactory,
    InspectionFactory,
    JoinRequestFactory,
    MeetingFactory,
    MeetingReplyFactory,
    MembershipFactory,
    NoticeFactory,
    ObjectiveFactory,
    PartnerFactory,
    PasskeyFactory,
    PersonFactory,
    ProgressNoteFactory,
    ProposedChangeFactory,
    PublicPageFactory,
    SchoolFactory,
    SchoolLinkFactory,
    SchoolPostFactory,
    SeatFactory,
    TopicProposalFactory,
    WorkhubFactory,
    WorkhubPersonFactory,
    WorkhubSchoolFactory,
    WorkhubYearFactory,
)
from tests.factories.calendar import half_terms_of, school_owner, settle
from tests.site.cycles_world import make_cycles
from tests.site.days_world import make_reviews
from tests.site.support_world import make_support


@dataclass
class Partnership:
    """One alliance with a head, a workhub lead, a director, and one thing of each kind."""

    people: dict[str, Any]
    things: dict[str, Any] = field(default_factory=dict)


def make_partnership(name: str) -> Partnership:
    now = timezone.now()
    head, lead, director = (PersonFactory(name=f"{part} {name}") for part in ("H", "L", "D"))
    school, lead_school = (
        SchoolFactory(name=f"{name} Infants"),
        SchoolFactory(name=f"{name} Juniors"),
    )
    SchoolPostFactory(school=school, person=head, kind=SchoolPost.Kind.HEAD)
    SchoolPostFactory(school=lead_school, person=lead, kind=SchoolPost.Kind.HEAD)
    deputy = PersonFactory(name=f"Deputy {name}")
    post = SchoolPostFactory(school=school, person=deputy, kind=SchoolPost.Kind.DEPUTY)
    delegation = DelegationFactory(school=school, deputy=deputy, given_by=head)
    alliance = AllianceFactory(name=f"{name} Alliance", slug=name.lower())
    MembershipFactory(alliance=alliance, school=school)
    MembershipFactory(alliance=alliance, school=lead_school)
    membership = MembershipFactory(alliance=alliance, kind="partner", means_to_join=True)
    AlliancePostFactory(alliance=alliance, person=director, kind=AlliancePost.Kind.DIRECTOR)
    area = AreaFactory(alliance=alliance)
    alliance_post = AlliancePostFactory(
        alliance=alliance, kind="strategic_lead", area=area, funded_days=0.5, funded_per="week"
    )
    partner = PartnerFactory(alliance=alliance)
    link = AllianceLinkFactory(alliance=alliance)
    enquiry = EnquiryFactory(alliance=alliance)
    PublicPageFactory(alliance=alliance, lead=f"What {name} does", email="office@school.example")
    body = BodyFactory(alliance=alliance, kind=Body.Kind.WORKHUB, name=f"{name} hub", lead=lead)
    seat = SeatFactory(body=body, school=school)
    circle = BodyFactory(alliance=alliance, name=f"{name} heads", lead=lead)
    circle_seat = SeatFactory(body=circle, school=school)
    held, given, minuted = (
        MeetingFactory(
            body=circle,
            called=True,
            prepared_by=director,
            title=f"{name} {minutes_state} minutes",
            state=Meeting.State.HELD,
            starts_at=now - timedelta(days=10),
            chair=lead,
            minutes_state=minutes_state,
        )
        for minutes_state in ("none", "drafted", "checked")
    )
    action = ActionFactory(
        body=circle, meeting=minuted, owner=head, given_by=director, due_at=now + timedelta(days=3)
    )
    meeting = MeetingFactory(
        body=body,
        called=True,
        prepared_by=director,
        title=f"{name} meeting",
        starts_at=now + timedelta(days=20),
        answer_by=now + timedelta(days=15),
    )
    reply = MeetingReplyFactory(meeting=meeting, person=head, school=school, asked_at=now)
    item = AgendaItemFactory(
        meeting=meeting, presenter=head, position=1, paper_due_at=now + timedelta(days=10)
    )
    paper = item.papers.create(
        title=f"{name} paper",
        file=ContentFile(b"%PDF-1.4 secret", name="paper.pdf"),
        name="paper.pdf",
        content_type="application/pdf",
        size=15,
        sha256="0" * 64,
        added_by=director,
        added_at=now,
    )
    proposal = body.proposed_items.create(
        title=f"{name} proposal", proposed_by=head, proposed_at=now
    )
    workhub = WorkhubFactory(name=f"{name} hub", slug=f"{name.lower()}-hub", body=body)
    year = WorkhubYearFactory(
        workhub=workhub, year=AcademicYear.containing(timezone.localdate()).start, lead=lead
    )
    place = WorkhubSchoolFactory(
        workhub_year=year, school=school, invited_by=director, answer_by=now + timedelta(days=9)
    )
    request = JoinRequestFactory(
        workhub_year=year, school=school, requested_by=head, answer_by=now + timedelta(days=5)
    )
    member = WorkhubPersonFactory(workhub_year=year)
    objective = ObjectiveFactory(workhub_year=year)
    ProgressNoteFactory(objective=objective, noted_by=lead)
    topic = TopicProposalFactory(workhub_year=year, school=school, proposed_by=head)
    support = make_support(name, alliance, head, lead, director, school, lead_school)
    cycles = make_cycles(name, alliance, head, lead, director, school, lead_school)
    cycles |= make_reviews(cycles, head, lead, director, school)
    draft = MeetingFactory(body=body, prepared_by=director, state=Meeting.State.DRAFT)
    calendar_year = AcademicYear.containing(timezone.localdate())
    settle(school_owner(school), half_terms_of(calendar_year), {}, year=calendar_year.start)
    return Partnership(
        people={"head": head, "lead": lead, "director": director},
        things={
            "school": school,
            "inspection": InspectionFactory(school=school),
            "calendar_year": calendar_year,
            "feed": DiaryFeedFactory(person=head),
            "post": post,
            "delegation": delegation,
            "departure": DepartureFactory(school=school, person=deputy),
            "alliance": alliance,
            "membership": membership,
            "body": body,
            "seat": seat,
            "held": held,
            "given": given,
            "minuted": minuted,
            "action": action,
            "circle": circle,
            "circle_seat": circle_seat,
            "meeting": meeting,
            "alliance_post": alliance_post,
            "area": area,
            "partner": partner,
            "link": link,
            "enquiry": enquiry,
            "draft": draft,
            "reply": reply,
            "item": item,
            "paper": paper,
            "proposal": proposal,
            "workhub": workhub,
            "year": year,
            "place": place,
            "request": request,
            "member": member,
            "objective": objective,
            "topic": topic,
            **support,
            **cycles,
        },
    )


@dataclass
class World:
    own: Partnership
    foreign: Partnership
    people: dict[str, Any]
    invitation: Any
    notice: Any
    passkey: Any
    register_update: Any
    conversion: Any


def make_world() -> World:
    now = timezone.now()
    record_beat(now=now)
    own, foreign = make_partnership("Ours"), make_partnership("Theirs")
    officer = PersonFactory(staff=True, name="Officer")
    invitee = PersonFactory(invited_only=True)
    invitation = Invitation.objects.create(
        person=invitee,
        invited_by=officer,
        invited_at=now,
        sent_at=now,
        expires_at=now + timedelta(days=14),
    )
    passkey = PasskeyFactory(user=own.people["head"])
    notice = NoticeFactory(recipient=own.people["head"], state=Notice.State.FAILED)
    MailChoice.objects.create(person=own.people["head"], refused_at=now)
    return World(
        own=own,
        foreign=foreign,
        people={"stranger": foreign.people["head"], "officer": officer, **own.people},
        invitation=invitation,
        notice=notice,
        passkey=passkey,
        register_update=ProposedChangeFactory(update__brought_by=officer).update,
        conversion=SchoolLinkFactory(),
    )
