"""Who may do what with schools and the posts in them.

The register is public, so everybody who signs in may read every school, who heads it and who chairs its
governors. Who holds the other posts is told to colleagues in the school and to the people of its
alliances, who need to know whom to ask. Nobody changes the register's facts here. A school's head gives, changes and ends the posts in
it; so do portal staff. Directors of an alliance that the school belongs to see its people and arrange
who follows on whoever leaves. A head may let somebody of her school act for it in chosen matters
until a day: `acts_for` asks for one matter, `is_head_of` for the head alone.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from alliances.schools.models import Delegation, School, SchoolPost
from alliances.schools.models.posts import SchoolPostQuerySet
from partnership.people.models import Person
from partnership.toolkit.registers import gather
from partnership.toolkit.statements import answer


def is_head_of(person: Person, school: School, on: date) -> bool:
    """Whether she speaks for the school on a day: its head, in whatever form."""
    told = {"person": person, "school": school, "on": on}
    return person.is_active and bool(answer(_headships, **told))


def _headships(*, person: Person, school: School, on: date) -> QuerySet[SchoolPost, Any]:
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person, school=school)
    return heads.values_list("pk")[:1]


def acts_for(person: Person, school: School, kind: str, on: date) -> bool:
    """Whether she speaks for the school in one matter: as its head, or because a head lets her."""
    if is_head_of(person, school, on):
        return True
    told = {"person": person, "school": school, "on": on}
    return person.is_active and bool(answer(_delegations, kind, **told))


def _delegations(
    kind: str, *, person: Person, school: School, on: date
) -> QuerySet[Delegation, Any]:
    held = Delegation.objects.held_by(person, kind, on=on)
    return held.filter(school=school).values_list("pk")[:1]


def can_delegate(person: Person, school: School, on: date) -> bool:
    """A school's head, and nobody on her behalf, lets others act for it."""
    return is_head_of(person, school, on)


def can_end_delegation(person: Person, delegation: Delegation, on: date) -> bool:
    """A head of the school takes it back; whoever holds it may lay it down."""
    if person.pk == delegation.deputy_id:
        return person.is_active
    return is_head_of(person, delegation.school, on)


def is_head(person: Person, on: date) -> bool:
    """Whether she is the head of any school on a day."""
    return person.is_active and SchoolPost.objects.on(on).of_heads().filter(person=person).exists()


def works_at(person: Person, school: School, on: date) -> bool:
    """Whether she holds any post in the school on a day."""
    posts = SchoolPost.objects.on(on).filter(person=person, school=school)
    return person.is_active and posts.exists()


def schools_of(person: Person, on: date) -> QuerySet[School, School]:
    """The schools in which she holds a post on a day, by name."""
    posts = SchoolPost.objects.on(on).filter(person=person, school=OuterRef("pk"))
    return School.objects.visible_to(person).filter(Exists(posts)).order_by("name", "pk")


def can_see_school(person: Person, school: School) -> bool:
    """Everybody who signs in may read the register."""
    return person.is_active and school.pk is not None


def posts_seen(person: Person, on: date) -> SchoolPostQuerySet:
    """Heads and chairs of governors are public; other posts are seen in the school and its groups."""
    if not person.is_active:
        return SchoolPost.objects.none()
    if person.is_staff:
        return SchoolPost.objects.all()
    own = SchoolPost.objects.on(on).filter(person=person).values("school")
    seen = Q(kind__in=SchoolPost.PUBLIC) | Q(school__in=own)
    for kind in gather("belonging", "BELONGING"):
        if kind.shared_with is not None:
            seen |= Q(school__in=kind.shared_with(person, on))
    return SchoolPost.objects.filter(seen)


def directed_by(person: Person, on: date) -> Q:
    """Schools that belong to a group which she directs, as the rooms above say it."""
    said = Q(pk__in=[])
    ways = [kind.run_by for kind in gather("belonging", "BELONGING") if kind.run_by is not None]
    for run_by in ways:
        said |= Q(run_by(person, on))
    return said


def directs_group_of(person: Person, school: School, on: date) -> bool:
    """Whether she directs an alliance that the school belongs to."""
    return person.is_active and bool(
        answer(_directed, school=school, person=person, on=on),
    )


def _directed(*, school: School, person: Person, on: date) -> QuerySet[School, Any]:
    return School.objects.filter(directed_by(person, on), pk=school.pk).values_list("pk")


def standing_of(person: Person, on: date) -> dict[str, Exists | Q]:
    """What she is to a school, as annotations of the school's own SELECT."""
    heads = SchoolPost.objects.on(on).of_heads().filter(person=person, school=OuterRef("pk"))
    held = Delegation.objects.held_by(person, Delegation.Kind.DETAILS, on=on)
    return {
        "is_headed": Exists(heads),
        "is_kept": Exists(held.filter(school=OuterRef("pk"))),
        "is_directed": directed_by(person, on),
    }


def can_manage_posts(person: Person, school: School, on: date) -> bool:
    """A school's head, or who keeps its details for her, manages its posts; so do portal staff."""
    return person.is_active and (
        person.is_staff or acts_for(person, school, Delegation.Kind.DETAILS, on)
    )


def can_appoint_heads(person: Person, school: School, on: date) -> bool:
    """Heads and portal staff name who else heads the school; nobody on their behalf does."""
    return person.is_active and (person.is_staff or is_head_of(person, school, on))


def can_change_post(person: Person, post: SchoolPost, on: date) -> bool:
    """Whoever manages the posts changes one; a head's only heads and portal staff."""
    if post.is_headship:
        return can_appoint_heads(person, post.school, on)
    return can_manage_posts(person, post.school, on)


def can_confirm_details(person: Person, school: School, on: date) -> bool:
    """A school's head, or who keeps its details for her, confirms them or says what is wrong."""
    return acts_for(person, school, Delegation.Kind.DETAILS, on)


def can_edit_contact(person: Person, school: School, on: date) -> bool:
    """Whoever confirms the details says how the school is reached; portal staff may help."""
    return person.is_active and (person.is_staff or can_confirm_details(person, school, on))


def can_see_details_page(person: Person, school: School, on: date) -> bool:
    """Whoever confirms the details, and portal staff, who put right what is wrong."""
    return person.is_active and (person.is_staff or can_confirm_details(person, school, on))


def can_arrange_leaving(person: Person, school: School, on: date) -> bool:
    """A school's head, a director of its alliance and portal staff say who leaves and follows."""
    if not person.is_active:
        return False
    leads = person.is_staff or is_head_of(person, school, on)
    return leads or directs_group_of(person, school, on)


def can_see_people_page(person: Person, school: School, on: date) -> bool:
    """Whoever manages the posts, and the directors of the school's alliances."""
    return can_manage_posts(person, school, on) or directs_group_of(person, school, on)


def can_import_register(person: Person) -> bool:
    """Portal staff import the register, by command."""
    return person.is_active and person.is_staff


def can_keep_register(person: Person) -> bool:
    """Portal staff bring files of the national register and accept what they change."""
    return person.is_active and person.is_staff


def can_enter_inspections(person: Person, school: School, on: date) -> bool:
    """Portal staff and the school's head enter what inspectors said, and take an entry back."""
    return person.is_active and (person.is_staff or is_head_of(person, school, on))
