"""Inviting people, and accepting an invitation."""

from __future__ import annotations

from allauth.account.utils import perform_login
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.audit.services import record_export
from partnership.invitations.exporting import COLUMNS
from partnership.invitations.filters import InvitationFilter, order_of
from partnership.invitations.forms import AcceptForm, InviteForm
from partnership.invitations.links import Ticket, read_token
from partnership.invitations.models import Invitation
from partnership.invitations.notices import invited_by_words
from partnership.invitations.permissions import can_invite, can_send_again, can_withdraw
from partnership.invitations.services import (
    AlreadyInvited,
    AlreadyJoined,
    InvitationClosed,
    accept_invitation,
    invite_person,
    send_again,
    withdraw,
)
from partnership.people.provider import (
    ProvenAccount,
    forget_proven_account,
    proven_account,
)
from partnership.people.requests import PersonRequest
from partnership.people.services import AccountTaken
from partnership.toolkit.access import require
from partnership.toolkit.exports import export
from partnership.toolkit.pagination import page_of
from partnership.toolkit.spoken_dates import spoken_day


def invitation_list(request: PersonRequest) -> HttpResponse:
    require(can_invite(request.user))
    invitations = Invitation.objects.visible_to(request.user).with_state(now=timezone.now())
    filters = InvitationFilter(request.GET, queryset=invitations)
    order = request.GET.get("order", "")
    rows = filters.qs.select_related("person", "invited_by").order_by(*order_of(order))
    context = {
        "page": page_of(rows, request),
        "filters": filters,
        "order": order,
        "is_narrowed": any(filters.form.cleaned_data.values()),
    }
    return render(request, "invitations/invitation_list.html", context)


@require_safe
def invitation_export(request: PersonRequest, kind: str) -> HttpResponseBase:
    """What the list's filters leave, in its order; that it was taken out is audited."""
    require(can_invite(request.user))
    now = timezone.now()
    invitations = Invitation.objects.visible_to(request.user).with_state(now=now)
    filters = InvitationFilter(request.GET, queryset=invitations)
    rows = filters.qs.select_related("person", "invited_by")
    rows = rows.order_by(*order_of(request.GET.get("order", "")))
    record_export(of="Invitations", kind=kind, by=request.user, at=now)
    day = timezone.localdate(now)
    return export(kind, name="invitations", columns=COLUMNS, rows=rows.iterator(), on=day)


def invitation_new(request: PersonRequest) -> HttpResponse:
    require(can_invite(request.user))
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            invitation = invite_person(**form.cleaned_data, by=request.user, now=timezone.now())
        except AlreadyJoined:
            form.add_error("email", "Somebody with this address has joined already.")
        except AlreadyInvited:
            form.add_error("email", "This address has been invited: send it again from the list.")
        else:
            until = spoken_day(invitation.expires_at)
            messages.success(request, f"{invitation.person} is invited until {until}.")
            return redirect("invitations:invitation_list")
    return render(request, "invitations/invitation_form.html", {"form": form})


@require_POST
def invitation_send_again(request: PersonRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    require(can_send_again(request.user, invitation), "This invitation has been answered.")
    try:
        current = send_again(invitation=invitation, by=request.user, now=timezone.now())
    except InvitationClosed:
        messages.info(request, "This invitation has just been answered, so nothing was sent.")
    else:
        until = spoken_day(current.expires_at)
        messages.success(
            request, f"A new link is on its way to {current.person}. It works until {until}."
        )
    return redirect("invitations:invitation_list")


def invitation_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    invitations = Invitation.objects.visible_to(request.user).select_related("person")
    invitation = get_object_or_404(invitations, pk=pk)
    require(can_withdraw(request.user, invitation), "This invitation has been answered.")
    if request.method != "POST":
        return render(request, "invitations/invitation_withdraw.html", {"invitation": invitation})
    try:
        withdraw(invitation=invitation, by=request.user, now=timezone.now())
    except InvitationClosed:
        messages.info(request, "This invitation has just been answered, so it stays as it is.")
    else:
        messages.success(request, f"The invitation of {invitation.person} is withdrawn.")
    return redirect("invitations:invitation_list")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="reset_password_from_key")
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows who invites and changes nothing, since mail scanners follow links."""
    ticket = read_token(token)
    invitation = _invited_by(ticket)
    if ticket is None or invitation is None or _is_closed(invitation, ticket):
        return _without_trace(_closed(request, ticket, invitation))
    account = proven_account(request)
    posted = request.POST if request.method == "POST" else None
    form = AcceptForm(posted, person=invitation.person, has_account=account is not None)
    if form.is_valid() and request.user.is_anonymous:
        try:
            return _without_trace(_let_in(request, invitation, ticket, form, account))
        except InvitationClosed:
            return _without_trace(_closed(request, ticket, _invited_by(ticket)))
        except AccountTaken:
            messages.error(request, "That account opens somebody else’s here. Choose another way.")
            return _without_trace(redirect(request.path))
    words = invited_by_words(invitation)
    context = {"form": form, "invitation": invitation, "invited_by": words, "account": account}
    return _without_trace(render(request, "invitations/invitation_accept.html", context))


def _let_in(
    request: HttpRequest,
    invitation: Invitation,
    ticket: Ticket,
    form: AcceptForm,
    account: ProvenAccount | None,
) -> HttpResponse:
    """Accept and sign in, each by the way that the page offered."""
    forget_proven_account(request)
    person = accept_invitation(
        invitation=invitation,
        **form.cleaned_data,
        issue=ticket.issue,
        account=account,
        now=timezone.now(),
    )
    response: HttpResponse = perform_login(
        request, person, email_verification="none", redirect_url=settings.LOGIN_REDIRECT_URL
    )
    return response


def _invited_by(ticket: Ticket | None) -> Invitation | None:
    invitations = Invitation.objects.select_related("person", "invited_by")
    return invitations.filter(pk=ticket.invitation_id).first() if ticket is not None else None


def _is_closed(invitation: Invitation, ticket: Ticket) -> bool:
    is_open = invitation.state_at(timezone.now()) == Invitation.State.OPEN
    return not is_open or invitation.issue != ticket.issue


def _closed(
    request: HttpRequest, ticket: Ticket | None, invitation: Invitation | None
) -> HttpResponse:
    """One sentence that says why the link doesn't work, and what to do."""
    state = "unknown"
    if ticket is not None and invitation is not None:
        state = str(invitation.state_at(timezone.now()))
        state = "replaced" if state == Invitation.State.OPEN else state
    context = {"state": state}
    return render(request, "invitations/invitation_closed.html", context, status=410)


def _without_trace(response: HttpResponse) -> HttpResponse:
    # Under "no-referrer" browsers post "Origin: null", which the check against forgery refuses.
    response["Referrer-Policy"] = "strict-origin"
    return response
