"""The portal's icons: paths drawn on 24 by 24 with a line of 2, and no others."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

_CALENDAR = '<rect x="4" y="5" width="16" height="15" rx="1.5"/><path d="M4 10h16M8 3v4M16 3v4"/>'
_DOWNLOAD = '<path d="M12 4v11M7 11l5 5 5-5M5 20h14"/>'
_NOTE = '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7v.5"/>'
_RING = '<circle cx="12" cy="12" r="8"/>'
_TICK = '<path d="M5 12.5l4.5 4.5L19 7.5"/>'
_CLOCK = '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>'
_PENCIL = '<path d="M4 20l1-4L16 5l3 3L8 19z"/>'

DRAWINGS = {
    "both": '<path d="M8 10l4-4 4 4M8 14l4 4 4-4"/>',
    "calendar": _CALENDAR,
    "check": _TICK,
    "clock": _CLOCK,
    "cross": '<path d="M6 6l12 12M18 6L6 18"/>',
    "day": _CALENDAR,
    "done": _TICK,
    "down": '<path d="M6 9l6 6 6-6"/>',
    "download": _DOWNLOAD,
    "draft": _PENCIL,
    "edit": _PENCIL,
    "falling": '<path d="M12 5v14M6 13l6 6 6-6"/>',
    "file": '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>',
    "home": '<path d="M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6"/>',
    "info": _NOTE,
    "key": '<circle cx="8" cy="8" r="4.5"/><path d="M11.2 11.2L20 20M16 16l2.5-2.5M18.5 18.5l2-2"/>',
    "late": '<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.5v.5"/>',
    "link": '<path d="M10 14l4-4M9 8l3-3a4 4 0 0 1 6 6l-3 3M15 16l-3 3a4 4 0 0 1-6-6l3-3"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="1.5"/>'
    '<path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "mail": '<rect x="3" y="5" width="18" height="14" rx="1.5"/><path d="M3.5 7l8.5 6 8.5-6"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "note": _NOTE,
    "pause": '<path d="M9 6v12M15 6v12"/>',
    "people": '<circle cx="9" cy="9" r="3.5"/><path d="M2.5 19c.8-3.5 3.3-5 6.5-5s5.7 1.5 '
    '6.5 5M15 5.8a3.5 3.5 0 0 1 0 6.4M17.5 14.5c2.2.6 3.5 2.1 4 4.5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5"/>',
    "phone": '<path d="M6 4h4l1.5 4.5L9 10.5c1 2 2.5 3.5 4.5 4.5l2-2.5L20 14v4c0 1-1 2-2 2'
    'C11 19.5 4.5 13 4 6c0-1 1-2 2-2z"/>',
    "pin": '<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0C18.5 15 12 21 12 21z"/>'
    '<circle cx="12" cy="10" r="2.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"/>',
    "repeat": '<path d="M4 12a7 7 0 0 1 12-5l3 3M19 5v5h-5M20 12a7 7 0 0 1-12 5l-3-3M5 19v-5h5"/>',
    "ring": _RING,
    "save": _DOWNLOAD,
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>',
    "soon": _CLOCK,
    "swap": '<path d="M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4"/>',
    "todo": _RING,
    "up": '<path d="M12 19V5M6 11l6-6 6 6"/>',
    "warn": '<path d="M12 4L2.5 20h19zM12 10v5M12 17.5v.2"/>',
}

USES: dict[str, SafeString] = {
    name: mark_safe(f'<svg class="icon" aria-hidden="true"><use href="#icon-{name}"/></svg>')  # noqa: S308 (constants)
    for name in DRAWINGS
}
SYMBOLS = {
    name: f'<symbol id="icon-{name}" viewBox="0 0 24 24">{drawing}</symbol>'
    for name, drawing in DRAWINGS.items()
}
