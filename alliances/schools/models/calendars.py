"""Whose academic year is which: links from the register to the term calendars."""

from __future__ import annotations

from django.db import models

from alliances.schools.models.register import Authority, School
from partnership.calendar.models import TermCalendar


class AuthorityCalendar(models.Model):
    """The academic years that a local authority settles for the schools in it."""

    authority = models.OneToOneField(
        Authority, on_delete=models.PROTECT, related_name="own_calendar"
    )
    calendar = models.OneToOneField(
        TermCalendar, on_delete=models.PROTECT, related_name="of_authority"
    )

    def __str__(self) -> str:
        return f"Term dates of authority {self.authority_id}"


class SchoolCalendar(models.Model):
    """A school’s own INSET days, and its own term dates where they differ from its authority’s."""

    school = models.OneToOneField(School, on_delete=models.PROTECT, related_name="own_calendar")
    calendar = models.OneToOneField(
        TermCalendar, on_delete=models.PROTECT, related_name="of_school"
    )

    def __str__(self) -> str:
        return f"Term dates of school {self.school_id}"
