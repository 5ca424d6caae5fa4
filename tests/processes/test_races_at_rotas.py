from threading import Barrier, Thread

import pytest
from django.db import connection

from reviews.cycles.models import DayPlace, RotaChange, RotaDraft
from reviews.cycles.services.answering import answer_visit
from reviews.cycles.services.drafting import DrawingAlready, ask_for_draft
from reviews.cycles.services.publishing import NotPublishable, publish_draft
from tests.reviews.cycles.publishing import FEB, JAN, NOW, day_of, draft_of, make_cycle

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*works):
    """What each of them gives or refuses with, begun at the same moment on its own connection."""
    together, found = Barrier(len(works)), []

    def run(work):
        together.wait()
        try:
            found.append(work())
        except (DrawingAlready, NotPublishable) as refused:
            found.append(type(refused))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_two_who_draw_up_at_once_have_one_draft():
    cycle, _hosts, _people = make_cycle(3)

    def ask():
        return ask_for_draft(cycle=cycle, seconds=10, by=cycle.organiser, now=NOW)

    found = at_once(ask, ask)

    assert RotaDraft.objects.count() == 1
    assert found.count(DrawingAlready) == 1


def test_draft_that_is_published_twice_at_once_is_published_once():
    cycle, hosts, people = make_cycle(3)
    draft = draft_of(cycle, day_of(hosts[0], JAN, people[1], people[2]), at=NOW)

    def publish():
        return publish_draft(draft=draft, by=cycle.organiser, now=NOW)

    found = at_once(publish, publish)

    assert found.count(NotPublishable) == 1
    assert RotaChange.objects.count() == 1
    assert DayPlace.objects.count() == 2


def test_answers_given_at_once_are_both_kept():
    cycle, hosts, people = make_cycle(3)
    draft = draft_of(cycle, day_of(hosts[0], FEB, people[1], people[2]), at=NOW)
    publish_draft(draft=draft, by=cycle.organiser, now=NOW)
    lead, other = DayPlace.objects.order_by("-is_lead")

    at_once(
        lambda: answer_visit(place=lead, answer="accepted", by=lead.person, now=NOW),
        lambda: answer_visit(place=other, answer="declined", by=other.person, now=NOW),
    )

    answers = DayPlace.objects.order_by("-is_lead").values_list("answer", flat=True)
    assert list(answers) == ["accepted", "declined"]
