from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from partnership.audit.models import Event
from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from partnership.toolkit.versions import ChangedSince
from reviews.days.course import facts_of
from reviews.days.models import Review, TeamStep, View
from reviews.days.services.deleting import delete_notes_of
from reviews.days.services.noting import NotYetOpen
from reviews.days.services.viewing import (
    AllViewsAreIn,
    Herself,
    NotGoing,
    SaidComplete,
    SaysNothing,
    complete_views,
    go_on_without,
    keep_view,
    reopen_views,
    wait_again,
)
from tests.factories.people import PersonFactory
from tests.reviews.days.moderated import give_views, make_team

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 20, 16, tzinfo=UTC)
SECRET = "Feedback comes when nobody can use it."


@pytest.fixture
def made(time_machine):
    time_machine.move_to(NOW, tick=False)
    return make_team(views=0)


def told(made, by=None, now=NOW):
    return {"review": made.review, "by": by or made.lead, "now": now}


def write(made, by=None, seen=0, text=SECRET, now=NOW):
    changes = {"strengths": "", "development": text, "judgement": made.labels[0]}
    theme = made.themes[0]
    return keep_view(changes=changes, theme=theme, seen_version=seen, **told(made, by, now))


def page(client, person, made, name="view_list", *more):
    client.force_login(person)
    return client.get(reverse(f"days:{name}", args=[made.day.pk, *more]))


def owed(made, now=NOW, **more):
    rows = all_duties(DutyWindow(kinds=["days.own_view"], now=now, **more))
    return [Duty(*row) for row in rows.order_by("duty_person_id")]


def test_a_view_is_kept_and_a_second_tab_is_shown_both(made):
    write(made)

    with pytest.raises(ChangedSince):
        write(made, text="Other")
    write(made, seen=1, text="Other")

    view = View.objects.get()
    assert (view.author, view.development, view.version) == (made.lead, "Other", 2)


def test_a_view_is_complete_only_with_words_and_then_stays_until_taken_back(made):
    with pytest.raises(SaysNothing):
        complete_views(**told(made))
    write(made)
    complete_views(**told(made))

    with pytest.raises(SaidComplete):
        write(made, seen=1, text="Other")
    reopen_views(**told(made))
    write(made, seen=1, text="Other")

    assert TeamStep.objects.get(person=made.lead).views_at is None
    assert SECRET not in str(list(Event.objects.values()))


def test_once_all_are_in_nothing_of_a_view_changes(made):
    for person in made.team:
        write(made, by=person)
        complete_views(**told(made, person))

    assert facts_of(made.review).all_views_are_in
    for act in (complete_views, reopen_views):
        with pytest.raises(AllViewsAreIn):
            act(**told(made))
    with pytest.raises(AllViewsAreIn):
        write(made, seen=1, text="As the others say.")


def test_views_open_on_the_morning_of_the_day(made):
    with pytest.raises(NotYetOpen):
        write(made, now=datetime(2027, 1, 20, 7, 29, tzinfo=UTC))


def test_the_lead_goes_on_without_somebody_and_waits_again_while_others_are_missing(made):
    ill = made.team[2]
    go_on_without(person=ill, **told(made))
    wait_again(person=ill, **told(made))
    waited = TeamStep.objects.get(person=ill).excused_at
    go_on_without(person=ill, **told(made))
    for person in made.team[:2]:
        give_views(made, person)

    assert waited is None
    assert facts_of(made.review).all_views_are_in
    with pytest.raises(AllViewsAreIn):
        wait_again(person=ill, **told(made))


def test_the_lead_neither_leaves_herself_out_nor_somebody_who_does_not_go(made):
    with pytest.raises(Herself):
        go_on_without(person=made.lead, **told(made))
    with pytest.raises(NotGoing):
        go_on_without(person=PersonFactory(), **told(made))


def test_nobody_reads_the_others_views_on_these_pages_even_when_all_are_in(client, made):
    write(made)
    theme = made.themes[0].pk
    others = [made.team[1], made.team[2]]

    before = [SECRET in page(client, each, made).text for each in others]
    before += [SECRET in page(client, each, made, "view_edit", theme).text for each in others]
    hers = page(client, made.lead, made).text
    complete_views(**told(made))
    for person in others:
        give_views(made, person)
    after = [SECRET in page(client, each, made).text for each in others]
    outside = [page(client, each, made) for each in (made.head, made.cycle.organiser, made.staff)]

    assert before + after == [False] * 6
    assert SECRET in hers
    assert [answer.status_code for answer in outside] == [403, 404, 404]


def test_a_reviewer_writes_theme_by_theme_and_says_that_she_is_done(client, made):
    address = reverse("days:view_edit", args=[made.day.pk, made.themes[0].pk])
    client.force_login(made.lead)
    typed = {"strengths": SECRET, "judgement": made.labels[0].pk, "next": "yes"}

    first = client.post(address, typed)
    both = client.post(address, typed | {"strengths": "Other"}).text
    asked = page(client, made.lead, made, "views_complete").text
    client.post(reverse("days:views_complete", args=[made.day.pk]))
    refused = client.post(address, typed | {"seen_version": 1, "strengths": "More"}).text

    following = reverse("days:view_edit", args=[made.day.pk, made.themes[1].pk])
    assert first["Location"] == following
    assert "Saved meanwhile" in both
    assert f"You have written nothing about: {made.themes[1]}." in asked
    assert "Take that back first." in refused
    assert TeamStep.objects.get().views_at == NOW


def test_a_view_without_a_word_is_not_said_to_be_written(client, made):
    address = reverse("days:view_edit", args=[made.day.pk, made.themes[0].pk])
    client.force_login(made.lead)
    client.post(address, {"strengths": ""})
    empty = page(client, made.lead, made, "view_list").text
    asked = page(client, made.lead, made, "views_complete").text
    client.post(address, {"strengths": SECRET, "seen_version": 1})
    written = page(client, made.lead, made, "view_list").text

    lacking = ", ".join(theme.name for theme in made.themes)
    assert f"You have written nothing about: {lacking}." in asked
    assert (empty.count("Nothing yet"), empty.count("Written")) == (2, 0)
    assert (written.count("Nothing yet"), written.count("Written")) == (1, 1)


def test_the_team_is_told_that_notes_and_views_are_deleted(client, made):
    Review.objects.update(moderated_at=NOW, released_at=NOW, notes_deleted_at=NOW)

    for name in ("note_list", "view_list", "moderation_notes"):
        answer = page(client, made.lead, made, name)
        assert answer.status_code == 403
        assert "The notes and views of this review are deleted" in answer.text


def test_only_the_lead_goes_on_without_somebody(client, made):
    asked = [made.day.pk, made.team[2].pk]
    answers = []
    for person in (made.team[1], made.lead):
        client.force_login(person)
        answers.append(client.post(reverse("days:reviewer_excuse", args=asked)).status_code)
    listed = page(client, made.lead, made).text

    assert answers == [403, 302]
    assert TeamStep.objects.get().excused_by == made.lead
    assert f"Wait for {made.team[2]} after all" in listed


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_views_costs_the_same_for_one_and_for_many(
    client, time_machine, count, django_assert_num_queries
):
    time_machine.move_to(NOW, tick=False)
    made = make_team(views=0, size=count)
    write(made)
    page(client, made.lead, made)

    with django_assert_num_queries(7):
        client.get(reverse("days:view_list", args=[made.day.pk]))


def test_each_owes_her_own_view_from_the_day_until_it_is_in_or_nobody_waits(made):
    morning = made.day.starts_at - timedelta(minutes=1)
    team = sorted(each.pk for each in made.team)

    early, asked = owed(made, now=morning), owed(made)
    write(made)
    complete_views(**told(made))
    go_on_without(person=made.team[1], **told(made))
    left = owed(made)
    done = owed(made, with_done=True)

    assert early == []
    assert [duty.person_id for duty in asked] == team
    assert {duty.due_at for duty in asked} == {made.review.views_by}
    assert [duty.person_id for duty in left] == [made.team[2].pk]
    assert [duty.done_at for duty in done if duty.person_id == made.lead.pk] == [NOW]
    said = f"{left[0].title} {left[0].line} {left[0].url}"
    assert made.day.school.name not in said
    assert left[0].url == f"/reviews/days/{made.day.pk}/views/"


def test_nobody_owes_a_view_where_all_were_deleted_unreleased(made):
    a_year_later = made.day.ends_at + timedelta(days=365)
    before = owed(made, now=a_year_later)

    delete_notes_of(review=made.review, now=a_year_later)

    assert (len(before), owed(made, now=a_year_later)) == (3, [])


def test_nobody_owes_a_view_once_the_findings_are_agreed_or_the_day_is_called_off(made):
    made.review.moderated_at = NOW
    made.review.save()
    moderated = owed(made)
    made.review.moderated_at, made.review.day, made.review.views_by = None, None, None
    made.review.save()

    assert moderated == owed(made) == []


def test_the_lead_is_asked_first_and_can_wait_after_all(client, made):
    client.force_login(made.lead)
    args = [made.day.pk, made.team[2].pk]
    excuse, wait = (reverse(f"days:reviewer_{each}", args=args) for each in ("excuse", "await"))

    asked = client.get(excuse).text
    before = TeamStep.objects.count()
    client.post(excuse)
    waited = client.post(wait, follow=True).text
    nobody = client.get(reverse("days:reviewer_excuse", args=[made.day.pk, 0]))

    assert "this can’t be" in asked
    assert before == 0
    assert f"The team waits for the view of {made.team[2]}." in waited
    assert TeamStep.objects.get().excused_at is None
    assert nobody.status_code == 404


def test_what_is_refused_is_said_in_a_sentence(client, made):
    client.force_login(made.lead)
    address = reverse("days:views_complete", args=[made.day.pk])

    empty = client.post(address, follow=True).text
    write(made)
    client.post(address)
    reopened = client.post(reverse("days:views_reopen", args=[made.day.pk]), follow=True).text
    unknown = client.get(reverse("days:view_edit", args=[made.day.pk, 0]))

    assert "Write something about one theme first." in empty
    assert "Your view is open again." in reopened
    assert unknown.status_code == 404


def test_a_framework_without_labels_asks_for_none(client, made):
    made.framework.judgements.all().delete()
    address = reverse("days:view_edit", args=[made.day.pk, made.themes[1].pk])
    client.force_login(made.lead)

    asked = client.get(address).text
    client.post(address, {"strengths": SECRET})

    assert 'name="judgement"' not in asked
    assert View.objects.get().judgement is None


def test_before_the_day_the_page_says_when_it_opens(client, made, time_machine):
    time_machine.move_to(datetime(2027, 1, 19, 12, tzinfo=UTC), tick=False)

    words = page(client, made.lead, made).text

    assert "Views open on the morning of the day" in words
    assert "7.30am" in words
