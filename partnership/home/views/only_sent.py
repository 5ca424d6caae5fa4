"""Addresses that only take what a form sends: whoever opens one by hand is told so, with a way back."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

OPENING = ("GET", "HEAD")


class OnlySentMiddleware:
    """Puts a page where a browser would show nothing: reloaded, bookmarked or typed by hand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; only a person who opens a page is shown one."""
        response = self.get_response(request)
        is_opened = request.method in OPENING and request.accepts("text/html")
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not is_opened:
            return response
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page
