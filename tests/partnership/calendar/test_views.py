from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from partnership.audit.models import Event
from partnership.calendar.calendars import dates_for
from partnership.calendar.models import TermCalendar
from tests.factories import (
    AlliancePostFactory,
    AuthorityFactory,
    MembershipFactory,
    PersonFactory,
    SchoolPostFactory,
)
from tests.factories.calendar import HALF_TERMS, authority_owner, school_owner, settle
from tests.partnership.calendar.test_services import term_file

pytestmark = pytest.mark.django_db

LIST = reverse("calendar:calendar_list")
IMPORT = reverse("calendar:dates_import")


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-22T09:00:00Z", tick=False):
        yield


@pytest.fixture
def head(client):
    post = SchoolPostFactory(school__name="Diggle School")
    client.force_login(post.person)
    return post


@pytest.fixture
def officer(client):
    person = PersonFactory(staff=True)
    client.force_login(person)
    return person


def page(name, owner, slug="2026-to-2027"):
    return reverse(f"calendar:{name}", args=[owner.kind, owner.key, slug])


def typed(owner, half_terms=None, inset_days=(), **more):
    values = {"seen_version": owner.version}
    for number, (first, last) in (HALF_TERMS | (half_terms or {})).items():
        values |= {f"starts_{number}": first.isoformat(), f"ends_{number}": last.isoformat()}
    for row, (day, note) in enumerate(inset_days, 1):
        values |= {f"inset_{row}": day.isoformat(), f"note_{row}": note}
    return values | more


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_calendar_and_for_three(
    client, head, django_assert_num_queries, count
):
    for number in range(count):
        settle(authority_owner(AuthorityFactory(code=f"80{number}", name=f"Borough {number}")))

    with django_assert_num_queries(4):
        response = client.get(LIST)

    assert [owner.name for owner in response.context["owners"]] == [
        f"Borough {number}" for number in range(count)
    ]
    assert response.context["followed"].name == "Diggle School"


def test_the_list_is_searched_and_says_what_to_do_when_empty(client, head):
    assert b"No term dates are known yet" in client.get(LIST).content
    settle(authority_owner(head.school.authority))

    assert len(client.get(LIST, {"text": "old"}).context["owners"]) == 1
    assert b"No calendar matches" in client.get(LIST, {"text": "leeds"}).content


def test_a_school_that_settled_before_its_authority_stands_in_the_list(client, head):
    settle(school_owner(head.school))

    (owner,) = client.get(LIST).context["owners"]

    assert (owner.kind, owner.name) == ("schools", "Diggle School")


def test_the_year_of_an_authority_shows_half_terms_inset_days_and_bank_holidays(client, head):
    owner = authority_owner(head.school.authority)
    settle(owner, source="The council’s page", is_example=True)

    response = client.get(page("year_detail", authority_owner(head.school.authority)))

    shown = response.context["shown"]
    assert [(row.half_term.name, row.school_days) for row in shown.rows] == [
        ("Autumn 1", 37),
        ("Autumn 2", 35),
        ("Spring 1", 29),
        ("Spring 2", 24),
        ("Summer 1", 34),
        ("Summer 2", 33),
    ]
    assert [(special.day, special.name) for special in shown.inset_days] == [
        (date(2026, 9, 2), ""),
        (date(2027, 1, 4), "Phonics"),
    ]
    assert len(shown.bank_holidays) == 8
    text = response.content.decode()
    assert "192 school days in six half terms." in text
    assert "Example dates." in text
    assert '<i class="is-inset">2</i>' in text
    assert "Change the dates" not in text


def test_a_year_without_dates_says_so(client, head):
    response = client.get(page("year_detail", school_owner(head.school), "2031-to-2032"))

    assert b"every weekday but bank holidays counts as a school day" in response.content
    assert response.context["shown"].rows == ()


@pytest.mark.parametrize("slug", ["2026", "2026-to-2028", "1999-to-2000", "9998-to-9999"])
def test_no_other_year_has_a_page(client, head, slug):
    assert client.get(page("year_detail", school_owner(head.school), slug)).status_code == 404


@pytest.mark.parametrize("address", ["schools/1/", "boroughs/353/", "authorities/999/"])
def test_nobody_elses_year_has_a_page(client, head, address):
    assert client.get(f"{LIST}{address}").status_code == 404


def test_a_year_costs_few_queries_and_fewer_once_it_is_kept(
    client, head, django_assert_max_num_queries
):
    settle(authority_owner(head.school.authority))
    settle(school_owner(head.school), inset_days={})
    address = reverse("calendar:year_now", args=["schools", head.school.urn])

    with django_assert_max_num_queries(9):
        client.get(address)
    with django_assert_max_num_queries(6):
        assert client.get(address).status_code == 200


def test_a_head_enters_her_schools_own_inset_days(client, head):
    settle(authority_owner(head.school.authority), inset_days={})
    owner = school_owner(head.school)

    response = client.post(
        page("year_edit", owner),
        typed(owner, inset_days=[(date(2026, 12, 4), "Maths")]),
        follow=True,
    )

    assert b"Diggle School\xe2\x80\x99s dates of 2026 to 2027 saved." in response.content
    reference = school_owner(head.school).reference
    assert dates_for(reference).inset_days == {date(2026, 12, 4): "Maths"}
    (event,) = Event.objects.filter(action="term dates settled", school_id=head.school.pk)
    assert event.actor_id == head.person.pk
    assert response.context["history"][0].who == head.person.name


def test_the_form_begins_with_the_dates_that_hold(client, head):
    settle(authority_owner(head.school.authority))

    form = client.get(page("year_edit", school_owner(head.school))).context["form"]

    assert form["starts_1"].value() == date(2026, 9, 2)
    assert (form["inset_2"].value(), form["note_2"].value()) == (date(2027, 1, 4), "Phonics")
    assert "source" not in form.fields


def test_a_director_settles_her_authoritys_dates(client):
    post = AlliancePostFactory()
    school = MembershipFactory(alliance=post.alliance).school
    client.force_login(post.person)
    owner = authority_owner(school.authority)

    client.post(page("year_edit", owner), typed(owner, source="The council"))

    dates = dates_for(authority_owner(school.authority).reference)
    assert (dates.knows(2026), dates.source(2026)) == (True, "The council")


@pytest.mark.parametrize("queries", [(6, 8)])
def test_the_form_keeps_the_promises_of_speed(client, head, django_assert_max_num_queries, queries):
    settle(authority_owner(head.school.authority))
    settle(school_owner(head.school), inset_days={})
    owner = school_owner(head.school)
    client.get(page("year_edit", owner))

    with django_assert_max_num_queries(queries[0]):
        client.get(page("year_edit", owner))


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"ends_1": "2026-09-01"}, "ends_1", "Autumn 1 must end after it begins."),
        (
            {"starts_2": "2026-10-20"},
            "starts_2",
            "The half term before goes on until Friday 23 October 2026. Choose a later day.",
        ),
        ({"ends_6": "2028-07-21"}, "ends_6", "This day isn’t in 2026 to 2027. Look at the year."),
        (
            {"inset_1": "2026-12-04", "inset_2": "2026-12-04"},
            "inset_2",
            "This day stands here already. Clear one of them.",
        ),
        ({"note_3": "Maths"}, "inset_3", "Choose the day, or clear what it is for."),
        ({"starts_1": ""}, "starts_1", "This field is required."),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_is_kept(
    client, head, changed, field, sentence
):
    owner = school_owner(head.school)

    response = client.post(page("year_edit", owner), typed(owner) | changed)

    assert errors(response) == {field: [sentence]}
    assert TermCalendar.objects.count() == 0


def test_what_looks_wrong_is_saved_only_when_it_is_confirmed(client, head):
    owner = school_owner(head.school)
    values = typed(owner, {5: (date(2027, 4, 12), date(2027, 5, 29))}, [(date(2027, 4, 5), "")])

    response = client.post(page("year_edit", owner), values)

    form = response.context["form"]
    assert form.unconfirmed == [
        "Summer 1 ends on Saturday 29 May 2027, which is a Saturday.",
        "The INSET day on Monday 5 April 2027 is in the Easter holiday.",
    ]
    assert TermCalendar.objects.count() == 0
    other = client.post(page("year_edit", owner), values | {"confirmed": "something else"})
    assert other.status_code == 200
    saved = client.post(page("year_edit", owner), values | {"confirmed": form.confirmation})
    assert saved.status_code == 302
    assert dates_for(school_owner(head.school).reference).knows(2026)


@pytest.mark.parametrize(
    ("half_terms", "inset_days", "sentence"),
    [
        (
            {1: (date(2026, 9, 2), date(2026, 10, 30))},
            [],
            "There is hardly a break between Autumn 1 and Autumn 2.",
        ),
        (
            {6: (date(2027, 6, 7), date(2027, 6, 11))},
            [],
            "This makes 166 school days; most years have 190.",
        ),
        (
            {},
            [(date(2026, 12, day), "") for day in (7, 8, 9, 10, 11, 14)],
            "Schools have 5 INSET days a year; these are more.",
        ),
    ],
)
def test_a_strange_year_is_asked_about(client, head, half_terms, inset_days, sentence):
    owner = school_owner(head.school)

    response = client.post(page("year_edit", owner), typed(owner, half_terms, inset_days))

    assert sentence in response.context["form"].unconfirmed


def test_the_second_of_two_editors_sees_both_versions_and_saves_knowingly(client, head):
    settle(school_owner(head.school), inset_days={})
    stale = school_owner(head.school)
    settle(school_owner(head.school), inset_days={date(2026, 12, 4): "Maths"})

    values = typed(stale, inset_days=[(date(2026, 12, 11), "")])
    response = client.post(page("year_edit", stale), values)

    form = response.context["form"]
    assert ("INSET day 1", "Friday 4 December 2026") in form.theirs
    assert ("What for, INSET day 1", "Maths") in form.theirs
    assert len(form.theirs) == 2
    again = values | {"seen_version": form.data["seen_version"]}
    assert client.post(page("year_edit", stale), again).status_code == 302
    reference = school_owner(head.school).reference
    assert list(dates_for(reference).inset_days) == [date(2026, 12, 11)]


def test_a_school_whose_authority_moved_its_dates_is_warned_of_an_overlap(client, head):
    settle(authority_owner(head.school.authority))
    settle(school_owner(head.school), {1: (date(2026, 9, 2), date(2026, 10, 30))})
    settle(authority_owner(head.school.authority), {2: (date(2026, 10, 29), date(2026, 12, 18))})

    response = client.get(page("year_detail", school_owner(head.school)))

    (warning,) = response.context["shown"].warnings
    assert warning.startswith("Autumn 1 goes on until Friday 30 October 2026, but Autumn 2 begins")


def test_a_head_lets_her_school_follow_the_authority_again(client, head):
    settle(authority_owner(head.school.authority))
    settle(school_owner(head.school), inset_days={})
    owner = school_owner(head.school)
    address = page("year_clear", owner)
    assert b"follows Oldham whole" in client.get(address).content

    stale = client.post(address, {"seen_version": owner.version - 1})
    assert b"Look at them again first" in stale.content
    for nonsense in ("", "x", "9" * 30):
        assert client.post(address, {"seen_version": nonsense}).status_code == 200
    done = client.post(address, {"seen_version": owner.version}, follow=True)

    assert b"says nothing of its own about 2026 to 2027 now." in done.content
    assert not done.context["shown"].has_own
    assert client.get(address).status_code == 404


def test_portal_staff_look_at_a_file_before_they_import_it(client, officer):
    authority = AuthorityFactory()
    file = SimpleUploadedFile("dates.json", term_file())

    looked = client.post(IMPORT, {"file": file})

    assert str(looked.context["imported"]) == "1 new, 0 changed, 0 unchanged, 0 refused"
    assert TermCalendar.objects.count() == 0
    done = client.post(IMPORT, {"token": looked.context["token"]}, follow=True)
    assert b"Term dates imported: 1 new, 0 changed, 0 unchanged, 0 refused." in done.content
    assert dates_for(authority_owner(authority).reference).knows(2026)
    assert Event.objects.get(action="term dates settled").actor_id == officer.pk
    again = client.post(IMPORT, {"file": SimpleUploadedFile("dates.json", term_file())})
    assert b"There is nothing to import." in again.content


def test_a_wrong_file_is_refused_at_the_field(client, officer):
    response = client.post(IMPORT, {"file": SimpleUploadedFile("dates.json", b"{")})
    assert errors(response) == {
        "file": ["This file is no whole JSON. Save it again. Nothing was changed."]
    }

    huge = SimpleUploadedFile("dates.json", b"x" * 2_000_001)
    assert errors(client.post(IMPORT, {"file": huge})) == {
        "file": ["This file is larger than 2 MB. Is it the right one?"]
    }
    assert errors(client.post(IMPORT, {"token": "&"})) == {"file": ["This field is required."]}


def test_a_file_looked_at_by_somebody_else_or_long_ago_is_chosen_again(client, officer):
    response = client.post(IMPORT, {"token": "a" * 32}, follow=True)

    assert b"isn\xe2\x80\x99t kept any more" in response.content


def test_the_command_imports_a_file_and_ends_with_its_counts(tmp_path, capsys):
    AuthorityFactory()
    path = tmp_path / "dates.json"
    path.write_bytes(term_file())

    call_command("import_term_dates", path, "--dry-run")
    call_command("import_term_dates", path)

    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "A trial run: nothing was changed."
    assert lines[-2:] == [
        "353 Oldham, 2026 to 2027: new",
        "1 new, 0 changed, 0 unchanged, 0 refused",
    ]


@pytest.mark.parametrize("content", [None, b"{"])
def test_the_command_refuses_a_wrong_file_in_one_sentence(tmp_path, content):
    path = tmp_path / "dates.json"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("import_term_dates", path)


def test_portal_staff_see_calendars_in_the_admin(client):
    client.force_login(PersonFactory(staff=True, is_superuser=True))
    settle(authority_owner(AuthorityFactory()))

    assert client.get(reverse("admin:calendar_termcalendar_changelist")).status_code == 200
