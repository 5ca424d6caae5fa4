"""What templates say with `{% load portal %}`: icons, dates, states, lists and forms."""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import date, datetime, time
from functools import lru_cache
from secrets import token_hex
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import ERROR, INFO, SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.base import Parser, Token
from django.template.defaulttags import url
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from partnership.toolkit.addresses import KeptURLNode
from partnership.toolkit.field_markup import field_markup, summary_rows
from partnership.toolkit.icons import SYMBOLS, USES
from partnership.toolkit.pagination import links_between_pages
from partnership.toolkit.spoken_dates import (
    spoken_clock,
    spoken_day,
    spoken_day_short,
    spoken_moment,
    spoken_span,
)
from partnership.toolkit.telephones import with_telephones
from partnership.toolkit.time_markup import (
    date_leaf,
    time_date,
    time_day,
    time_day_short,
    time_moment,
    time_span,
)

register = template.Library()

ALWAYS_IN_SPRITE = ("late", "done")
STATES = {
    "late": ("is-late", "late"),
    "soon": ("is-soon", "soon"),
    "done": ("is-done", "done"),
    "note": ("is-note", "note"),
    "plain": ("is-quiet", "ring"),
}
MESSAGES = {
    SUCCESS: ("is-done", "done"),
    INFO: ("is-note", "note"),
    WARNING: ("is-soon", "warn"),
    ERROR: ("is-late", "late"),
}
SENTENCE_END = re.compile(r"(?<=\.)(?<!\bSt\.)(?<!\bDr\.)(?<!\bMrs\.)(?<!\bMr\.) ")
COUNT_WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
NOTHING = mark_safe("")
KEPT = 2_000
TOKEN_MARK = token_hex(32)


def _used_icons(context: Context) -> set[str]:
    """The page's icons so far, kept with the request so that every include adds to one set.

    An include `only` with its own nouns has no request: what is rendered keeps it for those.
    """
    rendered: Any = context.render_context.dicts[0]
    request = context.get("request") or rendered.get("_portal_request")
    if request is None:
        holder = rendered
    else:
        rendered["_portal_request"], holder = request, request.__dict__
    used: set[str] = holder.setdefault("_portal_icons", set())
    return used


@register.tag("url")
def kept_url(parser: Parser, token: Token) -> KeptURLNode:
    """`{% url %}` in templates that load this library."""
    node = url(parser, token)
    return KeptURLNode(node.view_name, node.args, node.kwargs, node.asvar)


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str) -> SafeString:
    """One icon; the sprite at the page's end then has its drawing."""
    _used_icons(context).add(name)
    return USES[name]


@register.simple_tag(takes_context=True)
def use_icons(context: Context, *names: str) -> SafeString:
    """Icons that a cached part of the page refers to."""
    _used_icons(context).update(names)
    return NOTHING


@register.simple_tag(takes_context=True)
def kept_include(context: Context, template_name: str, **nouns: Hashable) -> SafeString:
    """A part of pages that depends on nothing but these nouns, drawn once for equal ones."""
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn
    shown, icons = draw(template_name, tuple(nouns.items()))
    _used_icons(context).update(icons)
    return shown


@register.simple_tag(takes_context=True)
def kept_form(context: Context, template_name: str, **nouns: Hashable) -> SafeString:
    """As `kept_include`, for a part with forms: what is kept has a mark where each reader's token goes."""
    shown = kept_include(context, template_name, csrf_token=TOKEN_MARK, **nouns)
    if TOKEN_MARK not in shown:
        return shown
    return mark_safe(shown.replace(TOKEN_MARK, str(context["csrf_token"])))  # noqa: S308 (drawn by a template)


@lru_cache(maxsize=KEPT)
def _drawn(
    template_name: str, nouns: tuple[tuple[str, Hashable], ...]
) -> tuple[SafeString, frozenset[str]]:
    context = Context(dict(nouns))
    shown = get_template(template_name).template.render(context)  # type: ignore[attr-defined]  # Django's own engine
    return shown, frozenset(_used_icons(context))


@register.simple_tag(takes_context=True)
def icon_sprite(context: Context) -> SafeString:
    """The drawings of the icons that this page uses, and its parts that are told nothing else."""
    apart = context.render_context.dicts[0].get("_portal_icons", ())
    used = sorted(_used_icons(context).union(ALWAYS_IN_SPRITE, apart))
    return mark_safe(f"<svg hidden>{''.join(SYMBOLS[name] for name in used)}</svg>")  # noqa: S308 (constants)


@register.simple_tag(takes_context=True)
def status(context: Context, kind: str, word: str, icon_name: str = "") -> SafeString:
    """A state in one to three words, with an icon."""
    name, shown = _status(kind, word, icon_name)
    _used_icons(context).add(name)
    return shown


@lru_cache(maxsize=KEPT)
def _status(kind: str, word: str, icon_name: str) -> tuple[str, SafeString]:
    tone, usual_icon = STATES[kind]
    name = icon_name or usual_icon
    return name, format_html('<span class="status-tag {}">{}{}</span>', tone, USES[name], word)


@register.filter
def day(value: date | None) -> str:
    """Tuesday 12 January 2027."""
    return spoken_day(value) if value else ""


@register.filter
def day_short(value: date | None) -> str:
    """12 Jan."""
    return spoken_day_short(value) if value else ""


@register.filter
def moment(value: date | None) -> str:
    """Tuesday 12 January 2027, 4pm."""
    return spoken_moment(value) if value else ""


@register.filter
def clock(value: datetime | time | None) -> str:
    """4pm."""
    return "" if value is None or value == "" else spoken_clock(value)


@register.filter
def telephones(words: str) -> SafeString:
    """Words in which each telephone number can be rung by a tap."""
    return with_telephones(words)


@register.simple_tag
def span(starts: date | None, ends: date | None = None) -> str:
    """Tuesday 12 January 2027, 4pm to 5.30pm."""
    return spoken_span(starts, ends) if starts else ""


for said in (time_day, time_date, time_day_short, time_moment, time_span, date_leaf):
    register.simple_tag(said)


def _query(context: Context, **changes: Any) -> str:
    """The page's query string with some of it changed; None takes a value away."""
    request = context.get("request")
    if request is None:
        return "?"
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def _order(context: Context, name: str, *, first: bool) -> str:
    """How the list is ordered by this column: "ascending", "descending" or ""."""
    request = context.get("request")
    asked = request.GET.get("order", "") if request is not None else ""
    if asked == f"-{name}":
        return "descending"
    return "ascending" if asked == name or (first and not asked) else ""


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The page's query string with some of it changed."""
    return _query(context, **changes)


@register.simple_tag(takes_context=True)
def th_sort(context: Context, name: str, *, first: bool = False) -> SafeString:
    """The `aria-sort` of a column's header; `first` marks the order of a list nobody ordered."""
    order = _order(context, name, first=first)
    return format_html(' aria-sort="{}"', order) if order else NOTHING


@register.simple_tag(takes_context=True)
def sortable(context: Context, name: str, title: str, *, first: bool = False) -> SafeString:
    """A column's title as a link that orders by it, and the other way round the second time."""
    order = _order(context, name, first=first)
    drawing = {"ascending": "up", "descending": "falling"}.get(order, "both")
    _used_icons(context).add(drawing)
    asked = f"-{name}" if order == "ascending" else name
    return format_html(
        '<a href="{}">{} {}</a>', _query(context, order=asked, page=None), title, USES[drawing]
    )


@register.simple_tag(takes_context=True)
def page_links(context: Context, page: Any, label: str = "Pages") -> SafeString:
    """Previous, this page and next, keeping the query string; nothing where all fits on one."""
    if not page.has_previous and not page.has_next:
        return NOTHING
    before = _query(context, page=page.previous_number) if page.has_previous else ""
    after = _query(context, page=page.next_number) if page.has_next else ""
    return links_between_pages(before, page.number, after, label)


@register.simple_tag
def error_prefix(form: BaseForm | None) -> str:
    """What the page's title begins with while its form has errors."""
    return "Error: " if form is not None and form.is_bound and form.errors else ""


@register.simple_tag
def error_summary(form: BaseForm | None, *, once: bool = False) -> SafeString:
    """All errors on top, each a link to its field; `once` doesn't repeat what stands already."""
    if form is None or not form.is_bound or not form.errors:
        return NOTHING
    if once and getattr(form, "portal_summary_is_shown", False):
        return NOTHING
    form.portal_summary_is_shown = True  # type: ignore[attr-defined]  # a note on this one form
    rows = list(summary_rows(form))
    count = COUNT_WORDS[len(rows)] if len(rows) < len(COUNT_WORDS) else str(len(rows))
    items = format_html_join(
        "",
        "<li>{}</li>",
        (
            (format_html('<a href="#{}">{}</a>', target, words) if target else words,)
            for target, words in rows
        ),
    )
    return format_html(
        '<div class="error-summary sheet" role="alert" aria-labelledby="error-summary" '
        'tabindex="-1" data-portal-error-summary><h2 id="error-summary">{} {} another look</h2>'
        "<ul>{}</ul></div>",
        count,
        "thing needs" if len(rows) == 1 else "things need",
        items,
    )


@register.simple_tag
def portal_field(
    field: BoundField,
    wrapper_class: str = "",
    *,
    label: str | None = None,
    help_text: str | None = None,
    **attrs: Any,
) -> SafeString:
    """One field of a form; what a page says better than its form replaces label and help."""
    if label is not None:
        field.label = label
    if help_text is not None:
        field.help_text = help_text
    return field_markup(field, wrapper_class, attrs)


@register.simple_tag
def portal_name() -> str:
    """The name this portal runs under, also on pages that no request reached."""
    return str(settings.PORTAL_NAME)


@register.simple_tag
def portal_contact() -> str:
    """Where to write about the portal: an e-mail address, or nothing."""
    return str(settings.PORTAL_CONTACT)


def _message_banner(context: Context, message: Message) -> SafeString:
    tone, drawing = MESSAGES.get(message.level, MESSAGES[INFO])
    _used_icons(context).add(drawing)
    first, *rest = SENTENCE_END.split(str(message), maxsplit=1)
    words = format_html("<strong>{}</strong>{}", first, "".join(f" {each}" for each in rest))
    return format_html(
        '<div class="banner {}" role="status">{}<p>{}</p></div>', tone, USES[drawing], words
    )


@register.simple_tag(takes_context=True)
def message_banners(context: Context) -> SafeString:
    """What is now true after a POST, each as a banner."""
    banners = [_message_banner(context, each) for each in context.get("messages") or ()]
    return format_html_join("", "{}", ((banner,) for banner in banners))
