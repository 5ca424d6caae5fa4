from datetime import UTC, datetime

import pytest

from partnership.toolkit.numbered import MOMENT, Moments, numbered


def test_places_are_counted_and_doubled_signs_stay_signs():
    query = "SELECT 'é' LIKE '100%%' FROM meetings WHERE body = %s AND place = %s"

    found, names = numbered(query)

    said = "SELECT 'é' LIKE '100%' FROM meetings WHERE body = $1 AND place = $2"
    assert (found.decode(), names) == (said, ())


def test_a_name_has_one_place_however_often_it_comes():
    found, names = numbered("SELECT 1 WHERE a = %(a)s AND b = %(b)s OR %(a)s = '50%%'")

    assert found.decode() == "SELECT 1 WHERE a = $1 AND b = $2 OR $1 = '50%'"
    assert names == ("a", "b")


@pytest.mark.parametrize(
    ("written", "microsecond"),
    [(b"2027-01-12 16:30:05+00", 0), (b"2027-01-12 16:30:05.5+00", 500_000)],
)
def test_moments_are_read_in_utc(written, microsecond):
    moment = Moments(MOMENT).load(written)

    assert moment == datetime(2027, 1, 12, 16, 30, 5, microsecond, tzinfo=UTC)
    assert moment.tzinfo is UTC


def test_a_moment_of_another_zone_is_the_same_moment_in_utc():
    moment = Moments(MOMENT).load(b"2027-06-15 17:30:00+01")

    assert (moment.hour, moment.tzinfo) == (16, UTC)
