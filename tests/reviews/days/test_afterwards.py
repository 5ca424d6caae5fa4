from datetime import UTC, datetime, timedelta

import pytest

from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.toolkit.versions import ChangedSince
from reviews.days.models import CheckBack, CheckBackAnswer, Review, ReviewAction, Workshop, moments
from reviews.days.services.acting import (
    ActionDone,
    ActionGone,
    NotHostSide,
    add_action,
    change_action,
    finish_action,
    remove_action,
    reopen_action,
)
from reviews.days.services.afterwards import NotOfReport, NotReleased
from reviews.days.services.championing import (
    MayNotLead,
    NoChampion,
    WorkshopHeld,
    ask_champion,
    champions_for,
    let_champion_go,
)
from reviews.days.services.checking_back import (
    CheckBackGiven,
    NotAllAnswered,
    answer_area,
    give_check_back,
    reopen_check_back,
)
from reviews.days.services.workshops import (
    NotArranged,
    NotYetBegun,
    arrange_workshop,
    say_workshop_held,
    say_workshop_not_held,
)
from tests.factories.days import TeamStepFactory
from tests.factories.reviews import CannotReviewFactory, CycleReviewerFactory
from tests.factories.schools import SchoolPostFactory
from tests.reviews.days.followed import NOW, make_released

pytestmark = pytest.mark.django_db
STARTS = NOW + timedelta(days=3)
LATER = NOW + timedelta(days=5)
ANSWER = {
    "extent": "some",
    "changed": "Pupils use feedback in the lesson.",
    "for_whom": "Years 4 to 6",
    "evidence": "Books of two classes.",
}


@pytest.fixture
def made():
    return make_released()


def ask(made, name="cem", now=NOW):
    return ask_champion(review=made.review, champion=made.people[name], by=made.head, now=now)


def arrange(made, starts_at=STARTS, **more):
    span = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "place": "Hall"}
    return arrange_workshop(review=made.review, **span, by=made.head, now=NOW, **more)


def hold(made, by=None, now=LATER, **more):
    words = "Feedback in the lesson from March on."
    return say_workshop_held(review=made.review, agreed=words, by=by or made.head, now=now, **more)


def facts(made, **more):
    return {
        "words": "Agree how feedback is given",
        "part": made.parts[0],
        "owner": made.named,
        "owner_words": "",
        "due_at": datetime(2027, 3, 1, 17, tzinfo=UTC),
        **more,
    }


def told(kind):
    return {notice.recipient.name for notice in Notice.objects.filter(kind=f"days.{kind}")}


def sees(made, name, now=NOW):
    return Review.objects.with_report_for(made.people[name], **moments(now)).exists()


def test_champions_are_neither_of_the_team_nor_of_the_school_nor_barred(made):
    barred, out, own = (CycleReviewerFactory(cycle=made.cycle) for _each in range(3))
    CannotReviewFactory(reviewer=barred.reviewer, school=made.school)
    SchoolPostFactory(school=made.school, person=own.reviewer.person, kind="teacher")
    out.left_at = NOW
    out.save()

    found = champions_for(made.review, on=NOW.date())

    assert [each.reviewer.person.name for each in found] == ["Cem", "Dora"]
    for person in (made.people["ben"], own.reviewer.person, made.head):
        with pytest.raises(MayNotLead):
            ask_champion(review=made.review, champion=person, by=made.head, now=NOW)


def test_whoever_gave_a_view_and_was_taken_out_of_the_team_is_no_champion(made):
    TeamStepFactory(review=made.review, person=made.people["cem"], views_at=NOW)
    TeamStepFactory(review=made.review, person=made.people["dora"], declared_at=NOW)

    found = {entry.reviewer.person for entry in champions_for(made.review, on=NOW.date())}

    assert found & {made.people["cem"], made.people["dora"]} == {made.people["dora"]}
    with pytest.raises(MayNotLead):
        ask(made)


def test_champion_reads_the_report_until_somebody_else_is_asked(made):
    ask(made)
    first = sees(made, "cem")
    ask(made, "dora")

    assert (first, sees(made, "cem"), sees(made, "dora")) == (True, False, True)
    assert (told("champion_asked"), told("champion_gone")) == ({"Cem", "Dora"}, {"Cem"})


def test_workshop_begins_with_its_date_where_the_release_set_none(made):
    workshop = ask(made)

    assert workshop.hold_by == datetime(2027, 2, 26, 17, tzinfo=UTC)
    assert Workshop.objects.count() == 1


def test_whoever_gives_it_up_leaves_it_to_the_host(made):
    ask(made)
    arrange(made)
    let_champion_go(review=made.review, by=made.people["cem"], now=NOW)

    workshop = Workshop.objects.get()
    assert (workshop.arranged_at, workshop.starts_at) == (None, STARTS)
    assert not sees(made, "cem")
    assert told("workshop_alone") == {"Hana Head"}
    with pytest.raises(NoChampion):
        let_champion_go(review=made.review, by=made.head, now=NOW)
    assert ask(made, "dora").arranged_at == NOW


def test_workshop_is_arranged_once_there_are_a_champion_and_a_time(made):
    alone = arrange(made)
    asked = ask(made)

    assert (alone.arranged_at, asked.arranged_at) == (None, NOW)
    assert told("workshop_set") == set()
    arrange(made, starts_at=LATER, seen_version=asked.version)
    assert told("workshop_set") == {"Cem"}
    with pytest.raises(ChangedSince):
        arrange(made, starts_at=LATER, seen_version=1)


def test_workshop_is_said_to_be_held_after_it_by_host_or_champion(made):
    ask(made)
    with pytest.raises(NotArranged):
        hold(made)
    arrange(made)
    with pytest.raises(NotYetBegun):
        hold(made, now=NOW)
    held = hold(made, by=made.people["cem"])

    assert (held.held_at, held.held_by) == (LATER, made.people["cem"])
    assert told("workshop_said") == {"Hana Head"}
    for late in (ask, arrange):
        with pytest.raises(WorkshopHeld):
            late(made)

    assert say_workshop_not_held(review=made.review, by=made.head, now=LATER).agreed
    assert ask(made, "dora").held_at is None


def test_actions_belong_to_who_may_see_the_review(made):
    action = add_action(review=made.review, facts=facts(made), by=made.head, now=NOW)
    teacher = SchoolPostFactory(school=made.school, kind="teacher").person

    assert told("action_given") == {made.named.name}
    with pytest.raises(NotHostSide):
        change_action(action=action, facts=facts(made, owner=teacher), by=made.head, now=NOW)
    with pytest.raises(NotOfReport):
        add_action(review=made.review, facts=facts(made, part=made.strength), by=made.head, now=NOW)


def test_action_is_changed_done_opened_again_and_removed(made):
    action = add_action(review=made.review, facts=facts(made), by=made.head, now=NOW)
    other = facts(made, owner=None, owner_words="Leader of English")
    told_all = {"action": action, "by": made.head, "now": NOW}
    change_action(**told_all, facts=other, seen_version=1)
    with pytest.raises(ChangedSince):
        change_action(**told_all, facts=facts(made), seen_version=1)
    finish_action(**told_all, words="Agreed in April.")
    with pytest.raises(ActionDone):
        change_action(**told_all, facts=other)

    assert reopen_action(**told_all).done_words == "Agreed in April."
    remove_action(**told_all)
    remove_action(**told_all)
    assert not ReviewAction.objects.exists()
    with pytest.raises(ActionGone):
        change_action(**told_all, facts=other)
    with pytest.raises(ActionGone):
        reopen_action(**told_all)
    assert Event.objects.filter(action="action after a review removed").count() == 1


def test_check_back_is_given_once_every_area_has_its_answer(made):
    ask(made)
    told_all = {"review": made.review, "by": made.head, "now": NOW}
    answer_area(**told_all, part=made.parts[0], facts=ANSWER, seen_version=0)
    with pytest.raises(NotAllAnswered):
        give_check_back(**told_all, next_steps="")
    answer_area(**told_all, part=made.parts[1], facts=ANSWER)
    given = give_check_back(**told_all, next_steps="Go on with Year 6.")

    assert (given.given_at, given.due_at) == (NOW, datetime(2027, 4, 29, 16, tzinfo=UTC))
    assert told("check_back_given") == {"Ada", "Cem"}
    with pytest.raises(CheckBackGiven):
        answer_area(**told_all, part=made.parts[0], facts=ANSWER)

    assert reopen_check_back(**told_all).next_steps == "Go on with Year 6."
    assert CheckBackAnswer.objects.count() == 2


def test_answer_that_somebody_saved_meanwhile_is_not_lost(made):
    told_all = {"review": made.review, "part": made.parts[0], "by": made.head, "now": NOW}
    answer_area(**told_all, facts=ANSWER, seen_version=0)

    with pytest.raises(ChangedSince):
        answer_area(**told_all, facts={**ANSWER, "extent": "much"}, seen_version=0)
    with pytest.raises(NotOfReport):
        answer_area(**{**told_all, "part": made.strength}, facts=ANSWER)


def test_nothing_follows_from_a_report_before_its_release(made):
    made.review.released_at = None
    made.review.save()

    for act in (ask, arrange):
        with pytest.raises(NotReleased):
            act(made)
    with pytest.raises(NotReleased):
        give_check_back(review=made.review, next_steps="", by=made.head, now=NOW)
    assert not CheckBack.objects.exists()


def test_lead_follows_the_check_back_after_ninety_days_and_reads_no_report(made):
    CheckBack.objects.create(review=made.review, due_at=NOW)
    late = made.review.released_at + timedelta(days=120)
    ada, ben = made.people["ada"], made.people["ben"]

    seen = {
        name: Review.objects.followed_by(person, **moments(late)).exists()
        for name, person in (("ada", ada), ("ben", ben), ("head", made.head))
    }

    assert seen == {"ada": True, "ben": False, "head": True}
    assert not sees(made, "ada", late)
    CheckBack.objects.update(given_at=late - timedelta(days=91))
    assert not Review.objects.followed_by(ada, **moments(late)).exists()


def test_audit_keeps_no_word_of_it(made):
    ask(made)
    arrange(made)
    hold(made)
    add_action(review=made.review, facts=facts(made), by=made.head, now=NOW)
    told_all = {"review": made.review, "by": made.head, "now": NOW}
    for part in made.parts:
        answer_area(**told_all, part=part, facts=ANSWER)
    give_check_back(**told_all, next_steps="Go on with Year 6.")

    events = list(Event.objects.all())
    kept = " ".join(str(vars(event)) for event in events)

    assert len(events) >= 7
    for hidden in ("Feedback", "Year", "lesson", "Books", "Host Primary", "Agree how"):
        assert hidden not in kept
