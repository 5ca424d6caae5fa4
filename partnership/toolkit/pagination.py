"""Pages of a list by looking one row ahead: no count over the whole table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from partnership.toolkit.answers import Answers

PAGE_SIZE = 50
LAST_PAGE = 2_000
LONGEST_NUMBER = 4


class Page:
    """Up to `size` rows of a list, and whether there are more."""

    def __init__(self, rows: list[Any], *, number: int, has_next: bool) -> None:
        """Hold one page; `number` counts from 1."""
        self.rows = rows
        self.number = number
        self.has_next = has_next
        self.has_previous = number > 1

    def __iter__(self) -> Iterator[Any]:
        """Run through the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Count the rows on this page."""
        return len(self.rows)

    @property
    def previous_number(self) -> int:
        """The page before this one."""
        return self.number - 1

    @property
    def next_number(self) -> int:
        """The page after this one."""
        return self.number + 1


def page_of(rows: QuerySet[Any] | Answers, request: HttpRequest, *, size: int = PAGE_SIZE) -> Page:
    """The page that the query string asks for; nonsense asks for the first one."""
    asked = request.GET.get("page", "1")
    number = (
        int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else 1
    )
    number = min(max(number, 1), LAST_PAGE)
    first = (number - 1) * size
    ahead = list(rows[first : first + size + 1])
    return Page(ahead[:size], number=number, has_next=len(ahead) > size)


def links_between_pages(before: str, number: int, after: str, label: str) -> SafeString:
    """Previous, this page and next; an empty address is a page that isn’t there."""
    return format_html(
        '<nav class="mt-4" aria-label="{}"><ul class="pagination">{}'
        '<li class="page-item active" aria-current="page"><span class="page-link">Page {}</span>'
        "</li>{}</ul></nav>",
        label,
        _page_item(before, "Previous"),
        number,
        _page_item(after, "Next"),
    )


def _page_item(address: str, words: str) -> SafeString:
    if not address:
        return format_html(
            '<li class="page-item disabled"><span class="page-link">{}</span></li>', words
        )
    return format_html(
        '<li class="page-item"><a class="page-link" href="{}">{}</a></li>', address, words
    )
