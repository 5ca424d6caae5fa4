from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError

from alliances.membership.models import AlliancePost
from alliances.membership.services import (
    AccountClosed,
    LastDirector,
    PostHeldAlready,
    change_alliance_post,
    edit_alliance_post,
    end_alliance_post,
    welcome_to_alliance,
)
from partnership.audit.models import Event
from partnership.invitations.models import Invitation
from partnership.toolkit.versions import ChangedSince
from tests.factories import AllianceFactory, AlliancePostFactory, AreaFactory, PersonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def given(alliance, email, **facts):
    told = {"name": "Ada Clegg", "kind": "administrator", "by": PersonFactory(), "now": NOW}
    return welcome_to_alliance(alliance=alliance, email=email, **told, **facts)


def test_known_person_holds_the_post_at_once_and_is_not_invited():
    person = PersonFactory(email="ada@school.example")

    post = given(
        AllianceFactory(),
        "Ada@School.example",
        funded_days=Decimal("0.5"),
        funded_per="week",
        starts_on=TODAY,
    )

    assert (post.person, post.funded_words) == (person, "half a day a week")
    assert not Invitation.objects.exists()
    assert Event.objects.get().action == "appointed"


def test_who_is_not_in_the_portal_is_invited_once_for_two_posts():
    alliance = AllianceFactory(name="Oldham Schools Alliance")

    first = given(alliance, "new@school.example")
    second = given(AllianceFactory(), "new@school.example")

    invitation = Invitation.objects.get()
    assert first.person_id == second.person_id == invitation.person_id
    assert invitation.on_behalf_of == "Oldham Schools Alliance"
    assert not first.person.is_active


def test_closed_account_is_not_opened_by_a_post():
    PersonFactory(email="old@school.example", is_active=False, joined_at=NOW)

    with pytest.raises(AccountClosed):
        given(AllianceFactory(), "old@school.example")

    assert not AlliancePost.objects.exists()


def test_one_person_may_lead_two_areas_but_each_once():
    alliance, person = AllianceFactory(), PersonFactory(email="lead@school.example")
    told = {"alliance": alliance, "kind": "strategic_lead", "by": person, "now": NOW}
    lead = {**told, "email": person.email, "name": person.name}
    one, two = AreaFactory(alliance=alliance), AreaFactory(alliance=alliance)
    welcome_to_alliance(**lead, area=one)
    welcome_to_alliance(**lead, area=two)

    with pytest.raises(PostHeldAlready):
        welcome_to_alliance(**lead, area=two)

    assert AlliancePost.objects.count() == 2


@pytest.mark.parametrize(
    ("days", "per", "words"),
    [
        (Decimal("2"), "week", "2 days a week"),
        (Decimal("1.0"), "half_term", "1 day a half term"),
        (Decimal("10"), "half_term", "10 days a half term"),
        (None, "", ""),
    ],
)
def test_funded_time_is_said_as_schools_say_it(days, per, words):
    assert AlliancePostFactory(funded_days=days, funded_per=per).funded_words == words


def test_database_keeps_areas_to_strategic_leads_and_paid_days_to_a_span():
    with pytest.raises(IntegrityError):
        AlliancePostFactory(kind="chair", area=AreaFactory())


def test_last_director_ends_only_with_a_sentence():
    post = AlliancePostFactory(starts_on=date(2020, 9, 1))
    AlliancePostFactory(alliance=post.alliance, ends_on=TODAY)
    AlliancePostFactory(alliance=post.alliance, kind="chair")
    told = {"post": post, "last_day": TODAY, "by": post.person, "now": NOW}

    with pytest.raises(LastDirector):
        end_alliance_post(**told)
    end_alliance_post(**told, because="The heads run it together from now on.")

    post.refresh_from_db()
    assert (post.ends_on, post.because) == (TODAY, "The heads run it together from now on.")


def test_director_with_a_successor_ends_without_a_word():
    post = AlliancePostFactory()
    AlliancePostFactory(alliance=post.alliance, starts_on=date(2026, 11, 23))

    end_alliance_post(post=post, last_day=TODAY, by=post.person, now=NOW)

    assert AlliancePost.objects.get(pk=post.pk).ends_on == TODAY


def test_editing_never_takes_the_last_director_away_or_doubles_a_post():
    post = AlliancePostFactory(kind="strategic_lead", area=AreaFactory())
    twin = AlliancePostFactory(
        alliance=post.alliance, person=post.person, kind="strategic_lead", area=None
    )
    director = AlliancePostFactory(alliance=post.alliance)
    told = {"by": director.person, "now": NOW, "seen_version": 1}

    with pytest.raises(LastDirector):
        edit_alliance_post(post=director, changes={"ends_on": TODAY}, **told)
    with pytest.raises(PostHeldAlready):
        edit_alliance_post(post=twin, changes={"area": post.area}, **told)
    edit_alliance_post(post=post, changes={"description": "Maths"}, **told)
    with pytest.raises(ChangedSince):
        edit_alliance_post(post=post, changes={"description": "English"}, **told)

    assert AlliancePost.objects.get(pk=post.pk).description == "Maths"


def test_post_that_goes_on_after_all_forgets_why_it_ended():
    post = AlliancePostFactory(kind="chair", ends_on=TODAY, because="Ill")

    edit_alliance_post(
        post=post, changes={"ends_on": None}, seen_version=1, by=post.person, now=NOW
    )

    assert AlliancePost.objects.get().because == ""


def test_who_gets_another_post_from_staff_leads_no_area_any_more():
    post = AlliancePostFactory(kind="strategic_lead", area=AreaFactory())

    change_alliance_post(post=post, changes={"kind": "chair"}, by=None, now=NOW)

    post.refresh_from_db()
    assert (post.kind, post.area) == ("chair", None)
