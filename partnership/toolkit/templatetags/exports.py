"""What lists say with `{% load exports %}`: the links that download them."""

from __future__ import annotations

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partnership.toolkit.exports import KIND_WORDS
from partnership.toolkit.templatetags.portal import icon, query

register = template.Library()


@register.simple_tag(takes_context=True)
def export_links(context: Context, name: str, *args: object) -> SafeString:
    """The list as Excel and as CSV, with the filters and the order that the page has."""
    filters = query(context, page=None)
    drawing = icon(context, "save")
    links = format_html_join(
        "",
        '<a class="btn btn-sm" href="{}{}">{} {}</a>',
        (
            (reverse(name, args=[*args, kind]), filters if len(filters) > 1 else "", drawing, words)
            for kind, words in KIND_WORDS.items()
        ),
    )
    return format_html('<div class="actions">{}</div>', links)
