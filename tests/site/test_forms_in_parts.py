import re

from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
INCLUDE = re.compile(r'{%\s*include\s+"([^"]+)"(.*?)%}')


def asks_for_token(name, words):
    text = words.get(name, "")
    inside = (part for part, given in INCLUDE.findall(text) if " only" not in given)
    return "csrf_token" in text or any(asks_for_token(part, words) for part in inside)


def test_form_in_a_part_is_given_its_token():
    words = {
        str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")
    }

    without = [
        (page, part)
        for page, text in words.items()
        for part, given in INCLUDE.findall(text)
        if " only" in given and "csrf_token" not in given and asks_for_token(part, words)
    ]

    assert without == []
