"""Answering a meeting: on its page, on the desk, and from the mail."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alliances.meetings.forms import ApologiesForm
from alliances.meetings.links import read_token
from alliances.meetings.models import MeetingReply
from alliances.meetings.services import NoLongerAsked, answer_meeting
from alliances.meetings.services.answering import refuse_if_lapsed
from alliances.meetings.views.finding import meeting_for
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import require

SAID = {
    "yes": "You have said yes",
    "maybe": "You have said maybe",
    "no": "You have sent your apologies",
}


def _own_reply(request: PersonRequest, pk: int, reply_pk: int) -> MeetingReply:
    """Her own reply to a meeting that she may see; somebody else's is forbidden."""
    meeting = meeting_for(request, pk)
    reply = get_object_or_404(meeting.replies.select_related("school"), pk=reply_pk)
    require(reply.person_id == request.user.pk, "Everybody answers for herself.")
    reply.meeting = meeting
    return reply


def _way_back(request: HttpRequest, fallback: str) -> str:
    wished = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wished, allowed_hosts=None)
    return wished if is_ours and wished.startswith("/") else fallback


@require_POST
def meeting_answer(request: PersonRequest, pk: int, reply_pk: int) -> HttpResponse:
    """Yes, maybe or no with one click."""
    reply = _own_reply(request, pk, reply_pk)
    answer = request.POST.get("answer", "")
    if answer not in SAID:
        messages.error(request, "Choose yes, maybe or no.")
        return redirect(reply.meeting)
    try:
        chosen = MeetingReply.Answer(answer)
        answer_meeting(reply=reply, answer=chosen, by=request.user, now=timezone.now())
    except NoLongerAsked as lapsed:
        messages.error(request, str(lapsed))
    else:
        messages.success(request, f"{SAID[answer]} to {reply.meeting.title}.")
    return redirect(_way_back(request, reply.meeting.get_absolute_url()))


def meeting_apologies(request: PersonRequest, pk: int, reply_pk: int) -> HttpResponse:
    """A no with a reason, which the chair and the administrator read."""
    reply = _own_reply(request, pk, reply_pk)
    initial = {"apologies": reply.apologies}
    form = ApologiesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            answer_meeting(
                reply=reply,
                answer=MeetingReply.Answer.NO,
                apologies=form.cleaned_data["apologies"],
                by=request.user,
                now=timezone.now(),
            )
        except NoLongerAsked as lapsed:
            messages.error(request, str(lapsed))
        else:
            messages.success(request, f"{SAID['no']} to {reply.meeting.title}.")
        return redirect(reply.meeting)
    return render(request, "meetings/meeting_apologies.html", {"form": form, "reply": reply})


def _private(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@never_cache
def meeting_answer_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail: a GET shows title, time and place and changes nothing; a POST answers."""
    found = read_token(token)
    if found is None:
        raise Http404
    replies = MeetingReply.objects.select_related("meeting__body__alliance", "person")
    reply = get_object_or_404(replies, pk=found[0])
    answer = request.POST.get("answer", "") if request.method == "POST" else ""
    said, now = "", timezone.now()
    try:
        refuse_if_lapsed(reply, asking=found[1], now=now)
        if answer in SAID:
            chosen = MeetingReply.Answer(answer)
            answer_meeting(reply=reply, answer=chosen, by=reply.person, now=now, asking=found[1])
            said = SAID[answer]
    except NoLongerAsked as lapsed:
        context = {"sentence": str(lapsed)}
        return _private(render(request, "meetings/answer_lapsed.html", context, status=410))
    context = {"meeting": reply.meeting, "reply": reply, "said": said}
    return _private(render(request, "meetings/answer_by_mail.html", context))
