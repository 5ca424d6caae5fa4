from datetime import date

from reviews.cycles.problem.wider import going_on

LAST, UNTIL = date(2027, 6, 25), date(2027, 6, 28)


def test_whoever_is_out_to_the_end_of_the_window_is_out_beyond_it():
    out = {"kind": "host", "id": "7", "dates": ["2027-06-24", "2027-06-25"]}

    wider = going_on(out, LAST, UNTIL)

    assert wider["dates"][2:] == ["2027-06-26", "2027-06-27", "2027-06-28"]
    assert len(out["dates"]) == 2


def test_whoever_is_back_before_the_end_is_free_beyond_it():
    out = {"kind": "host", "id": "7", "dates": ["2027-06-24"]}

    assert going_on(out, LAST, UNTIL) == out
    assert going_on({}, LAST, UNTIL) == {}
