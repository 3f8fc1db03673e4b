"""A person's own signing in: devices, second step; and what a network demands."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.access.forms import RuleForm
from ydin.access.policies import needs_second_step, visible_sessions
from ydin.access.queries import (
    handle_of,
    passkeys_of,
    rule_of,
    second_steps_of,
    strict_networks_of,
    unused_recovery_codes,
)
from ydin.access.services import change_rule, end_other_sessions, end_session, note_change
from ydin.kernel.acting import acting_as
from ydin.networks.views.setup import load_network, network_tabs
from ydin.people.views.editing import attempt, see_other, signed_in


@login_required
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """Show how the reader signs in, what the second step is, and where they are signed in."""
    person = signed_in(request)
    current = request.session.session_key
    sessions = [(row, handle_of(row), row.pk == current) for row in visible_sessions(person)]
    context = {
        "sessions": sessions,
        "others": sum(not here for _row, _handle, here in sessions),
        "steps": second_steps_of(person),
        "passkeys": passkeys_of(person),
        "codes_left": unused_recovery_codes(person),
        "is_needed": needs_second_step(person),
    }
    return render(request, "access/safety.html", context)


@login_required
@require_safe
def setup(request: HttpRequest) -> HttpResponse:
    """Lead a coordinator to a second step, before anything else opens."""
    person = signed_in(request)
    way_on = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(way_on, allowed_hosts=None) and way_on.startswith("/")
    context = {
        "networks": strict_networks_of(person).order_by("name", "pk"),
        "is_ready": bool(second_steps_of(person)),
        "way_on": way_on if safe else "/",
    }
    return render(request, "access/setup.html", context)


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    count = end_other_sessions(actor=signed_in(request), current=request.session.session_key or "")
    said = ngettext("Signed out on %(count)s other device.", "Signed out on %(count)s other devices.", count)
    messages.success(request, said % {"count": count} if count else _("You were signed in nowhere else."))
    return see_other("access:safety")


@login_required
@require_POST
def end_one(request: HttpRequest, handle: str) -> HttpResponse:
    """Sign out on one other device."""
    person = signed_in(request)
    others = visible_sessions(person).exclude(pk=request.session.session_key or "")
    session = next((row for row in others if handle_of(row) == handle), None)
    if session is None:
        raise Http404
    end_session(actor=person, session=session)
    messages.success(request, _("Signed out there."))
    return see_other("access:safety")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """Show and save what the network demands."""
    found, actor = load_network(request, slug), signed_in(request)
    rule = rule_of(found)
    initial = {"version": rule.version, "needs_second_step": rule.needs_second_step}
    form = RuleForm(request.POST if request.method == "POST" else None, initial=initial)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            values = form.cleaned_data
            status = attempt(form, lambda: change_rule(actor=actor, network=found, **values))
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("The settings are saved."))
            return see_other("access:network", slug)
    context: dict[str, Any] = {
        "network": found,
        "tabs": network_tabs(found, "access:network"),
        "form": form,
        "version": rule_of(found).version,
    }
    return render(request, "access/network.html", context, status=status)


class SecondStepView(AuthenticateView):  # type: ignore[misc]  # allauth ships no types
    """The second step of signing in. A recovery code that was used is told to its owner."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Finish signing in."""
        response: HttpResponse = super().form_valid(form)
        used = getattr(form, "authenticator", None)
        if used is not None and used.type == Authenticator.Type.RECOVERY_CODES:
            person = self.stage.login.user
            with acting_as(person.pk):
                note_change(actor=person, change="recovery_used")
        return response


class RemovePasskeyView(RemoveWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    """Removes a passkey, unless it is the last second step of somebody who needs one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        passkey = self.get_object()
        kinds = Authenticator.objects.filter(user=passkey.user, type__in=["totp", "webauthn"])
        if kinds.count() == 1 and needs_second_step(passkey.user):
            words = _("Your network asks its coordinators for a second step. Keep one.")
            messages.error(self.request, words)
            return see_other("access:safety")
        response: HttpResponse = super().form_valid(form)
        return response
