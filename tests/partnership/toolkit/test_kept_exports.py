import time
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage

from partnership.toolkit.exports import Column
from partnership.toolkit.kept_exports import begun, keep_export, remove_old_exports
from partnership.toolkit.progress import begin, progress_of

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
COLUMNS = (Column("Number", lambda row: row),)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def asked(of="schools.csv?", person_id=1):
    told = {"title": "Schools", "person_id": person_id, "back": "/schools/", "at": time.time()}
    return begun(of=of, **told)


def kept(key, rows=range(3), kind="csv"):
    told = {"name": "schools", "columns": COLUMNS, "total": 3, "on": TODAY}
    keep_export(key, kind, rows=rows, **told)


def test_same_file_asked_for_twice_in_a_minute_is_one_work():
    first, is_new = asked()
    again, is_new_again = asked()
    others, _new = asked(person_id=2)
    narrowed, _new = asked(of="schools.csv?phase=Primary")

    assert (is_new, is_new_again) == (True, False)
    assert again.key == first.key
    assert len({first.key, others.key, narrowed.key}) == 3


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbfNumber"), ("xlsx", b"PK")])
def test_file_is_kept_and_its_work_says_where_and_what_it_is_called(kind, begins):
    work, _new = asked()

    kept(work.key, kind=kind)

    told = progress_of(work.key, person_id=1)
    assert (told.is_finished, told.file_name) == (True, f"schools-2026-11-22.{kind}")
    assert told.words == "3 rows. The file is kept for you for a day."
    with default_storage.open(told.file) as content:
        assert content.read().startswith(begins)


def test_work_that_fails_says_so_and_keeps_nothing():
    work = begin(title="Schools", person_id=1, back="/", at=time.time())

    def rows():
        yield 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kept(work.key, rows=rows())

    told = progress_of(work.key, person_id=1)
    assert (told.has_failed, told.file) == (True, "")
    assert not default_storage.exists("exports")


def test_files_go_after_a_day_and_not_before():
    assert remove_old_exports(now=NOW) == 0
    work, _new = asked()
    kept(work.key)
    path = progress_of(work.key, person_id=1).file
    made = default_storage.get_modified_time(path)

    early = remove_old_exports(now=made + timedelta(hours=23))
    late = remove_old_exports(now=made + timedelta(hours=25))

    assert (early, late) == (0, 1)
    assert not default_storage.exists(path)


def test_a_new_minute_is_a_new_work():
    with time_machine.travel(NOW, tick=False) as clock:
        first, _new = asked()
        clock.shift(61)
        again, is_new = asked()

    assert is_new
    assert first.key != again.key
