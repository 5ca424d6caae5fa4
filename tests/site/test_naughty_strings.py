import json
import unicodedata
from html import escape
from pathlib import Path

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.site.access_table import ACCESS, ARGUMENTS, OK, ROLES

STRINGS = json.loads((Path(__file__).parents[1] / "data" / "blns.json").read_text("utf-8"))
LISTS = [
    "schools:school_list",
    "membership:alliance_list",
    "meetings:meeting_list",
    "meetings:body_list",
    "hubs:workhub_list",
    "directory:practitioner_list",
    "directory:offer_list",
    "directory:expert_list",
    "directory:shared_post_list",
    "programmes:caseload",
    "days:report_list",
    "notices:notice_list",
    "invitations:invitation_list",
    "home:search",
    "calendar:diary",
]
TEXT_FIELDS = (forms.CharField,)
NOT_TYPED = ("seen_version", "token")
SEARCHED_AT_ONCE = 4
LONGEST_TYPED = 2_000
METHOD_NOT_ALLOWED = 405


def form_pages():
    return sorted(
        name
        for name, cells in ACCESS.items()
        if OK in cells and name not in LISTS and not name.startswith(("mfa", "account"))
    )


def who_may(world, name):
    roles = [role for role, cell in zip(ROLES, ACCESS[name], strict=True) if cell == OK]
    role = next((role for role in ("director", "officer", "head") if role in roles), roles[-1])
    client = Client()
    if role != "visitor":
        client.force_login(world.people[role])
    return client


def typed_fields(form):
    return [
        field
        for field in form
        if isinstance(field.field, TEXT_FIELDS)
        and not isinstance(field.field, forms.EmailField)
        and field.name not in NOT_TYPED
    ]


def filled(form, words):
    values = {}
    for field in form:
        value = field.value()
        if isinstance(field.field, forms.ChoiceField) and value in (None, "", []):
            value = next((key for key, _label in field.field.choices if key), "")
        values[field.html_name] = "" if value is None or value is False else value
    return values | {field.html_name: text for field, text in words}


def shows_unescaped(body, text):
    return "<" in text and text in body and escape(text) != text


def reads_its_words(form, field):
    """Whether a field makes something else of what is typed: a person, an address, a number."""
    kind = type(field.field)
    return (
        kind.clean is not forms.CharField.clean
        or kind.to_python is not forms.CharField.to_python
        or hasattr(form, f"clean_{field.name}")
    )


def is_refused_with_its_neighbours(text):
    return any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text)


def typed_one_after_the_other(form, field, strings):
    """One string at a time where words are read; else as many as fit, to be kept and shown.

    What is too long for the field is refused in any case, and so all of it is typed at once.
    """
    if reads_its_words(form, field):
        return [(text,) for text in strings]
    longest = min(field.field.max_length or LONGEST_TYPED, LONGEST_TYPED)
    served, together, too_long = [], [], []
    for text in strings:
        if len(text) > longest:
            too_long.append(text)
        elif not text.strip() or is_refused_with_its_neighbours(text):
            served.append((text,))
        else:
            if len(" ".join([*together, text])) > longest:
                served.append(tuple(together))
                together = []
            together.append(text)
    return [texts for texts in (*served, tuple(together), tuple(too_long)) if texts]


@pytest.mark.parametrize("name", form_pages())
def test_no_form_falls_over_a_naughty_string_or_shows_it_raw(world, name):
    address = reverse(name, args=ARGUMENTS.get(name, lambda _w, _t: [])(world, world.own.things))
    client = who_may(world, name)
    page = client.get(address)
    b"".join(page)
    form = (page.context or {}).get("form") if page.status_code == 200 else None
    fields = typed_fields(form) if form is not None else []
    typed = [
        typed_one_after_the_other(form, field, STRINGS[place :: len(fields)])
        for place, field in enumerate(fields)
    ]

    for turn in range(max(map(len, typed), default=0)):
        words = [
            (field, texts[turn % len(texts)]) for field, texts in zip(fields, typed, strict=True)
        ]
        with transaction.atomic():
            values = filled(form, [(field, " ".join(texts)) for field, texts in words])
            response = client.post(address, values, follow=True)
            transaction.set_rollback(True)
        b"".join(response)
        body = response.content.decode()
        assert response.status_code < 500, words
        shown = [text for _field, texts in words for text in texts]
        assert not [text for text in shown if shows_unescaped(body, text)]
        if response.status_code == METHOD_NOT_ALLOWED:
            break


@pytest.mark.parametrize("name", LISTS)
def test_no_search_falls_over_a_naughty_string_or_shows_it_raw(world, name):
    client = who_may(world, name)

    for start in range(0, len(STRINGS), SEARCHED_AT_ONCE):
        words = " ".join(STRINGS[start : start + SEARCHED_AT_ONCE])
        response = client.get(reverse(name), {"q": words, "page": words, "sort": words})
        assert response.status_code == 200, words
        assert not shows_unescaped(response.content.decode(), words)
