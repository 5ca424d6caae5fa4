"""What Celery does for cycles of review days; each may run twice, at once and late."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from reviews.cycles.problem.watching import begin_run
from reviews.cycles.services.drafting import claim_draft, fail_draft, keep_result
from reviews.cycles.services.searching import NothingToDrawUp, search_draft

log = logging.getLogger(__name__)
BROKE_OFF = "Something went wrong while it was drawn up. Nothing else was changed."


@shared_task(name="cycles.draw_up")
def draw_up_draft(draft_id: int) -> None:
    """Draw up a draft: a run that was lost begins anew, and only the newest one's rota is kept."""
    draft = claim_draft(draft_id=draft_id, now=timezone.now())
    if draft is None or draft.began_at is None:
        log.info("draft of a rota: nothing to draw up")
        return
    try:
        watch = begin_run(draft.pk, draft.began_at.isoformat())
        result = search_draft(draft, watch, today=timezone.localdate())
    except NothingToDrawUp as lacking:
        fail_draft(draft=draft, because=str(lacking), now=timezone.now())
        return
    except Exception:
        fail_draft(draft=draft, because=BROKE_OFF, now=timezone.now())
        raise
    is_kept = keep_result(draft=draft, result=result, now=timezone.now())
    log.info(
        "draft of a rota: %s days, %s without, kept: %s",
        len(result.days),
        len(result.unfilled),
        is_kept,
    )
