import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from reviews.days.course import facts_of
from reviews.days.models import Note, TeamStep
from reviews.days.services.noting import keep_notes
from reviews.days.services.viewing import AllViewsAreIn, complete_views, reopen_views
from tests.factories.days import ViewFactory
from tests.reviews.days.moderated import give_views, make_team
from tests.reviews.days.test_noting import sent

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NOW = datetime(2027, 1, 20, 16, tzinfo=UTC)


def at_once(*acts):
    start = threading.Barrier(len(acts))
    outcomes = []

    def run(act):
        start.wait()
        try:
            act()
            outcomes.append("done")
        except AllViewsAreIn as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_notes_that_four_tabs_send_at_once_are_kept_once():
    made = make_team(views=0)
    notes = [sent(f"Note {number}") for number in range(5)]

    def sends():
        keep_notes(review=made.review, notes=notes, by=made.lead, now=NOW)

    assert at_once(sends, sends, sends, sends) == ["done"] * 4
    assert sorted(Note.objects.values_list("text", flat=True)) == [note.text for note in notes]


def test_a_view_is_not_taken_back_once_the_last_one_is_in():
    made = make_team(views=0)
    first, second, last = made.team
    for person in (first, second):
        give_views(made, person)
    ViewFactory(review=made.review, author=last, theme=made.themes[0])

    outcome = at_once(
        lambda: complete_views(review=made.review, by=last, now=NOW),
        lambda: reopen_views(review=made.review, by=first, now=NOW),
    )

    taken_back = not TeamStep.objects.filter(person=first, views_at__isnull=False).exists()
    assert outcome == (["done", "done"] if taken_back else ["AllViewsAreIn", "done"])
    assert facts_of(made.review).all_views_are_in == (not taken_back)
