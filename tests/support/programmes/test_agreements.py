from datetime import timedelta

import pytest

from alliances.schools.models import SchoolPost
from partnership.audit.models import Event
from partnership.notices.models import Notice
from partnership.notices.services import send_waiting
from partnership.toolkit.versions import ChangedSince
from support.programmes.models import Agreement, Programme, Signature, Stage, Strand
from support.programmes.services import (
    DraftAlready,
    GatesClosed,
    NoDraft,
    NotComplete,
    NotToBeSigned,
    NotYetMatched,
    OtherStrands,
    OtherWords,
    SettledAlready,
    decline_agreement,
    drop_draft,
    renew_agreement,
    send_agreement,
    sign_agreement,
)
from support.programmes.ways import signs_as
from tests.factories import DelegationFactory, PersonFactory, SchoolPostFactory
from tests.factories.support import (
    OutsideExpertFactory,
    ProgrammePersonFactory,
    SchoolOfferFactory,
    StrandFactory,
)
from tests.support.programmes.agreed import SAID, TERMS, make_agreed, state_of
from tests.support.programmes.scene import NOW, TODAY

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


@pytest.fixture
def agreed():
    return make_agreed()


def programme_of(agreed):
    return Programme.objects.get(pk=agreed.programme.pk)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_a_draft_is_kept_with_its_terms_and_nobody_is_told(agreed):
    draft = agreed.drafts()

    spans = list(draft.terms.order_by("number").values_list("starts_on", "ends_on"))
    assert (draft.number, draft.state, draft.version) == (1, "draft", 2)
    assert draft.outcome_lines == ["Teachers model writing each day", "The English lead leads"]
    assert spans == TERMS
    assert not Notice.objects.exists()
    assert programme_of(agreed).stage_now == Stage.AGREEMENT


def test_of_two_editors_the_second_is_told(agreed):
    draft = agreed.drafts()
    agreed.drafts(money="We pay.", seen_version=draft.version)

    with pytest.raises(ChangedSince) as changed:
        agreed.drafts(money="They pay.", seen_version=draft.version)
    with pytest.raises(ChangedSince):
        agreed.drafts(seen_version=0)

    assert changed.value.current.money == "We pay."


def test_changed_terms_alone_count_as_a_change(agreed):
    draft = agreed.drafts()

    changed = agreed.drafts(terms=TERMS[:4], terms_because="Short", seen_version=draft.version)
    again = agreed.drafts(terms=TERMS, terms_because="Short", seen_version=changed.version)

    assert (changed.version, again.version) == (3, 4)


@pytest.mark.parametrize("facts", [{"matched_at": None}, {"state": "asked"}, {"state": "stopped"}])
def test_nothing_is_drafted_before_support_is_found(facts):
    with pytest.raises(NotYetMatched):
        make_agreed(**facts).drafts()


def test_sending_fixes_the_words_and_asks_every_party_once(agreed):
    sent = agreed.sends()

    places = sent.signatures.order_by("pk").values_list("side", "asked_of")
    assert list(places) == [
        ("school", agreed.head.pk),
        ("supporter", agreed.supporting_head.pk),
        ("home", agreed.home_head.pk),
        ("director", agreed.director.pk),
    ]
    assert "  Given by: Priya Nair\n  From: Example Mill Junior School (URN" in sent.text
    assert "  Days in 2026 to 2027: 6\n" in sent.text
    assert told("programmes.your_turn") == {p.pk for p in agreed.signers} - {agreed.director.pk}
    assert programme_of(agreed).stage_now == Stage.SIGNING


def test_offers_of_schools_and_outside_experts_stand_in_the_words_and_sign_nothing(agreed):
    offer = SchoolOfferFactory(alliance=agreed.alliance, title="Visit Year 5")
    expert = OutsideExpertFactory(alliance=agreed.alliance, name="Ada Reads", organisation="Pen")
    facts = {"programme": agreed.programme, "practitioner": None, "brokered_at": NOW}
    StrandFactory(kind="placement", school_offer=offer, **facts)
    StrandFactory(kind="training", outside_expert=expert, cost=1250, focus="Grammar", **facts)

    sent = agreed.sends()

    assert f"Strand 3: Placements\n  Given by: Visit Year 5\n  From: {offer.school} (" in sent.text
    assert (
        "Strand 4: Evidence-based training\n  Given by: Ada Reads\n  From: Pen\n"
        "  Focus: Grammar\n  Cost: £1,250.00\n"
    ) in sent.text
    assert sent.signatures.count() == 4


def test_no_mail_names_a_school(agreed, mailoutbox):
    sent = agreed.sends()
    for person in agreed.signers:
        agreed.signs(sent, person)

    send_waiting(clock=lambda: NOW)

    said = " ".join(mail.subject + mail.body for mail in mailoutbox)
    assert len(mailoutbox) == 8
    assert [name for name in ("Example", "Writing", "Priya") if name in said] == []


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"outcomes": " \n"}, "Name at least one key outcome."),
        ({"terms": []}, "Give at least one term."),
        ({"terms": TERMS[:4]}, "Say why it is longer or shorter than five terms."),
        ({"data_words": ""}, "Say how data are protected."),
        ({"confidentiality_words": ""}, "Say what stays confidential."),
        ({"sign_by": NOW}, "Choose a coming day by which it is signed."),
    ],
)
def test_what_is_not_complete_is_not_sent(agreed, facts, sentence):
    with pytest.raises(NotComplete) as refused:
        agreed.sends(**facts)

    assert sentence in refused.value.lacking
    assert programme_of(agreed).sent_at is None


def test_without_strands_nothing_is_sent(agreed):
    Strand.objects.update(released_at=NOW)

    with pytest.raises(NotComplete) as refused:
        agreed.sends()

    assert refused.value.lacking == ["No strand of support is brokered."]


def test_a_draft_that_somebody_changed_is_not_sent(agreed):
    draft = agreed.drafts()
    agreed.drafts(money="We pay.", seen_version=draft.version)
    facts = {"programme": agreed.programme, "by": agreed.director, "now": NOW}

    with pytest.raises(ChangedSince):
        send_agreement(**facts, seen_version=draft.version)
    Agreement.objects.all().delete()
    with pytest.raises(NoDraft):
        send_agreement(**facts)


def test_when_the_last_party_signs_it_holds_and_everybody_is_told(agreed):
    named = ProgrammePersonFactory(programme=agreed.programme).person
    sent = agreed.sends()

    for person in agreed.signers[:3]:
        agreed.signs(sent, person)
    before = programme_of(agreed)
    signed = agreed.signs(sent, agreed.director, now=LATER, proof="second_factor")

    last = Signature.objects.get(agreement=sent, side="director")
    everybody = {*agreed.signers, agreed.practitioner, agreed.own_practitioner, named}
    assert (before.signed_at, before.stage_now) == (None, Stage.SIGNING)
    assert (signed.state, signed.signed_at) == ("signed", LATER)
    assert programme_of(agreed).stage_now == Stage.RUNNING
    assert (last.signed_by, last.signed_at, last.proof) == (agreed.director, LATER, "second_factor")
    assert last.as_what == "Director of Oldham Schools Alliance"
    assert last.text_hash == sent.text_hash
    assert told("programmes.changed") == {p.pk for p in everybody} - {agreed.director.pk}


def test_other_words_are_not_signed(agreed):
    sent = agreed.sends()

    with pytest.raises(OtherWords):
        agreed.signs(sent, agreed.head, text_hash="0" * 64)
    Agreement.objects.filter(pk=sent.pk).update(text=sent.text.replace("model", "muddle"))
    with pytest.raises(OtherWords):
        agreed.signs(sent, agreed.head)


@pytest.mark.parametrize(
    "missing", ["declarations_asked", "diligence_checks", "strands__practitioner__consents"]
)
def test_nobody_signs_before_the_gates_are_open(agreed, missing):
    sent = agreed.sends()
    relation, *_rest = missing.split("__")
    if relation == "declarations_asked":
        agreed.programme.declarations_asked.update(declaration=None)
    elif relation == "diligence_checks":
        agreed.programme.diligence_checks.first().delete()
    else:
        agreed.programme.strands.first().practitioner.consents.update(withdrawn_at=NOW)

    with pytest.raises(GatesClosed):
        agreed.signs(sent, agreed.head)

    assert not sent.signatures.filter(signed_at__isnull=False).exists()


def test_a_party_signs_once_and_only_what_waits(agreed):
    sent = agreed.sends()
    place = sent.signatures.get(side="school")
    facts = {
        "signature": place,
        "text_hash": sent.text_hash,
        "proof": "password",
        "as_what": "Head",
        "by": agreed.head,
        "now": NOW,
    }
    sign_agreement(**facts)

    with pytest.raises(SettledAlready):
        sign_agreement(**facts)
    Programme.objects.update(state="stopped")
    with pytest.raises(NotToBeSigned):
        agreed.signs(sent, agreed.supporting_head)


def test_a_decline_ends_the_version_and_the_director_may_write_another(agreed):
    sent = agreed.sends()
    agreed.signs(sent, agreed.supporting_head)
    place = sent.signatures.get(side="school")

    facts = {"signature": place, "because": "Too many days", "as_what": "Head", "now": LATER}
    with pytest.raises(OtherWords):
        decline_agreement(**facts, text_hash="0" * 64, by=agreed.head)
    decline_agreement(**facts, text_hash=sent.text_hash, by=agreed.head)
    with pytest.raises(NotToBeSigned):
        agreed.signs(sent, agreed.home_head)
    draft = renew_agreement(
        programme=agreed.programme, because="Fewer days", by=agreed.director, now=LATER
    )

    assert state_of(sent) == "declined"
    assert programme_of(agreed).stage_now == Stage.AGREEMENT
    assert agreed.director.pk in told("programmes.changed")
    assert (draft.number, draft.money, draft.changed_because) == (2, SAID["money"], "Fewer days")
    assert draft.terms.count() == 5


def test_a_newer_version_replaces_the_signed_one_when_it_is_sent(agreed):
    first = agreed.sends()
    for person in agreed.signers:
        agreed.signs(first, person)
    facts = {"programme": agreed.programme, "by": agreed.director, "now": LATER}

    draft = renew_agreement(**facts, because="A day more")
    while_drafted = (state_of(first), programme_of(agreed).stage_now)
    with pytest.raises(DraftAlready):
        renew_agreement(**facts, because="Another")
    second = agreed.sends(seen_version=draft.version, money="They pay.")
    with pytest.raises(NotToBeSigned):
        _again(agreed, first)

    assert while_drafted == ("signed", Stage.AGREEMENT)
    assert (state_of(first), state_of(second)) == ("replaced", "sent")
    assert second.text_hash != first.text_hash
    assert second.signatures.filter(signed_at__isnull=True).count() == 4
    assert programme_of(agreed).stage_now == Stage.SIGNING


def _again(agreed, agreement):
    return sign_agreement(
        signature=agreement.signatures.first(),
        text_hash=agreement.text_hash,
        proof="password",
        as_what="Head",
        by=agreed.head,
        now=NOW,
    )


def test_what_was_sent_is_not_edited_but_renewed(agreed):
    with pytest.raises(NoDraft):
        renew_agreement(programme=agreed.programme, because="x", by=agreed.director, now=NOW)
    agreed.sends()

    with pytest.raises(NoDraft):
        agreed.drafts()


def test_any_head_in_post_or_whom_she_lets_sign_may_sign_for_the_school(agreed):
    sent = agreed.sends()
    place = sent.signatures.get(side="supporter")
    school = place.school
    other = SchoolPostFactory(school=school, kind="executive_head").person
    deputy = SchoolPostFactory(school=school, kind="deputy").person
    DelegationFactory(school=school, deputy=deputy, given_by=agreed.supporting_head, kind="signing")
    clerk = SchoolPostFactory(school=school, kind="clerk").person
    SchoolPost.objects.filter(person=agreed.supporting_head).update(ends_on=TODAY)

    def said(person, on=TODAY):
        return signs_as(person, place, agreed.programme, on=on)

    assert said(other) == f"Executive headteacher of {school}"
    assert said(deputy) == f"Deputy headteacher, for the head of {school}"
    assert said(clerk) == ""
    assert said(PersonFactory()) == ""
    assert said(agreed.supporting_head, LATER.date()) == ""
    assert said(agreed.director) == ""
    assert Programme.objects.visible_to(deputy, on=TODAY).exists()


def test_history_says_that_it_was_signed_and_nothing_of_it(agreed):
    sent = agreed.sends()
    agreed.signs(sent, agreed.head)

    events = Event.objects.filter(app="programmes").order_by("id")
    assert [event.action for event in events] == [
        "agreement drafted",
        "agreement changed",
        "agreement sent to be signed",
        "agreement signed",
    ]
    assert [event.values for event in events] == [{}] * 4


def test_while_a_new_version_is_written_the_old_one_is_not_signed(agreed):
    first = agreed.sends()
    facts = {"programme": agreed.programme, "by": agreed.director, "now": LATER}

    renew_agreement(**facts, because="A day more")
    with pytest.raises(NotToBeSigned):
        agreed.signs(first, agreed.head)
    drop_draft(**facts)
    agreed.signs(first, agreed.head)

    assert told("programmes.changed") == {p.pk for p in agreed.signers} - {agreed.director.pk}
    assert programme_of(agreed).stage_now == Stage.SIGNING
    with pytest.raises(NoDraft):
        drop_draft(**facts)


def test_a_signed_version_goes_on_when_the_draft_is_dropped_unless_strands_changed(agreed):
    first = agreed.sends()
    for person in agreed.signers:
        agreed.signs(first, person)
    facts = {"programme": agreed.programme, "by": agreed.director, "now": LATER}

    renew_agreement(**facts, because="A day more")
    agreed.programme.strands.first().years.update(days=7)
    with pytest.raises(OtherStrands):
        drop_draft(**facts)
    agreed.programme.strands.first().years.update(days=6)
    drop_draft(**facts)

    assert (state_of(first), programme_of(agreed).signed_at) == ("signed", NOW)
    assert programme_of(agreed).stage_now == Stage.RUNNING
