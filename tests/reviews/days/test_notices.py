from types import SimpleNamespace

import pytest
from django.utils import timezone

from partnership.toolkit.registers import Stale
from reviews.days.notices import NOTICES
from tests.reviews.days.planted import STATES, WORD, planted_review

pytestmark = pytest.mark.django_db
OF_STAGES = (
    "self-evaluation",
    "moderat",
    "finding",
    "accuracy",
    "report",
    "released",
    "workshop",
    "check-back",
    "checked back",
)


def said(letter):
    words = (letter.subject, letter.heading, letter.why, letter.button_label, *letter.after)
    return " ".join(words).casefold()


@pytest.mark.parametrize("state", STATES)
def test_a_mail_about_a_review_names_neither_school_nor_finding_nor_stage(state):
    review = planted_review(state).review
    notice = SimpleNamespace(pk=1, thing_id=review.pk)
    told = {kind.key: [kind.words.casefold()] for kind in NOTICES}
    for kind in NOTICES:
        (letter,) = kind.letters([notice], timezone.now()).values()
        told[kind.key] += [] if isinstance(letter, Stale) else [said(letter)]

    secret = (*OF_STAGES, WORD.casefold(), review.school.name.casefold())

    assert max(len(words) for words in told.values()) == 2
    assert [
        (key, word) for key, words in told.items() for word in secret if word in " ".join(words)
    ] == []
