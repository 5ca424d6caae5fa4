"""The one thing that waits on the reader now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from partnership.toolkit.addresses import address
from support.programmes.models import Stage
from support.programmes.parts.agreement import versions_for
from support.programmes.parts.gates import waits_for_her
from support.programmes.permissions import Rights, can_answer

CHOSEN = "Somebody is chosen. Say that support is found, or look for more."
DECLINED = "The agreement was declined. Read why, and write a new version."
DECLARES = "Everybody who takes part declares their interests before the agreement is signed."


@dataclass(frozen=True)
class NextStep:
    """What it is, in a sentence, and the page where it is done."""

    sentence: str
    button: str
    url: str
    is_late: bool = False


def _directs(rights: Rights) -> bool:
    return rights.may_direct


def _writes(rights: Rights) -> bool:
    return rights.may_write_for_school


TURNS: tuple[tuple[Stage, Callable[[Rights], bool], str, str, str], ...] = (
    (
        Stage.ASKED,
        can_answer,
        "programmes:request_answer",
        "Answer the request",
        "The school waits for your answer.",
    ),
    (
        Stage.OWN_VIEW,
        _writes,
        "programmes:review_own_view",
        "Give the school’s own view",
        "The swift review begins with how you see your school.",
    ),
    (
        Stage.ASSESSMENT,
        _directs,
        "programmes:review_assess",
        "Write the assessor’s view",
        "The school has given its own view; the assessor’s comes next.",
    ),
    (
        Stage.REPLY,
        _writes,
        "programmes:review_reply",
        "Reply to the review",
        "Both views are there. Nothing counts before you have replied.",
    ),
    (
        Stage.JUDGEMENT,
        _directs,
        "programmes:review_judge",
        "Decide the approach",
        "The head has replied. Decide how support goes on, with reasons.",
    ),
    (
        Stage.MATCHING,
        _directs,
        "programmes:support_match",
        "Find support",
        "The approach is decided. Choose who supports the school, and say why.",
    ),
    (
        Stage.AGREEMENT,
        _directs,
        "programmes:agreement_edit",
        "Write the agreement",
        "Support is found. Put in writing what all agreed, and send it to be signed.",
    ),
)


def _further(rights: Rights, now: datetime) -> NextStep | None:
    """What the director does where somebody is chosen already, or a version was declined."""
    programme = rights.programme
    stage, pk = programme.stage_now, programme.pk
    if stage == Stage.MATCHING and programme.supporting_school_id is not None:
        url = address("programmes:matching_finish", pk)
        return NextStep(CHOSEN, "Support is found", url)
    if stage == Stage.AGREEMENT:
        versions = versions_for(rights, now)
        is_declined = versions.counts is not None and versions.draft is None
        url = address("programmes:agreement_renew", pk)
        return NextStep(DECLINED, "Write a new version", url) if is_declined else None
    return None


def next_step(rights: Rights, now: datetime) -> NextStep | None:
    """What she is to do at this stage; nothing while others have the turn."""
    programme = rights.programme
    stage = programme.stage_now
    for turn, is_hers, url_name, button, sentence in TURNS:
        if turn == stage and is_hers(rights):
            if further := _further(rights, now):
                return further
            url = address(url_name, programme.pk)
            return NextStep(sentence, button, url, programme.is_late_to_answer(now))
    if asked := waits_for_her(rights):
        url = address("programmes:interests_declare", programme.pk)
        return NextStep(DECLARES, "Declare your interests", url, asked.due_at < now)
    if stage == Stage.SIGNING and rights.may_sign and versions_for(rights, now).may_sign:
        return NextStep(
            "The agreement waits for your signature.",
            "Read and sign",
            address("programmes:agreement_sign", programme.pk),
        )
    return None
