from datetime import date, timedelta

import pytest

from partnership.calendar.days import next_school_day
from partnership.toolkit.spoken_dates import spoken_day
from reviews.cycles.models import BlockedDay, Cycle, RotaDraft
from reviews.cycles.services import searching
from reviews.cycles.tasks import draw_up_draft
from tests.journeys.conftest import PHONE
from tests.journeys.review_world import Eyes, cycle_of, letter_to, open_weeks, saddleworth

REASON = "My mother’s operation"


@pytest.fixture(autouse=True)
def _one_worker(monkeypatch):
    monkeypatch.setattr(searching, "MOST_WORKERS", 1)


def begins_cycle(person):
    person.opens("/reviews/")
    person.follows("Begin a cycle")
    person.page.get_by_label("Name", exact=True).fill("Spring reviews")
    person.page.get_by_role("radio", name="All the others").check()
    person.presses("Begin the cycle")
    return person.page.url


def adds_schools(person, *names):
    person.follows("Add schools")
    for name in names:
        person.ticks(name)
    person.presses("Add the ticked schools")


def adds_heads(person):
    person.follows("Add reviewers")
    person.ticks("All heads of the schools that are reviewed")
    person.presses("Add them")


def blocks_first_day(person):
    """With one tap; which day it is."""
    first = person.page.get_by_role("main").get_by_role("button", pressed=False).first
    name = first.get_attribute("aria-label")
    first.click()
    person.page.get_by_role("button", name=name, pressed=True).wait_for()


def blocks_with_reason(person, day):
    part = person.page.get_by_role("region", name="Several days in a row")
    part.get_by_label("From").fill(day.isoformat())
    part.get_by_label("Why").fill(REASON)
    person.presses("Block these days")


def gives_dates(person, *, of):
    """Her own and her school's, from the cycle's page."""
    person.opens(of)
    person.follows("Give my dates")
    person.presses("These are all my dates")
    person.opens(of)
    person.follows("Give the school’s dates")
    person.presses("These are all our dates")


def test_a_director_begins_a_cycle_and_heads_block_their_dates_on_phones(somebody, mailbox):
    world, eyes = saddleworth(), Eyes()
    director = somebody().signs_in(world.director)
    anna, *others = [somebody(screen=PHONE).signs_in(head) for head in world.heads]

    page = begins_cycle(director)
    begun = director.told
    eyes.read(director)
    adds_schools(director, *(school.name for school in world.schools))
    adds_heads(director)
    added = director.told
    hidden = anna.opens(page)
    silent = mailbox.fetch()
    director.follows("Ask for dates")
    eyes.read(director)
    director.presses("Ask everybody")
    asked = director.told
    letters = mailbox.fetch()
    cycle = Cycle.objects.get()
    anna.opens(letter_to(world.heads[0], letters).link(cycle.get_absolute_url()))
    eyes.read(anna)
    anna.follows("Give my dates")
    blocks_first_day(anna)
    blocks_with_reason(anna, next_school_day(cycle.starts_on + timedelta(days=9)))
    hers = eyes.read(anna)
    for head in (anna, *others):
        gives_dates(head, of=page)
    director.opens(page)
    seen = eyes.read(director)
    director.page.get_by_text("6 given", exact=True).click()
    director.follows("Anna Kershaw")
    of_anna = eyes.read(director)
    told = [each.subject + each.text for each in letters]

    assert begun.endswith("is begun. Now add the schools that are reviewed.")
    assert added == "3 people may be sent in this cycle now."
    assert (hidden, silent) == (404, [])
    assert asked.endswith("Everybody is told by mail.")
    assert {each.to[0] for each in letters} == {head.email for head in world.heads}
    assert not [words for words in told if any(school.name in words for school in world.schools)]
    assert REASON in hers
    assert BlockedDay.objects.filter(person=world.heads[0]).count() == 2
    assert "Every school and every reviewer has given dates." in seen
    assert "Everybody has given their dates. Draw up a rota" in seen
    assert "not available" in of_anna
    assert REASON not in seen + of_anna
    assert eyes.found == []


def draws_up(person, page, *, by):
    """Asks for a draft and leaves its page; the worker draws it up, and she comes back."""
    person.opens(page)
    person.follows(by)
    person.page.get_by_role("radio", name="10 seconds").check()
    person.presses("Draw it up")
    said = person.told
    person.opens(page)
    draft = RotaDraft.objects.order_by("-number")[0]
    draw_up_draft(draft.pk)
    person.page.reload()
    person.follows(str(draft))
    return said


def blocks_for(person, page, *, whose, day):
    """Somebody telephones: a day of hers or of her school is out."""
    person.opens(page)
    person.page.get_by_text("6 given", exact=True).click()
    person.follows(whose)
    name = f"{spoken_day(day)}, blocked"
    person.page.get_by_role("button", name=name).click()
    person.page.get_by_role("button", name=name, pressed=True).wait_for()


def moves_by_hand(person, *, school, to):
    """Whatever speaks against it, which is read first."""
    person.follows(f"Change the day of {school}")
    person.page.get_by_label("Day", exact=True).fill(to.isoformat())
    person.presses("Save the day")
    return person.page.get_by_role("alert").inner_text()


def compares(person, *, school):
    """With the other draft; what its page calls itself, and how the school's day differs."""
    person.follows("Compare")
    table = person.page.get_by_role("table", name="Schools whose day or team differs")
    return person.heading, table.get_by_role("row", name=school).inner_text()


def test_a_director_compares_two_drafts_moves_a_day_and_publishes(somebody, mailbox):
    world, eyes = saddleworth(), Eyes()
    monday = open_weeks(3)
    cycle = cycle_of(
        world,
        state="asking",
        starts_on=monday,
        ends_on=monday + timedelta(days=18),
        team_size=None,
        gap_days=3,
    )
    page = cycle.get_absolute_url()
    director = somebody().signs_in(world.director)
    head = somebody(screen=PHONE).signs_in(world.heads[0])

    asked = draws_up(director, page, by="Draw up a rota")
    first = eyes.read(director)
    draft = RotaDraft.objects.get()
    host = cycle.hosts.select_related("school").get(pk=draft.days[0]["host"])
    school, was_on = host.school.name, date.fromisoformat(draft.days[0]["date"])
    blocks_for(director, page, whose=school, day=was_on)
    draws_up(director, page, by="Draw up another")
    second = director.words
    heading, row = compares(director, school=school)
    eyes.read(director)
    director.page.go_back()
    warned = moves_by_hand(director, school=school, to=was_on)
    eyes.read(director)
    director.presses("Save it anyway")
    moved, by_hand = director.told, director.words
    hidden = head.opens(draft.get_absolute_url()), head.opens(f"{page}rota/")
    silent = mailbox.fetch()
    director.follows("Publish draft 2")
    before = eyes.read(director)
    director.presses("Publish it")
    published = director.told
    eyes.read(director)
    letters = mailbox.fetch()
    head.opens(letter_to(world.heads[0], letters).link("/rota/"))
    eyes.read(head)
    hers = head.page.get_by_role("region", name="Your days").inner_text()

    assert asked == "Draft 1 is asked for."
    assert "no better teams are possible" in first
    assert "no better teams are possible" in second
    assert heading == "Draft 2 beside Draft 1"
    assert spoken_day(was_on) in row
    assert "This breaks" in warned
    assert moved == f"{school} has its day by hand now."
    assert "By hand" in by_hand
    assert (hidden, silent) == ((403, 403), [])
    assert "3 reviewers are asked to accept or decline" in before
    assert published == "The rota is published. Those whom it concerns are told."
    assert {each.to[0] for each in letters} == {each.email for each in world.heads}
    assert cycle.days.get(host=host).day == was_on
    for each in world.schools:
        assert each.name in hers
        assert not [words for words in letters if each.name in words.subject + words.text]
    assert eyes.found == []
