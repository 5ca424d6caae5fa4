"""The outbox for portal staff, and how each person is reminded."""

from __future__ import annotations

import time

from celery import current_app
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from partnership.audit.services import record_export
from partnership.notices.composing import STOP_SALT
from partnership.notices.exporting import COLUMNS
from partnership.notices.filters import NoticeFilter
from partnership.notices.forms import RemindersForm
from partnership.notices.models import MailChoice, Notice
from partnership.notices.permissions import can_run_outbox
from partnership.notices.services import (
    choose_reminders,
    clear_refusal,
    drop_notice,
    retry_notices,
    stop_reminders,
)
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require
from partnership.toolkit.exports import export
from partnership.toolkit.pagination import page_of
from partnership.toolkit.progress import begin
from partnership.toolkit.registers import duty_kinds, notice_kinds

SALT_AGE = 400 * 24 * 3600


def notice_list(request: PersonRequest) -> HttpResponse:
    require(can_run_outbox(request.user))
    notices = Notice.objects.select_related("recipient__mail_choice")
    filters = NoticeFilter(request.GET, queryset=notices.order_by("-planned_at", "-id"))
    waiting_since = Notice.objects.oldest_due_age(timezone.now())
    return render(
        request,
        "notices/notice_list.html",
        {
            "page": page_of(filters.qs, request),
            "filters": filters,
            "waiting_minutes": int(waiting_since.total_seconds() // 60) if waiting_since else 0,
        },
    )


@require_safe
def notice_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """What the outbox's filters leave; that it was taken out is audited."""
    require(can_run_outbox(request.user))
    now = timezone.now()
    notices = Notice.objects.select_related("recipient").order_by("-planned_at", "-id")
    rows = NoticeFilter(request.GET, queryset=notices).qs.iterator()
    record_export(of="Outbox", kind=kind, by=request.user, at=now)
    day = timezone.localdate(now)
    return export(kind, name="outbox", columns=COLUMNS, rows=rows, on=day)


@require_POST
def notice_retry(request: PersonRequest, pk: int) -> HttpResponse:
    require(can_run_outbox(request.user))
    notice = get_object_or_404(Notice, pk=pk)
    tried = retry_notices(notices=[notice], by=request.user, now=timezone.now())
    if tried:
        messages.success(request, "The notice waits to be sent again.")
    else:
        messages.info(request, "This notice had not failed, so nothing was changed.")
    return redirect("notices:notice_list")


@require_POST
def notice_drop(request: PersonRequest, pk: int) -> HttpResponse:
    require(can_run_outbox(request.user))
    notice = get_object_or_404(Notice, pk=pk)
    if drop_notice(notice=notice, by=request.user, now=timezone.now()):
        messages.success(request, "The notice will not be sent.")
    else:
        messages.info(request, "This notice had gone already, so nothing was changed.")
    return redirect("notices:notice_list")


@require_POST
def notices_retry_failed(request: PersonRequest) -> HttpResponse:
    require(can_run_outbox(request.user))
    back = reverse("notices:notice_list")
    progress = begin(
        title="Trying failed notices again", person_id=request.user.pk, back=back, at=time.time()
    )
    current_app.send_task("notices.retry_failed", args=[progress.key, request.user.pk])
    return redirect("home:progress", key=progress.key)


@require_POST
def refusal_clear(request: PersonRequest, pk: int) -> HttpResponse:
    require(can_run_outbox(request.user))
    choice = get_object_or_404(MailChoice, person_id=pk)
    clear_refusal(choice=choice, by=request.user, now=timezone.now())
    messages.success(request, "The address may be written to again.")
    return redirect("notices:notice_list")


def reminders_choose(request: PersonRequest) -> HttpResponse:
    choice = MailChoice.objects.filter(person=request.user).first() or MailChoice()
    posted = request.POST if request.method == "POST" else None
    form = RemindersForm(posted, choice=choice)
    if form.is_valid():
        reminders = MailChoice.Reminders(form.cleaned_data["reminders"])
        now = timezone.now()
        choose_reminders(person=request.user, reminders=reminders, by_kind=form.by_kind, now=now)
        otherwise = ", and otherwise for some kinds" if form.by_kind else ""
        messages.success(request, f"Saved: {reminders.label}{otherwise}.")
        return redirect("notices:reminders_choose")
    news = [kind for kind in notice_kinds().values() if not kind.key.startswith("notices.")]
    context = {
        "form": form,
        "choice": choice,
        "before_joining": [kind for kind in duty_kinds().values() if kind.before_joining],
        "news": sorted(news, key=lambda kind: kind.words),
    }
    return render(request, "notices/reminders_choose.html", context)


@login_not_required
@csrf_exempt
@never_cache
def reminders_stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click from the mail (RFC 8058): only a POST changes anything, so scanners do no harm."""
    try:
        person_id = signing.loads(token, salt=STOP_SALT, max_age=SALT_AGE)
    except signing.BadSignature as error:
        raise Http404 from error
    person = get_object_or_404(Person, pk=person_id)
    is_stopped = request.method == "POST"
    if is_stopped:
        stop_reminders(person=person, now=timezone.now())
    response = render(request, "notices/reminders_stop.html", {"is_stopped": is_stopped})
    response["Referrer-Policy"] = "no-referrer"
    return response
