import gzip
import hashlib
import re
from pathlib import Path

import pytest
from bootstrap_wrapper import get_bootstrap_dir
from django.conf import settings
from django.contrib.staticfiles import finders

from partnership.toolkit.icons import DRAWINGS

PORTAL = settings.BASE_DIR / "static" / "portal"
TOKENS = (PORTAL / "tokens.css").read_text()
COMPONENTS = (PORTAL / "components.css").read_text()
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|color)\(")
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
FIRST_PAGE = (
    "bootstrap/css/bootstrap.min.css",
    "portal/tokens.css",
    "portal/components.css",
    "portal/portal.js",
)
GROUNDS = ("paper", "sheet", "well")
TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "action", "late") for ground in GROUNDS],
    *[("action-deep", ground) for ground in GROUNDS],
    *[("soon", ground) for ground in ("paper", "sheet")],
    *[("note", ground) for ground in ("paper", "sheet")],
    *[
        (ink, f"{tone}-wash")
        for tone in ("late", "soon", "note", "action")
        for ink in ("ink", "ink-soft", "action", "late" if tone == "late" else "ink")
    ],
    *[(tone, f"{tone}-wash") for tone in ("late", "soon", "note", "action")],
    ("action-ink", "action"),
    ("action-ink", "action-deep"),
]
EDGE_PAIRS = [
    *[("focus", ground) for ground in (*GROUNDS, "action-wash")],
    *[("line-strong", ground) for ground in ("paper", "sheet")],
    *[(f"{tone}-edge", "paper") for tone in ("late", "soon", "note", "action")],
    *[(f"{tone}-edge", "sheet") for tone in ("late", "soon", "note", "action")],
    ("action", "paper"),
]


def tokens(mode):
    whole = re.sub(r"/\*.*?\*/", "", TOKENS, flags=re.S)
    light, dark = re.search(
        r":root \{(.*?)\n\}\s*@media \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\n  \}",
        whole,
        re.S,
    ).groups()
    pattern = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    values = dict(pattern.findall(light))
    return values if mode == "light" else values | dict(pattern.findall(dark))


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_bootstrap_is_the_published_file():
    published = {
        "css/bootstrap.min.css": "d85327d9",
        "js/bootstrap.bundle.min.js": "e4fd4918",
    }

    found = {
        name: hashlib.sha256((Path(get_bootstrap_dir()) / name).read_bytes()).hexdigest()[:8]
        for name in published
    }

    assert found == published


def test_first_page_asks_for_four_small_files():
    named = settings.BASE_DIR / "templates" / "includes" / "_assets.html"
    asked = re.findall(r'{% static "([^"]+)" %}', named.read_text())

    sizes = [len(gzip.compress(Path(finders.find(name)).read_bytes(), 9)) for name in FIRST_PAGE]

    assert sorted(asked) == sorted([*FIRST_PAGE, "portal/favicon.svg"])
    assert sum(sizes) <= 60_000


def test_colours_stand_in_the_tokens_alone():
    others = [path for path in PORTAL.rglob("*") if path.suffix in {".css", ".js"}]
    others.remove(PORTAL / "tokens.css")

    offenders = {str(path): COLOUR.findall(path.read_text()) for path in (*others, *TEMPLATES)}

    assert {name: found for name, found in offenders.items() if found} == {}


def test_mark_and_mails_use_the_tokens_values():
    known = set(tokens("light").values()) | set(tokens("dark").values()) | {"#fff"}
    mail = (settings.BASE_DIR / "templates" / "mail" / "mail.css").read_text()
    mark = (PORTAL / "favicon.svg").read_text()

    assert set(re.findall(r"#[0-9a-f]{3,6}\b", mail + mark)) <= known


def test_every_token_in_use_exists():
    used = set(re.findall(r"var\(--([\w-]+)", COMPONENTS))
    set_here = set(re.findall(r"--([\w-]+):", COMPONENTS + TOKENS))

    assert used - set_here == set()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), sorted(set(TEXT_PAIRS)))
def test_text_is_readable(mode, ink, ground):
    values = tokens(mode)

    assert contrast(values[ink], values[ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_and_rings_are_visible(mode, edge, ground):
    values = tokens(mode)

    assert contrast(values[edge], values[ground]) >= 3


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_inline_style_or_script(path):
    text = path.read_text()
    is_mail = "mail" in path.parts
    banned = re.findall(r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)[^>]*>|<style", text)

    assert banned == (["<style"] if is_mail and path.name == "base.html" else [])


def test_icons_of_the_whole_portal_exist():
    wanted = {"late", "soon", "done", "cross", "down", "menu", "person", "search", "calendar"}
    wanted |= {"file", "download", "lock", "check", "plus", "pin", "clock", "info", "ring"}
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% (?:icon|use_icons) "([^"]+)"', path.read_text())
    }

    assert (wanted | named) - set(DRAWINGS) == set()
