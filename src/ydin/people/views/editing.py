"""What pages that edit a row have in common: one attempt to save, and what to show when it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.people.policies import Actor, as_person


@dataclass(frozen=True)
class Difference:
    """A field in which what was typed and what is there now are not the same, both in words."""

    label: str
    typed: str
    current: str


def signed_in(request: HttpRequest) -> Actor:
    """Return the person behind the request; only for views behind `login_required`."""
    person = as_person(request.user)
    if person is None:
        raise PermissionDenied
    return person


def see_other(to: str, *args: Any) -> HttpResponse:
    """Redirect after a POST (303) to a path, or to the address of this name."""
    response = HttpResponseRedirect(to if to.startswith("/") else reverse(to, args=args))
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def is_foreign(request: HttpRequest) -> bool:
    """Tell whether another site's page sent the form.

    Public forms set no cookie, so they carry no token. They act for nobody: what they write, anybody may write.
    """
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


def attempt(form: forms.Form, action: Callable[[], object]) -> HTTPStatus:
    """Do `action` when the form is good and return 303; else 422.

    A refusal goes to the top of the form: 422, or 409 for a conflict. NotAllowed becomes 403.
    """
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        action()
    except NotAllowed as error:
        raise PermissionDenied from error
    except Refused as error:
        form.add_error(None, str(error))
        return HTTPStatus.UNPROCESSABLE_ENTITY
    except Conflict as error:
        form.add_error(None, str(error))
        return HTTPStatus.CONFLICT
    return HTTPStatus.SEE_OTHER


def tap(request: HttpRequest, action: Callable[[], object], done: str, to: str) -> HttpResponse:
    """Do what one button says and go to `to`; what is refused is told there. NotAllowed becomes 403."""
    try:
        action()
    except NotAllowed as error:
        raise PermissionDenied from error
    except (Refused, Conflict) as said:
        messages.error(request, str(said))
    else:
        messages.success(request, done)
    return see_other(to)


def differences(form: forms.Form, typed: Mapping[str, Any], current: Mapping[str, Any]) -> list[Difference]:
    """Return where a valid form and the row disagree, in the order of the form."""
    found = []
    for name, field in form.fields.items():
        if name not in current or name not in typed:
            continue
        mine, theirs = in_words(field, typed[name]), in_words(field, current[name])
        if mine != theirs:
            found.append(Difference(str(field.label), mine, theirs))
    return found


def in_words(field: forms.Field, value: Any) -> str:
    """Return a value of a field as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, (forms.MultipleChoiceField, forms.ChoiceField)) and not hasattr(field, "queryset"):
        labels = {str(k): str(v) for k, v in _pairs(field.choices)}
        several = value if isinstance(value, (list, tuple)) else [value]
        return ", ".join(labels.get(str(v), str(v)) for v in several)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(sorted(str(v) for v in value))
    return "" if value is None else str(value)


def _pairs(choices: Any) -> list[tuple[Any, Any]]:
    return list(choices)
