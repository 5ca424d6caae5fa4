from datetime import timedelta

import pytest

from partnership.toolkit.spoken_dates import spoken_day
from reviews.cycles.models import DayPlace, RotaDraft
from reviews.cycles.services import searching
from reviews.cycles.tasks import draw_up_draft
from tests.factories.alliances import AllianceFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import BlockedDayFactory
from tests.journeys.conftest import PHONE
from tests.journeys.review_world import Eyes, cycle_of, letter_to, open_weeks, publish, saddleworth
from tests.journeys.world import school_with_head

REASON = "A scan at the hospital"


@pytest.fixture(autouse=True)
def _one_worker(monkeypatch):
    monkeypatch.setattr(searching, "MOST_WORKERS", 1)


def declines(person, day):
    """From the desk to the day's page, with a reason for herself."""
    person.opens(day.get_absolute_url())
    person.follows("Decline with a private reason")
    person.fills("Why you can’t come", REASON)
    person.presses("Decline")


def test_a_head_declines_in_private_and_a_substitute_accepts_from_the_mail(somebody, mailbox):
    world, eyes = saddleworth(count=4), Eyes()
    monday = open_weeks(2)
    cycle = cycle_of(
        world,
        starts_on=monday,
        ends_on=monday + timedelta(days=11),
        team_size=2,
    )
    (day,) = publish(cycle, monday + timedelta(days=1), teams=[(1, 2)])
    host, martin, farah, tom = world.heads
    on_phone = somebody(screen=PHONE).signs_in(farah)
    director = somebody().signs_in(world.director)

    declines(on_phone, day)
    declined, hers = on_phone.told, eyes.read(on_phone)
    news = mailbox.fetch()
    letter = letter_to(world.director, news)
    director.opens(letter.link(day.get_absolute_url()))
    seen = eyes.read(director)
    director.presses(f"Ask {tom.name}")
    asked = director.told
    letters = mailbox.fetch()
    guest = somebody(screen=PHONE)
    guest.opens(letter_to(tom, letters).link("/reviews/answer/"))
    question = eyes.read(guest)
    guest.presses("Accept")
    thanked = guest.told
    guest.opens(day.get_absolute_url())
    director.page.reload()
    seen += director.words
    director.opens(f"{cycle.get_absolute_url()}rota/changes/")
    seen += eyes.read(director)
    for head in (host, martin):
        reader = somebody().signs_in(head)
        reader.opens(day.get_absolute_url())
        seen += reader.words
    told = [each.subject + each.text for each in [*news, *letters, *mailbox.fetch()]]

    assert declined == "You have declined the visit."
    assert f"Your reason, which only you can read: {REASON}" in hers
    assert DayPlace.objects.get(person=farah).because == REASON
    assert letter.subject == "A visit is declined"
    assert "Farah Siddiqui has declined" in seen
    assert asked.startswith(tom.name)
    assert "Will you visit a school?" in question
    assert world.schools[0].name not in question
    assert thanked.startswith("You have accepted the visit.")
    assert guest.heading == "Sign in"
    assert DayPlace.objects.get(person=tom).answer == DayPlace.Answer.ACCEPTED
    assert REASON not in seen
    assert not [words for words in told if REASON in words or world.schools[0].name in words]
    assert eyes.found == []


def test_after_an_inspection_call_the_fewest_days_change(somebody, mailbox):
    world, eyes = saddleworth(count=4), Eyes()
    monday = open_weeks(2)
    wednesday, friday, next_monday = (monday + timedelta(days=each) for each in (2, 4, 7))
    cycle = cycle_of(
        world,
        starts_on=monday,
        ends_on=next_monday,
        team_size=None,
        gap_days=2,
    )
    delph, uppermill = world.schools[0].name, world.schools[3].name
    days = publish(
        cycle,
        friday,
        monday,
        wednesday,
        next_monday,
        teams=[(1, 2, 3), (0, 2, 3), (0, 1, 3), (0, 1, 2)],
    )
    # Out from Wednesday, Delph takes Diggle's Monday; Diggle can take none of the days that are free.
    for day in (friday - timedelta(days=1), friday, next_monday):
        BlockedDayFactory(person=None, school=world.schools[1], day=day, blocked_by=world.heads[1])
    page = cycle.get_absolute_url()
    director = somebody().signs_in(world.director)
    head = somebody(screen=PHONE).signs_in(world.heads[0])

    director.opens(f"{page}rota/")
    eyes.read(director)
    director.follows("Somebody is out")
    director.page.get_by_label("Who is out?").select_option(label=delph)
    director.page.get_by_label("From").fill(wednesday.isoformat())
    eyes.read(director)
    director.presses("Plan it again")
    asked = director.told
    director.opens(page)
    draft = RotaDraft.objects.get()
    draw_up_draft(draft.pk)
    director.opens(draft.get_absolute_url())
    planned = eyes.read(director)
    head.opens(days[0].get_absolute_url())
    still = head.words
    silent = mailbox.fetch()
    director.follows("Publish draft 1")
    before = eyes.read(director)
    table = director.page.get_by_role("table", name="Days that change, before and after")
    changing = table.get_by_role("rowheader").all_inner_texts()
    change = table.get_by_role("row", name=delph).inner_text()
    director.presses("Publish it")
    published = director.told
    letters = mailbox.fetch()
    head.page.reload()
    eyes.read(head)

    assert asked == "The rota is planned again. Nobody is told before you publish it."
    assert "3 days differ from the published rota." in planned
    assert spoken_day(friday) in still
    assert silent == []
    assert "3 days change; 1 stands as published." in before
    assert "4 reviewers are asked to accept or decline" in before
    assert sorted(changing) == sorted(school.name for school in world.schools[:3])
    assert [spoken_day(day) in change for day in (friday, monday)] == [True, True]
    assert published == "The rota is published. Those whom it concerns are told."
    assert {each.to[0] for each in letters} == {each.email for each in world.heads}
    assert spoken_day(monday) in head.words
    moved = dict(cycle.days.values_list("school__name", "day"))
    assert (moved[delph], moved[uppermill]) == (monday, next_monday)
    assert eyes.found == []


def test_a_stranger_and_portal_staff_find_nothing_of_review_days(somebody):
    world = saddleworth()
    monday = open_weeks(1)
    cycle = cycle_of(
        world,
        starts_on=monday,
        ends_on=monday + timedelta(days=4),
    )
    (day,) = publish(cycle, monday, teams=[(1, 2)])
    page = cycle.get_absolute_url()
    pages = [page, f"{page}rota/", f"{page}rota/changes/", f"{page}year/", day.get_absolute_url()]
    _school, stranger = school_with_head(
        AllianceFactory(), "Charles Dickens Primary", "Chloe Winters"
    )
    people = {"head": world.heads[1], "stranger": stranger, "officer": PersonFactory(staff=True)}
    places = {
        "search": "/search/?q=saddleworth",
        "diary": f"/diary/?on={monday}",
        "list": "/reviews/",
        "desk": "/desk/",
    }
    said, answers = {}, {}

    for who, person in people.items():
        browser = somebody().signs_in(person)
        answers[who] = {browser.opens(address) for address in pages}
        for place, address in places.items():
            browser.opens(address)
            said[who, place] = browser.words

    assert answers == {"head": {200}, "stranger": {404}, "officer": {404}}
    for place in ("search", "list"):
        assert "Review days of Saddleworth" in said["head", place]
    assert "Review day" in said["head", "diary"]
    assert "Delph Primary School" in said["head", "desk"]
    for who in ("stranger", "officer"):
        for place in places:
            assert "Review days of Saddleworth" not in said[who, place]
            assert "Delph Primary School" not in said[who, place]
        assert "Review day" not in said[who, "diary"]
