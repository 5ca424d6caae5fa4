"""Answering a meeting: on its page, on the desk, and from the mail."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from alliances.meetings.forms import ApologiesForm
from alliances.meetings.links import read_token
from alliances.meetings.models import Meeting, MeetingReply
from alliances.meetings.permissions import answers_reply
from alliances.meetings.services import NoLongerAsked, answer_by_mail, answer_meeting
from alliances.meetings.services.answering import refuse_if_lapsed
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found, require
from partnership.toolkit.statements import answer

SAID = {
    "yes": "You have said yes",
    "maybe": "You have said maybe",
    "no": "You have sent your apologies",
}


NO_SUCH_LINK = "This link is not whole. Copy all of it from the mail, or open the mail’s button."


def reply_by_ticket(reply_id: int, _asking: int) -> MeetingReply | None:
    """The reply that a mail's link is about, if it still exists."""
    replies = MeetingReply.objects.select_related("meeting__body__alliance", "person")
    return replies.filter(pk=reply_id).first()


def _own_reply(request: PersonRequest, pk: int, reply_pk: int) -> MeetingReply:
    """Her own reply to a meeting that she may see, or one of a head who lets her answer."""
    told = {"person": request.user, "on": timezone.localdate(), "meeting": pk, "reply": reply_pk}
    reply: MeetingReply = found(answer(_visible_reply, **told))
    is_hers = answers_reply(request.user, reply, timezone.localdate())
    require(is_hers, "Everybody answers for herself.")
    return reply


def _visible_reply(*, person: Person, on: date, meeting: int, reply: int) -> QuerySet[MeetingReply]:
    visible = Meeting.objects.visible_to(person, on=on).filter(pk=meeting)
    replies = MeetingReply.objects.filter(pk=reply, meeting__in=visible.values("pk"))
    return replies.select_related("school", "meeting__body__alliance")


def _way_back(request: HttpRequest, fallback: str) -> str:
    wished = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wished, allowed_hosts=None)
    return wished if is_ours and wished.startswith("/") else fallback


def _asking(request: HttpRequest) -> int | None:
    """Which asking the page showed, so that an answer to the old day never counts for the new."""
    said = request.POST.get("asked", "").rpartition(":")[2]
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None  # noqa: PLR2004 digits


@require_POST
def meeting_answer(request: PersonRequest, pk: int, reply_pk: int) -> HttpResponse:
    """Yes, maybe or no with one click."""
    reply = _own_reply(request, pk, reply_pk)
    said = request.POST.get("answer", "")
    if said not in SAID:
        messages.error(request, "Choose yes, maybe or no.")
        return redirect(reply.meeting)
    try:
        answer_meeting(
            reply=reply,
            answer=MeetingReply.Answer(said),
            by=request.user,
            now=timezone.now(),
            asking=_asking(request),
        )
    except NoLongerAsked as lapsed:
        messages.error(request, str(lapsed))
    else:
        messages.success(request, f"{SAID[said]} to {reply.meeting.title}.")
    return redirect(_way_back(request, reply.meeting.get_absolute_url()))


def meeting_apologies(request: PersonRequest, pk: int, reply_pk: int) -> HttpResponse:
    """A no with a reason, which the chair and the administrator read, and with who comes instead."""
    reply = _own_reply(request, pk, reply_pk)
    initial = {"apologies": reply.apologies, "substitute": reply.substitute}
    form = ApologiesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            answer_meeting(
                reply=reply,
                answer=MeetingReply.Answer.NO,
                apologies=form.cleaned_data["apologies"],
                substitute=form.cleaned_data["substitute"],
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
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _lapsed(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    page = render(request, "meetings/answer_lapsed.html", {"sentence": sentence}, status=status)
    return _private(page)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_answer_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail: a GET shows title, time and place and changes nothing; a POST answers.

    The signed token is what allows it. Browsers that tell no referrer post "Origin: null", which the
    check against forgery would refuse; nobody can forge what needs the token.
    """
    ticket = read_token(token)
    reply = reply_by_ticket(*ticket) if ticket else None
    if ticket is None or reply is None:
        return _lapsed(request, NO_SUCH_LINK, status=404)
    said = ""
    try:
        if request.method == "POST":
            said = _answered_by_mail(request, reply, asking=ticket[1])
        refuse_if_lapsed(reply, asking=ticket[1], now=timezone.now())
    except NoLongerAsked as lapsed:
        return _lapsed(request, str(lapsed), status=410)
    context = {
        "meeting": reply.meeting,
        "reply": reply,
        "said": said,
        "sent_apologies": said == SAID["no"],
    }
    return _private(render(request, "meetings/answer_by_mail.html", context))


def _answered_by_mail(request: HttpRequest, reply: MeetingReply, *, asking: int) -> str:
    """Keep the answer, for all the schools that she speaks for there; what she has said."""
    said = request.POST.get("answer", "")
    if said not in SAID:
        return ""
    answer_by_mail(reply=reply, asking=asking, answer=MeetingReply.Answer(said), now=timezone.now())
    return SAID[said]
