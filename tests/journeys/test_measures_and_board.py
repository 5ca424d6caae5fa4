import csv
import io
import re
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from support.programmes.figures import as_of
from support.programmes.models import Programme
from support.progress.services.importing import NO_POINT
from tests.factories import (
    AlliancePostFactory,
    BodyFactory,
    PersonFactory,
    SchoolFactory,
    SeatFactory,
)
from tests.factories.progress import MeasureFactory, MeasureValueFactory
from tests.factories.support import ProgrammeFactory, StrandFactory, SupportAreaFactory
from tests.journeys.test_signing_in import faults
from tests.support.programmes.agreed import make_agreed
from tests.support.programmes.scene import make_scene
from tests.support.progress.begun import begin

ALL = "KS2 writing, Year 6"
POOR = f"{ALL}: disadvantaged pupils"
OTHERS = f"{ALL}: pupils who aren’t disadvantaged"
STARTS = {ALL: ("58", "30"), POOR: ("37.5", "8"), OTHERS: ("66", "22")}
GROUPS = dict(zip(("all", "disadvantaged", "others"), STARTS.values(), strict=True))
IN_ALL, IN_POOR = "per cent", "Disadvantaged pupils, per cent"
IN_OTHERS = "Pupils who aren’t disadvantaged, per cent"
BOARD = "/support/board/osa/"
MOMENTS = ("answered_at", "own_view_at", "assessed_at", "replied_at", "judged_at", "matched_at")
DATES = re.compile(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d|\b20\d\d-\d\d-\d\d")


def in_term(number, *, weeks_in=8):
    """A programme that all signed, which has come to one of its five terms."""
    now = timezone.now()
    signed_at = now - timedelta(weeks=13 * (number - 1) + weeks_in + 1)
    made = make_agreed(now=now, sent_at=signed_at, signed_at=signed_at)
    first = timezone.localdate() - timedelta(weeks=13 * (number - 1) + weeks_in)
    starts = [first + timedelta(weeks=13 * each) for each in range(5)]
    terms = [(start, start + timedelta(weeks=11)) for start in starts]
    begin(made.programme, made.director, terms=terms, at=signed_at)
    made.page = made.programme.get_absolute_url()
    return made


def adds_measure(person, *, of_whom):
    person.follows("Add a measure")
    person.page.get_by_label("What is measured?").select_option("KS2 writing")
    person.page.get_by_label("Year group").select_option("Year 6")
    person.page.get_by_label("Of whom?").select_option(of_whom)
    person.presses("Follow this figure")


def template_of(person):
    """The lines of the template that the page gives, as a spreadsheet would open them."""
    with person.page.expect_download() as coming:
        person.follows("The template with this programme’s measures")
    text = coming.value.path().read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def gives_file(person, button, rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, ["Measure", "When", "Planned", "Actual", "Pupils"])
    writer.writeheader()
    writer.writerows(rows)
    file = {"name": "figures.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}
    person.page.get_by_label("File", exact=False).set_input_files(file)
    person.presses(button)


def wrong_lines(person):
    """Of each line that can't be taken, its column and what to do."""
    table = person.page.get_by_role("table", name="Lines with something wrong")
    cells = [words.strip() for words in table.get_by_role("cell").all_inner_texts()]
    return list(zip(cells[::2], cells[1::2], strict=True))


def reached(person, made):
    """What the list of measures says was reached at the start and in the first term."""
    person.opens(f"{made.page}measures/")
    rows = person.page.get_by_role("row").filter(has=person.page.get_by_role("link"))
    cells = [words.split("\t") for words in rows.all_inner_texts()]
    return {each[0].partition("\n")[2]: (each[2], each[3]) for each in cells}


def test_measures_come_by_a_file_with_two_bad_lines(somebody):
    made = in_term(2)
    MeasureFactory(programme=made.programme, added_by=made.director, is_headline=True)
    head = somebody().signs_in(made.head)

    head.opens(f"{made.page}measures/")
    adds_measure(head, of_whom="Disadvantaged pupils")
    adds_measure(head, of_whom="Pupils who aren’t disadvantaged")
    followed = head.told
    head.follows("Take figures from a file")
    rows = {(row["Measure"], row["When"]): row for row in template_of(head)}
    for measure, (actual, pupils) in STARTS.items():
        rows[measure, "Start"] |= {"Actual": actual, "Pupils": pupils}
    rows[ALL, "Term 1"] |= {"Actual": "61", "Pupils": "30"}
    rows[POOR, "Term 1"] |= {"Actual": "140", "Pupils": "8"}
    rows[OTHERS, "Term 1"] |= {"When": "Term 9", "Actual": "65", "Pupils": "22"}
    gives_file(head, "See what it would change", rows.values())
    bad = wrong_lines(head)
    found = faults(head)
    supporter = somebody().signs_in(made.supporting_head)
    before = reached(supporter, made)
    head.presses("Take the 4 good lines")
    taken = head.told
    by_supporter = reached(supporter, made)
    supporter.page.get_by_role("link", name="KS2 writing").nth(1).click()
    title = supporter.heading
    picture = supporter.page.get_by_role("img", name=title).get_attribute("viewBox")
    table = supporter.page.get_by_role("region", name=f"Numbers: {title}").inner_text()
    found += faults(supporter)
    rows[POOR, "Term 1"] |= {"Actual": "50"}
    rows[OTHERS, "Term 1"] |= {"When": "Term 1"}
    head.opens(f"{made.page}measures/import/")
    gives_file(head, "See what it would change", rows.values())
    mended = head.words
    head.presses("Take the 2 good lines")

    assert followed == "The measure is followed from now on. Enter where it stands."
    assert bad == [
        ("Actual", "A percentage lies between 0 and 100."),
        ("When", NO_POINT.format("Term 9")),
    ]
    assert set(before.values()) == {("–", "–")}
    assert taken == "Figures entered from 4 lines of the file."
    assert by_supporter == {IN_ALL: ("58", "61"), IN_POOR: ("37.5", "–"), IN_OTHERS: ("66", "–")}
    assert title == POOR
    assert picture is not None
    assert "Actual\t37.5\t–" in table
    assert "2 lines can be taken. 4 more say what stands already." in mended
    assert found == []


def test_a_cohort_of_eight_and_its_complement_are_shown_to_the_two_schools_alone(somebody):
    made = in_term(2)
    for group, (actual, pupils) in GROUPS.items():
        measure = MeasureFactory(programme=made.programme, group=group, added_by=made.head)
        MeasureValueFactory(measure=measure, point=0, actual=actual, cohort=pupils)
    heads = [somebody().signs_in(person) for person in (made.head, made.supporting_head)]
    director = somebody().signs_in(made.director)

    read = [reached(head, made) for head in heads]
    told = reached(director, made)
    found = faults(director)
    pages = director.page.content()
    for more in ("", "measures/at/0/", "measures/template.csv", "measures/export.csv"):
        pages += director.context.request.get(f"{director.portal}{made.page}{more}").text()

    assert [words for words, _term_1 in read[0].values()] == ["58", "37.5", "66"]
    assert read[0] == read[1]
    assert [words for words, _term_1 in told.values()] == ["58", "under 10 pupils", "not shown"]
    assert "37.5" not in pages
    assert not re.search(r"\b66\b", pages)
    assert found == []


def supported(alliance, area, at, **facts):
    """A school of which support began at a moment."""
    moments = dict.fromkeys((*MOMENTS, "asked_at", "sent_at", "signed_at"), at)
    told = {
        "alliance": alliance,
        "state": "open",
        "approach": "supportive",
        "school": facts["school"],
    }
    programme = ProgrammeFactory(area=area, **(moments | told))
    StrandFactory(programme=programme, kind="coaching")
    return programme


def reads_board(person):
    """The board's page, counted anew."""
    cache.clear()
    person.opens(BOARD)
    return person.words


def test_the_board_sees_counts_and_nothing_by_which_to_tell_a_school(somebody):
    scene = make_scene()
    lonely = SupportAreaFactory(alliance=scene.alliance, name="Phonics")
    chair = AlliancePostFactory(alliance=scene.alliance, kind="chair").person
    body = BodyFactory(alliance=scene.alliance, kind="board")
    member = SeatFactory(body=body, school=None, person=PersonFactory()).person
    began = as_of(timezone.localdate())
    long_ago = began - timedelta(days=90)
    schools = [SchoolFactory(name=f"Example Fell {each} School") for each in "ABCDEFG"]
    area_of = dict.fromkeys(range(7), scene.area) | {3: lonely}
    reader = somebody().signs_in(chair)

    for number in range(4):
        supported(scene.alliance, area_of[number], long_ago, school=schools[number])
    of_four = reads_board(reader)
    for number in (4, 5):
        supported(scene.alliance, area_of[number], long_ago, school=schools[number])
    of_six = reads_board(reader)
    page = reader.page.content()
    found = faults(reader)
    supported(scene.alliance, lonely, timezone.now(), school=schools[6])
    of_seven = reads_board(reader)
    member_reads = reads_board(somebody().signs_in(member))
    hidden = [
        reader.context.request.get(f"{reader.portal}{programme.get_absolute_url()}{more}").status
        for programme in Programme.objects.order_by("pk")
        for more in ("", "plan/", "visits/", "reviews/", "measures/", "money/", "end/")
    ]
    searched = ""
    for words in ("Fell", "Phonics", "Writing"):
        reader.opens(f"/search/?q={words}")
        searched += reader.words

    day = f"{began:%A} {began.day} {began:%B %Y}"
    assert "Fewer than 5 schools had a programme." in of_four
    assert "Nowhere are there 5 schools or more, so nothing is told." in of_four
    assert not re.findall(r"^\d+$", of_four, re.MULTILINE)
    assert "schools or more have a programme." in of_six
    assert set(re.findall(r"^\d+$|\t(\d+)", of_six, re.MULTILINE)) == {"", "5"}
    assert of_seven == of_six == member_reads
    assert {*DATES.findall(page)} == {f"{began.day} {began:%B %Y}", f"{began:%Y-%m-%d}"}
    assert day in of_six
    for telling in ("Fell", "Phonics"):
        assert telling not in page
    assert set(hidden) == {404}
    assert "Support programmes" not in searched
    assert found == []
