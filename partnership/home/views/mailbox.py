"""The demo's mailbox: what the portal would have sent, to be read and answered."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from partnership.home.mailbox import mails_in


@login_not_required
def demo_mails(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    recipient = request.GET.get("to", "").strip()
    mails = mails_in(settings.EMAIL_FILE_PATH, recipient=recipient)
    return render(request, "home/demo_mails.html", {"mails": mails, "recipient": recipient})
