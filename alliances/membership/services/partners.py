"""Partners outside schools, and what an alliance tells the public."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from alliances.membership.models import Alliance, Partner, PublicPage
from alliances.membership.services.spans import check_span, said
from partnership.audit.services import record
from partnership.people.models import Person
from partnership.toolkit.versions import apply_changes, lock


class PartnerAlready(Exception):
    """An organisation of this name is a partner already."""


@transaction.atomic
def add_partner(
    *, alliance: Alliance, name: str, by: Person | None, now: datetime, **facts: Any
) -> Partner:
    """Let an organisation outside schools belong to an alliance from a day on."""
    lock(alliance)
    check_span(facts["starts_on"], facts.get("ends_on"))
    _refuse_doubled(alliance.pk, name, facts.get("ends_on"))
    partner = Partner.objects.create(alliance=alliance, name=name, **facts)
    _record("partner joined", partner, ["kind", "starts_on", "ends_on"], by=by, now=now)
    return partner


@transaction.atomic
def change_partner(
    *, partner: Partner, changes: dict[str, Any], seen_version: int, by: Person, now: datetime
) -> Partner:
    """Say anew what a partner is and brings, whom to ask for, and its days."""
    lock(partner.alliance)
    partner = lock(partner, seen_version=seen_version)
    ends_on = changes.get("ends_on", partner.ends_on)
    check_span(changes.get("starts_on", partner.starts_on), ends_on)
    _refuse_doubled(partner.alliance_id, changes.get("name", partner.name), ends_on, but=partner.pk)
    if ends_on is None:
        changes = {**changes, "ending": "", "because": ""}
    if changed := apply_changes(partner, changes):
        _record("partner changed", partner, changed, by=by, now=now)
    return partner


@transaction.atomic
def end_partner(
    *, partner: Partner, last_day: date, by: Person, now: datetime, because: str = ""
) -> Partner:
    """Let a partner leave after a day; on that day it still counts."""
    partner = lock(partner)
    check_span(partner.starts_on, last_day)
    leaving = {"ends_on": last_day, "ending": Partner.Ending.LEAVES, "because": because}
    if changed := apply_changes(partner, leaving):
        _record("partner leaves", partner, changed, by=by, now=now)
    return partner


def _refuse_doubled(alliance_id: int, name: str, ends_on: date | None, *, but: int = 0) -> None:
    others = Partner.objects.filter(alliance=alliance_id, name=name, ends_on=None)
    if ends_on is None and others.exclude(pk=but).exists():
        raise PartnerAlready


def _record(
    action: str, partner: Partner, fields: list[str], *, by: Person | None, now: datetime
) -> None:
    record(
        action,
        partner,
        by=by,
        at=now,
        fields=fields,
        values={
            "kind": partner.kind,
            "starts_on": said(partner.starts_on),
            "ends_on": said(partner.ends_on),
        },
        alliance_id=partner.alliance_id,
    )


@transaction.atomic
def edit_public_page(
    *,
    alliance: Alliance,
    changes: dict[str, Any],
    by: Person | None,
    now: datetime,
    seen_version: int | None = None,
) -> PublicPage:
    """Word what the alliance tells everybody, and open or close the page."""
    lock(alliance)
    page, is_new = PublicPage.objects.get_or_create(alliance=alliance)
    if not is_new or seen_version not in {None, 0}:
        page = lock(page, seen_version=seen_version)
    if changed := apply_changes(page, changes):
        action = "public page changed"
        if "is_open" in changed:
            action = "public page opened" if page.is_open else "public page closed"
        record(action, page, by=by, at=now, fields=changed, alliance_id=alliance.pk)
    return page
