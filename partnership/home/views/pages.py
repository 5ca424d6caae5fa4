"""The public front, the texts every visitor may read, and the style page."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from partnership.home.forms import StyleForm
from partnership.home.permissions import can_see_style
from partnership.people.demo import DEMO_SIGN_INS
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.registers import cards_for


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    cards = cards_for("front", request.user, None, timezone.now())
    sign_ins = DEMO_SIGN_INS if settings.DEMO else ()
    return render(request, "home/front.html", {"cards": cards, "sign_ins": sign_ins})


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.html")


@login_not_required
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "home/cookies.html")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")


@login_not_required
def help(request: HttpRequest) -> HttpResponse:  # noqa: A001 the page's own name
    return render(request, "home/help.html")


def style(request: PersonRequest) -> HttpResponse:
    require(can_see_style(request.user))
    form, error_form = StyleForm(prefix="good"), StyleForm({}, prefix="bad")
    return render(request, "home/style.html", {"form": form, "error_form": error_form})
