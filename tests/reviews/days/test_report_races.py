import threading

import pytest
from django.db import connection

from reviews.days.models import CheckBack, Report, ReportComment, ReportPart, Review
from reviews.days.services.checking import comment_on, say_accurate
from reviews.days.services.consenting import GivenAlready, give_consent
from reviews.days.services.releasing import release_report
from reviews.days.services.report_parts import change_part
from reviews.days.services.reporting import DraftedAlready, draft_report
from tests.reviews.days.reported import NOW, checked, drafted, make_agreed, part_of, released, sent

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    start = threading.Barrier(len(acts))
    outcomes = []

    def run(act):
        start.wait()
        try:
            act()
            outcomes.append("done")
        except Exception as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.parametrize("_turn", range(3))
def test_a_comment_at_the_moment_of_the_release_is_kept_or_said_to_be_too_late(_turn):
    made = make_agreed()
    checked(made)
    told = {"review": made.review, "now": NOW}

    outcomes = at_once(
        lambda: comment_on(words="Wait.", by=made.head, **told),
        lambda: release_report(by=made.lead, **told),
    )

    is_released = Review.objects.get(pk=made.review.pk).released_at is not None
    assert outcomes == sorted(["done", "ReleasedAlready" if is_released else "CommentsOpen"])
    assert ReportComment.objects.exists() is not is_released
    assert CheckBack.objects.exists() is is_released


def test_words_do_not_change_under_whoever_says_that_they_are_accurate():
    made = make_agreed()
    report = sent(made)
    part = part_of(made)
    told = {"review": made.review, "now": NOW}

    outcomes = at_once(
        lambda: change_part(part=part, changes={"words": "Others."}, by=made.lead, **told),
        lambda: say_accurate(by=made.head, seen_version=report.version, **told),
    )

    is_checked = Report.objects.get().checked_at is not None
    assert outcomes == sorted(["done", "CheckedAlready" if is_checked else "ChangedSince"])
    assert (part_of(made).words == "Others.") is not is_checked


def test_of_two_who_word_one_part_at_once_one_is_told():
    made = make_agreed()
    drafted(made)
    part = part_of(made)

    def says(words, person):
        told = {"review": made.review, "part": part, "seen_version": part.version, "now": NOW}
        return lambda: change_part(changes={"words": words}, by=person, **told)

    outcomes = at_once(says("Hers.", made.lead), says("His.", made.team[1]))

    assert outcomes == ["ChangedSince", "done"]
    assert ReportPart.objects.get(pk=part.pk).version == part.version + 1


def test_two_who_draft_at_once_make_one_report():
    made = make_agreed()
    told = {"review": made.review, "now": NOW}

    outcomes = at_once(
        lambda: draft_report(by=made.lead, **told), lambda: draft_report(by=made.team[1], **told)
    )

    assert outcomes == sorted([DraftedAlready.__name__, "done"])
    assert ReportPart.objects.count() == 3


def test_one_consent_is_given_once():
    made = make_agreed()
    released(made)
    told = {"review": made.review, "audience": "board", "by": made.head, "now": NOW}

    outcomes = at_once(lambda: give_consent(**told), lambda: give_consent(**told))

    assert outcomes == sorted([GivenAlready.__name__, "done"])
