"""The columns of the directory's lists as files."""

from __future__ import annotations

from typing import Any

from partnership.toolkit.exports import Column


def _consent(entry: Any) -> str:
    if entry.home_school is None:
        return "Not needed"
    return "Given" if entry.has_consent else "Missing"


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


DATES = (
    Column("From", lambda entry: entry.starts_on, 12),
    Column("Last day", lambda entry: entry.ends_on, 12),
)
AREAS = (
    Column("Areas", lambda entry: ", ".join(entry.names.areas), 44),
    Column("Phases", lambda entry: entry.said_phases, 24),
)
ALLIANCE = Column("Alliance", lambda entry: entry.alliance.name, 34)

PRACTITIONERS = (
    Column("Name", lambda entry: entry.person.name, 28),
    Column("Designations", lambda entry: ", ".join(entry.names.titles), 24),
    Column("Home school", lambda entry: entry.home_school.name if entry.home_school else "", 40),
    Column("URN", lambda entry: entry.home_school.urn if entry.home_school else None, 10),
    ALLIANCE,
    *AREAS,
    Column("Days offered this year", lambda entry: float(entry.offered), 12),
    Column("Days left", lambda entry: float(entry.days_left), 12),
    Column("The head’s consent", _consent, 14),
    *DATES,
)
OFFERS = (
    Column("Offer", lambda offer: offer.title, 40),
    Column("Kind", lambda offer: offer.get_kind_display(), 28),
    Column("School", lambda offer: offer.school.name, 40),
    Column("URN", lambda offer: offer.school.urn, 10),
    ALLIANCE,
    *AREAS,
    Column("Days a year", lambda offer: _number(offer.days), 12),
    Column("Whom to ask", lambda offer: offer.contact.name if offer.contact else "", 28),
    *DATES,
)
EXPERTS = (
    Column("Name", lambda expert: expert.name, 34),
    Column("Kind", lambda expert: expert.get_kind_display(), 18),
    Column("Organisation", lambda expert: expert.organisation, 34),
    ALLIANCE,
    *AREAS,
    Column("E-mail address", lambda expert: expert.email, 34),
    Column("Telephone", lambda expert: expert.telephone, 18),
    Column("Website", lambda expert: expert.website, 34),
    Column("Cost of a day, in pounds", lambda expert: _number(expert.day_rate), 14),
    *DATES,
)


def _schools(post: Any) -> str:
    return "; ".join(f"{share.school.name}, {_days(share)}" for share in post.shares.all())


def _days(share: Any) -> str:
    days = f"{share.days_a_week.normalize():f}"
    return f"{days} day{'' if days == '1' else 's'} a week"


SHARED_POSTS = (
    Column("Post", lambda post: post.title, 34),
    Column("Kind", lambda post: post.get_kind_display(), 16),
    Column("Who", lambda post: post.person.name if post.person else "", 28),
    Column("School that employs", lambda post: post.employer.name, 40),
    Column("Schools", _schools, 60),
    ALLIANCE,
    Column("Cost of a year, in pounds", lambda post: _number(post.yearly_cost), 14),
    *DATES,
)
