"""What every page's frame shows: where a person can go, and as whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from partnership.toolkit.registers import NavEntry, navigation


@dataclass(frozen=True)
class Place:
    """An entry of the top bar as this page shows it."""

    label: str
    url: str
    is_current: bool
    count: int


@dataclass(frozen=True)
class Frame:
    """The frame of one page; two pages of equal frames have the same header, drawn once."""

    brand: str
    brand_line: str
    brand_url: str = "/"
    person_name: str = ""
    entries: tuple[Place, ...] = ()
    menu: tuple[NavEntry, ...] = ()
    is_demo: bool = False
    search_url: str = ""
    sign_in_url: str = ""


# Pages that a visitor reads; the front page and those that ask something have their own button.
READ_BY_VISITORS = ("/alliances/", "/help/", "/privacy/", "/cookies/", "/accessibility/")
MENU_ORDER = 900


def _place(entry: NavEntry, path: str, late_count: int) -> Place:
    starts = entry.starts or (entry.url,)
    count = late_count if entry.order == 0 else entry.count
    return Place(entry.label, entry.url, path.startswith(starts), count)


def _frame_of_visitor(path: str) -> Frame:
    return Frame(
        brand=settings.PORTAL_NAME,
        brand_line="One desk for partnerships of schools",
        is_demo=settings.DEMO,
        sign_in_url="/accounts/login/" if path.startswith(READ_BY_VISITORS) else "",
    )


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor; it costs no query beyond who is signed in."""
    person = request.user
    if not person.is_authenticated:
        return {"frame": _frame_of_visitor(request.path)}
    entries = navigation(person)
    late_count = getattr(request, "late_count", 0)
    return {
        "frame": Frame(
            brand=settings.PORTAL_NAME,
            brand_line="One desk for partnerships of schools",
            brand_url="/desk/",
            person_name=str(person),
            entries=tuple(
                _place(entry, request.path, late_count)
                for entry in entries
                if entry.order < MENU_ORDER
            ),
            menu=tuple(entry for entry in entries if entry.order >= MENU_ORDER),
            is_demo=settings.DEMO,
            search_url="/search/",
        )
    }
