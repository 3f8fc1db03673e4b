"""A person's app passwords for CalDAV: make one, shown once; take it back; how to set up a device."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ydin.calendar.forms import AppPasswordForm
from ydin.calendar.policies import own_app_passwords
from ydin.calendar.services import create_app_password, revoke_app_password
from ydin.calendar.views.addresses import devices_page
from ydin.kernel.errors import Refused
from ydin.meetings.documents.check_in import qr_picture
from ydin.people.policies import as_person


def _connection(request: HttpRequest) -> dict[str, Any]:
    """Return what a program needs to know except the password."""
    person = as_person(request.user)
    assert person is not None
    base = urlsplit(settings.BASE_URL)
    scheme = "caldavs" if base.scheme == "https" else "caldav"
    link = f"{scheme}://{quote(person.email, safe='')}@{base.netloc}{reverse('calendar:dav')}"
    return {
        "server": base.netloc,
        "address": f"{settings.BASE_URL}{reverse('calendar:dav')}",
        "user_name": person.email,
        "android_link": link,
    }


@login_required
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Make a password and show it, this once: the answer to the form itself, kept nowhere."""
    form = AppPasswordForm(request.POST)
    person = as_person(request.user)
    assert person is not None
    if not form.is_valid():
        return devices_page(request, password_form=form, status=422)
    try:
        row, secret = create_app_password(actor=person, name=form.cleaned_data["device"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return devices_page(request, password_form=form, status=422)
    context = {**_connection(request), "device": row.name, "secret": secret}
    response = render(request, "calendar/password.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a password back."""
    person = as_person(request.user)
    assert person is not None
    password = get_object_or_404(own_app_passwords(person), pk=pk)
    revoke_app_password(actor=person, password=password)
    messages.success(request, _("The password no longer works."))
    return HttpResponse(status=303, headers={"Location": reverse("calendar:mine")})


@login_required
@require_safe
def setup(request: HttpRequest) -> HttpResponse:
    """Tell how to set up iPhone, Android and Thunderbird, step by step."""
    shown = _connection(request)
    return render(request, "calendar/setup.html", {**shown, "qr": qr_picture(shown["android_link"])})
