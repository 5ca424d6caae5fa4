"""What the pages about signing in show of the settings."""

from __future__ import annotations

from django import template
from django.conf import settings

from partnership.people.provider import provider_name

register = template.Library()


@register.simple_tag
def sign_in_providers() -> list[dict[str, str]]:
    """The providers that are set up, in the order of the settings."""
    return [{"id": str(one["id"]), "name": str(one["name"])} for one in settings.SIGN_IN_PROVIDERS]


@register.filter
def provider_words(provider: str) -> str:
    """What people call a provider."""
    return provider_name(provider)
