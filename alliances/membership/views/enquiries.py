"""“Want to be involved?”: a visitor writes, and the directors answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256
from secrets import token_hex

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alliances.membership.forms import EnquiryAnswerForm, EnquiryForm
from alliances.membership.forms.enquiries import TOO_FAST, TOO_LATE
from alliances.membership.models import Alliance, Enquiry, PublicPage
from alliances.membership.services import (
    EnquirySettled,
    answer_enquiry,
    put_enquiry_aside,
    send_enquiry,
)
from alliances.membership.views.finding import Refusals, alliance_to_run, saved
from partnership.people.models import Person
from partnership.people.requests import PersonRequest
from partnership.toolkit.pagination import page_of
from partnership.toolkit.registers import ways_on

SALT = "membership.enquiry"
QUICKEST = timedelta(seconds=3)
LONGEST = timedelta(hours=12)
MOST_AN_HOUR = 5
HOUR = 3_600
TOO_OFTEN = "Several enquiries have come from your connection. Try again in an hour."
SETTLED = "Somebody has answered this enquiry already."
REFUSALS: Refusals = {EnquirySettled: ("", SETTLED)}


def new_token(now: datetime) -> str:
    """What names one sending of the form, and when it was opened."""
    return signing.dumps([token_hex(16), now.timestamp()], salt=SALT)


@login_not_required
@never_cache
def enquiry_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A visitor writes to an alliance whose public page is open."""
    pages = PublicPage.objects.open().select_related("alliance")
    page = get_object_or_404(pages, alliance__slug=slug)
    now = timezone.now()
    typed = request.POST if request.method == "POST" else None
    form = EnquiryForm(typed, initial={"token": new_token(now)})
    if form.is_valid() and _is_sent(request, form, page.alliance, now):
        return redirect("membership:enquiry_thanks", slug=slug)
    context = {"alliance": page.alliance, "page": page, "form": form}
    return render(request, "membership/enquiry_new.html", context)


def _is_sent(request: HttpRequest, form: EnquiryForm, alliance: Alliance, now: datetime) -> bool:
    """Whether it came through; what fills in the field that nobody sees is thanked and dropped."""
    if request.POST.get("homepage"):
        return True
    opened = _opened(form.cleaned_data["token"])
    if opened is None or not QUICKEST <= now - opened[1] <= LONGEST:
        is_quick = opened is not None and now - opened[1] < QUICKEST
        form.send_again(new_token(now), TOO_FAST if is_quick else TOO_LATE)
        return False
    if _is_too_often(request):
        form.send_again(new_token(now), TOO_OFTEN)
        return False
    send_enquiry(alliance=alliance, token=opened[0], **form.words, now=now)
    return True


def _opened(token: str) -> tuple[str, datetime] | None:
    try:
        nonce, stamp = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return nonce, datetime.fromtimestamp(stamp, tz=timezone.get_current_timezone())


def _is_too_often(request: HttpRequest) -> bool:
    """Whether an address has sent its share of this hour; only a digest of it is kept, an hour."""
    sender = get_adapter(request).get_client_ip(request)
    key = f"enquiries:{sha256(sender.encode()).hexdigest()}"
    cache.add(key, 0, HOUR)
    return bool(cache.incr(key) > MOST_AN_HOUR)


@login_not_required
@require_safe
def enquiry_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """It has arrived, and what happens now."""
    pages = PublicPage.objects.open().select_related("alliance")
    page = get_object_or_404(pages, alliance__slug=slug)
    return render(request, "membership/enquiry_thanks.html", {"alliance": page.alliance})


@require_safe
def enquiry_list(request: PersonRequest, slug: str) -> HttpResponse:
    """What visitors wrote in the last year, those without an answer first."""
    now = timezone.now()
    alliance = alliance_to_run(request, slug, on=timezone.localdate(now))
    enquiries = Enquiry.objects.filter(alliance=alliance).select_related("answered_by")
    context = {
        "alliance": alliance,
        "page": page_of(enquiries.waiting_first(), request),
        "now": now,
    }
    return render(request, "membership/enquiry_list.html", context)


def _enquiry(request: PersonRequest, slug: str, pk: int, today: date) -> Enquiry:
    alliance = alliance_to_run(request, slug, on=today)
    enquiries = Enquiry.objects.filter(alliance=alliance).select_related("answered_by", "alliance")
    return get_object_or_404(enquiries, pk=pk)


def enquiry_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What was written, and the director's answer or signpost."""
    now = timezone.now()
    enquiry = _enquiry(request, slug, pk, timezone.localdate(now))
    form = EnquiryAnswerForm(request.POST if request.method == "POST" else None)
    told = {"service": answer_enquiry, "enquiry": enquiry, "by": request.user, "now": now}
    if form.is_valid() and saved(form, REFUSALS, **told, **form.cleaned_data):
        messages.success(request, f"Your answer goes to {enquiry.name} by mail.")
        return redirect("membership:enquiry_list", slug=slug)
    context = {
        "alliance": enquiry.alliance,
        "enquiry": enquiry,
        "form": form,
        "unsent": "" if enquiry.is_waiting else form["answer"].value(),
        "ways": _ways(enquiry, request.user) if enquiry.is_waiting else [],
        "is_late": enquiry.is_waiting and enquiry.answer_by < now,
    }
    return render(request, "membership/enquiry_detail.html", context)


def _ways(enquiry: Enquiry, person: Person) -> list[tuple[str, str]]:
    """What upper rooms let her begin with an enquiry."""
    return ways_on(person, {"enquiry": str(enquiry.pk), "alliance": enquiry.alliance.slug})


@require_POST
def enquiry_set_aside(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """It is advertising or nonsense."""
    now = timezone.now()
    enquiry = _enquiry(request, slug, pk, timezone.localdate(now))
    try:
        put_enquiry_aside(enquiry=enquiry, by=request.user, now=now)
        messages.success(request, "Put aside; nobody is answered.")
    except EnquirySettled:
        messages.warning(request, SETTLED)
    return redirect("membership:enquiry_list", slug=slug)
