"""What visitors wrote to the demo's alliance through its public page."""

from __future__ import annotations

from alliances.membership.models import Alliance, AlliancePost
from alliances.membership.services import (
    answer_enquiry,
    mail_answer,
    put_enquiry_aside,
    send_enquiry,
)
from partnership.toolkit.registers import DemoClock

WRITTEN = (
    (
        "Bethan Lloyd",
        "Example Heath Primary School",
        "bethan.lloyd@visitor.example",
        "We are just over the border. May we come to your workhub on attendance?",
        -2,
    ),
    (
        "Jonathan Marsh",
        "Parent of a child in Year 3",
        "jonathan.marsh@visitor.example",
        "I am a retired engineer and could help at a school on Thursdays.",
        -12,
    ),
    (
        "Best Prices",
        "",
        "offers@visitor.example",
        "Whiteboards at half price, today only.",
        -6,
    ),
)
ANSWER = (
    "Thank you for writing. Schools like to know whom they let in, and there is somebody who "
    "brings volunteers and schools together and does the checks with you."
)


def tell_enquiries(clock: DemoClock) -> int:
    """One waits, one was signposted, one put aside; how many there are."""
    alliance = Alliance.objects.get(slug="oldham-schools-alliance")
    posts = AlliancePost.objects.filter(alliance=alliance, kind=AlliancePost.Kind.DIRECTOR)
    director = posts.select_related("person").order_by("pk")[0].person
    sent = [
        send_enquiry(
            alliance=alliance,
            token=f"demo-{turn}",
            name=name,
            organisation=organisation,
            email=email,
            about=about,
            now=clock.at(days, 14),
        )
        for turn, (name, organisation, email, about, days) in enumerate(WRITTEN)
    ]
    _waiting, volunteer, advertising = sent
    answered_at = clock.at(-10, 9)
    answer_enquiry(
        enquiry=volunteer,
        answer=ANSWER,
        signpost="Example Trust for Young Readers",
        signpost_url="https://readers.example/volunteers",
        by=director,
        now=answered_at,
    )
    mail_answer(enquiry_id=volunteer.pk, now=answered_at)
    put_enquiry_aside(enquiry=advertising, by=director, now=clock.at(-5, 9))
    return len(sent)
