from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from alliances.meetings.models import Seat
from alliances.membership.models import AlliancePost
from alliances.schools.models import Delegation, Departure, DepartureItem, SchoolPost
from alliances.schools.notices import (
    FOLLOWS,
    LEAVES,
    letters_of_departure,
    letters_of_departure_called_off,
)
from alliances.schools.permissions import acts_for, can_arrange_leaving, is_head_of
from alliances.schools.services import (
    DepartureOver,
    FollowsOnHerself,
    NobodyFollows,
    arrange_departure,
    call_off_departure,
    held_by,
    settle_departures,
)
from alliances.schools.tasks import settle_passed_departures
from partnership.audit.models import Event
from partnership.invitations.models import Invitation
from partnership.notices.models import Notice
from partnership.toolkit.registers import END, PASS, STAY, Leaver, Letter, Stale
from tests.factories import (
    AgendaItemFactory,
    AlliancePostFactory,
    BodyFactory,
    DelegationFactory,
    MembershipFactory,
    PersonFactory,
    SchoolPostFactory,
    SeatFactory,
    WorkhubYearFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
LATER = datetime(2026, 12, 1, 9, tzinfo=UTC)
LAST_DAY = date(2026, 12, 18)
DAY_AFTER = date(2026, 12, 19)
MORNING_AFTER = datetime(2026, 12, 19, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def headship():
    return SchoolPostFactory(school__name="Delph Primary School", person__name="Anna Kershaw")


@pytest.fixture
def head(headship):
    return headship.person


@pytest.fixture
def school(headship):
    return headship.school


@pytest.fixture
def successor():
    return PersonFactory(name="Martin O’Neill")


def held(person, school, by):
    leaver = Leaver(person, school, TODAY, by, TODAY)
    return {kind.key: things for kind, things in held_by(leaver)}


def leave(person, school, by, successor=None, last_day=LAST_DAY, **choices):
    """Everything passes on when somebody follows, and ends otherwise, but for what is said."""
    wish = PASS if successor else END
    decided = {
        (key, thing.key): choices.get(key.replace(".", "_"), wish)
        for key, things in held(person, school, by).items()
        for thing in things
    }
    return arrange_departure(
        school=school,
        person=person,
        last_day=last_day,
        choices=decided,
        by=by,
        now=NOW,
        successor_email=successor.email if successor else "",
        successor_name=successor.name if successor else "",
    )


def test_head_leaves_on_a_coming_day_and_her_successor_begins_the_day_after(
    head, school, successor
):
    leave(head, school, head, successor)

    assert is_head_of(head, school, LAST_DAY)
    assert not is_head_of(successor, school, LAST_DAY)
    assert not is_head_of(head, school, DAY_AFTER)
    assert is_head_of(successor, school, DAY_AFTER)
    assert Event.objects.get(action="departure arranged").actor_id == head.pk


def test_successor_who_is_not_here_yet_is_invited_for_the_school(head, school):
    arrange_departure(
        school=school,
        person=head,
        last_day=LAST_DAY,
        choices={("schools.posts", SchoolPost.objects.get().pk): PASS},
        by=head,
        now=NOW,
        successor_email="new.head@delph.example",
        successor_name="New Head",
    )

    invitation = Invitation.objects.get()
    post = SchoolPost.objects.on(DAY_AFTER).get()
    assert (invitation.person, invitation.on_behalf_of) == (post.person, school.name)
    assert post.kind == "head"


def test_post_that_ends_passes_on_to_nobody(head, school):
    departure = leave(head, school, head)

    assert departure.successor is None
    assert list(SchoolPost.objects.on(LAST_DAY)) == list(SchoolPost.objects.all())
    assert not SchoolPost.objects.on(DAY_AFTER).exists()


def test_what_passes_on_needs_somebody_else_who_follows(head, school):
    choices = {("schools.posts", SchoolPost.objects.get().pk): PASS}
    told = {"school": school, "person": head, "last_day": LAST_DAY, "by": head, "now": NOW}

    with pytest.raises(NobodyFollows):
        arrange_departure(choices=choices, **told)
    with pytest.raises(FollowsOnHerself):
        arrange_departure(
            choices=choices, successor_email=head.email, successor_name=head.name, **told
        )

    assert not Departure.objects.exists()
    assert SchoolPost.objects.get().ends_on is None


def test_arranging_again_moves_the_day_for_both(head, school, successor):
    leave(head, school, head, successor)
    leave(head, school, head, successor, last_day=date(2027, 1, 29))

    posts = SchoolPost.objects.order_by("pk").values_list("person", "starts_on", "ends_on")
    assert list(posts) == [
        (head.pk, None, date(2027, 1, 29)),
        (successor.pk, date(2027, 1, 30), None),
    ]
    first, second = Notice.objects.filter(kind=FOLLOWS).order_by("pk")
    letters = letters_of_departure([first, second], NOW)
    assert Departure.objects.get().last_day == date(2027, 1, 29)
    assert isinstance(letters[first.pk], Stale)
    assert isinstance(letters[second.pk], Letter)


def test_delegations_pass_on_with_the_day(head, school, successor):
    deputy = SchoolPostFactory(school=school, kind=SchoolPost.Kind.DEPUTY).person
    DelegationFactory(school=school, deputy=deputy, given_by=head, ends_on=date(2027, 3, 1))

    leave(head, school, head, successor)

    replies = Delegation.Kind.REPLIES
    rows = Delegation.objects.order_by("pk").values_list("given_by", "starts_on", "ends_on")
    assert list(rows) == [
        (head.pk, date(2020, 9, 7), LAST_DAY),
        (successor.pk, DAY_AFTER, date(2027, 3, 1)),
    ]
    assert acts_for(deputy, school, replies, LAST_DAY)
    assert acts_for(deputy, school, replies, DAY_AFTER)


def test_delegations_of_a_deputy_who_leaves_end_or_pass_on(head, school, successor):
    post = SchoolPostFactory(school=school, kind=SchoolPost.Kind.DEPUTY)
    DelegationFactory(school=school, deputy=post.person, given_by=head)
    starts_later = DelegationFactory(
        school=school,
        deputy=post.person,
        given_by=head,
        kind=Delegation.Kind.DETAILS,
        starts_on=date(2027, 1, 5),
    )

    leave(post.person, school, head, successor, schools_delegations=END)

    starts_later.refresh_from_db()
    assert not Delegation.objects.ahead(DAY_AFTER).exists()
    assert starts_later.ended_at == NOW


def test_deputy_who_follows_her_head_acts_for_nobody_then(head, school):
    post = SchoolPostFactory(school=school, kind=SchoolPost.Kind.DEPUTY)
    DelegationFactory(school=school, deputy=post.person, given_by=head)

    leave(head, school, head, post.person)

    assert not Delegation.objects.ahead(DAY_AFTER).exists()
    assert is_head_of(post.person, school, DAY_AFTER)


def test_what_has_no_days_waits_for_the_last_day_and_passes_on_once(head, school, successor):
    year = WorkhubYearFactory(lead=head)

    leave(head, school, head, successor)
    before = WorkhubYearFactory._meta.model.objects.get(pk=year.pk).lead
    on_the_day = settle_departures(now=datetime(2026, 12, 18, 23, tzinfo=UTC))
    with time_machine.travel(MORNING_AFTER, tick=False):
        settle_passed_departures()
        settle_passed_departures()
    again = settle_departures(now=MORNING_AFTER)

    year.refresh_from_db()
    assert (before, on_the_day, again) == (head, 0, 0)
    assert year.lead == successor
    assert not DepartureItem.objects.filter(settled_at=None).exists()
    assert Event.objects.filter(action="workhub edited").count() == 1


def test_day_that_has_passed_settles_everything_at_once(head, school, successor):
    year = WorkhubYearFactory(lead=head)

    leave(head, school, head, successor, last_day=date(2026, 11, 20))

    year.refresh_from_db()
    assert year.lead == successor
    assert is_head_of(successor, school, TODAY)


def test_somebody_else_who_leads_meanwhile_goes_on_leading(head, school, successor):
    year = WorkhubYearFactory(lead=head)
    leave(head, school, head, successor)
    year.lead = PersonFactory()
    year.save()

    settle_departures(now=MORNING_AFTER)

    year.refresh_from_db()
    assert year.lead not in {head, successor}


def state_of_posts():
    return list(SchoolPost.objects.order_by("pk").values_list("person", "starts_on", "ends_on"))


def test_departure_called_off_takes_everything_back(head, headship, school, successor):
    headship.ends_on = date(2027, 8, 31)
    headship.save()
    deputy = SchoolPostFactory(school=school, kind=SchoolPost.Kind.DEPUTY).person
    DelegationFactory(school=school, deputy=deputy, given_by=head, ends_on=date(2027, 3, 1))
    office = AlliancePostFactory(person=head, kind="administrator")
    AlliancePostFactory(person=head, kind="director", alliance=office.alliance)
    seat = SeatFactory(person=head, school=school, body=BodyFactory(), ends_on=None)
    year = WorkhubYearFactory(lead=head)
    before = state_of_posts()
    departure = leave(head, school, head, successor)

    call_off_departure(departure=departure, by=head, now=LATER)
    settled = settle_departures(now=MORNING_AFTER)

    for thing in (office, seat, year):
        thing.refresh_from_db()
    assert settled == 0
    assert state_of_posts() == before
    assert (office.ends_on, seat.ends_on, year.lead) == (None, None, head)
    assert not AlliancePost.objects.filter(person=successor).exists()
    assert not Seat.objects.filter(person=successor).exists()
    ahead = Delegation.objects.ahead(DAY_AFTER).values_list("given_by", "deputy", "ends_on")
    assert list(ahead) == [(head.pk, deputy.pk, date(2027, 3, 1))]
    event = Event.objects.get(action="departure called off")
    assert (event.actor_id, event.values["person_id"]) == (head.pk, head.pk)


def test_arranging_anew_with_somebody_else_takes_the_first_back(head, school, successor):
    other = PersonFactory(name="Ruth Adeyemi")
    leave(head, school, head, successor)
    leave(head, school, head, other, last_day=date(2027, 1, 29))

    assert state_of_posts() == [
        (head.pk, None, date(2027, 1, 29)),
        (other.pk, date(2027, 1, 30), None),
    ]


def test_what_others_changed_meanwhile_is_left_when_a_departure_is_called_off(
    head, headship, school, successor
):
    departure = leave(head, school, head, successor)
    headship.refresh_from_db()
    headship.ends_on = date(2026, 12, 11)
    headship.save()

    call_off_departure(departure=departure, by=head, now=LATER)

    headship.refresh_from_db()
    assert headship.ends_on == date(2026, 12, 11)


def test_departure_is_called_off_once_and_only_before_its_day_has_passed(head, school):
    departure = leave(head, school, head)
    with pytest.raises(DepartureOver):
        call_off_departure(departure=departure, by=head, now=MORNING_AFTER)
    call_off_departure(departure=departure, by=head, now=LATER)

    with pytest.raises(DepartureOver):
        call_off_departure(departure=departure, by=head, now=LATER)
    assert state_of_posts() == [(head.pk, None, None)]


def test_leaver_and_successor_are_told_that_it_is_called_off(head, school, successor):
    post = SchoolPostFactory(school=school, kind=SchoolPost.Kind.DEPUTY)
    departure = leave(post.person, school, head, successor)

    call_off_departure(departure=departure, by=head, now=LATER)

    kinds = [FOLLOWS, LEAVES]
    stale = letters_of_departure(list(Notice.objects.filter(kind__in=kinds)), LATER)
    notices = list(Notice.objects.exclude(kind__in=kinds).order_by("kind"))
    letters = letters_of_departure_called_off(notices, LATER)
    assert {type(letter) for letter in stale.values()} == {Stale}
    assert [notice.recipient for notice in notices] == [successor, post.person]
    assert [letters[notice.pk].subject for notice in notices] == [
        f"You do not follow {post.person} at Delph Primary School",
        "You stay at Delph Primary School",
    ]


def test_head_calls_a_departure_off_after_a_question(client, head, school, successor):
    departure = leave(head, school, head, successor)
    client.force_login(head)
    address = reverse("schools:departure_call_off", args=[school.urn, departure.pk])

    people = client.get(reverse("schools:school_people", args=[school.urn])).content.decode()
    question = client.get(address).content.decode()
    after = client.post(address, follow=True).content.decode()

    assert "Call off: Anna Kershaw leaves" in people
    assert "Anna Kershaw stays at Delph Primary School?" in question
    assert "Anna Kershaw stays at Delph Primary School." in after
    assert "Who leaves" not in after
    assert client.post(address).status_code == 404


def test_deputy_who_keeps_the_details_reads_who_leaves_and_cannot_call_it_off(
    client, head, school, successor
):
    deputy = SchoolPostFactory(school=school, kind=SchoolPost.Kind.DEPUTY).person
    DelegationFactory(school=school, deputy=deputy, given_by=head, kind="details")
    departure = leave(head, school, head, successor)
    client.force_login(deputy)

    people = client.get(reverse("schools:school_people", args=[school.urn])).content.decode()
    address = reverse("schools:departure_call_off", args=[school.urn, departure.pk])

    assert "Friday 18 December 2026" in people
    assert "Call it off" not in people
    assert client.post(address).status_code == 403


def test_what_stays_is_left_alone(head, school, successor):
    year = WorkhubYearFactory(lead=head)

    leave(head, school, head, successor, hubs_leads=STAY)
    settle_departures(now=MORNING_AFTER)

    year.refresh_from_db()
    assert year.lead == head
    assert [item.kind for item in DepartureItem.objects.all()] == ["schools.posts"]


def test_head_decides_nothing_about_what_her_deputy_is_outside_the_school(head, school):
    post = SchoolPostFactory(school=school, kind=SchoolPost.Kind.DEPUTY)
    AlliancePostFactory(person=post.person, kind="administrator")
    SeatFactory(person=post.person, body=BodyFactory())
    SeatFactory(person=post.person, school=school, body=BodyFactory())
    WorkhubYearFactory(lead=post.person)
    BodyFactory(lead=post.person)

    theirs, own = held(post.person, school, head), held(post.person, school, post.person)

    assert sorted(theirs) == ["meetings.seats", "schools.posts"]
    assert sorted(own) == [
        "hubs.leads",
        "meetings.bodies",
        "meetings.seats",
        "membership.posts",
        "schools.posts",
    ]
    assert [thing.choices for thing in theirs["meetings.seats"]] == [(PASS, END)]
    assert own["membership.posts"][0].choices == (STAY, END)


def test_choice_that_was_not_offered_changes_nothing(head, school, successor):
    post = SchoolPostFactory(school=school, kind=SchoolPost.Kind.DEPUTY)
    office = AlliancePostFactory(person=post.person, kind="administrator")

    arrange_departure(
        school=school,
        person=post.person,
        last_day=LAST_DAY,
        choices={("membership.posts", office.pk): PASS},
        by=head,
        now=NOW,
        successor_email=successor.email,
        successor_name=successor.name,
    )

    office.refresh_from_db()
    assert office.ends_on is None
    assert not DepartureItem.objects.exists()


def test_leaver_and_successor_are_told_once(head, school, successor):
    post = SchoolPostFactory(school=school, kind=SchoolPost.Kind.DEPUTY)

    leave(post.person, school, head, successor)

    notices = list(Notice.objects.filter(kind__in=[FOLLOWS, LEAVES]).order_by("kind"))
    letters = letters_of_departure(notices, NOW)
    assert [notice.recipient for notice in notices] == [successor, post.person]
    assert [letters[notice.pk].subject for notice in notices] == [
        f"You follow {post.person} at Delph Primary School",
        "Your last day at Delph Primary School is Friday 18 December 2026",
    ]


def test_head_director_and_staff_arrange_who_leaves_and_nobody_else(head, school):
    membership = MembershipFactory(school=school)
    director = AlliancePostFactory(alliance=membership.alliance).person
    deputy = SchoolPostFactory(school=school, kind=SchoolPost.Kind.DEPUTY).person
    DelegationFactory(school=school, deputy=deputy, given_by=head, kind="details")

    people = (head, director, PersonFactory(staff=True), deputy, SchoolPostFactory().person)
    may = [can_arrange_leaving(person, school, TODAY) for person in people]

    assert may == [True, True, True, False, False]
    director.is_active = False
    assert not can_arrange_leaving(director, school, TODAY)


def address(school, person):
    return reverse("schools:person_leave", args=[school.urn, person.pk])


def test_head_arranges_her_leaving_in_one_screen(client, head, headship, school):
    client.force_login(head)
    WorkhubYearFactory(lead=head, workhub__name="Writing")

    page = client.get(address(school, head)).content.decode()
    fields = {"last_day": "2026-12-18", "name": "New Head", "email": "new.head@delph.example"}
    year = WorkhubYearFactory._meta.model.objects.get()
    fields |= {f"schools-posts-{headship.pk}": "pass", f"hubs-leads-{year.pk}": "pass"}
    response = client.post(address(school, head), fields, follow=True)
    people = client.get(reverse("schools:school_people", args=[school.urn])).content.decode()

    words = response.content.decode()
    assert "Workhubs led" in page
    assert "Writing, 2026 to 2027" in page
    assert "last day is Friday 18 December 2026." in words
    assert "New Head follows. An invitation to the portal is on its way." in words
    assert "New Head follows and is invited" in people
    assert "Writing, 2026 to 2027 passes on" in people


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_day": "0206-12-18"}, "Look at the year."),
        ({"last_day": "2019-12-18"}, "Choose a later last day."),
        ({"email": ""}, "Say who follows, or let everything end or stay."),
        ({"name": ""}, "Write the name of whoever follows."),
        ({"email": "ANNA@delph.example"}, "This is the address of whoever leaves."),
        ({"email": "gone@delph.example"}, "account is closed"),
    ],
)
def test_screen_says_what_cannot_be(client, head, headship, school, changes, words):
    head.email = "anna@delph.example"
    head.save()
    headship.starts_on = date(2020, 9, 1)
    headship.save()
    PersonFactory(email="gone@delph.example", is_active=False, joined_at=NOW)
    client.force_login(head)
    fields = {
        "last_day": "2026-12-18",
        "name": "New Head",
        "email": "new.head@delph.example",
        f"schools-posts-{headship.pk}": "pass",
        **changes,
    }

    page = client.post(address(school, head), fields).content.decode()

    assert words in page
    assert not Departure.objects.exists()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_screen_costs_the_same_for_one_thing_of_each_kind_and_for_three(
    client, head, school, count, django_assert_num_queries
):
    client.force_login(head)
    deputy = SchoolPostFactory(school=school, kind=SchoolPost.Kind.DEPUTY).person
    for number in range(count):
        SchoolPostFactory(school=school, person=head, kind="other", words=f"Post {number}")
        DelegationFactory(school=school, deputy=deputy, given_by=head)
        AlliancePostFactory(person=head, kind="administrator")
        SeatFactory(person=head, body=BodyFactory())
        BodyFactory(lead=head)
        item = AgendaItemFactory(presenter=head)
        item.meeting.starts_at = datetime(2027, 1, 12, 16, tzinfo=UTC)
        item.meeting.ends_at = datetime(2027, 1, 12, 17, tzinfo=UTC)
        item.meeting.save()
        WorkhubYearFactory(lead=head)
    client.get(address(school, head))

    with django_assert_num_queries(4):
        page = client.get(address(school, head)).content.decode()
    assert page.count("<fieldset") == count * 7 + 1


def test_only_people_of_the_school_leave_it(client, head, school):
    client.force_login(head)

    assert client.get(address(school, SchoolPostFactory().person)).status_code == 404
