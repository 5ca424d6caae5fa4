"""What the demo tells of an alliance: words, schools, people, areas, partners, public page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alliances.membership.models import AlliancePost, Partner

Kind = AlliancePost.Kind
Organisation = Partner.Organisation


@dataclass(frozen=True)
class By:
    """Who holds a post: by her address, or as the head of a school by its URN."""

    who: str | int
    kind: str
    description: str = ""
    days: float | None = None
    per: str = ""
    area: str = ""


@dataclass(frozen=True)
class Outside:
    """A partner outside schools, and whom to ask for there."""

    name: str
    organisation: str
    brings: str
    contact: str = ""
    email: str = ""
    since: date = date(2019, 9, 1)
    until: date | None = None


@dataclass(frozen=True)
class Public:
    """What an alliance tells everybody."""

    headline: str
    lead: str
    words: str
    involved: str
    email: str
    is_open: bool = True


@dataclass(frozen=True)
class Story:
    """An alliance as the demo tells it: its words, its schools by URN, and who runs it."""

    name: str
    slug: str
    kind: str
    area: str
    founded: date
    vision: str
    aims: tuple[str, ...]
    members: tuple[int, ...]
    associates: tuple[int, ...] = ()
    partners: tuple[int, ...] = ()
    sign_ins: tuple[By, ...] = ()
    heads: tuple[By, ...] = ()
    values: tuple[str, ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    outside: tuple[Outside, ...] = ()
    public: Public | None = None
