from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.toolkit.registers import (
    Duty,
    DutyWindow,
    Leaver,
    Letter,
    ParticipationWindow,
    Stale,
    all_duties,
    cards_for,
    participation_of,
)
from reviews.cycles.duties.year import ACCEPT, FILL, SAY_HELD
from reviews.cycles.given import balances_of
from reviews.cycles.links import place_path
from reviews.cycles.models import BlockedDay, CannotReview, DayPlace, ReviewDay, RotaChange
from reviews.cycles.notices.days import letters_of_declines, letters_to_those_asked
from reviews.cycles.services.answering import NoLongerAsked, answer_visit
from reviews.cycles.services.holding import (
    NotOverYet,
    NotPlanned,
    call_off_day,
    restore_day,
    say_held,
    take_back_held,
)
from reviews.cycles.services.moving import move_by_hand
from reviews.cycles.services.passing_on import (
    pass_on_cycle,
    pass_on_hosts,
    pass_on_visit,
    visits_to_come,
)
from reviews.cycles.services.teaming import (
    AlreadyThere,
    NotInTeam,
    ask_reviewer,
    let_lead,
    take_out,
)
from reviews.cycles.substitutes import proposals_for, way_of
from tests.factories.people import PersonFactory
from tests.factories.reviews import CycleHostFactory
from tests.factories.schools import SchoolFactory
from tests.reviews.cycles.year import DAY, NOW, made_year, reviewer_of, this_year

pytestmark = pytest.mark.django_db
ACCEPTED, DECLINED = DayPlace.Answer.ACCEPTED, DayPlace.Answer.DECLINED
SECRET = "My father is in hospital"


@pytest.fixture
def made():
    return made_year()


def told():
    rows = Notice.objects.order_by("kind", "recipient__name")
    return [(row.kind, row.recipient.name) for row in rows]


def declined(made, **more):
    person = made.place.person
    return answer_visit(place=made.place, answer=DECLINED, by=person, now=NOW, **more)


def test_accepting_tells_nobody_and_is_kept(made):
    answer_visit(place=made.place, answer=ACCEPTED, by=made.place.person, now=NOW)

    made.place.refresh_from_db()
    assert (made.place.answer, made.place.answered_at) == (ACCEPTED, NOW)
    assert told() == []
    assert RotaChange.objects.count() == 0


def test_declining_tells_the_organiser_once_and_stands_in_the_history(made):
    declined(made)
    declined(made)

    assert told() == [("cycles.visit_declined", "Dee Rector")]
    change = RotaChange.objects.get()
    assert (change.kind, change.because) == ("declined", "")
    assert change.before["team"] == [str(made.ben.pk)]
    assert change.after["team"] == []
    made.place.refresh_from_db()
    assert made.place.fill_by == datetime(2026, 11, 26, 17, tzinfo=UTC)


def test_why_she_declines_stands_in_nothing_but_her_own_place(made, client):
    declined(made, because=SECRET)

    (notice,) = Notice.objects.all()
    letter = letters_of_declines([notice], NOW)[notice.pk]
    kept = [str(vars(event)) for event in Event.objects.all()]
    kept += [str(vars(change)) for change in RotaChange.objects.all()]
    kept += [str(notice.facts), str(letter)]
    assert not any(SECRET in each for each in kept)
    assert "Host Primary" not in str(letter)
    assert DayPlace.objects.get(pk=made.place.pk).because == SECRET


def test_her_reason_is_shown_to_herself_alone(client):
    made = this_year()
    answer_visit(
        place=made.place,
        answer=DECLINED,
        because=SECRET,
        by=made.place.person,
        now=timezone.now(),
    )

    pages = {}
    for name, person in (("ben", made.place.person), ("dee", made.director), ("head", made.head)):
        client.force_login(person)
        pages[name] = client.get(made.day.get_absolute_url()).text
    assert {name: SECRET in page for name, page in pages.items()} == {
        "ben": True,
        "dee": False,
        "head": False,
    }
    assert "Cem" in pages["dee"]
    assert "Cem" not in pages["head"]


def test_she_may_change_her_mind_until_somebody_else_is_asked(made):
    declined(made, because=SECRET)
    answer_visit(place=made.place, answer=ACCEPTED, by=made.place.person, now=NOW)

    made.place.refresh_from_db()
    assert (made.place.answer, made.place.because, made.place.fill_by) == (ACCEPTED, "", None)
    declined(made)
    ask_reviewer(day=made.day, reviewer=made.cem, instead_of=made.place, by=made.director, now=NOW)
    with pytest.raises(NoLongerAsked):
        answer_visit(place=made.place, answer=ACCEPTED, by=made.place.person, now=NOW)


def test_no_answer_is_taken_once_the_day_has_begun(made):
    with pytest.raises(NoLongerAsked):
        answer_visit(
            place=made.place, answer=ACCEPTED, by=made.place.person, now=made.day.starts_at
        )


def test_a_lead_who_comes_back_leads_no_more_where_somebody_else_does(made):
    answer_visit(place=made.lead, answer=DECLINED, by=made.lead.person, now=NOW)
    let_lead(in_team=made.place, by=made.director, now=NOW)
    answer_visit(place=made.lead, answer=ACCEPTED, by=made.lead.person, now=NOW)

    leads = DayPlace.objects.filter(day=made.day, ended_at=None, is_lead=True)
    assert [each.person.name for each in leads] == ["Ben"]


def test_somebody_who_went_leads_what_a_day_that_was_held_still_asks_for(client, made):
    answer_visit(place=made.place, answer=ACCEPTED, by=made.place.person, now=NOW)
    say_held(day=made.day, by=made.director, now=made.day.ends_at)
    client.force_login(made.director)

    day = client.get(made.day.get_absolute_url()).text
    team = client.get(reverse("cycles:day_team", args=[made.day.pk])).text
    lead = reverse("cycles:place_lead", args=[made.day.pk, made.place.pk])
    told = client.post(lead, follow=True).text

    assert "Change who leads" in day
    assert lead in team
    assert reverse("cycles:place_end", args=[made.day.pk, made.place.pk]) not in team
    assert reverse("cycles:reviewer_ask", args=[made.day.pk, made.cem.pk]) not in team
    assert "Ben leads the team." in told
    leads = DayPlace.objects.filter(day=made.day, ended_at=None, is_lead=True)
    assert [each.person.name for each in leads] == ["Ben"]
    with pytest.raises(NotInTeam):  # she never answered, and so didn’t go
        let_lead(in_team=made.lead, by=made.director, now=NOW)


def test_nobody_leads_a_day_that_was_called_off(made):
    call_off_day(day=made.day, because="Flood", by=made.director, now=NOW)

    with pytest.raises(NotPlanned):
        let_lead(in_team=made.place, by=made.director, now=NOW)


def test_asking_somebody_else_tells_her_the_team_and_the_host(made):
    declined(made)
    Notice.objects.all().delete()

    place = ask_reviewer(
        day=made.day, reviewer=made.cem, instead_of=made.place, by=made.director, now=NOW
    )

    assert told() == [
        ("cycles.asked_to_visit", "Cem"),
        ("cycles.day_changed", "Ada"),
        ("cycles.day_changed", "Hana Head"),
    ]
    notice = Notice.objects.get(kind="cycles.asked_to_visit")
    letter = letters_to_those_asked([notice], NOW)[notice.pk]
    assert isinstance(letter, Letter)
    assert letter.button_url.endswith(place_path(place.pk))
    assert "Host Primary" not in str(letter)
    with pytest.raises(AlreadyThere):
        ask_reviewer(day=made.day, reviewer=made.cem, by=made.director, now=NOW)
    answer_visit(place=place, answer=ACCEPTED, by=place.person, now=NOW)
    assert isinstance(letters_to_those_asked([notice], NOW)[notice.pk], Stale)


def test_two_organisers_cant_fill_one_place_twice(made):
    declined(made)
    told_both = {"day": made.day, "instead_of": made.place, "by": made.director, "now": NOW}
    ask_reviewer(reviewer=made.cem, **told_both)

    with pytest.raises(NotInTeam):
        ask_reviewer(reviewer=made.dora, **told_both)


def test_who_is_taken_out_is_told_and_no_longer_asked(made):
    take_out(in_team=made.place, by=made.director, now=NOW)

    assert told() == [
        ("cycles.day_changed", "Ada"),
        ("cycles.day_changed", "Ben"),
        ("cycles.day_changed", "Hana Head"),
    ]
    with pytest.raises(NotInTeam):
        take_out(in_team=made.place, by=made.director, now=NOW)


def test_moving_asks_the_team_anew_and_tells_the_host(made):
    answer_visit(place=made.place, answer=ACCEPTED, by=made.place.person, now=NOW)

    move_by_hand(day=made.day, to=date(2027, 1, 27), by=made.director, now=NOW)

    made.day.refresh_from_db()
    assert made.day.day == date(2027, 1, 27)
    standing = DayPlace.objects.filter(day=made.day, ended_at=None).order_by("person__name")
    assert [(each.person.name, each.answer, each.is_lead) for each in standing] == [
        ("Ada", "", True),
        ("Ben", "", False),
    ]
    assert told() == [
        ("cycles.asked_to_visit", "Ada"),
        ("cycles.asked_to_visit", "Ben"),
        ("cycles.day_changed", "Hana Head"),
    ]
    assert RotaChange.objects.get(kind="moved").before["date"] == "2027-01-20"


def test_days_offered_are_free_for_all_and_others_say_who_is_hindered_but_not_why(made):
    BlockedDay.objects.create(
        person=made.place.person,
        day=date(2027, 1, 21),
        because=SECRET,
        blocked_by=made.place.person,
        blocked_at=NOW,
    )
    places = list(DayPlace.objects.filter(day=made.day).select_related("person"))

    way = way_of(made.day, places)

    free = way.free_days(NOW.date())
    assert date(2027, 1, 21) not in free
    assert date(2027, 1, 19) in free
    assert len(free) == 6
    assert way.clashes_on(date(2027, 1, 21)) == ["Ben: not available."]


def test_calling_off_tells_host_and_team_and_can_be_undone(made):
    call_off_day(day=made.day, because="Inspection", by=made.director, now=NOW)

    people = ["Ada", "Ben", "Hana Head"]
    assert told() == [("cycles.day_changed", name) for name in people]
    with pytest.raises(NotPlanned):
        call_off_day(day=made.day, because="Twice", by=made.director, now=NOW)
    restore_day(day=made.day, by=made.director, now=NOW + timedelta(hours=1))
    standing = DayPlace.objects.filter(day=made.day, ended_at=None).order_by("person__name")
    assert [(each.person.name, each.is_lead) for each in standing] == [
        ("Ada", True),
        ("Ben", False),
    ]
    kinds = RotaChange.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["cancelled", "restored"]


def test_a_day_is_said_to_be_held_only_once_it_is_over(made):
    with pytest.raises(NotOverYet):
        say_held(day=made.day, by=made.director, now=NOW)
    after = made.day.ends_at + timedelta(minutes=1)
    say_held(day=made.day, by=made.director, now=after)

    made.day.refresh_from_db()
    assert (made.day.state, made.day.held_at) == ("held", after)
    take_back_held(day=made.day, by=made.director, now=after)
    assert ReviewDay.objects.get(pk=made.day.pk).state == "planned"


def test_substitutes_are_those_whom_no_rule_hinders_and_reasons_stay_private(made):
    eve = reviewer_of(made.cycle, "Eve", kind="reviewer")
    CannotReview.objects.create(
        reviewer=made.cem.reviewer,
        school=made.day.school,
        why="relative",
        words=SECRET,
        said_by=made.cem.reviewer.person,
        said_at=NOW,
    )
    BlockedDay.objects.create(
        person=made.dora.reviewer.person,
        day=DAY,
        because=SECRET,
        blocked_by=made.dora.reviewer.person,
        blocked_at=NOW,
    )

    proposals = proposals_for(made.day, needs_lead=False)

    assert [(each.candidate.key, each.because) for each in proposals] == [
        (eve.pk, "Free on that day, not out on any day yet."),
        (made.cem.pk, "Can’t review this school."),
        (made.dora.pk, "Not available."),
    ]
    assert not proposals_for(made.day, needs_lead=True)[0].may_go


@pytest.mark.parametrize("count", [1, 5])
def test_substitutes_cost_the_same_for_one_reviewer_and_for_five(
    made, count, django_assert_max_num_queries
):
    for number in range(count):
        reviewer_of(made.cycle, f"Reviewer {number}")
    proposals_for(made.day, needs_lead=False)

    with django_assert_max_num_queries(18):
        assert len(proposals_for(made.day, needs_lead=False)) == count + 2


def duties(now, *kinds):
    window = DutyWindow(kinds=kinds, now=now)
    found = (Duty(*row) for row in all_duties(window))
    return sorted((each.kind, each.person_id, each.due_at) for each in found)


def test_whoever_is_asked_owes_an_answer_until_she_gives_it(made):
    owed = duties(NOW, ACCEPT)
    answer_visit(place=made.place, answer=ACCEPTED, by=made.place.person, now=NOW)

    assert {person for _kind, person, _due in owed} == {
        made.lead.person_id,
        made.place.person_id,
    }
    assert [person for _kind, person, _due in duties(NOW, ACCEPT)] == [made.lead.person_id]
    assert duties(made.day.starts_at, ACCEPT) == []


def test_the_organiser_owes_a_substitute_until_somebody_is_asked(made):
    declined(made)
    owed = duties(NOW, FILL)
    ask_reviewer(day=made.day, reviewer=made.cem, instead_of=made.place, by=made.director, now=NOW)

    assert owed == [(FILL, made.director.pk, datetime(2026, 11, 26, 17, tzinfo=UTC))]
    assert duties(NOW, FILL) == []


def test_the_lead_owes_that_a_day_was_held_and_without_one_the_organiser(made):
    after = made.day.ends_at + timedelta(minutes=1)
    owed = duties(after, SAY_HELD)
    DayPlace.objects.filter(pk=made.lead.pk).update(answer="declined")

    assert owed == [(SAY_HELD, made.lead.person_id, made.day.ends_at + timedelta(days=1))]
    assert [person for _kind, person, _due in duties(after, SAY_HELD)] == [made.director.pk]
    say_held(day=made.day, by=made.director, now=after)
    assert duties(after, SAY_HELD) == []


def test_duties_name_no_school(made):
    declined(made)
    window = DutyWindow(kinds=(ACCEPT, FILL), now=NOW)
    found = [Duty(*row) for row in all_duties(window)]

    assert found
    words = " ".join(f"{each.title} {each.line}" for each in found)
    assert "Primary" not in words


def test_a_mails_link_shows_the_day_without_the_school_and_a_post_answers(client):
    made = this_year()
    address = place_path(made.place.pk)

    shown = client.get(address)
    made.place.refresh_from_db()
    untouched = made.place.answer
    answered = client.post(address, {"answer": "accepted"})

    assert shown["Cache-Control"] == "no-store"
    assert "Host Primary" not in shown.text + answered.text
    assert untouched == ""
    made.place.refresh_from_db()
    assert made.place.answer == "accepted"
    assert client.get(address[:-3] + "xx/").status_code == 404
    DayPlace.objects.filter(pk=made.place.pk).update(ended_at=timezone.now())
    assert client.post(address, {"answer": "declined"}).status_code == 410


def test_one_click_answers_from_the_desk_and_leads_back_there(client):
    made = this_year()
    client.force_login(made.place.person)
    desk = client.get("/desk/").text

    response = client.post(
        reverse("cycles:place_answer", args=[made.day.pk, made.place.pk]),
        {"answer": "accepted", "next": "/desk/"},
    )

    assert "Will you visit a school?" in desk
    assert response["Location"] == "/desk/"
    assert DayPlace.objects.get(pk=made.place.pk).answer == "accepted"


def test_a_rule_is_broken_only_after_a_question(client):
    made = this_year()
    BlockedDay.objects.create(
        person=made.cem.reviewer.person,
        day=made.day.day,
        blocked_by=made.cem.reviewer.person,
        blocked_at=NOW,
    )
    CannotReview.objects.create(
        reviewer=made.cem.reviewer,
        school=made.day.school,
        said_by=made.cem.reviewer.person,
        said_at=NOW,
    )
    client.force_login(made.director)
    address = reverse("cycles:reviewer_ask", args=[made.day.pk, made.cem.pk])

    question = client.post(address)

    assert "an’t review this school" in question.text
    assert DayPlace.objects.filter(reviewer=made.cem).count() == 0
    client.post(address, {"anyway": "yes"})
    assert DayPlace.objects.filter(reviewer=made.cem, ended_at=None).count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_days_page_costs_the_same_for_one_and_for_three(
    client, count, django_assert_num_queries
):
    made = this_year()
    for number in range(count):
        added = reviewer_of(made.cycle, f"Reviewer {number}")
        DayPlace.objects.create(
            day=made.day,
            reviewer=added,
            person=added.reviewer.person,
            asked_at=NOW,
            answer_by=timezone.now(),
        )
    client.force_login(made.head)
    client.get(made.day.get_absolute_url())

    with django_assert_num_queries(5):
        client.get(made.day.get_absolute_url())


def test_given_and_received_follow_from_the_teams(made):
    rows = {row.school: (row.given, row.received) for row in balances_of(made.cycle)}

    assert rows == {"Host Primary": (0, 2), "Ada Primary": (1, 0), "Ben Primary": (1, 0)}
    assert [row.said for row in balances_of(made.cycle)] == ["+1", "+1", "−2"]
    school = made.ada.reviewer.school_id
    assert participation_of(ParticipationWindow(school, 2026)) == []
    say_held(day=made.day, by=made.director, now=made.day.ends_at)
    (part,) = participation_of(ParticipationWindow(school, 2026))
    assert (part.given, part.received) == (1, 0)
    (part,) = participation_of(ParticipationWindow(made.day.school_id, 2026))
    assert (part.given, part.received) == (0, 2)


def test_panels_show_a_day_to_those_who_take_part(made):
    people = (made.lead.person, made.head, made.dora.reviewer.person)
    shown = {}
    for person in people:
        cards = cards_for("desk", person, None, NOW)
        words = [day.words for card in cards for day in card.context.get("days", ())]
        shown[person.name] = words

    assert shown == {
        "Ada": ["waits for your answer"],
        "Hana Head": ["your school hosts"],
        "Dora": [],
    }


def leaver_of(made, *, by=None):
    school = made.ben.reviewer.school
    last_day = date(2026, 12, 18)
    return Leaver(made.place.person, school, last_day, by or made.director, NOW.date())


def test_a_leavers_visit_passes_on_to_whoever_may_review(made):
    leaver = leaver_of(made)
    assert [row[1] for row in visits_to_come(leaver)] == [made.place.pk]

    person = made.cem.reviewer.person
    assert pass_on_visit(leaver, made.place.pk, to=person, now=NOW) == 1
    assert pass_on_visit(leaver, made.place.pk, to=person, now=NOW) == 0

    standing = DayPlace.objects.filter(day=made.day, ended_at=None).order_by("person__name")
    assert [each.person.name for each in standing] == ["Ada", "Cem"]


def test_a_leavers_visit_is_declined_where_nobody_may_follow(made):
    leaver = leaver_of(made, by=made.head)

    pass_on_visit(leaver, made.place.pk, to=PersonFactory(), now=NOW)

    made.place.refresh_from_db()
    assert made.place.answer == DECLINED
    assert told() == [("cycles.visit_declined", "Dee Rector")]


def test_an_organisers_cycle_passes_on(made):
    follower = PersonFactory()
    leaver = Leaver(made.director, SchoolFactory(), date(2026, 12, 18), made.head, NOW.date())

    pass_on_cycle(leaver, made.cycle.pk, to=follower, now=NOW)

    made.cycle.refresh_from_db()
    assert made.cycle.organiser == follower
    assert made.cycle.people.get().person == follower


def test_a_school_that_becomes_another_hosts_on(made):
    after = SchoolFactory(name="Academy")

    pass_on_hosts(made.day.school, to=after, on=NOW.date(), by=made.director, now=NOW)
    pass_on_hosts(made.ada.reviewer.school, to=after, on=NOW.date(), by=made.director, now=NOW)

    made.day.refresh_from_db()
    made.host.refresh_from_db()
    made.ada.reviewer.refresh_from_db()
    assert (made.day.school, made.host.school, made.ada.reviewer.school) == (after, after, after)


@pytest.mark.parametrize("count", [1, 20])
def test_the_year_costs_the_same_for_one_host_and_for_twenty(
    client, count, django_assert_num_queries
):
    made = this_year()
    for _number in range(count):
        CycleHostFactory(cycle=made.cycle)
    client.force_login(made.head)
    address = reverse("cycles:year_list", args=[made.cycle.pk])
    client.get(address)

    with django_assert_num_queries(4):
        response = client.get(address)
    assert len(response.context["lines"]) == count + 1
    waiting = client.get(address, {"waits": "1"})
    assert len(waiting.context["lines"]) == count + 1
    assert client.get(made.cycle.get_absolute_url()).status_code == 200


def test_the_years_export_names_every_host(client):
    made = this_year()
    client.force_login(made.head)

    response = client.get(reverse("cycles:year_export", args=[made.cycle.pk, "csv"]))

    text = b"".join(response).decode("utf-8-sig")
    assert "Host Primary" in text
    assert "Waits for answers" in text


def test_of_many_schools_the_page_shows_those_furthest_from_balance_and_the_list_all(client):
    made = this_year()
    for number in range(20):
        host = CycleHostFactory(cycle=made.cycle, school__name=f"Quiet {number} Primary")
        assert host.school.name.startswith("Quiet")
    client.force_login(made.head)

    shown = client.get(made.cycle.get_absolute_url()).text
    every = client.get(reverse("cycles:given_list", args=[made.cycle.pk])).text

    assert "All 23 schools" in shown
    assert sum(f"Quiet {number} Primary" in every for number in range(20)) == 20
