"""In each partnership a programme for which support is being found, and one that has found it."""

from django.utils import timezone

from tests.factories.support import (
    CapacityAccountFactory,
    DeclarationAskedFactory,
    DeclarationFactory,
    OutsideExpertFactory,
    ProgrammeFactory,
    SchoolOfferFactory,
    StrandFactory,
    SupportAreaFactory,
)


def make_matching(name, programme, practitioner, lead):
    """Both programmes with a strand; in the second everybody is asked, and one has a conflict."""
    now = timezone.now()
    moments = ("answered_at", "own_view_at", "assessed_at", "replied_at", "judged_at")
    alliance, head, director = programme.alliance, programme.asked_by, programme.director
    matching, found = (
        ProgrammeFactory(
            alliance=alliance,
            school=programme.school,
            area=SupportAreaFactory(alliance=alliance, name=f"{name} {words}"),
            asked_by=head,
            director=director,
            supporting_school=programme.supporting_school,
            state="open",
            approach="supportive",
            matched_at=matched_at,
            **dict.fromkeys(moments, now),
        )
        for words, matched_at in (("matching", None), ("found", now))
    )
    practitioner.areas.add(matching.area)
    CapacityAccountFactory(practitioner=practitioner)
    SchoolOfferFactory(alliance=alliance, school=programme.supporting_school)
    OutsideExpertFactory(alliance=alliance)
    places = {
        "supporter": (lead, programme.supporting_school, None),
        "director": (director, None, None),
        "school": (head, programme.school, _conflict_of(head, found)),
    }
    for side, (person, school, said) in places.items():
        DeclarationAskedFactory(
            programme=found, person=person, side=side, school=school, declaration=said
        )
    return {
        "matching_programme": matching,
        "found_programme": found,
        "brokered": StrandFactory(programme=matching, practitioner=practitioner),
        "found_strand": StrandFactory(programme=found, practitioner=practitioner),
        "declared": said,
    }


def _conflict_of(person, programme):
    return DeclarationFactory(
        programme=programme, person=person, has_conflict=True, words="We are neighbours."
    )


def _matching(_world, things):
    return [things["matching_programme"].pk]


def _found(_world, things):
    return [things["found_programme"].pk]


MATCHING_ARGUMENTS = {
    "programmes:support_match": _matching,
    "programmes:matching_finish": _matching,
    "programmes:matching_take_back": _found,
    "programmes:supporting_school": _matching,
    "programmes:strand_new": lambda _world, things: [
        things["matching_programme"].pk,
        "practitioner",
        things["practitioner"].pk,
    ],
    "programmes:strand_give_up": lambda _world, things: [
        things["matching_programme"].pk,
        things["brokered"].pk,
    ],
    "programmes:interests_declare": _found,
    "programmes:conflict_settle": lambda _world, things: [
        things["found_programme"].pk,
        things["declared"].pk,
    ],
    "programmes:diligence_check": _found,
}
