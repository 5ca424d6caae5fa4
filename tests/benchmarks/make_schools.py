"""Any number of schools, made from the real extracts, for the measurements."""

import csv
import io
from datetime import date
from pathlib import Path

from alliances.schools.models import Authority, School
from alliances.schools.register import read_register

DATA = Path(__file__).resolve().parents[2] / "alliances" / "schools" / "data"
FIRST_URN = 200_000
MADE_AUTHORITIES = 150
BATCH = 2_000


def sample_readings():
    return [
        reading
        for path in sorted(DATA.glob("*.csv"))
        for reading in read_register(path.read_bytes()).schools
    ]


def make_schools(count, *, sourced_on=date(2025, 7, 17)):
    """Fill the table in bulk with so many schools, spread over 150 authorities."""
    authorities = _authorities()
    readings = sample_readings()
    made = []
    for number in range(count):
        facts = dict(readings[number % len(readings)].facts)
        turn = number // len(readings)
        facts.pop("authority_code")
        facts.pop("authority_name")
        facts["urn"] = FIRST_URN + number
        if turn:
            facts["name"] = f"{facts['name']} {turn}"
        school = School(
            authority=authorities[number % len(authorities)], sourced_on=sourced_on, **facts
        )
        school.search_text = school.searchable()
        made.append(school)
    School.objects.bulk_create(made, batch_size=BATCH)
    return count


def make_extract(count):
    """The bytes of an extract with so many rows, in the published layout."""
    tables = [
        list(csv.reader(io.StringIO(path.read_bytes().decode("cp1252"), newline="")))
        for path in sorted(DATA.glob("*.csv"))
    ]
    header = tables[0][0]
    rows = [row for table in tables for row in table[1:]]
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    for number in range(count):
        writer.writerow([str(FIRST_URN + number), *rows[number % len(rows)][1:]])
    return out.getvalue().encode("cp1252")


def _authorities():
    Authority.objects.bulk_create(
        (Authority(code=str(600 + n), name=f"Authority {n:03}") for n in range(MADE_AUTHORITIES)),
        ignore_conflicts=True,
    )
    return list(Authority.objects.filter(name__startswith="Authority ").order_by("code"))
