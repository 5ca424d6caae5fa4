"""What Celery does for alliances; each may run twice, at once and late."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from alliances.membership import services

log = logging.getLogger(__name__)


@shared_task(
    name="membership.mail_answer", autoretry_for=(OSError,), retry_backoff=30, max_retries=4
)
def mail_answer(enquiry_id: int) -> None:
    """Send a director's answer to who wrote; a mail server that is down is tried again."""
    services.mail_answer(enquiry_id=enquiry_id, now=timezone.now())


@shared_task(name="membership.mail_answers")
def mail_answers() -> int:
    """Send the answers that nothing has taken out."""
    now = timezone.now()
    return sum(
        services.mail_answer(enquiry_id=enquiry_id, now=now)
        for enquiry_id in services.answers_to_mail()
    )


@shared_task(name="membership.forget_enquiries")
def forget_enquiries() -> None:
    """Delete enquiries of a year ago."""
    log.info("enquiries forgotten: %s", services.forget_enquiries(now=timezone.now()))
