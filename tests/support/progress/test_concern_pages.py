from datetime import date

import pytest
import time_machine

from partnership.toolkit.registers import Duty, DutyWindow, all_duties
from support.progress.models import Concern
from support.progress.services import raise_concern
from tests.factories import AlliancePostFactory, DelegationFactory, PersonFactory, SchoolPostFactory
from tests.factories.progress import ConcernFactory
from tests.factories.support import ProgrammePersonFactory
from tests.support.progress.begun import NOW, make_begun

pytestmark = pytest.mark.django_db
SECRET = "Xylophones are called off the day before."
LIST_QUERIES, DETAIL_QUERIES = 3, 4


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def begun():
    return make_begun()


@pytest.fixture
def concern(begun):
    told = {"programme": begun.programme, "by": begun.director, "now": NOW}
    return raise_concern(words=SECRET, side="director", **told)


def outsiders(begun):
    """Everybody else who has a part in the programme, its chair and a member of portal staff."""
    programme = begun.programme
    acting = SchoolPostFactory(school=programme.school, kind="business_manager").person
    DelegationFactory(school=programme.school, deputy=acting, given_by=begun.head, kind="support")
    named = [
        ProgrammePersonFactory(programme=programme, side=side).person
        for side in ("school", "director")
    ]
    chair = AlliancePostFactory(alliance=begun.alliance, kind="chair").person
    officer = PersonFactory(is_staff=True)
    return [acting, *named, begun.practitioner, begun.home_head, chair, officer]


def test_only_the_director_and_the_two_heads_know_of_a_concern(client, begun, concern):
    pk = begun.programme.pk
    hidden = [f"/support/{pk}/concerns/", f"/support/{pk}/concerns/{concern.pk}/"]
    around = [
        f"/support/{pk}/",
        f"/support/{pk}/history/",
        f"/support/{pk}/end/",
        "/search/?q=Xylophones",
        "/desk/",
        f"/support/overview/{begun.alliance.slug}/",
        "/admin/audit/event/",
    ]

    for person in outsiders(begun):
        client.force_login(person)
        assert {client.get(address).status_code for address in hidden} <= {403, 404}
        for address in around:
            body = b"".join(client.get(address)).decode().casefold()
            assert "called off the day before" not in body
            if not address.startswith("/admin/"):
                assert "concern" not in body, (person, address)


def test_three_read_it_and_the_head_replies(client, begun, concern):
    address = f"/support/{begun.programme.pk}/concerns/{concern.pk}/"
    client.force_login(begun.supporting_head)
    assert client.post(f"{address}reply/", {"reply": "Not mine."}).status_code == 403
    client.force_login(begun.head)
    client.post(f"{address}reply/", {"reply": "We were short of staff."})
    client.force_login(begun.director)
    client.post(f"{address}step/", {"words": "Told the authority.", "is_further": "on"})
    client.post(f"{address}resolve/", {"how": "A fixed day."})

    for person in (begun.head, begun.supporting_head, begun.director):
        client.force_login(person)
        page = client.get(address).text
        assert SECRET in page
        assert "We were short of staff." in page
        assert "Taken further" in page
        assert "A fixed day." in page
    assert Concern.objects.get().resolved_by == begun.director


def test_head_raises_one_of_which_no_reply_is_asked(client, begun):
    client.force_login(begun.head)

    page = client.post(
        f"/support/{begun.programme.pk}/concerns/new/", {"words": "Late notes."}, follow=True
    )

    concern = Concern.objects.get()
    assert "Late notes." in page.text
    assert concern.side == "school"
    assert client.get(f"{page.request['PATH_INFO']}{concern.pk}/reply/").status_code == 403


def test_reply_is_owed_by_the_supported_head_and_says_nothing(begun, concern):
    begun.programme.director = ProgrammePersonFactory(programme=begun.programme).person
    begun.programme.save()
    window = DutyWindow(kinds=["progress.answer"], now=NOW)
    (duty,) = [Duty(*row) for row in all_duties(window)]

    said = " ".join([duty.title, duty.line, duty.url, duty.spec.why(duty)]).casefold()
    assert (duty.person_id, duty.goes_up_to_id) == (begun.head.pk, begun.director.pk)
    assert "concern" not in said
    assert "example" not in said
    Concern.objects.update(replied_at=NOW)
    assert list(all_duties(window)) == []


def test_costs_the_same_for_one_concern_and_for_three(
    client, begun, concern, django_assert_num_queries
):
    client.force_login(begun.director)
    base = f"/support/{begun.programme.pk}/concerns/"
    client.get(base)
    for _more in (0, 2):
        ConcernFactory.create_batch(_more, programme=begun.programme)
        with django_assert_num_queries(LIST_QUERIES):
            client.get(base)
        with django_assert_num_queries(DETAIL_QUERIES):
            client.get(f"{base}{concern.pk}/")


def test_named_director_of_the_programme_without_a_post_knows_of_none(client, begun, concern):
    post = begun.alliance.posts.get(person=begun.director)
    post.ends_on = date(2026, 11, 1)
    post.save()
    client.force_login(begun.director)

    assert client.get(f"/support/{begun.programme.pk}/concerns/").status_code == 404
