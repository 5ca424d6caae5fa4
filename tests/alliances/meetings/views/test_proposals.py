import pytest

from alliances.meetings.models import ProposedItem
from alliances.meetings.services import propose_item
from partnership.notices.models import Notice
from tests.alliances.meetings.acts import NOW, said
from tests.factories import AgendaItemFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(oldham):
    return propose_item(
        body=oldham.body, title="Supply pool", why="It costs.", by=oldham.head, now=NOW
    )


def address(proposal, act):
    return f"/meetings/proposals/{proposal.pk}/{act}/"


def test_a_member_proposes_an_item_and_takes_it_back(client, oldham):
    client.force_login(oldham.head)
    new = f"/meetings/bodies/{oldham.body.pk}/proposals/new/"

    proposed = client.post(
        new, {"title": "Supply pool", "why": "", "purpose": "decision", "minutes": "15"}
    )
    shown = client.get(oldham.body.get_absolute_url()).content.decode()
    proposal = ProposedItem.objects.get()
    back = client.post(address(proposal, "withdraw"))

    assert said(proposed) == ["Proposed. Those who make the agenda see it; you are told."]
    assert "Supply pool" in shown
    assert (proposal.proposed_by, proposal.purpose, proposal.minutes) == (
        oldham.head,
        "decision",
        15,
    )
    assert said(back) == ["You have taken your proposal back."]
    assert ProposedItem.objects.get().settled_at == NOW


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 200), ("lead", 200), ("director", 200), ("stranger", 404), ("officer", 404)],
)
def test_members_and_who_runs_it_propose(client, oldham, who, status):
    client.force_login(getattr(oldham, who))
    new = f"/meetings/bodies/{oldham.body.pk}/proposals/new/"

    assert client.get(new).status_code == status


def test_nobody_proposes_to_a_group_that_is_closed(client, oldham):
    oldham.body.closed_on = NOW.date().replace(day=1)
    oldham.body.save()
    client.force_login(oldham.head)

    assert client.get(f"/meetings/bodies/{oldham.body.pk}/proposals/new/").status_code == 403


def test_members_do_not_see_what_others_proposed(client, oldham, proposal):
    client.force_login(oldham.other_head)

    assert "Supply pool" not in client.get(oldham.body.get_absolute_url()).content.decode()
    assert "Supply pool" not in client.get(oldham.page).content.decode()
    assert client.post(address(proposal, "withdraw")).status_code == 404


def test_it_is_taken_into_a_meeting_from_the_meetings_page(client, oldham, proposal):
    client.force_login(oldham.administrator)

    page = client.get(oldham.page).content.decode()
    taken = client.post(address(proposal, "take"), {"meeting": oldham.meeting.pk})

    assert "Supply pool" in page
    assert said(taken) == ["“Supply pool” stands on the agenda."]
    assert taken.url == oldham.page
    assert oldham.meeting.items.get(title="Supply pool").presenter == oldham.head
    assert Notice.objects.get(kind="meetings.proposal_taken").recipient == oldham.head


def test_the_page_for_taking_offers_meetings_that_are_to_come(client, oldham, proposal):
    MeetingFactory(body=oldham.body, state="held", title="Long ago")
    MeetingFactory(called=True, title="Somebody else’s")
    client.force_login(oldham.lead)

    page = client.get(address(proposal, "take")).content.decode()
    refused = client.post(address(proposal, "take"), {"meeting": ""})

    assert ("Spring term" in page, "Draft term" in page) == (True, True)
    assert ("Long ago" in page, "Somebody else" in page) == (False, False)
    assert "Choose a meeting." in refused.content.decode()


def test_it_is_declined_with_a_reason(client, oldham, proposal):
    client.force_login(oldham.chair)

    nothing = client.post(address(proposal, "decline"), {"because": ""})
    declined = client.post(address(proposal, "decline"), {"because": "Next term."})

    assert nothing.status_code == 200
    assert said(declined) == ["“Supply pool” is declined. Who proposed it is told."]
    assert ProposedItem.objects.get().declined_because == "Next term."


@pytest.mark.parametrize(
    ("who", "status"), [("head", 403), ("other_head", 404), ("stranger", 404), ("officer", 404)]
)
def test_only_who_runs_it_settles(client, oldham, proposal, who, status):
    client.force_login(getattr(oldham, who))

    for act in ("take", "decline"):
        assert client.get(address(proposal, act)).status_code == status
    assert ProposedItem.objects.get().settled_at is None


def test_a_proposal_settled_meanwhile_is_not_settled_again(client, oldham, proposal):
    client.force_login(oldham.head)
    client.post(address(proposal, "withdraw"))
    client.force_login(oldham.chair)

    assert client.post(address(proposal, "decline"), {"because": "No."}).status_code == 403
    assert ProposedItem.objects.get().declined_because == ""


def test_items_are_carried_forward_by_choice(client, oldham):
    earlier = MeetingFactory(
        body=oldham.body,
        state="held",
        title="Autumn term",
        starts_at=NOW.replace(day=1),
    )
    supply, _rota = (
        AgendaItemFactory(meeting=earlier, position=place, title=title)
        for place, title in ((1, "Supply"), (2, "Rota"))
    )
    client.force_login(oldham.administrator)
    carry = f"{oldham.page}items/carry/"

    nothing = client.post(carry, {})
    carried = client.post(carry, {"items": [supply.pk]})
    again = client.get(carry).content.decode()
    page = client.get(oldham.page).content.decode()

    assert "Choose at least one item." in nothing.content.decode()
    assert said(carried) == ["One item is carried forward."]
    assert ("Supply" in again, "Rota" in again) == (False, True)
    assert "carried forward from" in page
    assert "New since it was published" not in page


def test_without_an_earlier_meeting_there_is_nothing_to_carry(client, oldham):
    client.force_login(oldham.administrator)

    page = client.get(f"{oldham.page}items/carry/").content.decode()

    assert "No earlier meeting of Heads’ group was held" in page


def test_publishing_shows_the_agenda_to_those_asked(client, oldham):
    oldham.meeting.agenda_published_at = None
    oldham.meeting.save()
    client.force_login(oldham.other_head)
    before = client.get(oldham.page).content.decode()
    client.force_login(oldham.administrator)

    published = client.post(f"{oldham.page}agenda/publish/")
    client.force_login(oldham.other_head)
    after = client.get(oldham.page).content.decode()

    assert ("Attendance" in before, "Attendance" in after) == (False, True)
    assert said(published) == ["The agenda is published. Everybody asked is told."]
    assert Notice.objects.filter(kind="meetings.agenda").count() == 3


def test_what_happened_since_is_marked(client, oldham):
    item = oldham.item
    item.changed_at = NOW.replace(hour=11)
    item.save()
    AgendaItemFactory(
        meeting=oldham.meeting, position=2, title="Later", added_at=NOW.replace(hour=11)
    )
    client.force_login(oldham.head)

    page = client.get(oldham.page).content.decode()

    assert page.count("Changed since it was published") == 1
    assert page.count("New since it was published") == 1


def test_sections_are_headings_over_their_items(client, oldham):
    for position, section in ((2, "Business"), (3, "Business"), (4, "")):
        AgendaItemFactory(meeting=oldham.meeting, position=position, section=section)
    client.force_login(oldham.head)

    page = client.get(oldham.page)

    sections = page.context["agenda"].sections
    assert [(name, len(lines)) for name, lines in sections] == [("", 1), ("Business", 2), ("", 1)]
    assert page.content.decode().count("Business</h3>") == 1
