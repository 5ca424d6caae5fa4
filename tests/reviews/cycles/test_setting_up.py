from datetime import UTC, date, datetime, timedelta

import pytest

from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.toolkit.registers import Letter, Stale
from partnership.toolkit.versions import ChangedSince
from reviews.cycles.models import (
    Cycle,
    CycleHost,
    CycleReviewer,
    PairRule,
    ReviewDay,
    Reviewer,
    RotaChange,
)
from reviews.cycles.notices.opening import OPENING
from reviews.cycles.services.cycles import CycleOver, NameTaken, begin_cycle, change_cycle
from reviews.cycles.services.opening import (
    DaysAhead,
    NobodyThere,
    NoRota,
    RotaThere,
    ask_for_dates,
    call_off_cycle,
    finish_cycle,
)
from reviews.cycles.services.organising import (
    NamedAlready,
    SameSchool,
    drop_pair_rule,
    end_organising,
    name_organiser,
    set_pair_rule,
)
from reviews.cycles.services.taking_part import (
    HasADay,
    NotAMember,
    add_chosen_reviewers,
    add_hosts,
    take_host_out,
    take_reviewer_out,
)
from tests.factories import PersonFactory, SchoolFactory
from tests.factories.reviews import (
    CycleFactory,
    CyclePersonFactory,
    DayPlaceFactory,
    PairRuleFactory,
    ReviewDayFactory,
    ReviewerFactory,
)
from tests.reviews.cycles.prepared import NOW, TODAY, make_scene

pytestmark = pytest.mark.django_db
BLOCK_BY = datetime(2026, 12, 7, 17, tzinfo=UTC)
RULES = {
    "name": "Review days",
    "year": 2027,
    "starts_on": date(2028, 1, 10),
    "ends_on": date(2028, 6, 23),
}


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def told(scene):
    return {"by": scene.director, "now": NOW}


def filled(scene, told):
    add_hosts(cycle=scene.cycle, schools=scene.schools, **told)
    add_chosen_reviewers(cycle=scene.cycle, reviewers=[], with_heads=True, **told)
    return scene.cycle


def told_people(kind):
    notices = Notice.objects.filter(kind=kind).order_by("recipient")
    return list(notices.values_list("recipient", flat=True))


def test_cycle_is_begun_once_of_a_name_and_year_unless_called_off(scene, told):
    begin_cycle(alliance=scene.alliance, rules=RULES, **told)
    with pytest.raises(NameTaken):
        begin_cycle(alliance=scene.alliance, rules=RULES | {"name": "REVIEW days"}, **told)
    call_off_cycle(cycle=Cycle.objects.get(year=2027), because="No", **told)

    begin_cycle(alliance=scene.alliance, rules=RULES, **told)

    states = Cycle.objects.filter(year=2027).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "preparing"]


def test_heads_of_hosts_become_reviewers_once_and_nobody_is_told_yet(scene, told):
    known = ReviewerFactory(alliance=scene.alliance, person=scene.heads[0])

    cycle = filled(scene, told)
    again = add_chosen_reviewers(cycle=cycle, reviewers=[known], with_heads=True, **told)

    pool = Reviewer.objects.filter(alliance=scene.alliance)
    assert sorted(pool.values_list("person", flat=True)) == sorted(h.pk for h in scene.heads)
    assert (cycle.hosts.count(), cycle.reviewers.count(), again) == (3, 3, [])
    assert not Notice.objects.exists()


def test_school_outside_the_alliance_cannot_host(scene, told):
    with pytest.raises(NotAMember):
        add_hosts(cycle=scene.cycle, schools=[SchoolFactory()], **told)


def test_dates_are_asked_of_heads_and_reviewers_once_and_who_comes_later_is_asked_too(scene, told):
    with pytest.raises(NobodyThere):
        ask_for_dates(cycle=scene.cycle, block_by=BLOCK_BY, **told)
    add_hosts(cycle=scene.cycle, schools=scene.schools[:2], **told)
    reviewer = ReviewerFactory(alliance=scene.alliance)
    add_chosen_reviewers(cycle=scene.cycle, reviewers=[reviewer], **told)
    asked = {"cycle": scene.cycle, "block_by": BLOCK_BY, **told}

    ask_for_dates(**asked)
    ask_for_dates(**asked)
    before = told_people("cycles.dates_asked")
    add_hosts(cycle=scene.cycle, schools=scene.schools, **told)

    first = sorted([scene.heads[0].pk, scene.heads[1].pk, reviewer.person_id])
    assert before == first
    assert told_people("cycles.dates_asked") == sorted([*first, scene.heads[2].pk])
    assert Event.objects.filter(action="dates asked for").count() == 1


def test_cycle_is_seen_by_its_heads_from_the_moment_dates_are_asked_for(scene, told):
    filled(scene, told)
    seen = Cycle.objects.visible_to(scene.heads[0], on=TODAY)
    before = seen.exists()

    ask_for_dates(cycle=scene.cycle, block_by=BLOCK_BY, **told)

    assert (before, seen.all().exists()) == (False, True)


def test_dates_are_no_longer_asked_for_once_the_rota_is_published(scene, told):
    cycle = CycleFactory(alliance=scene.alliance, state="published", published_at=NOW)

    with pytest.raises(RotaThere):
        ask_for_dates(cycle=cycle, block_by=BLOCK_BY, **told)


def test_who_is_taken_out_comes_back_and_her_rules_for_pairs_do_not(scene, told):
    cycle = filled(scene, told)
    host, reviewer = cycle.hosts.all()[0], cycle.reviewers.all()[1]
    PairRuleFactory(cycle=cycle, host=host, reviewer=reviewer)

    take_host_out(host=host, because="Closes", **told)
    take_reviewer_out(reviewer=reviewer, because="", **told)
    out = [cycle.hosts.get(pk=host.pk).left_because, cycle.reviewers.filter(left_at=None).count()]
    add_hosts(cycle=cycle, schools=[host.school], **told)
    add_chosen_reviewers(cycle=cycle, reviewers=[reviewer.reviewer], **told)

    assert out == ["Closes", 2]
    assert CycleHost.objects.get(pk=host.pk).left_at is None
    assert CycleReviewer.objects.get(pk=reviewer.pk).left_at is None
    assert not PairRule.objects.exists()
    assert "Closes" not in str(list(Event.objects.values_list("values", flat=True)))


def test_nobody_with_a_planned_day_is_taken_out(scene, told):
    cycle = CycleFactory(alliance=scene.alliance)
    day = ReviewDayFactory(cycle=cycle)
    place = DayPlaceFactory(day=day)

    with pytest.raises(HasADay):
        take_host_out(host=day.host, because="", **told)
    with pytest.raises(HasADay):
        take_reviewer_out(reviewer=place.reviewer, because="", **told)


def test_organiser_is_named_once_told_and_sees_the_cycle_until_it_ends(scene, told):
    person = PersonFactory()
    named = name_organiser(cycle=scene.cycle, person=person, **told)
    with pytest.raises(NamedAlready):
        name_organiser(cycle=scene.cycle, person=person, **told)
    seen = Cycle.objects.organised_by(person, on=TODAY)
    before = seen.exists()

    end_organising(named=named, **told)

    assert (before, seen.all().exists()) == (True, False)
    assert told_people("cycles.named") == [person.pk]


def test_pair_has_one_rule_and_none_for_the_own_school(scene, told):
    cycle = filled(scene, told)
    host = cycle.hosts.get(school=scene.schools[0])
    other = cycle.reviewers.get(reviewer__person=scene.heads[1])
    own = cycle.reviewers.get(reviewer__person=scene.heads[0])
    set_pair_rule(reviewer=other, host=host, is_never=True, **told)

    rule = set_pair_rule(reviewer=other, host=host, is_never=False, **told)

    assert list(PairRule.objects.values_list("pk", "is_never")) == [(rule.pk, False)]
    with pytest.raises(SameSchool):
        set_pair_rule(reviewer=own, host=host, is_never=True, **told)
    drop_pair_rule(rule=rule, **told)
    assert not PairRule.objects.exists()


def test_cycle_like_last_years_takes_who_still_belongs(scene, told):
    last = filled(scene, told)
    gone = scene.schools[2].memberships.get()
    gone.ends_on = TODAY - timedelta(days=1)
    gone.save()
    named = CyclePersonFactory(cycle=last).person
    host = last.hosts.get(school=scene.schools[0])
    reviewer = last.reviewers.get(reviewer__person=scene.heads[1])
    PairRuleFactory(cycle=last, host=host, reviewer=reviewer, is_never=False)

    cycle = begin_cycle(alliance=scene.alliance, rules=RULES, like=last, **told)

    assert {each.school for each in cycle.hosts.all()} == set(scene.schools[:2])
    assert {each.reviewer.person for each in cycle.reviewers.all()} == set(scene.heads)
    assert [each.person for each in cycle.people.all()] == [named]
    rules = cycle.pair_rules.values_list("host__school", "reviewer__reviewer__person", "is_never")
    assert list(rules) == [(scene.schools[0].pk, scene.heads[1].pk, False)]
    assert not cycle.hosts.filter(dates_given_at__isnull=False).exists()


def test_second_of_two_who_change_the_rules_is_told(scene, told):
    change_cycle(cycle=scene.cycle, changes={"gap_days": 14}, seen_version=1, **told)

    with pytest.raises(ChangedSince):
        change_cycle(cycle=scene.cycle, changes={"gap_days": 3}, seen_version=1, **told)


def test_cycle_is_finished_when_no_day_lies_ahead(scene, told):
    with pytest.raises(NoRota):
        finish_cycle(cycle=scene.cycle, **told)
    cycle = CycleFactory(alliance=scene.alliance, state="published", published_at=NOW)
    day = ReviewDayFactory(cycle=cycle)
    with pytest.raises(DaysAhead):
        finish_cycle(cycle=cycle, **told)
    ReviewDay.objects.filter(pk=day.pk).update(state="held")

    finish_cycle(cycle=cycle, **told)

    cycle.refresh_from_db()
    assert (cycle.state, cycle.ended_at) == ("finished", NOW)
    with pytest.raises(CycleOver):
        change_cycle(cycle=cycle, changes={"gap_days": 1}, **told)


def test_calling_off_ends_days_ahead_and_tells_who_took_part_without_the_reason(scene, told):
    cycle = CycleFactory(
        alliance=scene.alliance, state="published", opened_at=NOW, published_at=NOW
    )
    held = ReviewDayFactory(cycle=cycle, state="held", day=date(2026, 11, 10))
    day = ReviewDayFactory(cycle=cycle)
    place = DayPlaceFactory(day=day)

    call_off_cycle(cycle=cycle, because="Money", **told)
    day.refresh_from_db()
    held.refresh_from_db()
    place.refresh_from_db()

    assert (day.state, held.state, place.ended_at) == ("cancelled", "held", NOW)
    assert told_people("cycles.called_off") == [place.person_id]
    assert RotaChange.objects.get().because == "The cycle was called off."
    assert "Money" not in str(list(Event.objects.values_list("values", flat=True)))


def test_cycle_in_preparation_is_called_off_without_a_word(scene, told):
    filled(scene, told)

    call_off_cycle(cycle=scene.cycle, because="Not this year", **told)

    assert not Notice.objects.exists()


def letters(kind):
    kinds = {each.key: each for each in OPENING}
    found = kinds[kind].letters(list(Notice.objects.filter(kind=kind)), NOW)
    return list(found.values())


def test_mails_name_no_school_and_lapse_with_their_cycle(scene, told):
    cycle = filled(scene, told)
    ask_for_dates(cycle=cycle, block_by=BLOCK_BY, **told)
    name_organiser(cycle=cycle, person=PersonFactory(), **told)
    before = letters("cycles.dates_asked") + letters("cycles.named")

    call_off_cycle(cycle=cycle, because="Money", **told)

    lapsed = letters("cycles.dates_asked") + letters("cycles.named")
    mails = before + letters("cycles.called_off")
    assert {type(each) for each in mails} == {Letter}
    assert {type(each) for each in lapsed} == {Stale}
    names = [school.name for school in scene.schools]
    assert not any(name in str(mail) for name in names for mail in mails)
    assert not any("Money" in str(mail) for mail in mails)
