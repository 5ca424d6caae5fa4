from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from support.progress.models import Measure, MeasureValue
from tests.factories.progress import MeasureFactory, MeasureValueFactory
from tests.support.progress.begun import TERMS, make_begun

pytestmark = pytest.mark.django_db
IN_TERM_2 = f"{TERMS[1][0]} 09:00:00"


@pytest.fixture
def begun():
    return make_begun()


@pytest.fixture
def measure(begun):
    return MeasureFactory(programme=begun.programme, is_headline=True)


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def at(name, begun, *more):
    return reverse(f"progress:{name}", args=[begun.programme.pk, *more])


def text(response):
    return " ".join(response.content.decode().split())


def test_measure_is_added_by_its_usual_kind(begun):
    client = as_(begun.head)
    page = client.get(at("measure_add", begun), {"kind": "phonics"})
    assert page.context["form"]["year_group"].value() == "1"
    posted = {"kind": "phonics", "year_group": "1", "group": "all", "unit": "percent"}

    client.post(at("measure_add", begun), posted)
    again = client.post(at("measure_add", begun), posted)

    assert str(Measure.objects.get()) == "Phonics screening check"
    assert "follows this figure of these pupils already" in text(again)


def test_figures_of_one_measure_are_entered_and_the_plan_filled_evenly(
    begun, measure, time_machine
):
    time_machine.move_to(IN_TERM_2)
    client, pk = as_(begun.head), measure.pk
    page = at("values_enter", begun, pk)
    typed = {"seen": f"{pk}-1", f"actual_{pk}_0": "58", f"cohort_{pk}_0": "30", "goal": "75"}

    filled = client.post(page, typed | {"fill": "evenly"})

    form = filled.context["form"]
    assert [form[f"planned_{pk}_{n}"].value() for n in (1, 5, 101)] == ["61", "75", "75"]
    assert not MeasureValue.objects.exists()
    said = {name: form[name].value() or "" for name in form.fields}
    client.post(page, said)
    assert MeasureValue.objects.get(point=5).planned == 75
    assert MeasureValue.objects.get(point=0).actual == 58


def test_figure_that_is_no_number_is_shown_again_and_the_saved_one_stays(
    begun, measure, time_machine
):
    time_machine.move_to(IN_TERM_2)
    MeasureValueFactory(measure=measure, point=2, actual=Decimal(61), cohort=30)
    client, page = as_(begun.head), at("term_figures", begun, 2)
    # a field of type number would send nothing for it, and nothing takes a figure out
    assert 'type="number"' not in client.get(page).content.decode()
    typed = {"seen": f"{measure.pk}-1", f"actual_{measure.pk}_2": "6-7"}

    answered = client.post(page, typed | {f"cohort_{measure.pk}_2": "30"})

    assert "Write a number, such as 67 or 67.5." in text(answered)
    assert 'value="6-7"' in text(answered)
    assert MeasureValue.objects.get().actual == Decimal(61)


def test_second_who_enters_sees_what_was_saved_and_keeps_her_own(begun, measure, time_machine):
    time_machine.move_to(IN_TERM_2)
    page, pk = at("term_figures", begun, 1), measure.pk
    as_(begun.director).post(page, {"seen": f"{pk}-1", f"actual_{pk}_1": "60"})
    client = as_(begun.head)

    refused = client.post(page, {"seen": f"{pk}-1", f"actual_{pk}_1": "61"})

    assert "Somebody entered figures meanwhile. Saved was:" in text(refused)
    client.post(page, {"seen": refused.context["form"]["seen"].value(), f"actual_{pk}_1": "61"})
    assert MeasureValue.objects.get().actual == 61


def test_director_is_not_shown_a_small_group_and_cannot_overwrite_it(begun, measure, time_machine):
    time_machine.move_to(IN_TERM_2)
    MeasureValueFactory(measure=measure, point=1, actual=Decimal("43.7"), cohort=9)
    director, pk = as_(begun.director), measure.pk
    pages = [
        begun.programme.get_absolute_url(),
        at("measure_list", begun),
        at("measure_detail", begun, pk),
        at("values_enter", begun, pk),
        at("term_figures", begun, 1),
        at("measures_template", begun),
        at("measure_export", begun, "csv"),
    ]

    for page in pages:
        assert b"43.7" not in b"".join(director.get(page))
        assert b"43.7" in b"".join(as_(begun.supporting_head).get(page)), page
    director.post(pages[4], {"seen": f"{pk}-1", f"actual_{pk}_1": "50", f"cohort_{pk}_1": "90"})
    assert MeasureValue.objects.get().actual == Decimal("43.7")


def upload(client, begun, content):
    file = SimpleUploadedFile("figures.csv", content)
    return client.post(at("measures_import", begun), {"file": file})


def test_file_with_two_bad_lines_is_shown_and_only_the_good_ones_are_taken(
    begun, measure, time_machine
):
    time_machine.move_to(IN_TERM_2)
    client = as_(begun.head)
    content = (
        "Measure;When;Planned;Actual;Pupils\r\n"
        "KS2 writing, Year 6;Start;;57,5;30\r\n"
        "KS2 writing, Year 6;Term 1;61;a few;30\r\n"
        "KS2 writing, Year 6;Term 9;61;60;30\r\n"
        "KS2 writing, Year 6;Term 2;64;;\r\n"
    ).encode("cp1252")

    seen = upload(client, begun, content)

    read = seen.context["read"]
    assert [(line.number, line.column) for line in read.wrong] == [(3, "Actual"), (4, "When")]
    assert [line.number for line in read.good] == [2, 5]
    assert not MeasureValue.objects.exists()
    client.post(at("measures_import", begun), {"token": seen.context["token"]})
    kept = MeasureValue.objects.order_by("point").values_list("point", "planned", "actual")
    assert list(kept) == [(0, None, Decimal("57.5")), (2, Decimal(64), None)]


def test_what_the_template_gives_comes_back_unchanged(begun, measure, time_machine):
    time_machine.move_to(IN_TERM_2)
    Measure.objects.update(kind="own", name="=Joy of reading", unit="points")
    MeasureValueFactory(measure=measure, point=1, planned=Decimal("-3.5"), actual=Decimal(-4))
    client = as_(begun.head)

    template = b"".join(client.get(at("measures_template", begun)))
    seen = upload(client, begun, template)

    assert "'=Joy of reading" in template.decode("utf-8-sig")
    read = seen.context["read"]
    assert (read.good, read.wrong, read.unchanged) == ([], [], 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04rest", "This is an Excel workbook."),
        (b"one,two\n1,2\n", "The first line must name the columns"),
        (b"Measure,When,Actual\n\0\n", "a CSV file"),
    ],
)
def test_file_that_cannot_be_read_says_what_to_do(begun, measure, content, words):
    assert words in text(upload(as_(begun.head), begun, content))


def test_file_is_looked_at_again_when_figures_were_entered_meanwhile(begun, measure, time_machine):
    time_machine.move_to(IN_TERM_2)
    client = as_(begun.head)
    seen = upload(client, begun, b"Measure,When,Actual\nKS2 writing\\, Year 6,Start,50\n")
    assert seen.context["read"].wrong
    seen = upload(client, begun, b'Measure,When,Actual\n"KS2 writing, Year 6",Start,50\n')
    Measure.objects.update(version=2)

    answered = client.post(
        at("measures_import", begun), {"token": seen.context["token"]}, follow=True
    )

    assert "Somebody entered figures meanwhile" in text(answered)
    assert not MeasureValue.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_pages_of_measures_cost_as_much_for_one_as_for_three(
    begun, measure, count, django_assert_num_queries
):
    for number in range(1, count):
        MeasureValueFactory(
            measure=MeasureFactory(programme=begun.programme, year_group=str(number))
        )
    client = as_(begun.director)
    client.get(at("measure_list", begun))

    with django_assert_num_queries(3):
        client.get(at("measure_list", begun))
    with django_assert_num_queries(3):
        client.get(at("measure_detail", begun, measure.pk))
    with django_assert_num_queries(3):
        client.get(at("term_figures", begun, 0))


def test_paused_programme_is_read_and_nothing_is_entered(begun, measure):
    begun.programme.state = "paused"
    begun.programme.save()
    client = as_(begun.head)

    assert client.get(at("measure_list", begun)).status_code == 200
    assert client.get(at("values_enter", begun, measure.pk)).status_code == 403
