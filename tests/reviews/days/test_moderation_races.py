import threading

import pytest
from django.db import connection

from partnership.toolkit.versions import ChangedSince
from reviews.days.models import Agreement, Finding, Review
from reviews.days.services.agreeing import agree_to_findings, take_agreement_back
from reviews.days.services.finding import add_finding, change_finding
from reviews.days.services.moderating import ModeratedAlready, NotAgreed, end_moderation
from tests.reviews.days.moderated import AFTERWARDS, make_team

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
REFUSED = (ChangedSince, ModeratedAlready, NotAgreed)
WORDS = {"meaning": "strength", "words": "Pupils explain.", "theme": None}


def at_once(*acts):
    start = threading.Barrier(len(acts))
    outcomes = []

    def run(act):
        start.wait()
        try:
            act()
            outcomes.append("done")
        except REFUSED as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.fixture
def made():
    made = make_team()
    told = {"review": made.review, "by": made.lead, "now": AFTERWARDS}
    made.finding = add_finding(words=WORDS, **told)
    return made


def changes(made, person, words):
    told = {"finding": made.finding, "seen_version": 1, "now": AFTERWARDS}
    return lambda: change_finding(changes={"words": words}, by=person, **told)


def agrees(made, person):
    seen = {made.finding.pk: 1}
    return lambda: agree_to_findings(review=made.review, seen=seen, by=person, now=AFTERWARDS)


def test_of_two_who_word_one_finding_at_once_one_is_told(made):
    first, second = made.team[:2]

    outcomes = at_once(changes(made, first, "First."), changes(made, second, "Second."))

    assert outcomes == ["ChangedSince", "done"]
    assert Finding.objects.get().version == 2


def test_nobody_agrees_to_words_that_change_at_the_same_moment(made):
    _lead, second, third = made.team

    assert at_once(changes(made, second, "Other."), agrees(made, third)) == ["done", "done"]
    assert list(Agreement.objects.values_list("person", flat=True)) == [second.pk]


def test_moderation_does_not_end_while_somebody_takes_her_agreement_back(made):
    for person in made.team[1:]:
        agrees(made, person)()

    def ends():
        end_moderation(review=made.review, by=made.lead, now=AFTERWARDS)

    def leaves():
        take_agreement_back(finding=made.finding, by=made.team[1], now=AFTERWARDS)

    assert at_once(ends, leaves) in (["ModeratedAlready", "done"], ["NotAgreed", "done"])
    is_over = Review.objects.get().moderated_at is not None
    assert is_over == (Agreement.objects.count() == 3)
