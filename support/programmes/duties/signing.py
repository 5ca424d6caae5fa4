"""An agreement that waits for the signature of a school's head or of the director."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from alliances.membership.models import AlliancePost
from alliances.schools.models import SchoolPost
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Duty, DutyKind, DutyWindow, duty_rows, text
from support.programmes.duties.rows import PANEL, caseload_url, chair_of, page_url
from support.programmes.models import Agreement, Side, Signature

SIGN = "programmes.sign"
ALLIANCE = "agreement__programme__alliance"


def _wanted(window: DutyWindow) -> QuerySet[Signature]:
    """Signatures that wait; for one person those of her schools and alliances."""
    wanted = Signature.objects.filter(declined_at__isnull=True)
    if window.with_done:
        states = (Agreement.State.SENT, Agreement.State.SIGNED)
        wanted = wanted.filter(agreement__state__in=states)
    else:
        wanted = wanted.open()
    if window.only_person is None:
        return wanted
    heads = SchoolPost.objects.on(window.today).of_heads().filter(person=window.only_person)
    posts = AlliancePost.objects.on(window.today).filter(
        person=window.only_person, kind=AlliancePost.Kind.DIRECTOR
    )
    return wanted.filter(
        Q(school__in=heads.values("school"))
        | Q(side=Side.DIRECTOR, **{f"{ALLIANCE}__in": posts.values("alliance")})
    )


def _owed_by(window: DutyWindow) -> Case:
    """Who heads the school now; for the alliance who looks after the programme, or a director."""
    heads = SchoolPost.objects.on(window.today).of_heads().filter(school=OuterRef("school"))
    posts = AlliancePost.objects.on(window.today).filter(
        alliance=OuterRef(ALLIANCE), kind=AlliancePost.Kind.DIRECTOR
    )
    in_charge = posts.filter(person=OuterRef("agreement__programme__director"))
    directors = (Subquery(rows.order_by("pk").values("person")[:1]) for rows in (in_charge, posts))
    return Case(
        When(side=Side.DIRECTOR, then=Coalesce(*directors)),
        default=Subquery(heads.by_rank().values("person")[:1]),
        output_field=BigIntegerField(),
    )


def _signatures_owed(window: DutyWindow) -> QuerySet[Any, Any]:
    wanted = _wanted(window).filter(agreement__sign_by__isnull=False)
    wanted = wanted.annotate(
        owed_by=_owed_by(window),
        goes_up_to=Case(
            When(side=Side.DIRECTOR, then=chair_of(ALLIANCE, window)),
            default=F("agreement__programme__director"),
            output_field=BigIntegerField(),
        ),
    )
    return duty_rows(
        wanted,
        window,
        kind=SIGN,
        person="owed_by",
        subject="agreement__number",
        page=text("agreement__programme"),
        asked_at="agreement__sent_at",
        due_at="agreement__sign_by",
        school="school",
        alliance=ALLIANCE,
        sender=f"{ALLIANCE}__name",
        goes_up_to="goes_up_to",
        done_at="signed_at",
    )


def _sign_url(duty: Duty) -> str:
    return address("programmes:agreement_sign", int(duty.page))


def _up_url(duty: Duty) -> str:
    """The director reads in the programme who signed; the chair, told of hers, sees no programme."""
    return caseload_url(duty) if duty.school_id is None else page_url(duty)


SIGNATURES = (
    DutyKind(
        key=SIGN,
        words="Sign an agreement on support",
        due="the day that the agreement gives, usually ten school days after it was sent",
        offsets=(-5, -1, 1),
        goes_up_after=1,
        goes_up_to="whoever looks after the programme",
        rows=_signatures_owed,
        title=lambda _duty: "Sign an agreement on support",
        line=lambda duty: f"Version {duty.subject}, in a support programme of {duty.sender}",
        url=_sign_url,
        action="Read and sign",
        why=lambda duty: f"You have this because you sign in a support programme of {duty.sender}.",
        in_alliance=True,
        is_private=True,
        up_url=_up_url,
        beside=PANEL,
    ),
)
