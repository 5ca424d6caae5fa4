"""Two questions of machines: does the process answer, and can the portal do its work."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnership.home.readiness import readiness


@login_not_required
@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    parts = readiness(now=timezone.now())
    is_ready = all(part.is_ready for part in parts.values())
    told = {
        name: {"ready": part.is_ready} | ({} if part.age is None else {"age_in_seconds": part.age})
        for name, part in parts.items()
    }
    return JsonResponse({"ready": is_ready, "parts": told}, status=200 if is_ready else 503)
