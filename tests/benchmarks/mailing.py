"""Send reminders from the outbox, and the same mails by Django's own classes, in turns.

Each turn is `count` mails; the bare ones are rendered and sent from words that are ready, over one
open connection. Prints seconds and CPU of each as JSON.
"""

import json
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.core.mail import EmailMultiAlternatives, get_connection  # noqa: E402 - after the set-up
from django.template.loader import render_to_string  # noqa: E402

from partnership.notices.composing import compose, mail_words, stop_address  # noqa: E402
from partnership.notices.models import Notice  # noqa: E402
from partnership.notices.services import send_waiting  # noqa: E402
from partnership.notices.services.sending import letters_for  # noqa: E402
from tests.benchmarks.moments import planned_moment  # noqa: E402

BEGAN = time.monotonic()


def now():
    return planned_moment() + timedelta(minutes=1, seconds=time.monotonic() - BEGAN)


def ready_mails(count):
    """What the next mails say and carry, so that bare Django sends the very same ones."""
    due = Notice.objects.due(now=now()).in_sending_order()
    notices = list(due.select_related("recipient__mail_choice")[:count])
    letters = letters_for(notices, now=now())
    for notice in notices:
        letter = letters[notice.pk]
        mail = compose(notice, letter, now=now())
        headers = mail.extra_headers | {"Message-ID": f"<bare.{notice.pk}@localhost>"}
        words = mail_words(letter, stop_address(notice.recipient_id))
        yield words, mail.subject, mail.from_email, mail.to, headers


def send_bare(mails):
    connection = get_connection()
    connection.open()
    for words, subject, sender, to, headers in mails:
        body = render_to_string("mail/notice.txt", words)
        mail = EmailMultiAlternatives(
            subject, body, sender, to, headers=headers, connection=connection
        )
        mail.attach_alternative(render_to_string("mail/notice.html", words), "text/html")
        mail.send()
    connection.close()


def timed(what, *arguments, **options):
    began, used = time.perf_counter(), time.process_time()
    done = what(*arguments, **options)
    return {"seconds": time.perf_counter() - began, "cpu": time.process_time() - used}, done


def turns(count, rounds):
    for _ in range(rounds):
        mails = list(ready_mails(count))
        bare, _done = timed(send_bare, mails)
        ours, outcome = timed(send_waiting, clock=now, limit=count)
        if outcome["sent"] != count:
            raise AssertionError(f"{dict(outcome)} instead of {count} sent")
        yield {"bare": bare, "ours": ours}


if __name__ == "__main__":
    count, rounds = map(int, sys.argv[1:])
    list(turns(100, 1))
    sys.stdout.write(json.dumps(list(turns(count, rounds))))
