from functools import partial

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.site.access_table import ACCESS, ARGUMENTS, DENIED, HIDDEN, LOGIN, OK, ROLES

OUTSIDE = ("admin",)


def url_names(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            if pattern.namespace not in OUTSIDE:
                yield from url_names(pattern, space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}"


def outcome(response):
    if response.status_code == 302 and response["Location"].startswith("/accounts/login/"):
        return LOGIN
    return {403: DENIED, 404: HIDDEN, 410: HIDDEN}.get(response.status_code, OK)


def ask(client, method, address):
    with transaction.atomic():
        response = getattr(client, method)(address)
        b"".join(response)
        assert response.status_code < 500, (method, address, response.status_code)
        transaction.set_rollback(True)
    return response


@pytest.fixture(scope="module")
def sessions(founded, undone_with_module):
    """Each role signed in once, before any test began."""
    with undone_with_module():
        return {role: session_of(founded, role) for role in ROLES if role != "visitor"}


def session_of(world, role):
    client = Client()
    client.force_login(world.people[role])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def signed_in(sessions, role):
    client = Client()
    if role in sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[role]
    return client


def test_every_page_states_its_access():
    assert sorted(set(url_names())) == sorted(ACCESS)


@pytest.mark.parametrize("name", sorted(ACCESS))
def test_each_role_gets_what_the_table_says(world, sessions, name):
    address_of = partial(reverse, name)
    arguments = ARGUMENTS.get(name, lambda _world, _things: [])
    own = address_of(args=arguments(world, world.own.things))
    foreign = address_of(args=arguments(world, world.foreign.things))
    expected, seen = {}, {}
    for role, cell in zip(ROLES, ACCESS[name], strict=True):
        client = signed_in(sessions, role)
        addresses = {"own": own}
        if foreign != own and role in {"head", "lead", "director"}:
            addresses["foreign"] = foreign
        for whose, address in addresses.items():
            stated = cell if whose == "own" else ACCESS[name][ROLES.index("stranger")]
            for method in ("get", "post"):
                response = ask(client, method, address)
                if response.status_code == 405:
                    continue
                expected[role, whose, method] = stated
                seen[role, whose, method] = outcome(response)

    assert seen == expected
