from datetime import timedelta

import pytest
from django.urls import reverse

from reviews.days.models import Review
from reviews.days.services.telling import record_of
from tests.factories.days import (
    FindingFactory,
    NoteFactory,
    ReportFactory,
    ReportPartFactory,
    ReviewFactory,
)
from tests.factories.people import PersonFactory
from tests.factories.reviews import AT

pytestmark = pytest.mark.django_db
SECRET = "Phonics is taught without any plan"
LIST = reverse("admin:days_review_changelist")


def told_of(**facts):
    review = ReviewFactory(released=True, focus=SECRET, lines=SECRET, contact_name=SECRET, **facts)
    report = ReportFactory(review=review, sent=True, opening=SECRET)
    ReportPartFactory(report=report, words=SECRET)
    FindingFactory(review=review, words=SECRET)
    NoteFactory(review=review, text=SECRET)
    record_of("report released", review, by=PersonFactory(name="Mary Head"), now=AT)
    return review


def test_staff_see_that_there_is_a_review_its_stage_and_dates_and_no_more(client):
    review = told_of()
    client.force_login(PersonFactory(staff=True))
    pages = [
        client.get(url).text
        for url in (
            LIST,
            reverse("admin:days_review_change", args=[review.pk]),
            reverse("admin:days_review_history", args=[review.pk]),
        )
    ]

    assert "Released" in pages[0]
    assert "Released" in pages[1]
    for page in pages:
        assert SECRET not in page
        assert review.school.name not in page
        assert "Mary Head" not in page


def test_staff_change_and_delete_nothing(client):
    review = told_of()
    client.force_login(PersonFactory(staff=True))
    typed = {"released_at_0": "", "focus": "Another"}
    changed = client.post(reverse("admin:days_review_change", args=[review.pk]), typed)
    deleted = client.post(reverse("admin:days_review_delete", args=[review.pk]), {"post": "yes"})

    assert (changed.status_code, deleted.status_code) == (403, 403)
    assert Review.objects.get().focus == SECRET


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_as_many_queries_for_three_as_for_one(client, count, django_assert_num_queries):
    for number in range(count):
        ReviewFactory(released=True, released_at=AT + timedelta(days=number))
    client.force_login(PersonFactory(staff=True))
    client.get(LIST)

    with django_assert_num_queries(5):
        client.get(LIST)
