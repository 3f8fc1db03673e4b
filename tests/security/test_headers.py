"""Every answer carries the security headers, whatever made it; cookies are kept from scripts and other sites."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from ydin.kernel.http import HEADERS, HeadersMiddleware

EXACT = {name: value for name, value in HEADERS.items() if name != "Content-Security-Policy"}


def missing(answer: HttpResponse) -> list[str]:
    """What the answer lacks."""
    faults = [name for name, value in EXACT.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "*" in policy:
        faults.append(f"policy {policy!r}")
    return faults


@pytest.mark.django_db
def test_errors_files_and_refused_methods_carry_them_too() -> None:
    nobody = Client(raise_request_exception=False)
    script = next(iter(finders.find("account/js/onload.js", find_all=True)))
    assert script
    for answer, status in (
        (nobody.get("/no/such/page/"), 404),
        (nobody.get("/static/account/js/onload.js"), 200),
        (nobody.get("/static/no-such.js"), 404),
        (nobody.get("/", headers={"host": "evil.example"}), 400),
        (nobody.generic("TRACE", "/"), 405),
        (nobody.options("/"), 405),
        (nobody.post("/"), 405),
        (nobody.get("/mine/"), 302),
        (Client(enforce_csrf_checks=True).post(reverse("account_request_login_code"), {"email": "x"}), 403),
        (
            nobody.generic(
                "POST",
                "/language/",
                b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1),
                "application/x-www-form-urlencoded",
            ),
            400,
        ),
    ):
        answer.close()
        assert answer.status_code == status
        assert missing(answer) == [], answer


def test_a_server_error_carries_them_too() -> None:
    def broken(request: object) -> HttpResponse:
        return HttpResponse(status=500)

    answer = HeadersMiddleware(broken)(RequestFactory().get("/"))
    assert missing(answer) == []
    assert settings.MIDDLEWARE[0] == "ydin.kernel.http.HeadersMiddleware"


@pytest.mark.django_db
@override_settings(
    SECURE_SSL_REDIRECT=True,
    SECURE_HSTS_SECONDS=31536000,
    SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
    SESSION_COOKIE_NAME="__Host-sessionid",
    SESSION_COOKIE_SECURE=True,
    CSRF_COOKIE_NAME="__Host-csrftoken",
    CSRF_COOKIE_SECURE=True,
)
def test_over_tls_cookies_belong_to_this_host_alone_and_plain_http_is_left() -> None:
    client = Client()
    plain = client.get("/")
    assert plain.status_code == 301 and plain.headers["Location"].startswith("https://")
    assert missing(plain) == []
    answer = client.get(reverse("account_request_login_code"), secure=True)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")
    client.post(reverse("account_request_login_code"), {"email": "aino@example.org"}, secure=True)
    names = set(client.cookies)
    assert {"__Host-sessionid", "__Host-csrftoken"} <= names
    for name in ("__Host-sessionid", "__Host-csrftoken"):
        cookie = client.cookies[name]
        assert cookie["secure"] and cookie["httponly"] and cookie["path"] == "/" and not cookie["domain"]
        assert cookie["samesite"] == "Lax"
