"""Mails about signing in that a page doesn't wait for."""

from __future__ import annotations

from celery import shared_task

from partnership.people import services


@shared_task(
    name="people.send_password_reset",
    autoretry_for=(OSError,),
    retry_backoff=30,
    max_retries=4,
)
def send_password_reset(person_id: int) -> None:
    """Send the link; a mail server that is down is tried again for some minutes."""
    services.send_password_reset(person_id=person_id)


@shared_task(
    name="people.send_account_mail",
    autoretry_for=(OSError,),
    retry_backoff=30,
    max_retries=4,
)
def send_account_mail(person_id: int, template: str, email: str = "") -> None:
    """Tell somebody what changed about signing in."""
    services.send_account_mail(person_id=person_id, template=template, email=email)


@shared_task(
    name="people.send_login_code",
    autoretry_for=(OSError,),
    retry_backoff=15,
    max_retries=4,
)
def send_login_code(email: str, sealed: str) -> None:
    """Send the code, if somebody has the address; the queue holds it sealed."""
    services.send_login_code(email=email, sealed=sealed)


@shared_task(
    name="people.send_address_link",
    autoretry_for=(OSError,),
    retry_backoff=30,
    max_retries=4,
)
def send_address_link(person_id: int, email: str) -> None:
    """Send the link that confirms a new address, made only now."""
    services.send_address_link(person_id=person_id, email=email)
