"""What search engines ask for: the map of the site, and what they may read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ydin.home.documents.sitemap import public_pages

CLOSED = ("/accounts/", "/apply/follow/", "/mine/", "/manage/", "/me/", "/networks/", "/import/", "/outbox/")
"""Nothing secret stands here: those pages ask who one is. It spares machines the way."""


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page in each language, and nothing that a stranger does not see."""
    context = {"pages": public_pages()}
    return render(request, "home/sitemap.xml", context, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what machines may read: the public pages; of a demo nothing."""
    del request
    closed = ("/",) if settings.IS_DEMO else CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
