from datetime import UTC, date, datetime

import pytest
import time_machine

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.toolkit.versions import ChangedSince
from support.programmes.models import Programme, ReviewView, Stage
from support.programmes.notices import CHANGED, YOUR_TURN, letters_of_turns
from support.programmes.services import (
    NotTheTurn,
    judge_review,
    keep_view,
    look_again,
    reply_to_review,
)
from tests.factories import (
    AlliancePostFactory,
    PersonFactory,
    ProgrammeFactory,
    SchoolPostFactory,
    SupportAreaFactory,
    SwiftReviewFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
RATINGS = {
    "capacity": "growing",
    "leadership": "secure",
    "early_years": "secure",
    "year_2": "growing",
    "year_6": "fragile",
    "disadvantaged": "not_known",
}
GIVEN = {"strengths": "Calm classrooms.", "evidence": "58 per cent in writing.", **RATINGS}


@pytest.fixture
def opened():
    programme = ProgrammeFactory(state="open", answered_at=NOW, director=PersonFactory())
    programme.head = PersonFactory(name="Yusuf Iqbal")
    SchoolPostFactory(school=programme.school, person=programme.head, kind=SchoolPost.Kind.HEAD)
    AlliancePostFactory(
        alliance=programme.alliance, person=programme.director, kind=AlliancePost.Kind.DIRECTOR
    )
    programme.found = SwiftReviewFactory(programme=programme, assessor=programme.director)
    return programme


def give(programme, side, *, by, is_given=True, seen_version=0, **changes):
    return keep_view(
        programme=programme,
        side=side,
        changes={**GIVEN, **changes},
        needs={programme.area_id: "Modelled writing."},
        is_given=is_given,
        by=by,
        now=NOW,
        seen_version=seen_version,
    )


def through_reply(programme):
    give(programme, "school", by=programme.head)
    give(programme, "assessor", by=programme.director)
    reply_to_review(programme=programme, agrees=True, reply="", by=programme.head, now=NOW)
    programme.refresh_from_db()


def test_school_gives_its_view_before_the_assessor(opened):
    with pytest.raises(NotTheTurn):
        give(opened, "assessor", by=opened.director)

    give(opened, "school", by=opened.head)

    opened.refresh_from_db()
    assert opened.stage_now == Stage.ASSESSMENT
    assert list(Notice.objects.filter(kind=YOUR_TURN).values_list("recipient", flat=True)) == [
        opened.director.pk
    ]


def test_given_view_stands_still(opened):
    give(opened, "school", by=opened.head)

    with pytest.raises(NotTheTurn):
        give(opened, "school", by=opened.head, strengths="Something else.")

    assert ReviewView.objects.get(side="school").strengths == "Calm classrooms."


def test_draft_is_kept_and_does_not_move_the_programme(opened):
    view = give(opened, "school", by=opened.head, is_given=False, capacity="")

    opened.refresh_from_db()
    assert (view.submitted_at, view.capacity) == (None, "")
    assert opened.stage_now == Stage.OWN_VIEW
    assert not Notice.objects.exists()


def test_second_to_keep_a_draft_is_told_of_the_first(opened):
    view = give(opened, "school", by=opened.head, is_given=False)
    give(opened, "school", by=opened.head, is_given=False, strengths="Newer.")

    with pytest.raises(ChangedSince):
        give(opened, "school", by=opened.head, seen_version=view.version - 1)

    assert ReviewView.objects.get(side="school").strengths == "Newer."


def test_nothing_counts_before_the_head_replies(opened):
    give(opened, "school", by=opened.head)
    give(opened, "assessor", by=opened.director)

    with pytest.raises(NotTheTurn):
        judge_review(
            programme=opened,
            approach="supportive",
            reasons="Both agree.",
            by=opened.director,
            now=NOW,
        )


@pytest.mark.parametrize(
    ("approach", "watch_on", "state", "stage"),
    [
        ("supportive", None, "open", Stage.MATCHING),
        ("interventionist", None, "open", Stage.MATCHING),
        ("watch", date(2027, 3, 1), "watched", Stage.WATCHED),
        ("not_now", None, "not_now", Stage.ENDED),
    ],
)
def test_approach_says_how_it_goes_on(opened, approach, watch_on, state, stage):
    through_reply(opened)

    judged = judge_review(
        programme=opened,
        approach=approach,
        reasons="Both views agree.",
        watch_on=watch_on,
        by=opened.director,
        now=NOW,
    )

    assert (judged.state, judged.stage_now, judged.watch_on) == (state, stage, watch_on)
    assert Programme.objects.with_stage().get(pk=opened.pk).stage == stage
    assert list(Notice.objects.filter(kind=CHANGED).values_list("recipient", flat=True)) == [
        opened.head.pk
    ]


def test_watched_programme_is_judged_afresh(opened):
    through_reply(opened)
    told = {"programme": opened, "by": opened.director, "now": NOW}
    judge_review(approach="watch", reasons="Wait.", watch_on=date(2027, 3, 1), **told)

    again = look_again(**told)

    assert (again.stage_now, again.approach, again.watch_on) == (Stage.JUDGEMENT, "", None)


def test_mail_names_neither_school_nor_area(opened):
    give(opened, "school", by=opened.head)
    notice = Notice.objects.get(kind=YOUR_TURN)

    letter = letters_of_turns([notice], NOW)[notice.pk]

    said = " ".join([letter.subject, letter.heading, letter.why, *letter.facts, *letter.after])
    assert str(opened.school) not in said
    assert str(opened.area) not in said
    assert letter.button_url.endswith(f"/support/{opened.pk}/")


def test_audit_keeps_that_it_happened_and_not_what_was_said(opened):
    through_reply(opened)

    events = Event.objects.of(opened)

    assert set(events.values_list("action", flat=True)) == {
        "the school’s own view given",
        "the assessor’s view given",
        "head replied to the review",
    }
    assert "Calm classrooms" not in str(list(events.values()))


def typed(programme, **changes):
    return {
        "seen_version": "0",
        "area_0": str(programme.area_id),
        "need_0": "Modelled writing.",
        **GIVEN,
        "then": "give",
        **changes,
    }


@time_machine.travel(NOW, tick=False)
def test_head_gives_her_view_on_its_page(client, opened):
    client.force_login(opened.head)

    page = client.post(f"/support/{opened.pk}/review/own/", typed(opened), follow=True)

    assert "The assessor writes hers next." in page.content.decode()
    assert "Modelled writing." in page.content.decode()


@time_machine.travel(NOW, tick=False)
def test_half_a_view_is_kept_as_a_draft_but_not_given(client, opened):
    client.force_login(opened.head)
    address = f"/support/{opened.pk}/review/own/"

    refused = client.post(address, typed(opened, capacity="", need_0="")).content.decode()
    client.post(address, typed(opened, capacity="", then="draft"))

    assert "Choose one; “Not known” is an answer too." in refused
    assert "Say what is needed in this area." in refused
    assert "Calm classrooms." in refused
    assert ReviewView.objects.get().submitted_at is None


@time_machine.travel(NOW, tick=False)
def test_area_of_another_alliance_is_no_choice(client, opened):
    foreign = SupportAreaFactory()
    client.force_login(opened.head)

    client.post(f"/support/{opened.pk}/review/own/", typed(opened, area_0=str(foreign.pk)))

    assert not ReviewView.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_draft_of_one_side_is_hidden_from_the_other(client, opened):
    give(opened, "school", by=opened.head, is_given=False, strengths="Secret strength.")

    client.force_login(opened.director)
    for_director = client.get(f"/support/{opened.pk}/").content.decode()
    client.force_login(opened.head)
    for_head = client.get(f"/support/{opened.pk}/").content.decode()

    assert "Secret strength." not in for_director
    assert "Secret strength." in for_head


@time_machine.travel(NOW, tick=False)
def test_supporting_head_reads_the_review_once_it_is_judged(client, opened):
    supporter = PersonFactory()
    post = SchoolPostFactory(person=supporter, kind=SchoolPost.Kind.HEAD)
    through_reply(opened)
    opened.supporting_school = post.school
    opened.save()
    client.force_login(supporter)

    before = client.get(f"/support/{opened.pk}/").content.decode()
    judge_review(
        programme=opened, approach="supportive", reasons="Go.", by=opened.director, now=NOW
    )
    after = client.get(f"/support/{opened.pk}/").content.decode()

    assert "Calm classrooms." not in before
    assert "Calm classrooms." in after


@time_machine.travel(NOW, tick=False)
def test_who_disagrees_says_with_what(client, opened):
    give(opened, "school", by=opened.head)
    give(opened, "assessor", by=opened.director)
    client.force_login(opened.head)
    address = f"/support/{opened.pk}/review/reply/"

    refused = client.post(address, {"agrees": "no", "reply": ""}).content.decode()
    client.post(address, {"agrees": "no", "reply": "Year 2 is stronger."})

    opened.found.refresh_from_db()
    assert "Say what you don’t recognise." in refused
    assert (opened.found.agrees, opened.found.reply) == (False, "Year 2 is stronger.")


@time_machine.travel(NOW, tick=False)
def test_director_who_watches_gives_a_day_to_come(client, opened):
    through_reply(opened)
    client.force_login(opened.director)
    address = f"/support/{opened.pk}/review/judge/"
    decided = {"approach": "watch", "reasons": "Wait for the data."}

    none = client.post(address, decided).content.decode()
    past = client.post(address, {**decided, "watch_on": "2026-11-23"}).content.decode()
    client.post(address, {**decided, "watch_on": "2027-03-01"})

    opened.refresh_from_db()
    assert "Give the day on which you look again." in none
    assert "Choose a day that is still to come." in past
    assert opened.watch_on == date(2027, 3, 1)


@time_machine.travel(NOW, tick=False)
def test_page_costs_the_same_with_one_need_and_with_three(
    client, opened, django_assert_num_queries
):
    areas = [SupportAreaFactory(alliance=opened.alliance) for _ in range(2)]
    view = give(opened, "school", by=opened.head, is_given=False)
    client.force_login(opened.head)
    client.get(f"/support/{opened.pk}/")

    with django_assert_num_queries(6):
        client.get(f"/support/{opened.pk}/")
    for area in areas:
        view.needs.create(area=area, words="More.")
    with django_assert_num_queries(6):
        client.get(f"/support/{opened.pk}/")
