import math
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.meetings.attendance import forecast_of, presence_of, register_of, replies_of
from alliances.meetings.models import Body
from alliances.meetings.quorum import Forecast, Presence, named, needed_in, needed_of
from alliances.meetings.services import answer_meeting, begin_meeting, call_meeting
from tests.alliances.meetings.acts import NOW, reply_of, seated
from tests.factories import BodyFactory, MeetingFactory, PersonFactory, SeatFactory

PLACES = st.integers(0, 500)
FRACTION = st.sampled_from(Body.Fraction.values)


@given(number=st.integers(1, 500), places=PLACES)
def test_a_number_is_needed_however_many_places_there_are(number, places):
    assert needed_of(number, "", places) == number


@given(fraction=FRACTION, places=PLACES)
def test_a_fraction_is_rounded_up_and_never_nobody(fraction, places):
    part, whole = map(int, fraction.split("/"))

    needed = needed_of(None, fraction, places)

    assert needed == max(1, math.ceil(places * part / whole))
    assert needed * whole >= places * part
    assert needed == 1 or (needed - 1) * whole < places * part


@given(fraction=FRACTION, places=st.integers(1, 500))
def test_a_fraction_can_always_be_reached(fraction, places):
    assert 1 <= needed_of(None, fraction, places) <= places


@given(places=PLACES)
def test_without_a_quorum_nothing_is_needed(places):
    assert needed_of(None, "", places) is None


@given(needed=st.integers(1, 99), yes=st.integers(0, 99), substitutes=st.integers(0, 99))
def test_it_is_met_when_nothing_is_missing(needed, yes, substitutes):
    forecast = Forecast(needed, 99, yes, substitutes, 0, ())

    assert forecast.is_met == (yes + substitutes >= needed)
    assert forecast.missing == max(0, needed - yes - substitutes)
    assert forecast.is_met or str(forecast.missing) in forecast.words.replace("one", "1")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ((12, 14, 9, 0, 0), "9 of the 12 needed are coming; 3 more are missing."),
        (
            (12, 14, 10, 1, 0),
            "11 of the 12 needed are coming, one of them a substitute; one more is missing.",
        ),
        ((2, 3, 1, 0, 0), "1 of the 2 needed is coming; one more is missing."),
        ((7, 14, 6, 2, 0), "8 are coming, 2 of them substitutes; 7 are needed."),
        ((1, 1, 1, 0, 0), "One is coming; one is needed."),
        ((1, 0, 0, 0, 0), "0 of the 1 needed are coming; one more is missing."),
    ],
)
def test_the_forecast_says_it_in_a_sentence(facts, words):
    assert Forecast(*facts, ()).words == words


def test_who_said_maybe_stands_beside_it():
    assert [Forecast(5, 9, 1, 0, maybe, ()).maybe_words for maybe in (0, 1, 3)] == [
        "",
        "One said maybe.",
        "3 said maybe.",
    ]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ((None, 3), "3 members are here."),
        ((5, 0), "No member is here yet; 5 are needed: 5 more are missing."),
        ((5, 4), "4 members are here; 5 are needed: one more is missing."),
        ((5, 5), "5 members are here; 5 are needed: quorate."),
        ((5, 5, True), "5 members were there; 5 were needed: quorate."),
        ((5, 1, True), "One member was there; 5 were needed: not quorate."),
        ((1, 0, True), "No member came; one was needed: not quorate."),
        ((None, 3, True), "3 members were there."),
    ],
)
def test_the_register_says_it_in_a_sentence(facts, words):
    assert Presence(*facts).words == words


def test_few_are_named_and_many_are_counted():
    assert named(["Ann", "Bob"]) == "Ann and Bob"
    assert named(["Ann", "Bob", "Cy", "Di", "Ed", "Flo"]) == "Ann, Bob, Cy and 3 others"


def test_zero_seats_need_somebody():
    assert needed_in(SimpleNamespace(quorum_number=None, quorum_fraction="1/2"), 0) == 1


@pytest.mark.django_db
def test_yes_and_substitutes_count_and_a_lead_without_a_seat_does_not():
    body = BodyFactory(quorum_fraction="1/2", lead=PersonFactory(name="Lead"))
    heads = [seated(body, name=f"School {n}") for n in range(5)]
    SeatFactory(body=body, person=PersonFactory(name="Finance"))
    meeting = call_meeting(meeting=MeetingFactory(body=body), by=body.lead, now=NOW)
    said = [("yes", ""), ("maybe", ""), ("no", "Beth Lowe, deputy"), ("no", "")]
    for head, (answer, substitute) in zip(heads, said, strict=False):
        answer_meeting(
            reply=reply_of(head, meeting),
            answer=answer,
            substitute=substitute,
            by=head,
            now=NOW,
        )

    forecast = forecast_of(meeting, replies_of(meeting, body.lead, on=NOW.date()))

    assert (forecast.needed, forecast.places, forecast.yes, forecast.substitutes) == (3, 6, 1, 1)
    assert (forecast.maybe, forecast.missing) == (1, 1)
    assert set(forecast.silent) == {heads[4].name, "Finance"}


@pytest.mark.django_db
def test_a_body_without_a_quorum_has_no_forecast():
    body = BodyFactory()
    head, _other = seated(body), seated(body)
    meeting = call_meeting(meeting=MeetingFactory(body=body), by=head, now=NOW)
    replies = replies_of(meeting, head, on=NOW.date())

    assert forecast_of(meeting, replies) is None
    assert presence_of(meeting, replies) == Presence(None, 0)


@pytest.mark.django_db
def test_the_register_names_who_came_for_papers():
    body = BodyFactory(quorum_number=2)
    head, other = seated(body, name="Delph"), seated(body, name="Diggle")
    meeting = call_meeting(meeting=MeetingFactory(body=body), by=head, now=NOW)
    meeting = begin_meeting(meeting=meeting, by=head, now=meeting.starts_at)
    for person, state, instead in ((head, "late", ""), (other, "substitute", "Beth Lowe")):
        meeting.attendances.create(
            reply=reply_of(person, meeting),
            state=state,
            substitute=instead,
            recorded_by=head,
            recorded_at=NOW,
        )
    meeting.attendances.create(name="Jo Bloggs", state="present", recorded_by=head, recorded_at=NOW)

    register = register_of(meeting)

    assert {(line.name, line.place, line.words, line.substitute) for line in register.lines} == {
        (head.name, "Delph", "Late", ""),
        (other.name, "Diggle", "Substitute", "Beth Lowe"),
    }
    assert [line.name for line in register.guests] == ["Jo Bloggs"]
    assert [line.name for line in register.by_state("late")] == [head.name]
    assert register.presence == Presence(2, 2)
