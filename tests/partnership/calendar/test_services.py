import json
from datetime import UTC, date, datetime

import pytest

from partnership.audit.models import Event
from partnership.calendar.calendars import dates_for
from partnership.calendar.models import HalfTerm, TermCalendar, TermYear
from partnership.calendar.services import Settled, clear_year, import_term_dates, settle_year
from partnership.calendar.term_files import RefusedTermFile
from partnership.toolkit.versions import ChangedSince
from tests.factories import AuthorityFactory, PersonFactory, SchoolFactory
from tests.factories.calendar import (
    HALF_TERMS,
    INSET_DAYS,
    authority_owner,
    school_owner,
    settle,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EARLIER_END = {6: (date(2027, 6, 7), date(2027, 7, 16))}


def term_file(**changes):
    periods = [
        {
            "name": f"{season} {year} ({half})",
            "type": "term",
            "start": HALF_TERMS[number][0].isoformat(),
            "end": HALF_TERMS[number][1].isoformat(),
        }
        for number, (season, year, half) in enumerate(
            (
                *(("autumn", 2026, half) for half in (1, 2)),
                *(("spring", 2027, half) for half in (1, 2)),
                *(("summer", 2027, half) for half in (1, 2)),
            ),
            1,
        )
    ]
    said = {"sources": ["https://oldham.example/dates"], "periods": periods} | changes
    return json.dumps({"la": {"353 Oldham": said}}).encode()


def imported(content, **kwargs):
    return import_term_dates(content=content, by=None, now=NOW, **kwargs)


def test_an_authority_settles_a_year_with_its_audit_row():
    authority, director = AuthorityFactory(), PersonFactory()

    assert settle(authority_owner(authority), by=director, source="The council’s page")

    owner = authority_owner(authority)
    dates = dates_for(owner.reference)
    assert {each.number: (each.starts_on, each.ends_on) for each in dates.half_terms} == HALF_TERMS
    assert dates.inset_days == INSET_DAYS
    assert dates.source(2026) == "The council’s page"
    event = Event.objects.get(action="term dates settled")
    assert (event.actor_id, event.title) == (director.pk, "Oldham, 2026 to 2027")
    assert event.values["Autumn 1"] == [None, "2026-09-02 to 2026-10-23"]
    assert event.values["year"] == 2026


def test_settling_the_same_again_changes_nothing():
    authority = AuthorityFactory()
    settle(authority_owner(authority))

    assert not settle(authority_owner(authority))
    assert authority_owner(authority).version == 2
    assert Event.objects.count() == 1


def test_a_school_keeps_only_what_differs_from_its_authority():
    school = SchoolFactory()
    settle(authority_owner(school.authority))

    settle(school_owner(school), EARLIER_END, {date(2027, 1, 4): "Phonics"})

    owner = school_owner(school)
    assert [
        row.number for row in HalfTerm.objects.filter(term_year__calendar=owner.reference.own_id)
    ] == [6]
    dates = dates_for(owner.reference)
    assert [each.name for each in dates.half_terms if each.is_own] == ["Summer 2"]
    assert dates.inset_days == {date(2027, 1, 4): "Phonics"}
    assert Event.objects.get(thing_id=owner.reference.own_id).school_id == school.pk


def test_a_school_hears_of_what_its_authority_changes_later():
    school = SchoolFactory()
    settle(authority_owner(school.authority))
    settle(school_owner(school), EARLIER_END)

    settle(authority_owner(school.authority), {1: (date(2026, 9, 3), date(2026, 10, 23))})

    (first, *_rest) = dates_for(school_owner(school).reference).half_terms
    assert first.starts_on == date(2026, 9, 3)


def test_a_school_that_settles_what_its_authority_does_keeps_nothing():
    school = SchoolFactory()
    settle(authority_owner(school.authority))

    assert not settle(school_owner(school))
    assert school_owner(school).reference.own_id is None
    assert TermCalendar.objects.count() == 1


def test_a_school_that_goes_back_to_its_authoritys_dates_keeps_nothing_of_the_year():
    school = SchoolFactory()
    settle(authority_owner(school.authority))
    settle(school_owner(school), EARLIER_END)

    assert settle(school_owner(school))
    assert not TermYear.objects.filter(calendar__of_school__school=school).exists()


def test_a_school_may_settle_a_year_before_its_authority_does():
    school = SchoolFactory()
    settle(school_owner(school), EARLIER_END)
    assert dates_for(school_owner(school).reference).knows(2026)

    settle(authority_owner(school.authority), year=2027)

    reference = school_owner(school).reference
    assert reference.above_id == authority_owner(school.authority).reference.own_id
    assert dates_for(reference).years == {2026, 2027}


def test_clearing_a_year_lets_the_school_follow_again():
    school, head = SchoolFactory(), PersonFactory()
    settle(authority_owner(school.authority))
    settle(school_owner(school), EARLIER_END, {})
    owner = school_owner(school)

    assert clear_year(owner=owner, year=2026, seen_version=owner.version, by=head, now=NOW)
    owner = school_owner(school)
    assert not clear_year(owner=owner, year=2026, seen_version=owner.version, by=head, now=NOW)

    dates = dates_for(owner.reference)
    assert [each for each in dates.half_terms if each.is_own] == []
    assert dates.inset_days == INSET_DAYS
    assert Event.objects.filter(action="term dates taken back").count() == 1


@pytest.mark.parametrize("stale", [0, 1, 3])
def test_two_people_at_once_are_told(stale):
    authority = AuthorityFactory()
    settle(authority_owner(authority))
    owner = authority_owner(authority)

    with pytest.raises(ChangedSince):
        settle_year(
            owner=owner,
            year=2026,
            settled=Settled(HALF_TERMS, {}),
            seen_version=stale,
            by=None,
            now=NOW,
        )


def test_two_who_settle_the_first_dates_at_once_are_told():
    authority = AuthorityFactory()
    before = authority_owner(authority)
    settle(before)

    with pytest.raises(ChangedSince):
        settle_year(
            owner=before,
            year=2026,
            settled=Settled(HALF_TERMS, {}),
            seen_version=0,
            by=None,
            now=NOW,
        )
    assert TermCalendar.objects.count() == 1


def test_a_file_is_imported_once_and_the_same_file_changes_nothing():
    authority = AuthorityFactory()

    assert str(imported(term_file())) == "1 new, 0 changed, 0 unchanged, 0 refused"
    assert str(imported(term_file())) == "0 new, 0 changed, 1 unchanged, 0 refused"

    dates = dates_for(authority_owner(authority).reference)
    assert {each.number: (each.starts_on, each.ends_on) for each in dates.half_terms} == HALF_TERMS
    assert dates.source(2026) == "https://oldham.example/dates"
    assert not dates.is_example(2026)


def test_an_import_keeps_inset_days_that_the_file_says_nothing_of():
    authority = AuthorityFactory()
    settle(authority_owner(authority), {6: EARLIER_END[6]})

    done = imported(term_file())

    assert str(done) == "0 new, 1 changed, 0 unchanged, 0 refused"
    assert str(done.years[0]) == "353 Oldham, 2026 to 2027: changed, Summer 2, the source"

    assert dates_for(authority_owner(authority).reference).inset_days == INSET_DAYS


def test_an_import_brings_the_inset_days_of_the_file():
    authority = AuthorityFactory()
    imported(term_file())
    read = json.loads(term_file())
    training = {"name": "Maths", "type": "inset", "start": "2026-12-03", "end": "2026-12-04"}
    read["la"]["353 Oldham"]["periods"].append(training)

    done = imported(json.dumps(read).encode())

    assert str(done.years[0]) == "353 Oldham, 2026 to 2027: changed, INSET days"
    assert dates_for(authority_owner(authority).reference).inset_days == {
        date(2026, 12, 3): "Maths",
        date(2026, 12, 4): "Maths",
    }


def test_a_whole_term_with_two_breaks_inside_is_not_guessed_at():
    AuthorityFactory()
    rows = [
        ("autumn 2026", "term", "2026-09-02", "2026-12-18"),
        ("half term", "holiday", "2026-10-24", "2026-11-01"),
        ("closed", "holiday", "2026-11-23", "2026-11-24"),
    ]
    lines = ["authority,name,type,start,end", *(f"353,{','.join(row)}" for row in rows)]

    (year,) = imported("\n".join(lines).encode()).years

    assert (year.state, year.year_words) == ("refused", "2026 to 2027")


def test_a_version_that_never_was_is_not_overwritten():
    owner = authority_owner(AuthorityFactory())
    settled = Settled(HALF_TERMS, {})

    with pytest.raises(ChangedSince):
        settle_year(owner=owner, year=2026, settled=settled, seen_version=5, by=None, now=NOW)
    assert TermCalendar.objects.count() == 0


def test_calendars_and_their_parts_say_what_they_are():
    settle(authority_owner(AuthorityFactory()))
    year = TermYear.objects.get()

    assert [str(year), str(year.half_terms.get(number=6))] == ["2026 to 2027", "Summer 2"]
    assert str(year.calendar) == "Oldham"
    assert str(year.inset_days.get(note="Phonics")) == "INSET day on 2027-01-04"


def test_a_trial_run_changes_nothing():
    AuthorityFactory()

    assert str(imported(term_file(), dry_run=True)) == "1 new, 0 changed, 0 unchanged, 0 refused"
    assert TermCalendar.objects.count() == 0


def test_whole_terms_are_cut_at_the_half_term_inside():
    authority = AuthorityFactory()
    rows = [
        ("autumn 2026", "term", "2026-09-02", "2026-12-18"),
        ("half term", "holiday", "2026-10-24", "2026-11-01"),
        ("spring 2027", "term", "2027-01-04", "2027-03-25"),
        ("half term", "holiday", "2027-02-15", "2027-02-19"),
        ("Easter", "holiday", "2027-03-26", "2027-04-09"),
        ("summer 2027", "term", "2027-04-12", "2027-07-21"),
        ("half term", "holiday", "2027-05-31", "2027-06-04"),
        ("INSET", "inset", "2026-09-02", "2026-09-02"),
        ("Phonics", "inset", "2027-01-04", "2027-01-04"),
    ]
    lines = ["Authority,Name,Type,Start,End,Note"]
    lines += [f"353 Oldham,{','.join(row)}," for row in rows]

    assert str(imported("\r\n".join(lines).encode("utf-8-sig"))).startswith("1 new")

    dates = dates_for(authority_owner(authority).reference)
    assert {each.number: (each.starts_on, each.ends_on) for each in dates.half_terms} == HALF_TERMS
    assert dates.inset_days == INSET_DAYS


def test_authorities_and_years_that_cannot_be_taken_are_named_and_the_rest_is_kept():
    AuthorityFactory()
    read = json.loads(term_file())
    periods = read["la"]["353 Oldham"]["periods"]
    periods.append(
        {"name": "autumn (1)", "type": "term", "start": "2028-09-04", "end": "2028-10-20"}
    )
    read["la"]["310 Harrow"] = {"periods": periods}
    read["la"]["353X Elsewhere"] = {"periods": []}

    done = imported(json.dumps(read).encode())

    assert [str(each) for each in done.years] == [
        "353 Oldham, 2026 to 2027: new",
        "353 Oldham, 2028 to 2029: refused, its six half terms aren’t all there, one after the other",
        "310 Harrow: refused, the register has no such local authority",
        "353X Elsewhere: refused, the register has no such local authority",
    ]
    assert [year.year for year in TermYear.objects.all()] == [2026]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"  \n",
        b"\xff\xfe\x00",
        b"PK\x03\x04\x00\x00",
        b"{",
        b"[1, 2]",
        b'{"la": []}',
        b'{"la": {}}',
        b'{"la": {"Oldham council": {"periods": []}}}',
        b'{"la": {"-- Oldham": {"periods": []}}}',
        b'{"la": {"353 Oldham": {"periods": [' + b"{}," * 20_000 + b"{}]}}}",
        b"authority,name,type,start,end\n353," + b"x" * 200_000 + b",term,2026-09-01,2026-10-20\n",
        b'{"la": {"353 Oldham": {"periods": {}}}}',
        b'{"la": {"353 Oldham": 3}}',
        b'{"la": {"999 Nowhere": {"periods": []}}}',
        b"name,start\nautumn,2026-09-02\n",
        b"authority,name,type,start,end\n353,autumn (1),term,2026-09-31,2026-10-20\n",
        b"authority,name,type,start,end\n353,autumn (1),term,2026-10-20,2026-09-01\n",
        b"authority,name,type,start,end\n353,autumn (1),term,2026-09-01,2027-10-20\n",
        b"authority,name,type,start,end\n353,autumn (1),term,0026-09-01,0026-10-20\n",
        b"authority,name,type,start,end\n353,autumn (1),party,2026-09-01,2026-10-20\n",
        b"authority,name,type,start,end\n353,harvest,term,2026-09-01,2026-10-20\n",
        b"authority,name,type,start,end\n353\n",
    ],
    ids=range(23),
)
def test_a_wrong_file_is_refused_in_a_sentence_and_nothing_changes(content):
    AuthorityFactory()

    with pytest.raises(RefusedTermFile) as refused:
        imported(content)

    assert str(refused.value).endswith(".")
    assert TermCalendar.objects.count() == 0


def test_a_file_as_large_as_none_is_refused():
    with pytest.raises(RefusedTermFile):
        imported(b"x" * 2_000_001)
