"""How people's addresses are written on the pages of the room."""

from __future__ import annotations

from django import template
from django.utils.html import format_html

register = template.Library()


@register.filter
def breakable(email: str) -> str:
    """An e-mail address that breaks before its "@" where a line is too short for it."""
    name, _, host = email.partition("@")
    return format_html("{}<wbr>@{}", name, host)
