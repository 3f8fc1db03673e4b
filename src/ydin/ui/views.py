from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ydin.ui.bundle import ASSETS, Asset
from ydin.ui.share import picture

DAY: Final = 60 * 60 * 24
YEAR: Final = DAY * 365


@csrf_exempt
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language in a cookie and go back to the page.

    Without a CSRF token, so that public pages stay the same for everybody and can be cached; a request
    that another site sends changes nothing.
    """
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    code = request.POST.get("language", "")
    known = code in dict(settings.LANGUAGES) and check_for_language(code)
    if not known or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return _see_other(back)
    response = _see_other(translate_url(back, code))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _see_other(path: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": path})


@require_safe
def asset(request: HttpRequest, kind: str, digest: str = "") -> HttpResponse:
    """Send one of the files that every page may ask for (a key of bundle.ASSETS)."""
    return _serve(request, ASSETS[kind](), digest)


@require_safe
def share(request: HttpRequest, language: str) -> HttpResponse:
    """Send the picture that other sites show beside a link, in one of the site's languages."""
    del request
    if language not in dict(settings.LANGUAGES):
        raise Http404
    response = HttpResponse(picture(language), content_type="image/png")
    response.headers["Cache-Control"] = f"public, max-age={DAY}"
    return response


def _serve(request: HttpRequest, asset: Asset, digest: str) -> HttpResponse:
    """Send the file, compressed as the browser likes; an address of another version is kept for a minute."""
    accepted = request.headers.get("Accept-Encoding", "")
    body, encoding = asset.content, ""
    if asset.is_packed:
        accepted = ""
    if "br" in accepted:
        body, encoding = asset.brotli, "br"
    elif "gzip" in accepted:
        body, encoding = asset.gzip, "gzip"
    keep = f"public, max-age={YEAR}, immutable" if digest == asset.digest else "public, max-age=60"
    headers = {"Cache-Control": keep, "Vary": "Accept-Encoding", "ETag": f'"{asset.digest}{encoding}"'}
    if encoding:
        headers["Content-Encoding"] = encoding
    return HttpResponse(body, content_type=asset.content_type, headers=headers)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page that a form shows when its token is missing or too old."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
