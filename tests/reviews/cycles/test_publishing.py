import random

import pytest

from partnership.notices.models import Notice
from partnership.notices.services import send_waiting
from reviews.cycles.models import DayPlace, ReviewDay, RotaChange
from reviews.cycles.services.answering import answer_visit
from reviews.cycles.services.publishing import NotPublishable, publish_draft
from tests.reviews.cycles.publishing import (
    FEB,
    JAN,
    LATER,
    MAR,
    NOW,
    day_of,
    draft_of,
    going,
    make_cycle,
)

pytestmark = pytest.mark.django_db


def _published(count=3):
    cycle, hosts, people = make_cycle(count)
    first = draft_of(
        cycle,
        day_of(hosts[0], JAN, people[1], people[2]),
        day_of(hosts[1], FEB, people[2], people[0]),
        at=NOW.replace(hour=8),
    )
    publish_draft(draft=first, by=cycle.organiser, now=NOW)
    cycle.refresh_from_db()
    return cycle, hosts, people


def test_published_draft_becomes_days_and_places_that_are_to_be_answered():
    cycle, hosts, people = _published()

    assert going(cycle) == {
        hosts[0].pk: (JAN, people[1].pk, {people[2].pk}),
        hosts[1].pk: (FEB, people[2].pk, {people[0].pk}),
    }
    assert cycle.state == "published"
    assert cycle.published_at == NOW
    assert set(DayPlace.objects.values_list("answer", flat=True)) == {""}
    assert RotaChange.objects.filter(kind="published", draft_number__isnull=False).count() == 2


def test_each_is_told_of_her_days_in_one_mail_that_names_no_school(mailoutbox):
    _cycle, hosts, people = _published()

    send_waiting(clock=lambda: NOW)

    told = {(n.recipient_id, n.kind) for n in Notice.objects.all()}
    head, lead, twice = (each.reviewer.person_id for each in people)
    assert told == {
        (head, "cycles.rota_published"),
        (lead, "cycles.rota_published"),
        (twice, "cycles.rota_published"),
    }
    assert len(mailoutbox) == 3
    assert not any(host.school.name in mail.body for mail in mailoutbox for host in hosts)


def test_next_draft_asks_and_tells_only_those_whom_it_concerns(mailoutbox):
    cycle, hosts, people = _published()
    kept = DayPlace.objects.get(day__host=hosts[1], is_lead=True)
    answer_visit(place=kept, answer=DayPlace.Answer.ACCEPTED, by=kept.person, now=NOW)
    Notice.objects.all().delete()
    second = draft_of(
        cycle,
        day_of(hosts[0], MAR, people[1], people[2]),
        day_of(hosts[1], FEB, people[2], people[0]),
        at=LATER,
    )

    publish_draft(draft=second, by=cycle.organiser, now=LATER)

    kept.refresh_from_db()
    head, lead, third = (each.reviewer.person_id for each in people)
    assert (kept.ended_at, kept.answer) == (None, "accepted")
    assert {(n.recipient_id, n.kind) for n in Notice.objects.all()} == {
        (lead, "cycles.asked_to_visit"),
        (third, "cycles.asked_to_visit"),
        (head, "cycles.day_changed"),
    }
    send_waiting(clock=lambda: LATER)
    parts = {mail.to[0]: mail.alternatives[-1].content for mail in mailoutbox}
    assert len(parts) == 3
    assert all("SEQUENCE:1" in part and "Review day" in part for part in parts.values())
    assert not any(host.school.name in part for part in parts.values() for host in hosts)
    moved = RotaChange.objects.get(kind="moved")
    assert (moved.before["date"], moved.after["date"]) == ("2027-01-20", "2027-03-10")
    assert ReviewDay.objects.get(host=hosts[0]).sequence == 1


def test_whoever_takes_the_lead_keeps_her_place():
    cycle, hosts, people = _published()
    before = set(DayPlace.objects.values_list("pk", flat=True))
    second = draft_of(
        cycle,
        day_of(hosts[0], JAN, people[2], people[1]),
        day_of(hosts[1], FEB, people[2], people[0]),
        at=LATER,
    )

    publish_draft(draft=second, by=cycle.organiser, now=LATER)

    assert set(DayPlace.objects.values_list("pk", flat=True)) == before
    assert going(cycle)[hosts[0].pk] == (JAN, people[2].pk, {people[1].pk})


def test_host_for_which_no_day_is_left_is_called_off():
    cycle, hosts, people = _published()
    second = draft_of(
        cycle,
        day_of(hosts[1], FEB, people[2], people[0]),
        unfilled=[hosts[0]],
        at=LATER,
    )

    publish_draft(draft=second, by=cycle.organiser, now=LATER)

    day = ReviewDay.objects.get(host=hosts[0])
    assert day.state == "cancelled"
    assert not day.places.filter(ended_at=None).exists()


def test_draft_from_before_the_last_change_is_refused():
    cycle, hosts, people = _published()
    old = draft_of(cycle, day_of(hosts[0], MAR, people[1]), at=NOW.replace(hour=8))

    with pytest.raises(NotPublishable, match="has changed since"):
        publish_draft(draft=old, by=cycle.organiser, now=LATER)


def test_draft_is_published_once():
    cycle, hosts, people = make_cycle()
    draft = draft_of(cycle, day_of(hosts[0], JAN, people[1]), at=NOW.replace(hour=8))
    publish_draft(draft=draft, by=cycle.organiser, now=NOW)
    count = Notice.objects.count()

    with pytest.raises(NotPublishable, match="can’t be published"):
        publish_draft(draft=draft, by=cycle.organiser, now=NOW)

    assert Notice.objects.count() == count


@pytest.mark.parametrize("seed", range(6))
def test_whatever_stood_before_the_rota_is_what_the_draft_says(seed):
    chance = random.Random(seed)  # noqa: S311 no secret, the same for each seed
    cycle, hosts, people = make_cycle(4)
    for number, at in enumerate((NOW, LATER)):
        days = []
        for host in hosts:
            team = chance.sample(people, 3)
            on = chance.choice((JAN, FEB, MAR))
            days.append(day_of(host, on, *team[: chance.randint(1, 3)]))
        draft = draft_of(cycle, *days, at=at.replace(hour=8), number=number + 1)
        publish_draft(draft=draft, by=cycle.organiser, now=at)

    assert going(cycle) == {
        int(day["host"]): (
            type(JAN).fromisoformat(day["date"]),
            int(day["lead"]),
            {int(key) for key in day["team"]},
        )
        for day in draft.days
    }


def test_whoever_is_no_longer_asked_has_the_day_taken_out_of_her_calendar(mailoutbox):
    cycle, hosts, people = _published()
    Notice.objects.all().delete()
    second = draft_of(
        cycle,
        day_of(hosts[0], JAN, people[1]),
        day_of(hosts[1], FEB, people[2], people[0]),
        at=LATER,
    )

    publish_draft(draft=second, by=cycle.organiser, now=LATER)
    send_waiting(clock=lambda: LATER)

    told = {mail.to[0]: mail.alternatives[-1].content for mail in mailoutbox}
    head, _lead, freed = (each.reviewer.person.email for each in people)
    assert {address: "STATUS:CANCELLED" in part for address, part in told.items()} == {
        head: False,
        freed: True,
    }
