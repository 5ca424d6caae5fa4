"""Whoever has no part in a review finds none of its words, whichever way she looks for them."""

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from partnership.audit.models import Event
from partnership.notices.services import plan_reminders, send_waiting
from reviews.days.urls import urlpatterns
from tests.factories import DiaryFeedFactory
from tests.reviews.days.planted import STATES, WORD, kwargs_of, planted_review, room
from tests.reviews.days.reported import NOW

pytestmark = pytest.mark.django_db
OUTSIDERS = (
    "other_reviewer",
    "director",
    "organiser",
    "officer",
    "stranger",
    "asked",
    "declined",
    "taken_out",
    "named_before",
    "colleague",
    "governor",
    "board",
    "releasing",
)
WALKING = dict.fromkeys(STATES, ("other_reviewer", "director", "officer"))
WALKING |= dict.fromkeys(("written", "released"), OUTSIDERS)
FOR_EVERYBODY = {"report_list", "theme_list"}
SHOWN = {
    "director": {"themes", "themes_export"},
    "board": {"themes", "themes_export"},
    "releasing": {"report_detail", "report_pdf", "report_readers", "consent_give"}
    | {"consent_withdraw"},
}
CHANNELS = (
    "home:desk",
    "calendar:diary",
    "calendar:feed_list",
    "cycles:cycle_list",
    "notices:reminders_choose",
    "people:my_details",
)
EXPORTS = ("rota_export", "year_export", "given_export")


@pytest.fixture
def made(request, time_machine):
    time_machine.move_to(NOW, tick=False)
    return planted_review(request.param)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def words_of(answer):
    """All that was sent, files read to their end."""
    return b"".join(answer).decode(errors="replace")


def walk(made, role, method):
    """By its name how each address of the room answers her, and those that say the word."""
    client, shown, said = signed_in(made.people[role]), {}, set()
    for route in urlpatterns:
        address = reverse(f"days:{route.name}", kwargs=kwargs_of(made, route))
        answer = getattr(client, method)(address)
        shown[route.name] = answer.status_code
        if WORD in words_of(answer):
            said.add(route.name)
    return shown, said


def open_to(shown):
    return {name for name, status in shown.items() if status not in {403, 404, 405}}


@pytest.mark.parametrize("made", ["released"], indirect=True)
def test_every_table_of_the_room_has_the_word_in_a_row(made):
    assert [model for model in room() if not model.objects.exists()] == []
    assert WORD in signed_in(made.head).get(f"/reviews/days/{made.day.pk}/report/").text


@pytest.mark.parametrize("made", STATES, indirect=True)
def test_no_address_of_the_room_says_a_word_to_an_outsider(made, request):
    state = request.node.callspec.params["made"]
    found = {role: walk(made, role, "get") for role in WALKING[state]}

    for role, (shown, said) in found.items():
        may = SHOWN.get(role, set()) if role != "releasing" or state == "released" else set()
        assert open_to(shown) == FOR_EVERYBODY | may, role
        reads = {"report_detail", "report_pdf"} & may
        assert said <= reads, role


@pytest.mark.parametrize("made", STATES, indirect=True)
def test_no_outsider_changes_anything(made):
    before = {model: list(model.objects.order_by("pk").values()) for model in room()}
    for role in ("other_reviewer", "director", "officer"):
        shown, _said = walk(made, role, "post")
        assert open_to(shown) <= {"themes_export"}, role

    assert {model: list(model.objects.order_by("pk").values()) for model in room()} == before


@pytest.mark.parametrize("made", STATES, indirect=True)
def test_nothing_beside_the_room_says_a_word_to_an_outsider(made, request):
    places = [reverse(name) for name in CHANNELS]
    places += [
        f"{reverse('home:search')}?q={WORD[:5]}",
        f"{reverse('calendar:diary')}?on={made.day.day}",
        made.day.get_absolute_url(),
        made.cycle.get_absolute_url(),
        reverse("cycles:rota", args=[made.cycle.pk]),
        *(reverse(f"cycles:{name}", args=[made.cycle.pk, "csv"]) for name in EXPORTS),
        made.cycle.alliance.get_absolute_url(),
        made.review.school.get_absolute_url(),
    ]
    said = set()
    for role in WALKING[request.node.callspec.params["made"]]:
        client = signed_in(made.people[role])
        feed = DiaryFeedFactory(person=made.people[role])
        own = [*places, reverse("calendar:feed_read", args=[feed.secret])]
        said |= {(role, place) for place in own if WORD in words_of(client.get(place))}

    assert said == set()


@pytest.mark.parametrize("made", STATES, indirect=True)
def test_neither_mail_nor_audit_nor_admin_says_a_word_or_which_school(made):
    plan_reminders(now=NOW)
    send_waiting(clock=lambda: NOW)
    officer = signed_in(made.people["officer"])
    pages = [
        reverse("admin:days_review_change", args=[made.review.pk]),
        reverse("admin:days_review_history", args=[made.review.pk]),
        *admin_lists(),
    ]
    said = {page for page in pages if WORD in words_of(officer.get(page))}
    shown = officer.get(pages[0]).status_code
    name = made.review.school.name
    letters = [f"{each.subject} {each.body} {each.alternatives}" for each in mail.outbox]
    events = [repr(vars(each)) for each in Event.objects.filter(app="days")]

    assert (shown, said) == (200, set())
    assert letters
    assert [each for each in letters if WORD in each or name in each] == []
    assert [each for each in events if WORD in each or name in each] == []


def admin_lists():
    """Every list that the admin has."""
    for model in apps.get_models():
        meta = model._meta
        try:
            yield reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        except NoReverseMatch:
            continue
