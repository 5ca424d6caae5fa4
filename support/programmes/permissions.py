"""Who may see and do what in a support programme.

| what                                              | who                                           |
|---------------------------------------------------|-----------------------------------------------|
| see a programme                                   | the supported head, who acts for her in       |
|                                                   | support, whom she names; the supporting head; |
|                                                   | its practitioners and their home heads; the   |
|                                                   | alliance's director, and whom she names       |
| read the swift review                             | the supported school's side and the           |
|                                                   | director's; once it is judged the supporting  |
|                                                   | head                                          |
| see a strand                                      | its practitioner and her home head; all       |
|                                                   | strands: the school, the supporting head, the |
|                                                   | director's side                               |
| ask, write the own view, reply, name somebody     | the supported head and who acts for her       |
| answer, assess, judge, match, broker, check       | the director and whom she names               |
| read the agreement once it is sent                | who may read the request or sign; a           |
|                                                   | practitioner its outcomes and her own strand  |
| sign                                              | the heads and the director, and to whom a     |
|                                                   | head delegated signing                        |

For everybody else, portal staff included, a programme does not exist: the admin shows its stage
and its dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from alliances.meetings.models import Body, Seat
from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.permissions import holds_post, is_director_of
from alliances.schools.models import Delegation, School
from alliances.schools.permissions import acts_for, is_head_of
from partnership.people.models import Person
from partnership.toolkit.statements import answer
from support.programmes.models import (
    Programme,
    ProgrammePerson,
    ProgrammeQuerySet,
    Side,
    sides_of,
)

SCHOOL_WAYS = frozenset({"head", "delegate", "named_by_head"})
ALLIANCE_WAYS = frozenset({"post", "named_by_director"})
SIGNING_WAYS = frozenset(
    {
        "head",
        "signer",
        "supporting_head",
        "supporting_signer",
        "home_head",
        "home_signer",
        "post",
    }
)
BY = "by_"


@dataclass(frozen=True)
class Rights:
    """What somebody may do with a programme, by the ways in which she has a part in it."""

    programme: Programme
    person: Person
    ways: frozenset[str]

    @property
    def is_of_school(self) -> bool:
        """Whether she stands on the supported school's side."""
        return not self.ways.isdisjoint(SCHOOL_WAYS)

    @property
    def is_of_alliance(self) -> bool:
        """Whether she directs the alliance, or was named by its director."""
        return not self.ways.isdisjoint(ALLIANCE_WAYS)

    @property
    def is_supporting_head(self) -> bool:
        """Whether she is head of the supporting school."""
        return "supporting_head" in self.ways

    @property
    def is_practitioner(self) -> bool:
        """Whether a strand of it is hers."""
        return "practitioner" in self.ways

    @property
    def is_home_head(self) -> bool:
        """Whether one of her staff gives a strand of it."""
        return "home_head" in self.ways

    @property
    def sees_request(self) -> bool:
        """What the school asked for: both sides that bear the programme, and the supporting head."""
        return self.is_of_school or self.is_of_alliance or self.is_supporting_head

    @property
    def sees_review(self) -> bool:
        """The swift review: the school and the alliance; once judged also the supporting head."""
        is_judged = self.programme.judged_at is not None
        return self.is_of_school or self.is_of_alliance or (self.is_supporting_head and is_judged)

    @property
    def sees_every_strand(self) -> bool:
        """Practitioners and home heads see their own only."""
        return self.sees_request

    @property
    def sees_agreement(self) -> bool:
        """The whole agreement once it is sent; practitioners read outcomes and their own strand."""
        return self.sees_request or self.may_sign

    @property
    def may_write_for_school(self) -> bool:
        """Ask, give the school's view, reply, name somebody: the head and who acts for her."""
        return not self.ways.isdisjoint({"head", "delegate"})

    @property
    def may_direct(self) -> bool:
        """Answer, assess, judge, match and check, as long as the programme stands."""
        return self.is_of_alliance and self.programme.is_standing()

    @property
    def may_sign(self) -> bool:
        """Whether some party's signature may be hers."""
        return not self.ways.isdisjoint(SIGNING_WAYS)


def with_ways(programmes: ProgrammeQuerySet, person: Person, on: date) -> ProgrammeQuerySet:
    """Say of each in which ways she has a part in it: `by_head`, `by_practitioner` and so on.

    In none where `visible_to` leaves it out.
    """
    if not person.is_active:
        return programmes.none()
    ways = {
        f"{BY}{way}": Exists(rows.filter(**{theirs: OuterRef(column)}))
        for way, (column, rows, theirs) in sides_of(person, on=on).items()
    }
    return programmes.annotate(**ways)


def rights_from(person: Person, programme: Programme) -> Rights:
    """All that she may do with a programme that was loaded `with_ways`."""
    return Rights(programme, person, _ways_of(programme))


def rights_in(person: Person, programme: Programme, on: date) -> Rights:
    """The same with one that was loaded otherwise, in one query."""
    rows = answer(_asked_again, person=person, programme=programme.pk, on=on)
    return Rights(programme, person, _ways_of(rows[0]) if rows else frozenset())


def _asked_again(*, person: Person, programme: Any, on: date) -> ProgrammeQuerySet:
    return with_ways(Programme.objects.filter(pk=programme), person, on).only("pk")


def _ways_of(programme: Programme) -> frozenset[str]:
    said = programme.__dict__.items()
    return frozenset(name.removeprefix(BY) for name, is_so in said if name.startswith(BY) and is_so)


def can_answer(rights: Rights) -> bool:
    """Directors answer a request, as long as it has no answer."""
    return rights.may_direct and rights.programme.state == Programme.State.ASKED


def can_withdraw(rights: Rights) -> bool:
    """The head takes the request back, as long as nothing is judged."""
    programme = rights.programme
    is_early = programme.is_standing() and programme.judged_at is None
    return rights.may_write_for_school and is_early


def can_name_for_school(rights: Rights) -> bool:
    """The supported head names people of her school, as long as the programme stands."""
    return rights.may_write_for_school and rights.programme.is_standing()


def can_name_for_alliance(rights: Rights) -> bool:
    """The director, and nobody whom she named, names people of the alliance."""
    return "post" in rights.ways and rights.programme.is_standing()


def can_name(rights: Rights) -> bool:
    """Either side names its own."""
    return can_name_for_school(rights) or can_name_for_alliance(rights)


def can_end_naming(rights: Rights, named: ProgrammePerson) -> bool:
    """Whoever may name on that side ends it; so does the person herself."""
    if named.person_id == rights.person.pk:
        return True
    if named.side == Side.SCHOOL:
        return can_name_for_school(rights)
    return "post" in rights.ways


def can_check_eligibility(rights: Rights) -> bool:
    """Directors check, until support is decided on."""
    return rights.may_direct and rights.programme.judged_at is None


def can_see_history(rights: Rights) -> bool:
    """Both sides that bear the programme read what was done in it, by whom and when."""
    return rights.is_of_school or rights.is_of_alliance


def can_see_programme(person: Person, programme: Programme) -> bool:
    """Whoever `visible_to` lets load it."""
    return person.is_active and programme.pk is not None


def can_ask_for(person: Person, school: School, on: date) -> bool:
    """The school's head asks for support, or who acts for her in it."""
    return is_head_of(person, school, on) or acts_for(person, school, Delegation.Kind.SUPPORT, on)


def can_refer_in(person: Person, alliance: Alliance, on: date) -> bool:
    """The alliance's director refers a school."""
    return is_director_of(person, alliance, on)


def can_see_figures(person: Person, alliance: Alliance, on: date) -> bool:
    """The members of the strategic board, the chair and the director see counts."""
    if holds_post(person, alliance, [AlliancePost.Kind.DIRECTOR, AlliancePost.Kind.CHAIR], on):
        return True
    seats = Seat.objects.on(on).held_by(person, on=on)
    on_board = seats.filter(body__alliance=alliance, body__kind=Body.Kind.BOARD)
    return person.is_active and on_board.exists()
