"""Addresses that stand on every page: worked out once, since they never change while we run."""

from __future__ import annotations

from functools import lru_cache

from django.template import Context
from django.template.defaulttags import URLNode
from django.urls import reverse
from django.utils.html import conditional_escape


@lru_cache(maxsize=4_000)
def address(name: str, *arguments: object) -> str:
    """As `reverse` gives it."""
    return reverse(name, args=arguments)


class KeptURLNode(URLNode):
    """As Django's own, but an address is worked out once and not for each page."""

    def render(self, context: Context) -> str:
        """The address; with keywords or `as` Django's own way."""
        if self.kwargs or self.asvar:
            return str(super().render(context))
        arguments = [argument.resolve(context) for argument in self.args]
        return conditional_escape(address(self.view_name.resolve(context), *arguments))
