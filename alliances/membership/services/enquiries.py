"""A visitor's enquiry: sent, answered, signposted, taken on, put aside, and forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import format_datetime, formataddr

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.template.loader import get_template
from kombu.exceptions import OperationalError

from alliances.membership.models import Alliance, AlliancePost, Enquiry
from alliances.membership.notices import ENQUIRY
from partnership.audit.services import record
from partnership.calendar.days import UK, school_days_after
from partnership.notices.composing import Mail, mail_words
from partnership.notices.services import tell
from partnership.people.models import Person
from partnership.toolkit.registers import Letter
from partnership.toolkit.versions import apply_changes, lock

SCHOOL_DAYS_TO_ANSWER = 5
KEPT = timedelta(days=365)
State = Enquiry.State


class EnquirySettled(Exception):
    """Somebody has answered it already."""


@transaction.atomic
def send_enquiry(
    *,
    alliance: Alliance,
    token: str,
    name: str,
    email: str,
    about: str,
    now: datetime,
    organisation: str = "",
    telephone: str = "",
) -> Enquiry:
    """Keep what a visitor wrote, once for one token, and tell the directors that something came."""
    enquiry, is_new = Enquiry.objects.get_or_create(
        token=token,
        defaults={
            "alliance": alliance,
            "name": name,
            "organisation": organisation,
            "email": email,
            "telephone": telephone,
            "about": about,
            "sent_at": now,
            "answer_by": school_days_after(now, SCHOOL_DAYS_TO_ANSWER),
        },
    )
    if is_new:
        posts = AlliancePost.objects.on(now.astimezone(UK).date())
        directors = posts.filter(alliance=alliance, kind=AlliancePost.Kind.DIRECTOR)
        tell(
            recipients=directors.values_list("person", flat=True),
            kind=ENQUIRY,
            key=f"enquiry:{enquiry.pk}",
            thing_id=enquiry.pk,
            alliance_id=alliance.pk,
            now=now,
        )
        record("enquiry came", enquiry, by=None, at=now, alliance_id=alliance.pk)
    return enquiry


@transaction.atomic
def answer_enquiry(
    *,
    enquiry: Enquiry,
    answer: str,
    signpost: str = "",
    signpost_url: str = "",
    by: Person,
    now: datetime,
) -> Enquiry:
    """Answer by mail; with a signpost the answer says who else helps and where."""
    state = State.SIGNPOSTED if signpost else State.ANSWERED
    words = {"answer": answer, "signpost": signpost, "signpost_url": signpost_url}
    current = _settle(enquiry, state, by=by, now=now, **words)
    transaction.on_commit(lambda: _queue_answer(current.pk))
    return current


@transaction.atomic
def take_on_enquiry(*, enquiry: Enquiry, by: Person, now: datetime) -> Enquiry:
    """Something else begins with it, such as support for the school."""
    return _settle(enquiry, State.TAKEN_ON, by=by, now=now)


@transaction.atomic
def put_enquiry_aside(*, enquiry: Enquiry, by: Person, now: datetime) -> Enquiry:
    """It is advertising or nonsense: nobody is answered."""
    return _settle(enquiry, State.ASIDE, by=by, now=now)


def _settle(enquiry: Enquiry, state: str, *, by: Person, now: datetime, **words: str) -> Enquiry:
    current = lock(enquiry)
    if not current.is_waiting:
        raise EnquirySettled
    apply_changes(current, {"state": state, "answered_at": now, "answered_by": by, **words})
    said = State(state).label.lower()
    record(f"enquiry {said}", current, by=by, at=now, alliance_id=current.alliance_id)
    return current


def _queue_answer(enquiry_id: int) -> None:
    """Have a worker send it now; when no broker answers, beat will, within the hour."""
    try:
        current_app.send_task("membership.mail_answer", args=[enquiry_id], retry=False)
    except OperationalError:
        return


def answers_to_mail() -> list[int]:
    """Answers that no mail has taken out yet."""
    waiting = Enquiry.objects.filter(
        state__in=(State.ANSWERED, State.SIGNPOSTED), mailed_at__isnull=True
    )
    return list(waiting.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def mail_answer(*, enquiry_id: int, now: datetime) -> bool:
    """Send the answer to who asked, once however often this runs."""
    waiting = Enquiry.objects.select_for_update(of=("self",)).filter(
        pk=enquiry_id, mailed_at__isnull=True, answered_at__isnull=False
    )
    enquiry = waiting.select_related("alliance").first()
    if enquiry is None or not enquiry.answer:
        return False
    _composed(enquiry, now).send()
    enquiry.mailed_at = now
    enquiry.save(update_fields=["mailed_at"])
    return True


def _composed(enquiry: Enquiry, now: datetime) -> Mail:
    alliance = enquiry.alliance
    words = mail_words(_letter(enquiry), "")
    mail = Mail(
        subject=" ".join(f"Your enquiry to {alliance}".split()),
        body=get_template("mail/notice.txt").render(words),
        from_email=formataddr((" ".join(str(alliance).split()), settings.DEFAULT_FROM_EMAIL)),
        to=[enquiry.email],
        headers={
            "Message-ID": f"<enquiry.{enquiry.token}@{settings.PORTAL_HOST}>",
            "Date": format_datetime(now.astimezone(UK)),
        },
    )
    mail.attach_alternative(get_template("mail/notice.html").render(words), "text/html")
    return mail


def _letter(enquiry: Enquiry) -> Letter:
    alliance = enquiry.alliance
    page = f"{settings.PORTAL_URL}/alliances/{alliance.slug}/public/"
    facts = tuple(line for line in enquiry.answer.splitlines() if line.strip())
    if enquiry.signpost:
        facts = (*facts, f"Who can help: {enquiry.signpost}")
    return Letter(
        subject=f"Your enquiry to {alliance}",
        heading=f"Your enquiry to {alliance}",
        why="You wrote to us; this is our answer.",
        facts=facts,
        button_label=f"Open {enquiry.signpost}" if enquiry.signpost_url else "Our page",
        button_url=enquiry.signpost_url or page,
        after=("We delete what you wrote a year after you sent it.",),
        sender_name=str(alliance),
    )


def forget_enquiries(*, now: datetime) -> int:
    """Delete what was written a year ago; how many there were."""
    count, _each = Enquiry.objects.filter(sent_at__lt=now - KEPT).delete()
    return count
