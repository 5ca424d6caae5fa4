"""The steps of a programme: a step is done when its evidence is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from support.programmes.models import Programme, Stage
from support.programmes.parts.part import Part
from support.programmes.permissions import Rights

NOT_YET, DONE, NOW = ("plain", "Not yet"), ("done", "Done"), ("soon", "Now")
IN_WORDS = (
    (Stage.ASKED, "Request"),
    (Stage.OWN_VIEW, "The school’s own view"),
    (Stage.ASSESSMENT, "Assessor’s view"),
    (Stage.REPLY, "Head’s reply"),
    (Stage.JUDGEMENT, "Judgement"),
    (Stage.MATCHING, "Support found"),
    (Stage.AGREEMENT, "Agreement written"),
    (Stage.SIGNING, "Signed by all"),
)


@dataclass(frozen=True)
class Step:
    """One step and where it stands."""

    words: str
    kind: str
    stands: str


def steps_of(programme: Programme) -> list[Step]:
    """Every step from the request to the last signature; of what ended, those that were gone."""
    now = programme.stage_now
    order = [stage for stage, _words in IN_WORDS]
    at = order.index(now) if now in order else len(order)
    if now in {Stage.WATCHED, Stage.ENDED}:
        at = programme.steps_done
    found = []
    for place, (stage, words) in enumerate(IN_WORDS):
        kind, stands = DONE if place < at else NOW if stage == now else NOT_YET
        found.append(Step(words, kind, stands))
    if now == Stage.ENDED:
        return [*found[:at], Step(programme.get_state_display(), "plain", "Ended")]
    return found


def steps(rights: Rights, _now: datetime) -> Part:
    """How far it has come, for everybody who knows of it."""
    return Part("programmes/includes/_steps.html", {"steps": steps_of(rights.programme)})
