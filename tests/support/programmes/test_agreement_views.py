import hashlib
import re
import time

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliances.schools.models import SchoolPost
from partnership.calendar.days import DAY
from partnership.people.provider import PROOF
from support.programmes.models import Agreement, ProgrammePerson, Signature
from support.programmes.services import renew_agreement
from tests.factories import SchoolPostFactory
from tests.factories.people import PASSWORD, PasskeyFactory
from tests.factories.support import AgreementFactory, ReviewViewFactory, SwiftReviewFactory
from tests.support.programmes.agreed import make_agreed, state_of
from tests.support.programmes.scene import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed():
    with time_machine.travel(NOW, tick=False):
        yield make_agreed()


def at(agreed, page=""):
    return f"/support/{agreed.programme.pk}/agreement/{page}"


def typed(agreed, client, **facts):
    form = client.get(at(agreed, "edit/")).context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in values.items()} | facts


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def signs(client, agreed, **facts):
    sent = Agreement.objects.get(state="sent")
    (place, _as_what), *_others = client.get(at(agreed, "sign/")).context["places"]
    values = {"signature": place.signature.pk, "text_hash": sent.text_hash} | facts
    return client.post(at(agreed, "sign/"), values)


def test_the_director_drafts_reads_it_whole_and_sends_it(client, agreed):
    client.force_login(agreed.director)

    proposed = client.get(at(agreed, "edit/")).context["form"]
    values = typed(agreed, client, then="send", outcomes="Teachers model writing\nTwo")
    kept = client.post(at(agreed, "edit/"), values, follow=True)
    page = kept.content.decode()
    version = re.search(r'name="seen_version" value="(\d+)"', page)[1]
    sent = client.post(at(agreed, "send/"), {"seen_version": version}, follow=True)

    assert len([1 for starts, _ends in proposed.term_rows() if starts.value()]) == 5
    assert "Freedom of Information Act" in proposed["data_words"].value()
    assert proposed["outcomes"].value() == agreed.programme.outcomes
    assert "2. Two" in page
    assert messages_of(sent)[-1].startswith("Sent. All parties are asked to sign by ")
    assert state_of(Agreement.objects.get()) == "sent"


def test_what_two_editors_wrote_stands_side_by_side(client, agreed):
    client.force_login(agreed.director)
    draft = agreed.drafts()
    values = typed(agreed, client, money="Mine", then="keep")
    agreed.drafts(money="Theirs", seen_version=draft.version)

    both = client.post(at(agreed, "edit/"), values)
    again = {field.html_name: field.value() for field in both.context["form"]}
    client.post(at(agreed, "edit/"), {**values, "seen_version": again["seen_version"]})

    said = [(each.label, each.yours, each.theirs) for each in both.context["form"].both]
    assert said == [("Money", "Mine", "Theirs")]
    assert Agreement.objects.get().money == "Mine"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"starts_5": "", "ends_5": ""}, "terms_because"),
        ({"starts_2": "2027-01-05"}, "starts_2"),
        ({"ends_1": ""}, "ends_1"),
        ({"starts_1": ""}, "starts_1"),
        ({"ends_1": "2020-01-01"}, "ends_1"),
        ({"sign_on": "2026-11-23"}, "sign_on"),
        ({"outcomes": "  "}, "outcomes"),
    ],
)
def test_a_draft_that_makes_no_sense_is_not_kept(client, agreed, facts, field):
    client.force_login(agreed.director)

    response = client.post(at(agreed, "edit/"), typed(agreed, client, **facts))

    assert list(response.context["form"].errors) == [field]
    assert not Agreement.objects.exists()


def test_an_incomplete_draft_is_shown_what_it_lacks_and_not_sent(client, agreed):
    client.force_login(agreed.director)
    draft = AgreementFactory(programme=agreed.programme, drafted_by=agreed.director)

    page = client.get(at(agreed, "send/"))
    refused = client.post(at(agreed, "send/"), {"seen_version": draft.version}, follow=True)

    assert "Name at least one key outcome." in page.context["lacking"]
    assert "not sent" in messages_of(refused)[0]
    assert state_of(draft) == "draft"


def test_before_support_is_found_there_is_nothing_to_write(client, agreed):
    agreed.programme.matched_at = None
    agreed.programme.save()
    client.force_login(agreed.director)

    for page in ("edit/", "send/", "new-version/"):
        assert client.get(at(agreed, page))["Location"] == agreed.programme.get_absolute_url()


def test_what_was_sent_is_changed_by_a_new_version(client, agreed):
    agreed.sends()
    client.force_login(agreed.director)

    leads = client.get(at(agreed, "edit/"))["Location"]
    client.post(at(agreed, "new-version/"), {"because": "Fewer days"})

    draft = Agreement.objects.get(state="draft")
    assert leads == at(agreed, "new-version/")
    assert (draft.number, draft.changed_because) == (2, "Fewer days")
    assert client.get(at(agreed, "new-version/"))["Location"] == at(agreed, "edit/")
    assert client.get(at(agreed, "2/")).status_code == 404


def test_signing_asks_for_the_password_again_and_then_signs_at_once(client, agreed):
    sent = agreed.sends()
    client.login(username=agreed.head.email, password=PASSWORD)

    asked = signs(client, agreed)
    before = Signature.objects.get(side="school").signed_at
    wrong = client.post(asked["Location"], {"password": "something else"})
    done = client.post(asked["Location"], {"password": PASSWORD}, follow=True)

    place = Signature.objects.get(side="school")
    assert asked["Location"].startswith("/accounts/reauthenticate/?next=")
    assert (before, wrong.status_code) == (None, 200)
    assert (place.signed_by, place.signed_at, place.proof) == (agreed.head, NOW, "password")
    assert place.text_hash == sent.text_hash
    assert place.as_what == "Headteacher of Example Hill Primary School"
    assert messages_of(done)[0].startswith("You signed version 1 as Headteacher of Example Hill")


def test_a_password_shown_three_minutes_ago_does_not_sign(client, agreed):
    agreed.sends()
    client.force_login(agreed.head)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    with time_machine.travel(NOW.timestamp() + 180, tick=False):
        response = signs(client, agreed)

    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert not Signature.objects.filter(signed_at__isnull=False).exists()


def test_who_has_a_passkey_only_is_asked_for_that(client, agreed):
    agreed.sends()
    PasskeyFactory(user=agreed.head)
    agreed.head.set_unusable_password()
    agreed.head.save()
    client.force_login(agreed.head)

    assert signs(client, agreed)["Location"].startswith("/accounts/2fa/")


def test_who_signs_in_by_an_account_elsewhere_shows_that_account(client, agreed):
    agreed.sends()
    agreed.head.set_unusable_password()
    agreed.head.save()
    client.force_login(agreed.head)
    without = client.get(at(agreed, "sign/")).content.decode()
    SocialAccount.objects.create(user=agreed.head, provider="dfe", uid="7")
    offered = client.get(at(agreed, "sign/")).content.decode()
    refused = signs(client, agreed)
    session = client.session
    session[PROOF] = {"provider": "dfe", "uid": "8", "label": "", "at": time.time()}
    session.save()
    signs(client, agreed)
    nothing_yet = Signature.objects.filter(signed_at__isnull=False).exists()
    session[PROOF] = {"provider": "dfe", "uid": "7", "label": "", "at": time.time()}
    session.save()
    signs(client, agreed)

    assert "a code by mail is not enough" in without
    assert "Show it with" in offered
    assert (refused.status_code, nothing_yet) == (302, False)
    assert Signature.objects.get(side="school").proof == "elsewhere"
    assert PROOF not in client.session


def test_stale_words_are_refused_although_the_password_is_right(client, agreed):
    agreed.sends()
    client.force_login(agreed.head)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    response = signs(client, agreed, text_hash="0" * 64)
    page = client.get(response["Location"])

    assert "The words have changed since you opened the page." in messages_of(page)[0]
    assert not Signature.objects.filter(signed_at__isnull=False).exists()


def renewed(agreed):
    """A version after the one that is being signed."""
    words = {"programme": agreed.programme, "by": agreed.director, "now": NOW}
    return renew_agreement(**words, because="Fewer days")


def test_who_opened_a_version_that_is_over_by_now_is_told_so(client, agreed):
    agreed.sends()
    client.force_login(agreed.head)
    place = Signature.objects.get(side="school")
    renewed(agreed)

    refused = client.post(at(agreed, "sign/"), {"signature": place.pk}, follow=True)

    assert messages_of(refused) == [
        "This version isn’t to be signed any more. Look at what stands now."
    ]
    assert not Signature.objects.filter(signed_at__isnull=False).exists()


def test_who_opened_the_version_before_neither_signs_nor_declines_the_new_one(client, agreed):
    agreed.sends()
    client.force_login(agreed.head)
    place = Signature.objects.get(side="school")
    opened = client.get(at(agreed, "decline/")).context["form"].initial
    renewed(agreed)
    agreed.sends()

    signs_old = client.post(at(agreed, "sign/"), {"signature": place.pk}, follow=True)
    words = opened | {"because": "Too many days"}
    declines_old = client.post(at(agreed, "decline/"), words)
    form = declines_old.context["form"]

    assert messages_of(signs_old)[0].startswith("The words have changed since you opened")
    assert "There is another version since you opened this page." in declines_old.text
    assert form["because"].value() == "Too many days"
    assert state_of(Agreement.objects.get(number=2)) == "sent"
    client.post(at(agreed, "decline/"), {each.html_name: each.value() for each in form})
    assert state_of(Agreement.objects.get(number=2)) == "declined"


def test_a_page_with_a_closed_gate_says_what_is_missing_and_whose_it_is(client, agreed):
    agreed.sends()
    agreed.programme.declarations_asked.update(declaration=None)
    client.force_login(agreed.head)

    page = client.get(at(agreed, "sign/")).content.decode()
    signs(client, agreed)

    assert "Has not declared interests" in page
    assert "This is for Yusuf Iqbal." in page
    assert "Sign for" not in page
    assert not Signature.objects.filter(signed_at__isnull=False).exists()


def test_nobody_signs_for_a_school_that_is_not_hers(client, agreed):
    agreed.sends()
    client.force_login(agreed.head)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    signs(client, agreed, signature=Signature.objects.get(side="supporter").pk)

    assert not Signature.objects.filter(signed_at__isnull=False).exists()


def test_who_has_signed_has_nothing_more_to_sign_or_decline(client, agreed):
    sent = agreed.sends()
    agreed.signs(sent, agreed.head)
    client.force_login(agreed.head)

    for page in ("sign/", "decline/"):
        assert client.get(at(agreed, page))["Location"] == agreed.programme.get_absolute_url()


def test_a_decline_stands_with_its_reason(client, agreed):
    sent = agreed.sends()
    client.force_login(agreed.home_head)

    form = client.get(at(agreed, "decline/")).context["form"]
    client.post(at(agreed, "decline/"), form.initial | {"because": "We can’t spare her"})
    client.force_login(agreed.head)
    page = client.get(at(agreed, "1/")).content.decode()

    assert state_of(sent) == "declined"
    assert "We can’t spare her" in page


def test_the_page_says_who_is_to_sign_now_although_another_head_was_asked(client, agreed):
    agreed.sends()
    SchoolPost.objects.filter(person=agreed.home_head).update(ends_on=NOW.date() - DAY)
    post = SchoolPostFactory(
        school=Signature.objects.get(side="home").school, kind="head", person__name="Ruth Osei"
    )
    client.force_login(post.person)

    places = client.get(at(agreed, "1/")).context["places"]

    said = [(place.waits_for, place.is_to_be_given) for place in places]
    assert said == [
        ("Yusuf Iqbal", False),
        ("Helen Brierley", False),
        ("Ruth Osei", True),
        ("Amina Hussain", False),
    ]


def test_named_people_read_it_and_do_not_sign(client, agreed):
    agreed.sends()
    named = ProgrammePerson.objects.create(
        programme=agreed.programme,
        person=PasskeyFactory().user,
        side="school",
        starts_on=NOW.date(),
        named_by=agreed.head,
    ).person
    client.force_login(named)

    assert client.get(at(agreed, "1/")).status_code == 200
    assert client.get(at(agreed, "sign/")).status_code == 403


def test_a_practitioner_reads_outcomes_and_her_own_strand_only(client, agreed):
    agreed.sends()
    client.force_login(agreed.practitioner)

    page = client.get(agreed.programme.get_absolute_url()).content.decode()

    assert "Teachers model writing each day" in page
    assert "Subject experts" in page
    assert "Samuel Adeyemi" not in page
    for denied in ("", "1/", "1.pdf", "sign/"):
        assert client.get(at(agreed, denied)).status_code == 403


def test_versions_show_what_was_taken_out_and_put_in(client, agreed):
    agreed.sends()
    draft = renew_agreement(
        programme=agreed.programme, because="Fewer", by=agreed.director, now=NOW
    )
    agreed.sends(seen_version=draft.version, money="The school pays.")
    client.force_login(agreed.head)

    page = client.get(at(agreed)).content.decode()

    assert "What changed from version 1 to 2" in page
    assert '<del><span class="visually-hidden">Taken out: </span>Nobody</del>' in page
    assert '<ins><span class="visually-hidden">Put in: </span>The school</ins>' in page


def test_the_paper_is_tagged_and_its_name_names_no_school(client, agreed):
    sent = agreed.sends()
    agreed.signs(sent, agreed.head)
    agreed.signs(sent, agreed.home_head, proof="second_factor")
    client.force_login(agreed.supporting_head)

    response = client.get(at(agreed, "1.pdf"))

    name = f"agreement-{agreed.programme.pk}-version-1.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert b"/StructTreeRoot" in response.content


def test_the_plain_text_has_the_hash_that_was_signed(client, agreed):
    sent = agreed.sends()
    client.force_login(agreed.home_head)

    response = client.get(at(agreed, "1.txt"))

    assert hashlib.sha256(b"".join(response)).hexdigest() == sent.text_hash
    assert "Example" not in response["Content-Disposition"]


PAGES = [("edit/", "director"), ("send/", "director"), ("sign/", "head"), ("1/", "head")]


@pytest.mark.parametrize(("page", "who"), PAGES)
def test_pages_cost_as_many_queries_for_more_strands(client, agreed, page, who):
    agreed.drafts() if page in {"edit/", "send/"} else agreed.sends()
    client.force_login(getattr(agreed, who))
    client.get(at(agreed, page))

    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(at(agreed, page)).status_code == 200
        counts.append(len(queries))
        strand = agreed.programme.strands.last()
        for _copy in range(2):
            strand.pk = None
            strand.save()

    assert counts[0] == counts[1]
    assert counts[0] <= 14


@pytest.mark.parametrize("who", ["director", "head", "supporting_head"])
def test_the_programmes_page_asks_nine_times_at_most(client, agreed, who):
    by = dict.fromkeys(("assessor", "judged_by", "replied_by"), agreed.director)
    review = SwiftReviewFactory(programme=agreed.programme, **by)
    page = agreed.programme.get_absolute_url()
    client.force_login(getattr(agreed, who))
    client.get(page)

    counts = []
    for step in (
        lambda: None,
        agreed.drafts,
        agreed.sends,
        lambda: ReviewViewFactory(review=review),
    ):
        step()
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counts.append(len(queries))

    assert counts == [9] * 4


def test_the_page_says_whose_turn_it_is(client, agreed):
    waits = "The agreement waits for your signature."

    def reads(person):
        client.force_login(person)
        page = client.get(agreed.programme.get_absolute_url())
        return page.context["next_step"] and page.context["next_step"].sentence

    to_write = [reads(person) for person in (agreed.director, agreed.head)]
    sent = agreed.sends()
    before = [reads(person) for person in (*agreed.signers, agreed.practitioner)]
    agreed.signs(sent, agreed.head)

    assert to_write == [
        "Support is found. Put in writing what all agreed, and send it to be signed.",
        None,
    ]
    assert before == [waits, waits, waits, waits, None]
    assert [reads(agreed.head), reads(agreed.home_head)] == [None, waits]


def test_a_draft_is_dropped_after_a_question(client, agreed):
    agreed.sends()
    renew_agreement(programme=agreed.programme, because="Fewer", by=agreed.director, now=NOW)
    client.force_login(agreed.head)
    rewritten = client.get(agreed.programme.get_absolute_url()).content.decode()
    nothing = client.get(at(agreed, "sign/"))
    client.force_login(agreed.director)

    asked = client.get(at(agreed, "drop/")).content.decode()
    agreed.programme.strands.first().years.update(days=7)
    refused = client.post(at(agreed, "drop/"), follow=True)
    agreed.programme.strands.first().years.update(days=6)
    done = client.post(at(agreed, "drop/"), follow=True)

    assert "version 1 is not to be signed any more" in rewritten
    assert nothing.status_code == 302
    assert "Drop the draft of version 2?" in asked
    assert "What was brokered has changed" in messages_of(refused)[0]
    assert messages_of(done) == ["The draft of version 2 is dropped."]
    assert list(Agreement.objects.values_list("number", "state")) == [(1, "sent")]
