from datetime import timedelta

import pytest

from partnership.notices.models import Notice
from partnership.toolkit.registers import (
    Duty,
    DutyWindow,
    all_duties,
    notice_kinds,
    own_duties,
    places_beside,
)
from reviews.cycles.cards import own_days
from reviews.cycles.duties.year import PANEL
from reviews.days.models import TeamStep
from tests.factories.days import AgreementFactory, FindingFactory
from tests.factories.reviews import AT
from tests.reviews.days.moderated import AFTERWARDS, give_views, make_team

pytestmark = pytest.mark.django_db
AGREE, END = "days.agree_findings", "days.end_moderation"


def owed(made, **window):
    window = DutyWindow(kinds=[AGREE, END], now=AFTERWARDS, **window)
    duties = [Duty(*row) for row in all_duties(window)]
    return sorted((duty.kind, duty.person_id) for duty in duties)


def test_each_is_asked_to_agree_and_the_lead_to_end():
    made = make_team(views=2)
    finding = FindingFactory(review=made.review, theme=made.themes[0])
    before = owed(made)
    give_views(made, made.team[2])
    lead, second, third = (person.pk for person in made.team)
    asked = owed(made)
    AgreementFactory(finding=finding, person=made.team[1])
    TeamStep.objects.filter(person=made.team[2]).update(excused_at=AFTERWARDS)
    left = owed(made)
    only = owed(made, person_ids=[lead])
    made.review.moderated_at = AFTERWARDS
    made.review.save()

    assert before == []
    assert asked == [(AGREE, lead), (AGREE, second), (AGREE, third), (END, lead)]
    assert left == only == [(AGREE, lead), (END, lead)]
    assert owed(made) == []
    assert (END, lead) in owed(made, with_done=True)


def test_each_finds_it_on_her_desk():
    made = make_team()
    FindingFactory(review=made.review)
    window = {"due_from": AT, "due_until": AFTERWARDS + timedelta(days=30), "now": AFTERWARDS}

    found = {}
    for person in (*made.team, made.head, made.cycle.organiser):
        panels = places_beside({PANEL: own_days(person, None, AFTERWARDS)})
        duties = own_duties(person, **window, limit=9, panels=panels)
        found[person] = {duty.kind for duty in duties} & {AGREE, END}

    assert list(found.values()) == [{AGREE, END}, {AGREE}, {AGREE}, set(), set()]


def test_nothing_is_owed_where_there_is_no_finding_but_the_end():
    made = make_team()

    assert owed(made) == [(END, made.lead.pk)]


def test_whoever_left_the_team_owes_nothing():
    made = make_team()
    FindingFactory(review=made.review)
    made.places[1].ended_at = AFTERWARDS
    made.places[1].save()

    assert made.team[1].pk not in [person for _kind, person in owed(made)]


def test_duties_and_letters_name_neither_school_nor_finding(settings):
    made = make_team()
    FindingFactory(review=made.review, words="Hidden words.", theme=made.themes[0])
    window = DutyWindow(kinds=[AGREE, END], now=AFTERWARDS)
    duties = [Duty(*row) for row in all_duties(window)]
    said = [repr(duty) + duty.title + duty.line + duty.spec.why(duty) for duty in duties]
    kinds = ("days.findings_agreed", "days.findings_open", "days.findings_changed")
    for kind in kinds:
        notice = Notice(pk=1, kind=kind, thing_id=made.review.pk, recipient=made.lead)
        letter = notice_kinds()[kind].letters([notice], AFTERWARDS)[1]
        assert letter.button_url.endswith(f"/reviews/days/{made.day.pk}/moderation/")
        said.append(repr(letter))

    assert len(said) == 4 + len(kinds)
    for hidden in (made.review.school.name, "Hidden words", made.themes[0].name, made.team[1].name):
        assert hidden not in " ".join(said)
