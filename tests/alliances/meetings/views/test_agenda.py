import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alliances.meetings.models import AgendaItem, Paper
from alliances.meetings.services import add_paper, discard_draft, edit_item
from partnership.toolkit.uploads import checked
from tests.alliances.meetings.acts import NOW, said
from tests.factories import AgendaItemFactory

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n%%EOF\n"
TYPED = {
    "title": "Attendance after half term",
    "purpose": "decision",
    "presenter": "",
    "minutes": "25",
    "paper_due_on": "",
}


def office_file(*names, content=b"x"):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, content)
    return stream.getvalue()


def titles(oldham):
    return list(oldham.meeting.items.order_by("position").values_list("position", "title"))


def three_items(oldham):
    second = AgendaItemFactory(meeting=oldham.meeting, position=2, title="Budgets")
    third = AgendaItemFactory(meeting=oldham.meeting, position=3, title="Supply")
    return oldham.item, second, third


def paper_of(item, by, name="figures.pdf"):
    upload = SimpleUploadedFile(name, PDF)
    return add_paper(
        item=item,
        upload=upload,
        checked=checked(upload, max_bytes=1_000),
        title="Figures",
        by=by,
        now=NOW,
    )


def test_an_item_is_added_at_the_end(client, oldham):
    client.force_login(oldham.chair)

    response = client.post(f"{oldham.page}items/new/", TYPED)

    assert said(response) == ["“Attendance after half term” stands on the agenda."]
    assert titles(oldham) == [(1, "Attendance"), (2, "Attendance after half term")]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "9999"}, "minutes"),
        ({"purpose": "fun"}, "purpose"),
        ({"presenter": "999999"}, "presenter"),
        ({"paper_due_on": "2027-01-05"}, "presenter"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, oldham, change, field):
    client.force_login(oldham.chair)

    response = client.post(f"{oldham.page}items/new/", TYPED | change)

    assert list(response.context["form"].errors) == [field]
    assert AgendaItem.objects.count() == 1


def test_a_paper_is_due_before_the_meeting(client, oldham):
    client.force_login(oldham.chair)
    typed = TYPED | {"presenter": oldham.head.pk, "paper_due_on": "2027-01-12"}

    refused = client.post(f"{oldham.page}items/new/", typed)
    client.post(f"{oldham.page}items/new/", typed | {"paper_due_on": "2027-01-06"})

    assert list(refused.context["form"].errors) == ["paper_due_on"]
    item = AgendaItem.objects.get(position=2)
    assert (item.presenter, item.paper_due_at) == (
        oldham.head,
        datetime(2027, 1, 6, 17, tzinfo=UTC),
    )


def test_only_those_who_belong_to_the_meeting_present(client, oldham):
    client.force_login(oldham.chair)

    form = client.get(f"{oldham.page}items/new/").context["form"]

    assert set(form.fields["presenter"].queryset) == {
        oldham.head,
        oldham.other_head,
        oldham.lead,
        oldham.chair,
        oldham.director,
        oldham.administrator,
    }


def test_the_second_to_edit_an_item_is_shown_both_versions_and_may_then_save(client, oldham):
    address = f"{oldham.page}items/{oldham.item.pk}/"
    edit_item(
        item=oldham.item,
        changes={"title": "Their title", "presenter": oldham.other_head, "minutes": 40},
        by=oldham.director,
        now=NOW,
    )
    client.force_login(oldham.chair)
    typed = TYPED | {"title": "My title", "presenter": oldham.head.pk}

    both = client.post(address, typed | {"seen_version": 1})
    page = both.content.decode()
    oldham.item.refresh_from_db()
    untouched = oldham.item.title
    saved = client.post(
        address, typed | {"seen_version": both.context["form"].data["seen_version"]}
    )

    shown = dict(both.context["form"].theirs)
    assert shown == {
        "Item": "Their title",
        "What for": "For discussion",
        "Presented by": oldham.other_head.name,
        "Minutes": "40",
    }
    assert ("My title" in page, "Their title" in page) == (True, True)
    assert untouched == "Their title"
    assert said(saved) == ["Item saved."]
    oldham.item.refresh_from_db()
    assert (oldham.item.title, oldham.item.presenter) == ("My title", oldham.head)


@pytest.mark.parametrize(
    ("which", "direction", "order"),
    [
        (0, "down", ["Budgets", "Attendance", "Supply"]),
        (1, "up", ["Budgets", "Attendance", "Supply"]),
        (2, "up", ["Attendance", "Supply", "Budgets"]),
        (0, "up", ["Attendance", "Budgets", "Supply"]),
        (2, "down", ["Attendance", "Budgets", "Supply"]),
    ],
)
def test_items_change_places_with_their_neighbour(client, oldham, which, direction, order):
    item = three_items(oldham)[which]
    client.force_login(oldham.chair)

    response = client.post(f"{oldham.page}items/{item.pk}/move/", {"direction": direction})

    assert titles(oldham) == list(enumerate(order, start=1))
    assert response.url == f"{oldham.page}?moved={item.pk}#item-{item.pk}"


def test_removing_an_item_asks_first_takes_its_papers_and_closes_the_gap(
    client, oldham, django_capture_on_commit_callbacks
):
    _first, second, _third = three_items(oldham)
    paper = paper_of(second, oldham.chair)
    client.force_login(oldham.chair)
    address = f"{oldham.page}items/{second.pk}/remove/"
    client.get(address)
    before = titles(oldham)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address)

    assert len(before) == 3
    assert said(response) == ["“Budgets” is off the agenda."]
    assert titles(oldham) == [(1, "Attendance"), (2, "Supply")]
    assert not paper.file.storage.exists(paper.file.name)


def test_discarding_a_draft_takes_its_files(oldham, django_capture_on_commit_callbacks):
    paper = paper_of(AgendaItemFactory(meeting=oldham.draft), oldham.lead)

    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(meeting=oldham.draft, by=oldham.lead, now=NOW)

    assert not paper.file.storage.exists(paper.file.name)


def test_items_of_another_meeting_are_not_found(client, oldham):
    elsewhere = AgendaItemFactory()
    client.force_login(oldham.chair)

    for end in ("", "remove/", "papers/new/"):
        assert client.get(f"{oldham.page}items/{elsewhere.pk}/{end}").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("chair", 200),
        ("lead", 200),
        ("head", 200),
        ("other_head", 403),
        ("stranger", 404),
        ("officer", 404),
    ],
)
def test_papers_are_added_by_whoever_presents_and_those_who_run_the_meeting(
    client, oldham, who, status
):
    client.force_login(getattr(oldham, who))
    address = f"{oldham.page}items/{oldham.item.pk}/papers/new/"

    assert client.get(address).status_code == status
    if status != 200:
        typed = {"title": "Figures", "file": SimpleUploadedFile("figures.pdf", PDF)}
        assert client.post(address, typed).status_code == status
        assert Paper.objects.count() == 0


def upload(client, oldham, name, content):
    return client.post(
        f"{oldham.page}items/{oldham.item.pk}/papers/new/",
        {"title": "Figures", "file": SimpleUploadedFile(name, content)},
    )


@pytest.mark.parametrize(
    ("name", "content", "kept_name", "kept_type"),
    [
        ("figures.pdf", PDF, "figures.pdf", "application/pdf"),
        (
            "figures.docx",
            office_file("word/document.xml"),
            "figures.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("../../etc/figures.exe", PDF, "figures.pdf", "application/pdf"),
    ],
)
def test_a_paper_is_kept_as_what_it_is(client, oldham, name, content, kept_name, kept_type):
    client.force_login(oldham.head)

    response = upload(client, oldham, name, content)

    assert said(response) == ["The paper stands on the agenda."]
    paper = Paper.objects.get()
    assert (paper.name, paper.content_type, paper.size, paper.added_by) == (
        kept_name,
        kept_type,
        len(content),
        oldham.head,
    )
    assert "figures" not in paper.file.name


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("program.pdf", b"MZ\x90\x00\x03program", "Upload a PDF, Word"),
        ("page.pdf", b"<html><script>alert(1)</script>", "Upload a PDF, Word"),
        ("macro.docx", office_file("word/document.xml", "word/vbaProject.bin"), "holds macros"),
        ("bomb.docx", office_file("word/document.xml", content=b"0" * 110_000_000), "unpacks"),
        ("plain.docx", office_file("readme.txt"), "Upload a PDF, Word"),
        ("cut.docx", office_file("word/document.xml")[:60], "damaged"),
        ("empty.pdf", b"", "empty"),
    ],
    ids=["program", "page", "macros", "bomb", "plain zip", "cut", "empty"],
)
def test_what_is_no_paper_is_refused_in_a_sentence(client, oldham, name, content, words):
    client.force_login(oldham.head)

    response = upload(client, oldham, name, content)

    (error,) = response.context["form"].errors["file"]
    assert words in error
    assert Paper.objects.count() == 0


def test_a_paper_too_large_is_refused(client, oldham, settings):
    settings.PAPER_MAX_BYTES = 1_000_000
    client.force_login(oldham.head)

    response = upload(client, oldham, "large.pdf", PDF + b"0" * 1_000_000)

    (error,) = response.context["form"].errors["file"]
    assert error == "This file is larger than 1 MB. Upload a smaller one."
    assert "up to 1 MB" in response.content.decode()


def test_a_download_is_saved_and_never_run_framed_guessed_or_kept(client, oldham):
    paper = paper_of(oldham.item, oldham.head, name="Añual “figures”.pdf")
    client.force_login(oldham.other_head)

    response = client.get(f"{oldham.page}papers/{paper.pk}/")

    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("who", "status"),
    [("chair", 200), ("other_head", 200), ("partner", 404), ("stranger", 404), ("officer", 404)],
)
def test_papers_are_read_by_those_who_see_the_meeting(client, oldham, who, status):
    paper = paper_of(oldham.item, oldham.head)
    client.force_login(getattr(oldham, who))

    response = client.get(f"{oldham.page}papers/{paper.pk}/")
    response.close()

    assert response.status_code == status


def test_a_paper_is_not_found_at_another_meetings_address_nor_by_its_file(client, oldham):
    paper = paper_of(oldham.item, oldham.head)
    client.force_login(oldham.chair)

    assert client.get(f"{oldham.draft_page}papers/{paper.pk}/").status_code == 404
    assert client.get(f"/{paper.file.name}").status_code == 404
    assert client.get(f"/media/{paper.file.name}").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("head", 200), ("chair", 200), ("other_head", 403)])
def test_a_paper_is_removed_by_whoever_added_it_or_runs_the_meeting(
    client, oldham, who, status, django_capture_on_commit_callbacks
):
    paper = paper_of(oldham.item, oldham.head)
    client.force_login(getattr(oldham, who))
    address = f"{oldham.page}papers/{paper.pk}/remove/"
    asked = client.get(address)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)

    assert asked.status_code == status
    assert Paper.objects.exists() is (status != 200)
    assert paper.file.storage.exists(paper.file.name) is (status != 200)


def test_a_presenter_is_offered_to_remove_only_what_she_added(client, oldham):
    hers = paper_of(oldham.item, oldham.head)
    theirs = paper_of(oldham.item, oldham.chair)
    client.force_login(oldham.head)

    page = client.get(oldham.page).content.decode()

    assert f"papers/{hers.pk}/remove/" in page
    assert f"papers/{theirs.pk}/remove/" not in page
