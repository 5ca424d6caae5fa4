"""The columns of the room's lists as files."""

from __future__ import annotations

from partnership.toolkit.exports import Column

COLUMNS = (
    Column("Alliance", lambda alliance: alliance.name, 44),
    Column("Kind", lambda alliance: alliance.get_kind_display(), 26),
    Column("Area served", lambda alliance: alliance.area, 34),
    Column("Schools", lambda alliance: alliance.school_count, 9),
)

CONTACTS = (
    Column("Name", lambda post: post.person.name, 28),
    Column("Post", lambda post: post.called, 30),
    Column("School", lambda post: post.school.name, 40),
    Column("E-mail address", lambda post: post.person.email, 34),
    Column("School’s telephone", lambda post: post.school.telephone_in_groups, 18),
    Column("URN", lambda post: post.school.urn, 10),
)
MEMBERSHIPS = (
    Column("School", lambda row: row.school.name, 40),
    Column("URN", lambda row: row.school.urn, 10),
    Column("Town", lambda row: row.school.town),
    Column("Phase", lambda row: row.school.phase),
    Column("Belongs as", lambda row: row.get_kind_display()),
    Column("Standing", lambda row: str(row.standing.label)),
    Column("From", lambda row: row.starts_on, 12),
    Column("Last day", lambda row: row.ends_on, 12),
    Column("Means to join later", lambda row: row.means_to_join, 12),
)
PARTNERS = (
    Column("Organisation", lambda row: row.name, 40),
    Column("What it is", lambda row: row.get_organisation_display(), 22),
    Column("What it brings", lambda row: row.brings, 44),
    Column("Whom to ask for", lambda row: row.contact_name, 28),
    Column("E-mail address", lambda row: row.contact_email, 34),
    Column("Telephone", lambda row: row.contact_phone, 18),
    Column("Belongs as", lambda row: row.get_kind_display()),
    Column("Standing", lambda row: str(row.standing.label)),
    Column("From", lambda row: row.starts_on, 12),
    Column("Last day", lambda row: row.ends_on, 12),
)
