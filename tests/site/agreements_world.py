"""In each partnership a programme whose agreement is drafted, and one that waits for signatures."""

from datetime import timedelta

from django.utils import timezone

from support.programmes.wording import AgreementFacts, canonical_text, hash_of
from tests.factories.support import (
    AgreementFactory,
    ProgrammeFactory,
    SignatureFactory,
    StrandFactory,
    SupportAreaFactory,
)


def make_agreements(name, programme, practitioner, lead):
    """A programme whose agreement is drafted, and one whose agreement is to be signed."""
    now = timezone.now()
    alliance, head, director = programme.alliance, programme.asked_by, programme.director
    drafted, sent = (
        ProgrammeFactory(
            alliance=alliance,
            school=programme.school,
            area=SupportAreaFactory(alliance=alliance, name=f"{name} {words}"),
            asked_by=head,
            director=director,
            supporting_school=programme.supporting_school,
            state="open",
            approach="supportive",
            answered_at=now,
            own_view_at=now,
            assessed_at=now,
            replied_at=now,
            judged_at=now,
            matched_at=now,
        )
        for words in ("drafting", "signing")
    )
    for each in (drafted, sent):
        StrandFactory(programme=each, practitioner=practitioner, brokered_by=director)
    AgreementFactory(programme=drafted, drafted_by=director, outcomes=f"{name} reads")
    words = AgreementFacts(1, alliance.name, "Area", "School", ("One",), ("Out",), (), ())
    text = canonical_text(words)
    agreement = AgreementFactory(
        programme=sent,
        drafted_by=director,
        state="sent",
        sent_at=now,
        sign_by=now + timedelta(days=9),
        text=text,
        text_hash=hash_of(text),
    )
    sent.sent_at = now
    sent.save()
    places = (
        ("school", programme.school, head),
        ("supporter", programme.supporting_school, lead),
        ("director", None, director),
    )
    for side, school, asked_of in places:
        SignatureFactory(agreement=agreement, side=side, school=school, asked_of=asked_of)
    return {"drafted_programme": drafted, "sent_programme": sent}


def _drafted(_world, things):
    return [things["drafted_programme"].pk]


def _sent(_world, things):
    return [things["sent_programme"].pk]


def _version(_world, things):
    return [things["sent_programme"].pk, 1]


AGREEMENT_ARGUMENTS = {
    "programmes:agreement_edit": _drafted,
    "programmes:agreement_send": _drafted,
    "programmes:agreement_drop": _drafted,
    "programmes:agreement_renew": _sent,
    "programmes:agreement_sign": _sent,
    "programmes:agreement_decline": _sent,
    "programmes:agreement_versions": _sent,
    "programmes:agreement_detail": _version,
    "programmes:agreement_pdf": _version,
    "programmes:agreement_words": _version,
}
