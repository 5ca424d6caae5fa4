from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from partnership.toolkit.registers import (
    OriginKind,
    began,
    hand_over,
    handed,
    handed_words,
    origins,
    origins_of,
)

NOW = datetime(2027, 2, 15, 10, tzinfo=UTC)
WORDS = "We would like to get better at early reading, “together”."
LONGEST_ADDRESS = 4_094


@dataclass
class Somebody:
    pk: int


HEAD, OTHER = Somebody(7), Somebody(8)


@pytest.fixture
def kept(monkeypatch, time_machine):
    time_machine.move_to(NOW, tick=False)
    rows = []

    def keep(origin, **told):
        rows.append((origin, *told.values()))

    def shown(person, **_told):
        return [("Began there", "/there/")] if person is HEAD else []

    offered = (OriginKind(key="room.finding", keep=keep, shown=shown),)
    monkeypatch.setattr(origins, "gather", lambda *_names: offered)
    return rows


def test_words_come_back_to_whom_they_were_handed(kept):
    token = hand_over("room.finding", 42, WORDS, by=HEAD)

    assert (handed(token, by=HEAD).origin, handed_words(token, by=HEAD)) == (42, WORDS)
    assert "reading" not in token


@pytest.mark.parametrize("spoilt", ["", "made:up:token", "{token}x"])
def test_what_is_made_up_hands_nothing(kept, spoilt):
    token = spoilt.format(token=hand_over("room.finding", 42, WORDS, by=HEAD))

    assert handed_words(token, by=HEAD) == ""
    began(token, kind="room.thing", thing_id=3, by=HEAD, now=NOW)
    assert kept == []


def test_nobody_else_takes_it_up_and_it_lapses_after_a_week(kept, time_machine):
    token = hand_over("room.finding", 42, WORDS, by=HEAD)
    began(token, kind="room.thing", thing_id=3, by=OTHER, now=NOW)
    time_machine.move_to(NOW + timedelta(days=7, seconds=1), tick=False)
    began(token, kind="room.thing", thing_id=3, by=HEAD, now=NOW)

    assert kept == []


def test_new_thing_is_linked_with_the_room_that_handed_it_over(kept):
    token = hand_over("room.finding", 42, WORDS, by=HEAD)
    foreign = hand_over("another.finding", 42, WORDS, by=HEAD)
    for each in (token, foreign):
        began(each, kind="room.thing", thing_id=3, by=HEAD, now=NOW)

    assert kept == [(42, "room.thing", 3, HEAD, NOW)]


def test_where_it_began_is_told_to_who_may_see_it(kept):
    told = {"kind": "room.thing", "thing_id": 3, "now": NOW}

    assert origins_of(HEAD, **told) == [("Began there", "/there/")]
    assert origins_of(OTHER, **told) == []


def test_a_thousand_characters_stay_within_an_address(kept):
    text = "".join(f"Año {number}: “naïve” £{number * 37 % 1009} – " for number in range(60))[:1000]

    assert len(hand_over("days.report_part", 10**9, text, by=HEAD)) < LONGEST_ADDRESS - 200
