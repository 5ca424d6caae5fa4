"""Diaries in calendars elsewhere: the feed itself, and the page that helps to add it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.calendar.feeds import contents_of, feed_at, keep_tag, kept_tag
from partnership.calendar.models import DiaryFeed
from partnership.calendar.services import open_feed, renew_feed, stop_feed
from partnership.people.requests import PersonRequest
from partnership.toolkit.access import found
from partnership.toolkit.addresses import address
from partnership.toolkit.registers import Circle, circles_of

GONE = "This diary isn’t read here any more.\n"


@dataclass(frozen=True)
class Offer:
    """A diary that can be subscribed to, and its feed if there is one."""

    name: str
    alliance: str
    circle_id: int | None
    feed: DiaryFeed | None

    @property
    def url(self) -> str:
        """The secret address."""
        secret = self.feed.secret if self.feed else ""
        return settings.PORTAL_URL + address("calendar:feed_read", secret)

    @property
    def webcal(self) -> str:
        """The same, for the calendar of this device to open."""
        return f"webcal:{self.url.partition(':')[2]}"


@login_not_required
@require_safe
def feed_read(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar at a secret address, as its owner may see it today."""
    feed, today = feed_at(secret), timezone.localdate()
    if feed is None:
        return _nothing(404)
    if not feed.is_active:
        return _nothing(410)
    if (kept := kept_tag(feed, today)) and (same := _unchanged(request, kept)):
        return same
    contents = contents_of(feed, today)
    if contents is None:
        return _nothing(410)
    response = _unchanged(request, contents.etag)
    if response is None:
        response = HttpResponse(contents.body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="diary.ics"'
        response["ETag"] = contents.etag
    keep_tag(feed, today, contents.etag)
    return _private(response)


def _unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """“304 Not Modified”, if that is what the calendar has already."""
    response: HttpResponse | None = get_conditional_response(request, etag=etag)
    if response is None:
        return None
    response["ETag"] = etag
    return _private(response)


def _nothing(status: int) -> HttpResponse:
    content_type = "text/plain; charset=utf-8"
    return _private(HttpResponse(GONE, status=status, content_type=content_type))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@never_cache
def feed_list(request: PersonRequest) -> HttpResponse:
    """How to add one’s diary, or that of a group, to Outlook, Google or Apple."""
    circles = circles_of(request.user, timezone.localdate())
    feeds = {feed.circle_id: feed for feed in DiaryFeed.objects.of(request.user)}
    mine = Offer("Your own diary", "", None, feeds.get(None))
    groups = [Offer(each.name, each.alliance, each.pk, feeds.get(each.pk)) for each in circles]
    context = {
        "feeds": [mine, *(each for each in groups if each.feed)],
        "groups": [each for each in groups if not each.feed],
    }
    return render(request, "calendar/feed_list.html", context)


@require_POST
def feed_open(request: PersonRequest) -> HttpResponse:
    """An address for one’s own diary, or for that of a group that one sees."""
    circle_id = None
    if wished := request.POST.get("group", ""):
        circle_id = found([each for each in _circles(request) if str(each.pk) == wished]).pk
    open_feed(person=request.user, circle_id=circle_id, now=timezone.now())
    messages.success(request, "The address is made. Add it to your calendar as it says here.")
    return redirect("calendar:feed_list")


def _circles(request: PersonRequest) -> list[Circle]:
    return circles_of(request.user, timezone.localdate())


@require_http_methods(["GET", "HEAD", "POST"])
def feed_renew(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, then gives another address; the old one dies."""
    feed = get_object_or_404(DiaryFeed.objects.of(request.user), pk=pk)
    if request.method == "POST":
        renew_feed(feed=feed, now=timezone.now())
        messages.success(request, "There is a new address, and the old one shows nothing any more.")
        return redirect("calendar:feed_list")
    return render(request, "calendar/feed_renew.html", {"feed": feed})


@require_http_methods(["GET", "HEAD", "POST"])
def feed_stop(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks once more, then lets an address die."""
    feed = get_object_or_404(DiaryFeed.objects.of(request.user), pk=pk)
    if request.method == "POST":
        stop_feed(feed=feed, now=timezone.now())
        messages.success(request, "That address shows nothing any more.")
        return redirect("calendar:feed_list")
    return render(request, "calendar/feed_stop.html", {"feed": feed})
