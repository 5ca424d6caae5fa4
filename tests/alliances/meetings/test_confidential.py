"""What is confidential on an agenda, for a person of every kind."""

import pytest
from django.core import mail
from django.core.files.base import ContentFile

from alliances.meetings.permissions import can_read_item
from alliances.meetings.services import cancel_meeting, publish_agenda
from alliances.schools.models import Delegation
from partnership.audit.models import Event
from partnership.notices.services import plan_reminders, send_waiting
from tests.alliances.meetings.acts import LATER, NOW, seated
from tests.factories import (
    AgendaItemFactory,
    BodyFactory,
    DelegationFactory,
    PersonFactory,
    SchoolPostFactory,
    SeatFactory,
)

pytestmark = pytest.mark.django_db
SECRET = "Staffing of two schools"


def paper_for(item, by):
    return item.papers.create(
        title="Salaries",
        file=ContentFile(b"%PDF-1.4", name="salaries.pdf"),
        name="salaries.pdf",
        content_type="application/pdf",
        size=8,
        sha256="0" * 64,
        added_by=by,
        added_at=NOW,
    )


@pytest.fixture
def closed(oldham):
    """Oldham's meeting with a confidential item that its own presenter brings."""
    oldham.presenter = PersonFactory()
    oldham.item = AgendaItemFactory(
        meeting=oldham.meeting,
        position=2,
        title=SECRET,
        is_confidential=True,
        presenter=oldham.presenter,
    )
    oldham.paper = paper_for(oldham.item, oldham.chair)
    oldham.other_presenter = PersonFactory()
    AgendaItemFactory(meeting=oldham.meeting, position=3, presenter=oldham.other_presenter)
    oldham.meetings_chair, oldham.minute_taker = PersonFactory(), PersonFactory()
    oldham.meeting.chair = oldham.meetings_chair
    oldham.meeting.minute_taker = oldham.minute_taker
    oldham.meeting.save()
    oldham.deputy = PersonFactory()
    school = oldham.reply.school
    SchoolPostFactory(school=school, person=oldham.deputy, kind="deputy")
    DelegationFactory(
        school=school, deputy=oldham.deputy, given_by=oldham.head, kind=Delegation.Kind.REPLIES
    )
    oldham.member = PersonFactory()
    SeatFactory(body=oldham.body, person=oldham.member)
    oldham.later_member = PersonFactory()
    SeatFactory(
        body=oldham.body, person=oldham.later_member, starts_on=NOW.date().replace(month=12, day=1)
    )
    return oldham


SEE = [
    "lead",
    "director",
    "chair",
    "administrator",
    "head",
    "other_head",
    "member",
    "presenter",
    "meetings_chair",
    "minute_taker",
]
SEE_NOT = ["other_presenter", "deputy"]
SEE_NOTHING = ["stranger", "officer", "partner"]


@pytest.mark.parametrize("who", SEE)
def test_members_and_who_runs_it_see_it_and_its_paper(client, closed, who):
    client.force_login(getattr(closed, who))

    page = client.get(closed.page).content.decode()
    paper = client.get(f"{closed.page}papers/{closed.paper.pk}/")

    assert SECRET in page
    assert "Salaries" in page
    assert b"".join(paper) == b"%PDF-1.4"


@pytest.mark.parametrize("who", SEE_NOT)
def test_a_presenter_of_another_item_and_who_answers_for_a_head_see_only_the_rest(
    client, closed, who
):
    client.force_login(getattr(closed, who))

    page = client.get(closed.page).content.decode()
    paper = client.get(f"{closed.page}papers/{closed.paper.pk}/")
    added = client.get(f"{closed.page}items/{closed.item.pk}/papers/new/")

    assert "Attendance" in page
    assert SECRET not in page
    assert "Salaries" not in page
    assert "confidential items" in page
    assert (paper.status_code, added.status_code) == (404, 404)


@pytest.mark.parametrize("who", SEE_NOTHING)
def test_everybody_else_sees_no_meeting_at_all(client, closed, who):
    client.force_login(getattr(closed, who))

    assert client.get(closed.page).status_code == 404
    assert client.get(f"{closed.page}papers/{closed.paper.pk}/").status_code == 404


def test_a_member_to_come_reads_what_is_for_her_first_meeting(closed):
    assert can_read_item(closed.later_member, closed.item, NOW.date())


def test_a_member_who_leaves_before_the_meeting_does_not(closed):
    closed.body.seats.filter(person=closed.member).update(ends_on=NOW.date())

    assert not can_read_item(closed.member, closed.item, NOW.date())


def test_an_agenda_that_is_not_published_is_shown_to_who_presents_alone(client, oldham):
    oldham.meeting.agenda_published_at = None
    oldham.meeting.save()
    other = AgendaItemFactory(meeting=oldham.meeting, position=2, title="Supply")
    client.force_login(oldham.head)
    mine = client.get(oldham.page).content.decode()
    client.force_login(oldham.other_head)
    hers = client.get(oldham.page).content.decode()
    client.force_login(oldham.administrator)
    offices = client.get(oldham.page).content.decode()

    assert ("Attendance" in mine, "Supply" in mine) == (True, False)
    assert ("Attendance" in hers, "Supply" in hers) == (False, False)
    assert "The agenda comes by" in hers
    assert ("Attendance" in offices, "Supply" in offices) == (True, True)
    assert not can_read_item(oldham.other_head, other, NOW.date())


def test_no_mail_duty_search_export_or_audit_names_it(client, closed):
    closed.item.paper_due_at = LATER
    closed.item.papers.all().delete()
    closed.item.save()
    closed.meeting.agenda_published_at = None
    closed.meeting.save()
    publish_agenda(meeting=closed.meeting, by=closed.director, now=NOW)
    plan_reminders(now=LATER)
    client.force_login(closed.presenter)
    desk = client.get("/desk/").content.decode()
    client.force_login(closed.other_presenter)
    pages = [
        client.get(address).content.decode()
        for address in ("/desk/", "/search/?q=Staffing", "/meetings/", "/diary/")
    ]
    export = b"".join(client.get("/meetings/export.csv")).decode()
    send_waiting(clock=lambda: LATER)
    mails = [f"{sent.subject} {sent.body} {sent.alternatives}" for sent in mail.outbox]

    assert "a confidential item" in desk
    assert SECRET not in desk
    assert not [page for page in [*pages, export] if SECRET in page]
    assert [words for words in mails if "a confidential item" in words]
    assert not [words for words in mails if SECRET in words]
    assert not Event.objects.filter(title__contains=SECRET).exists()


def test_portal_staff_find_no_item_in_the_admin(client, closed):
    cancel_meeting(meeting=closed.meeting, because="", by=closed.chair, now=NOW)
    closed.officer.is_superuser = True
    closed.officer.save()
    client.force_login(closed.officer)

    page = client.get(f"/admin/meetings/meeting/{closed.meeting.pk}/change/").content.decode()

    assert "Spring term" in page
    assert SECRET not in page


def test_a_reason_is_read_by_the_meetings_own_chair_too(client, closed):
    other = seated(BodyFactory())
    closed.reply.answer, closed.reply.apologies, closed.reply.answered_at = "no", "A funeral", NOW
    closed.reply.save()
    seen = {}
    for who in ("meetings_chair", "chair", "administrator", "director", "other_head"):
        client.force_login(getattr(closed, who))
        seen[who] = "A funeral" in client.get(closed.page).content.decode()

    assert other
    assert seen == {
        "meetings_chair": True,
        "chair": True,
        "administrator": True,
        "director": False,
        "other_head": False,
    }
