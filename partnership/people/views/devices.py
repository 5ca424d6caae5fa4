"""Where somebody is signed in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from partnership.people.devices import device_words
from partnership.people.requests import PersonRequest
from partnership.people.services import sign_out_device, sign_out_everywhere_else


def device_list(request: PersonRequest) -> HttpResponse:
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    others = _others(request).filter(session_key__in=alive).order_by("-created_at", "-pk")
    context = {
        "this_device": device_words(request.headers.get("User-Agent", "")),
        "others": [(one.pk, device_words(one.user_agent), one.created_at) for one in others],
    }
    return render(request, "people/device_list.html", context)


@require_POST
def device_sign_out(request: PersonRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(_others(request), pk=pk)
    sign_out_device(session=session, by=request.user, now=timezone.now())
    messages.success(request, f"{device_words(session.user_agent)}: signed out.")
    return redirect("people:device_list")


@require_POST
def devices_sign_out(request: PersonRequest) -> HttpResponse:
    key = request.session.session_key or ""
    sign_out_everywhere_else(person=request.user, keep=key, now=timezone.now())
    messages.success(request, "You are signed out everywhere but here.")
    return redirect("people:device_list")


def _others(request: PersonRequest) -> QuerySet[UserSession]:
    own: QuerySet[UserSession] = UserSession.objects.filter(user=request.user)
    return own.exclude(session_key=request.session.session_key)
