import pytest
import time_machine

from alliances.meetings.models import Attendance
from alliances.meetings.services.actions import give_action
from partnership.audit.models import Event
from partnership.toolkit import documents
from tests.alliances.meetings.held import DUE, NOW, Held
from tests.factories import ActionFactory, MeetingFactory
from tests.names import ACCEPTED

pytestmark = pytest.mark.django_db
PAPERS = ("agenda", "attendance", "minutes")


@pytest.fixture
def held():
    with time_machine.travel(NOW, tick=False):
        yield Held()


@pytest.fixture
def printed(monkeypatch):
    """What each paper was told, and the paper itself."""
    made = []
    real = documents.pdf

    def pdf(template, facts, *, at):
        made.append((facts, real(template, facts, at=at)))
        return made[-1][1]

    monkeypatch.setattr("alliances.meetings.views.printing.pdf", pdf)
    return made


def take(client, person, held, paper):
    client.force_login(person)
    return client.get(f"/meetings/{held.meeting.pk}/{paper}.pdf")


def words_of(facts):
    return repr(facts)


@pytest.mark.parametrize("paper", PAPERS)
def test_an_empty_meeting_has_its_papers(client, held, paper):
    held.meeting.items.all().delete()
    held.meeting.replies.all().delete()

    response = take(client, held.director, held, paper)

    assert response["Content-Type"] == "application/pdf"
    assert f"{paper}-{held.meeting.pk}-2026-11-19.pdf" in response["Content-Disposition"]
    assert b"pdfuaid:part" in response.content
    assert Event.objects.get(action="exported").title == f"{paper.capitalize()} of Autumn term"


@pytest.mark.parametrize(
    ("paper", "who", "status"),
    [
        ("agenda", "head", 200),
        ("agenda", "stranger", 404),
        ("attendance", "head", 403),
        ("attendance", "taker", 200),
        ("attendance", "stranger", 404),
        ("minutes", "head", 403),
        ("minutes", "taker", 200),
        ("minutes", "stranger", 404),
    ],
)
def test_papers_stand_behind_the_questions_of_their_pages(client, held, paper, who, status):
    held.drafted()

    assert take(client, getattr(held, who), held, paper).status_code == status


@pytest.mark.parametrize(("who", "reads"), [("head", True), ("guest", False)])
def test_what_is_confidential_is_printed_for_members_alone(client, held, printed, who, reads):
    held.checked()
    held.meeting.agenda_published_at = NOW
    held.meeting.save(update_fields=["agenda_published_at"])
    ActionFactory(body=held.body, title="Still open", given_at=held.meeting.held_at.replace(day=1))

    for paper in ("agenda", "minutes"):
        take(client, getattr(held, who), held, paper)

    for facts, _made in printed:
        assert ("Pay of one person" in words_of(facts)) == reads
        assert ("Still open" in words_of(facts)) == reads
        assert "Attendance" in words_of(facts)


def test_the_minutes_say_what_was_said_decided_and_given_to_do(client, held, printed):
    held.say("First.\n\nSecond.", item=held.item, decision="One form.")
    give_action(
        body=held.body,
        meeting=held.meeting,
        item=held.item,
        title="Send it",
        owner=held.head,
        due_at=DUE,
        by=held.taker,
        now=NOW,
    )
    reply = held.meeting.replies.get(person=held.head)
    Attendance.objects.create(
        meeting=held.meeting, reply=reply, state="present", recorded_by=held.taker, recorded_at=NOW
    )

    take(client, held.taker, held, "minutes")

    facts = printed[0][0]
    (part,) = [part for part in facts["parts"] if part["heading"] == "1. Attendance"]
    assert part["paragraphs"] == ["First.", "Second."]
    assert part["decisions"] == ["Decision 1. One form."]
    assert part["actions"] == [("Send it", held.head.name, "27 November 2026", "To do")]
    assert [person[2] for person in facts["people"]] == ["Present"]
    assert facts["standing"] == "A draft: these minutes are being written."
    assert facts["head"] == "Oldham Schools Alliance · Heads’ group"


@pytest.mark.parametrize("paper", PAPERS)
def test_every_name_and_a_long_text_are_printed_accessibly(client, held, paper):
    names = sorted({shown for _value, shown in ACCEPTED})
    held.say("\n".join(names * 20), item=held.item)
    held.say("#panic() *bold* $x$ <label>", item=held.secret)
    held.item.title = " ".join(names)[:200]
    held.item.save()
    for name in names:
        ActionFactory(body=held.body, meeting=held.meeting, item=held.item, title=name[:300])

    assert b"pdfuaid:part" in take(client, held.director, held, paper).content


def test_the_agenda_of_a_coming_meeting_tells_what_is_still_to_do(client, held, printed):
    held.checked()
    ActionFactory(body=held.body, meeting=held.meeting, title="Send it", given_at=NOW)
    coming = MeetingFactory(body=held.body, called=True, title="Spring term")
    client.force_login(held.head)

    client.get(f"/meetings/{coming.pk}/agenda.pdf")

    assert [action[0] for action in printed[0][0]["actions"]] == ["Send it"]
