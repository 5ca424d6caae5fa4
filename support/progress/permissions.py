"""Who may see and do what while support runs and after it.

| what                                             | who                                             |
|--------------------------------------------------|-------------------------------------------------|
| read the plan, the measures, the reviews         | both schools' sides, the director's, and the    |
|                                                  | programme's practitioners                       |
| write the plan, plan a visit, place staff        | the two heads and who acts for the supported    |
|                                                  | one; practitioners plan their own visits        |
| say that an action of the plan is done           | whose it is, and who writes the plan            |
| begin a learning community from the plan         | the director, nobody named                      |
| write the note of a visit                        | whoever came                                    |
| read the note of a visit                         | whoever came, the supported school's side, the  |
|                                                  | supporting head; the director's side once the   |
|                                                  | school has released it                          |
| say whether a note is right, release it          | the supported head and who acts for her; taking |
|                                                  | a release back also while it rests or is over   |
| promise more days of a strand                    | the director and whom she names                 |
| agree to a placement                             | the two heads of it; the host's head sees the   |
|                                                  | placement and nothing else                      |
| add measures, enter figures                      | the two heads, who acts for the supported one,  |
|                                                  | and the director's side                         |
| read figures of fewer than ten pupils            | both schools' sides                             |
| read days and cost                               | both schools' sides and the director's          |
| give a view of a term                            | supporter: the supporting head or a             |
|                                                  | practitioner; supported head; director          |
| open and close the review of a term,             | the director and whom she names                 |
| open the final review, give days back            |                                                 |
| look back at the whole                           | the two heads and who acts for the supported    |
|                                                  | one; each reads the other's when both are given |
| say whether it lasts, what it changed            | the supported head and who acts for her         |
| agree to a case study                            | the supported head alone                        |
| pause, stop, go on                               | the director and whom she names                 |
| read and write concerns                          | the director and the two heads, nobody named    |

A paused programme is read and nothing in it is changed; home heads of practitioners see no more
than their people's strands.
"""

from __future__ import annotations

from support.programmes.models import Programme, Side
from support.programmes.permissions import Rights
from support.progress.models import Concern, PlanAction, Visit

CONCERNED_WAYS = frozenset({"head", "supporting_head", "post"})
State = Programme.State


def is_open_to(rights: Rights) -> bool:
    """Whether the support has begun, and she is on one of its sides or gives some of it."""
    if rights.programme.signed_at is None:
        return False
    return rights.sees_request or rights.is_practitioner


def can_see_course(rights: Rights) -> bool:
    """The plan, the visits, the reviews and the measures."""
    return is_open_to(rights)


def is_alive(rights: Rights) -> bool:
    """Whether anything may be written: the support runs, or what it brought is followed up."""
    programme = rights.programme
    return programme.is_running() or programme.is_followed()


def has_ended(rights: Rights) -> bool:
    """Whether no more is begun: the terms have passed, or the support stopped."""
    return rights.programme.state in {State.FOLLOWED, State.FINISHED, State.STOPPED}


def planning_side(rights: Rights) -> Side | None:
    """For which school she sets the plan."""
    if rights.may_write_for_school:
        return Side.SCHOOL
    return Side.SUPPORTER if rights.is_supporting_head else None


def can_write_plan(rights: Rights) -> bool:
    """Both schools set it together, as long as the support runs."""
    return rights.programme.is_running() and planning_side(rights) is not None


def can_do_action(rights: Rights, action: PlanAction) -> bool:
    """Whose it is, and whoever writes the plan, also when the terms are over."""
    is_hers = action.owner_id == rights.person.pk or planning_side(rights) is not None
    return is_alive(rights) and is_open_to(rights) and is_hers


def can_begin_community(rights: Rights) -> bool:
    """The director, who founds workhubs anyway."""
    return rights.programme.is_running() and "post" in rights.ways


def can_plan_visit(rights: Rights) -> bool:
    """Whoever visits, either head, and the director's side."""
    hers = planning_side(rights) is not None or rights.is_practitioner or rights.is_of_alliance
    return is_alive(rights) and hers and is_open_to(rights)


def plans_own_visits_only(rights: Rights) -> bool:
    """A practitioner who stands on no other side plans for herself alone."""
    return planning_side(rights) is None and not rights.is_of_alliance


def can_change_visit(rights: Rights, visit: Visit) -> bool:
    """Whoever may plan moves a visit and calls it off; a practitioner her own alone."""
    is_hers = visit.visitor_id == rights.person.pk
    return can_plan_visit(rights) and (is_hers or not plans_own_visits_only(rights))


def can_write_note(rights: Rights, visit: Visit) -> bool:
    """Whoever came."""
    return is_alive(rights) and is_open_to(rights) and visit.visitor_id == rights.person.pk


def reads_note(rights: Rights, visit: Visit) -> bool:
    """Whoever came, the supported school's side and the supporting head, without being released to."""
    is_hers = visit.visitor_id == rights.person.pk
    return is_open_to(rights) and (is_hers or rights.is_of_school or rights.is_supporting_head)


def reads_note_once_released(rights: Rights) -> bool:
    """The director's side, as long as the school lets it."""
    return is_open_to(rights) and rights.is_of_alliance


def can_withdraw_release(rights: Rights) -> bool:
    """The supported head takes her consent back at any time, also when the support is over."""
    return rights.may_write_for_school


def can_promise_days(rights: Rights) -> bool:
    """The director's side promises more days of a strand, as long as something goes on."""
    return is_alive(rights) and rights.is_of_alliance


def can_check_notes(rights: Rights) -> bool:
    """The supported head says whether a note is right, and who else may read it."""
    return is_alive(rights) and rights.may_write_for_school


def can_say_learnt(rights: Rights) -> bool:
    """The supported school says what its colleague learnt, also after the terms."""
    return is_alive(rights) and rights.may_write_for_school


def can_place(rights: Rights) -> bool:
    """Either head and the director's side plan a placement."""
    hers = planning_side(rights) is not None or rights.is_of_alliance
    return rights.programme.is_running() and hers


def view_side(rights: Rights) -> Side | None:
    """From which side she gives her view of a term."""
    if rights.may_write_for_school:
        return Side.SCHOOL
    if rights.is_of_alliance:
        return Side.DIRECTOR
    if rights.is_supporting_head or rights.is_practitioner:
        return Side.SUPPORTER
    return None


def can_give_view(rights: Rights) -> bool:
    """All three sides, as long as something goes on; also of a term that is over by then."""
    return is_alive(rights) and view_side(rights) is not None


def can_open_review(rights: Rights) -> bool:
    """The director's side opens the review of a term, or the final one, before the portal does."""
    return rights.programme.is_running() and rights.is_of_alliance


def can_close_review(rights: Rights) -> bool:
    """The director's side shows views without a silent side, and says how the term went."""
    return is_alive(rights) and rights.is_of_alliance


def can_enter_measures(rights: Rights) -> bool:
    """The supported school's head and who acts for her; the supporting head and the director help."""
    hers = rights.may_write_for_school or rights.is_supporting_head or rights.is_of_alliance
    return is_alive(rights) and hers


def sees_every_figure(rights: Rights) -> bool:
    """Small groups' figures stay within the two schools."""
    return rights.is_of_school or rights.is_supporting_head


def can_see_money(rights: Rights) -> bool:
    """What the support takes and brings: both heads' sides and the director's."""
    return is_open_to(rights) and rights.sees_request


def can_see_concerns(rights: Rights) -> bool:
    """The director and the two heads: nobody whom they named."""
    return rights.programme.signed_at is not None and not rights.ways.isdisjoint(CONCERNED_WAYS)


def can_raise_concern(rights: Rights) -> bool:
    """The same people, as long as something goes on; also about a pause."""
    return can_see_concerns(rights) and rights.programme.state in {State.OPEN, State.PAUSED}


def concern_side(rights: Rights) -> Side | None:
    """From which side she raises a concern, or settles one."""
    if "head" in rights.ways:
        return Side.SCHOOL
    if "post" in rights.ways:
        return Side.DIRECTOR
    return Side.SUPPORTER if rights.is_supporting_head else None


def can_settle_concern(rights: Rights) -> bool:
    """The director and the two heads write what was done about one, also after the terms."""
    settled_in = {State.OPEN, State.PAUSED, State.FOLLOWED}
    return can_see_concerns(rights) and rights.programme.state in settled_in


def can_reply_to_concern(rights: Rights, concern: Concern) -> bool:
    """The supported head, and nobody for her, unless her school raised it."""
    is_asked = concern.side != Side.SCHOOL and concern.replied_at is None
    return can_settle_concern(rights) and "head" in rights.ways and is_asked


def can_resolve_concern(rights: Rights, concern: Concern) -> bool:
    """The director, and the side that raised it."""
    is_hers = "post" in rights.ways or concern_side(rights) == concern.side
    return can_settle_concern(rights) and is_hers


def can_pause(rights: Rights) -> bool:
    """The director's side lets a programme rest, at any step under way."""
    return rights.is_of_alliance and rights.programme.state == State.OPEN


def can_resume(rights: Rights) -> bool:
    """The director's side lets it go on."""
    return rights.is_of_alliance and rights.programme.state == State.PAUSED


def can_stop(rights: Rights) -> bool:
    """The director's side ends it early, saying why."""
    return rights.is_of_alliance and rights.programme.state in {State.OPEN, State.PAUSED}


def final_side(rights: Rights) -> Side | None:
    """For which school she looks back at the whole."""
    return planning_side(rights)


def can_give_final_view(rights: Rights) -> bool:
    """Both schools, as long as the terms run."""
    return rights.programme.is_running() and final_side(rights) is not None


def can_check_whether_it_lasts(rights: Rights) -> bool:
    """The supported school, once its terms of support are over."""
    return rights.programme.is_followed() and rights.may_write_for_school


def can_give_days_back(rights: Rights) -> bool:
    """The director's side frees promised days that no follow-up visit needs."""
    return rights.programme.is_followed() and rights.is_of_alliance


def can_name_story(rights: Rights) -> bool:
    """The director's side and the supporting head, once the terms are over."""
    is_over = rights.programme.state in {State.FOLLOWED, State.FINISHED}
    return is_over and (rights.is_of_alliance or rights.is_supporting_head)


def can_answer_story(rights: Rights) -> bool:
    """The supported head alone says whether her school's story is told, also years later."""
    is_over = rights.programme.state in {State.FOLLOWED, State.FINISHED}
    return is_over and "head" in rights.ways
