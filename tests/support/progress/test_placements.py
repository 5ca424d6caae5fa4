from datetime import timedelta

import pytest

from partnership.notices.models import Notice
from partnership.toolkit.registers import ParticipationWindow, participation_of
from support.progress.models import Held, Placement
from support.progress.notices import HOST_ASKED, HOST_TOLD, letters_to_hosts_asked
from support.progress.services.holding import NotOverYet
from support.progress.services.placing import (
    HostsItself,
    NotAgreed,
    SaidAlready,
    agree_to_placement,
    cancel_placement,
    hold_placement,
    move_placement,
    plan_placement,
    say_learnt,
)
from tests.factories import MembershipFactory, PersonFactory, SchoolFactory, SchoolPostFactory
from tests.support.progress.begun import NOW
from tests.support.progress.visiting import ENDS, STARTS, make_running

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    made = make_running()
    made.host = SchoolFactory(name="Example Fold Primary School")
    MembershipFactory(alliance=made.alliance, school=made.host)
    made.host_head = PersonFactory(name="Grace Fold")
    SchoolPostFactory(school=made.host, person=made.host_head, kind="head")
    return made


def plans(made, *, by=None, agrees_for=(), **changes):
    facts = {
        "who": "Teacher of Year 4",
        "host": made.host,
        "focus": "How writing is modelled",
        "starts_at": STARTS,
        "ends_at": ENDS + timedelta(days=1),
        "days": 2,
    }
    return plan_placement(
        programme=made.programme,
        facts=facts | changes,
        agrees_for=agrees_for,
        by=by or made.director,
        now=NOW,
    )


def agreed(made):
    placement = plans(made, by=made.head, agrees_for=["school"])
    return agree_to_placement(placement=placement, agrees_for=["host"], by=made.host_head, now=NOW)


def test_host_is_asked_by_a_mail_that_names_nothing(made):
    plans(made, by=made.head, agrees_for=["school"])

    notice = Notice.objects.get(kind=HOST_ASKED)
    letter = letters_to_hosts_asked([notice], NOW)[notice.pk]
    words = " ".join([letter.subject, letter.why, *letter.after])
    assert notice.recipient == made.host_head
    assert "Example" not in words
    assert "support" not in words.lower()
    assert letter.button_url.endswith(f"/support/placements/{Placement.objects.get().pk}/")


def test_school_does_not_host_its_own(made):
    with pytest.raises(HostsItself):
        plans(made, host=made.programme.school)


def test_both_heads_agree_and_the_first_word_counts(made):
    placement = agreed(made)
    agree_to_placement(
        placement=placement, agrees_for=["host"], by=made.host_head, now=NOW + timedelta(days=1)
    )

    kept = Placement.objects.get()
    assert kept.is_agreed
    assert (kept.school_agreed_by, kept.host_agreed_at) == (made.head, NOW)


def test_placement_is_held_once_both_agree_and_it_is_over(made):
    with pytest.raises(NotAgreed):
        hold_placement(placement=plans(made), by=made.head, now=ENDS + timedelta(days=2))
    placement = agreed(made)
    with pytest.raises(NotOverYet):
        hold_placement(placement=placement, by=made.head, now=ENDS)


def test_what_was_learnt_is_said_once_and_counts_for_the_host(made):
    placement = agreed(made)
    later = ENDS + timedelta(days=2)

    say_learnt(placement=placement, learnt="To model aloud.", by=made.head, now=later)

    with pytest.raises(SaidAlready):
        say_learnt(placement=placement, learnt="More.", by=made.head, now=later)
    assert Placement.objects.get().state == Held.HELD
    (hosted,) = participation_of(ParticipationWindow(made.host.pk, 2026))
    assert (hosted.given, hosted.received) == (2, 0)
    received = participation_of(ParticipationWindow(made.programme.school_id, 2026))
    assert [(part.words, part.received) for part in received] == [(hosted.words, 2)]
    assert participation_of(ParticipationWindow(made.host.pk, 2025)) == []


def test_both_heads_are_told_that_a_placement_is_called_off(made):
    placement = agreed(made)

    cancel_placement(placement=placement, because="Ill", by=made.director, now=NOW)

    assert Notice.objects.get(kind=HOST_TOLD).recipient == made.host_head
    changed = Notice.objects.filter(kind="programmes.changed", recipient=made.head)
    assert changed.filter(key__startswith="placement-cancelled").exists()


def test_moved_placement_waits_for_the_other_head_again(made):
    placement = agreed(made)
    Notice.objects.all().delete()
    later = {
        name: getattr(placement, name) + timedelta(days=7) for name in ("starts_at", "ends_at")
    }
    moves = {"placement": placement, "agrees_for": ["school"], "by": made.head}

    move_placement(when={**later, "days": placement.days}, **moves, now=NOW + timedelta(days=1))
    move_placement(when={**later, "days": placement.days}, **moves, now=NOW + timedelta(days=2))

    kept = Placement.objects.get()
    assert (kept.starts_at, kept.sequence) == (later["starts_at"], 1)
    assert (kept.school_agreed_at, kept.host_agreed_by) == (NOW + timedelta(days=1), None)
    assert kept.learnt_by > placement.learnt_by
    told = Notice.objects.values_list("kind", "recipient")
    assert list(told) == [(HOST_ASKED, made.host_head.pk)]
    with pytest.raises(NotAgreed):
        hold_placement(placement=kept, by=made.head, now=ENDS + timedelta(days=30))
