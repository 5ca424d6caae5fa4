from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from alliances.schools.models import RegisterFile, School, SchoolPost
from partnership.audit.models import Event
from tests.factories import PersonFactory, SchoolFactory, SchoolPostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(PersonFactory(staff=True))
    return client


def listed(response):
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def test_schools_are_found_by_folded_words_and_narrowed(staff):
    knowsley = SchoolFactory(name="Knowsley Junior School", authority__code="353")
    other = SchoolFactory(name="École", phase="Nursery", status="Closed", authority__code="210")
    address = reverse("admin:schools_school_changelist")

    assert listed(staff.get(address, {"q": "KNOWSLEY"})) == [knowsley]
    assert listed(staff.get(address, {"q": "ecole"})) == [other]
    assert listed(staff.get(address, {"phase": "Nursery"})) == [other]
    assert listed(staff.get(address, {"status": "Closed"})) == [other]
    assert listed(staff.get(address, {"authority": str(knowsley.authority_id)})) == [knowsley]
    assert listed(staff.get(address, {"authority": "x"})) == []
    assert listed(staff.get(address, {"authority": "9" * 30})) == []


def test_facts_of_the_register_are_read_only(staff):
    school = SchoolFactory(name="Knowsley")
    address = reverse("admin:schools_school_change", args=[school.pk])

    assert staff.get(address).status_code == 200
    assert staff.post(address, {"name": "x"}).status_code == 403
    assert staff.get(reverse("admin:schools_school_add")).status_code == 403
    assert School.objects.get().name == "Knowsley"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("school", "A school is never deleted"),
        ("schoolpost", "A post is never deleted"),
        ("registerfile", "Where facts come from stays on record"),
    ],
)
def test_what_has_a_history_is_never_deleted_and_says_why(staff, name, sentence):
    post = SchoolPostFactory()
    file = RegisterFile.objects.create(
        name="a.csv", sha256="0" * 64, imported_at=datetime(2026, 11, 1, tzinfo=UTC)
    )
    things = {"school": post.school, "schoolpost": post, "registerfile": file}
    address = reverse(f"admin:schools_{name}_delete", args=[things[name].pk])

    for response in (staff.get(address), staff.post(address, {"post": "yes"})):
        assert response.status_code == 403
        assert sentence in response.content.decode()
    assert SchoolPost.objects.count() == 1
    assert RegisterFile.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["school", "schoolpost", "registerfile", "authority"])
def test_lists_of_the_admin_cost_the_same_for_one_row_and_for_three(
    staff, django_assert_max_num_queries, name, count
):
    for number in range(count):
        SchoolPostFactory(school__authority__code=str(300 + number))
        RegisterFile.objects.create(
            name=f"{number}.csv",
            sha256="0" * 64,
            imported_at=datetime(2026, 11, 1, tzinfo=UTC),
            imported_by=PersonFactory(),
        )
    address = reverse(f"admin:schools_{name}_changelist")
    staff.get(address)

    with django_assert_max_num_queries(6):
        assert len(listed(staff.get(address))) == count


def facts(post=None, **changes):
    values = {
        "kind": "deputy",
        "starts_on": "2026-09-01",
        "ends_on": "",
    }
    if post is None:
        values |= {"school": SchoolFactory().pk, "person": PersonFactory().pk}
    return values | changes


def test_post_given_in_the_admin_is_audited_once(staff):
    response = staff.post(reverse("admin:schools_schoolpost_add"), facts())

    assert response.status_code == 302
    post = SchoolPost.objects.get()
    assert (post.kind, post.starts_on) == ("deputy", date(2026, 9, 1))
    event = Event.objects.get(action="appointed")
    assert (event.thing_id, event.school_id) == (post.pk, post.school_id)


def test_post_changed_in_the_admin_is_audited_with_its_fields(staff):
    post = SchoolPostFactory(kind="deputy", starts_on=date(2026, 9, 1))
    address = reverse("admin:schools_schoolpost_change", args=[post.pk])

    response = staff.post(address, facts(post, ends_on="2026-12-31"))

    assert response.status_code == 302
    post.refresh_from_db()
    assert (post.ends_on, post.version) == (date(2026, 12, 31), 2)
    assert Event.objects.get(action="post changed").fields == ["ends_on"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": "2026-08-31"}, "The last day must not be before the first."),
        ({"kind": "head"}, "This person holds this post already."),
    ],
)
def test_what_cannot_be_is_said_at_the_form(staff, changes, sentence):
    head = SchoolPostFactory()
    post = facts(school=head.school_id, person=head.person_id, **changes)

    response = staff.post(reverse("admin:schools_schoolpost_add"), post)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert SchoolPost.objects.count() == 1
