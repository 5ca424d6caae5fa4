import pytest
from django.urls import reverse

from reviews.days.models import Note
from tests.factories.days import NoteFactory, TimetableEntryFactory
from tests.reviews.days.moderated import make_team
from tests.reviews.days.test_noting import NOW, SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_team(views=0)


def test_a_note_is_kept_though_the_host_words_that_part_otherwise_meanwhile(client, made):
    part = TimetableEntryFactory(review=made.review, title="Pupil voice", kind="pupils")
    client.force_login(made.lead)
    address = reverse("days:note_list", args=[made.day.pk])
    offered = client.get(address).text
    part.title = "Talk with pupils"
    part.save()

    answer = client.post(address, {"text": SECRET, "activity": "Pupil voice"})

    assert '<option value="Pupil voice">' in offered
    assert answer.status_code == 302
    assert Note.objects.get().activity == "Pupil voice"


def test_where_the_last_note_was_written_is_offered_and_kept(client, made):
    NoteFactory(review=made.review, author=made.lead, activity="In the old hall")
    client.force_login(made.lead)
    address = reverse("days:note_list", args=[made.day.pk])
    form = client.get(address).context["form"]

    empty = client.post(address, {"text": "", "activity": form["activity"].value()})
    client.post(address, {"text": SECRET, "activity": form["activity"].value()})

    assert '<option value="In the old hall" selected>' in empty.text
    assert set(Note.objects.values_list("activity", flat=True)) == {"In the old hall"}
    assert Note.objects.count() == 2


@pytest.mark.parametrize("where", ["x" * 121, "Hall\x00"])
def test_no_place_is_kept_that_no_device_may_send(client, made, where):
    client.force_login(made.lead)

    answer = client.post(
        reverse("days:note_list", args=[made.day.pk]), {"text": SECRET, "activity": where}
    )

    assert answer.status_code == 200
    assert not Note.objects.exists()
