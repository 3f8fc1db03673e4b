"""The work page of those from outside: what institutes publish and are asked; what students make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ydin.institutes.documents import page_shown, seen_institute, seen_page
from ydin.institutes.forms import (
    ASSIGNMENT_FIELDS,
    FACILITY_FIELDS,
    AssignmentForm,
    FacilityForm,
    InterestAnswerForm,
    PageForm,
    StudentForm,
    VersionForm,
)
from ydin.institutes.policies import (
    can_answer_interest,
    can_write_page,
    own_institutes,
    unsigned_networks,
    visible_assignments,
    visible_demos,
    visible_facilities,
    visible_interests,
)
from ydin.institutes.queries import (
    demos_made_by,
    interests_with_names,
    students_of,
    waiting_first,
)
from ydin.institutes.rules import InterestState
from ydin.institutes.services.interest import answer_interest
from ydin.institutes.services.pages import (
    change_assignment,
    change_facility,
    show_page,
    take_page_down,
    write_assignment,
    write_facility,
)
from ydin.kernel.errors import Conflict, Refused
from ydin.networks.queries import commitment_now, commitments_of, regions_of
from ydin.networks.rules import NetworkRole
from ydin.networks.services.outsiders import invite_outsider
from ydin.people.views.editing import attempt, differences, see_other, signed_in
from ydin.ui.audience import ask_first

WRITE = ["GET", "HEAD", "POST"]
MOST = 50


@dataclass(frozen=True)
class Kind:
    """Facilities or assignments: what their pages need."""

    name: str
    visible: Callable[[Any], Any]
    form: type[PageForm]
    fields: tuple[str, ...]
    write: Callable[..., Any]
    change: Callable[..., Any]


def _change_facility(*, page: Any, **more: Any) -> Any:
    return change_facility(facility=page, **more)


def _change_assignment(*, page: Any, **more: Any) -> Any:
    return change_assignment(assignment=page, **more)


KINDS = {
    "facility": Kind(
        "facility", visible_facilities, FacilityForm, FACILITY_FIELDS, write_facility, _change_facility
    ),
    "assignment": Kind(
        "assignment",
        visible_assignments,
        AssignmentForm,
        ASSIGNMENT_FIELDS,
        write_assignment,
        _change_assignment,
    ),
}


@login_required
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Show an institute what it is asked and what it publishes; a student what they make."""
    return _work(request)


def _work(
    request: HttpRequest, *, status: int = HTTPStatus.OK, bound: tuple[int, StudentForm] | None = None
) -> HttpResponse:
    person = signed_in(request)
    asked = interests_with_names(visible_interests(person))
    context = {
        "unsigned": list(unsigned_networks(person).order_by("name")),
        "institutes": [
            _institute(person, one, asked, bound) for one in own_institutes(person).select_related("network")
        ],
        "made": waiting_first(visible_demos(person).filter(pk__in=demos_made_by(person).values("demo")))[
            :MOST
        ],
    }
    response = render(request, "institutes/work.html", context, status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _institute(
    person: Any, institute: Any, asked: Any, bound: tuple[int, StudentForm] | None
) -> dict[str, Any]:
    network = institute.network
    number = commitment_now(network, network.default_language).number
    signed = commitments_of(network)
    form = StudentForm(initial={"language": network.default_language})
    return {
        "institute": institute,
        "seen": seen_institute(institute),
        "demos": waiting_first(visible_demos(person).filter(institute=institute))[:MOST],
        "interests": [
            (one, InterestAnswerForm(initial={"version": one.version}, auto_id=f"id_{one.pk}_%s"))
            for one in asked.filter(institute=institute, state=InterestState.ASKED)[:MOST]
        ],
        "answered": asked.filter(institute=institute, state=InterestState.AGREED)[:MOST],
        "facilities": visible_facilities(person).filter(institute=institute).order_by("title", "pk"),
        "assignments": visible_assignments(person).filter(institute=institute).order_by("-ask_by", "pk"),
        "students": [(one, number in signed.get(one.pk, {})) for one in students_of(institute)],
        "form": bound[1] if bound is not None and bound[0] == institute.pk else form,
    }


def _own_institute(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(own_institutes(request.user).select_related("network"), pk=pk)


def _page_form(kind: Kind, data: Any, network: Any, initial: dict[str, Any]) -> Any:
    return kind.form(data, regions=regions_of(network), initial=initial)


def _write(request: HttpRequest, kind: Kind, institute: Any) -> HttpResponse:
    network, person = institute.network, signed_in(request)
    form = _page_form(kind, request.POST or None, network, {"version": 0, "languages": network.languages})
    made: list[Any] = []

    def save() -> None:
        made.append(kind.write(actor=person, institute=institute, values=form.values()))

    status = HTTPStatus.OK
    if request.method == "POST":
        status = attempt(form, save) if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
        if status == HTTPStatus.SEE_OTHER:
            messages.success(request, _("It is kept as a draft. Look at it, then show it to the network."))
            return see_other(f"institutes:{kind.name}", made[0].pk)
    context = {"form": form, "institute": institute, "page": None, "kind": kind.name, "conflict": []}
    context["seen"] = seen_institute(institute)
    return render(request, "institutes/write.html", {**context, "version": 0}, status=status)


@login_required
@require_http_methods(WRITE)
def facility_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a facility of an institute."""
    return _write(request, KINDS["facility"], _own_institute(request, pk))


@login_required
@require_http_methods(WRITE)
def assignment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an assignment of an institute's students."""
    return _write(request, KINDS["assignment"], _own_institute(request, pk))


def _own_page(request: HttpRequest, kind: Kind, pk: int) -> Any:
    page = get_object_or_404(kind.visible(request.user).select_related("institute", "network"), pk=pk)
    if not can_write_page(signed_in(request), page):
        raise PermissionDenied
    return page


def _edit(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    page, person = _own_page(request, kind, pk), signed_in(request)
    before = {name: getattr(page, name) for name in kind.fields}
    form = _page_form(kind, request.POST or None, page.network, {**before, "version": page.version})
    context: dict[str, Any] = {"conflict": [], "version": form["version"].value()}
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            version, values = form.cleaned_data["version"], form.values()
            status = attempt(
                form, lambda: kind.change(actor=person, page=page, version=version, values=values)
            )
            if status == HTTPStatus.SEE_OTHER:
                messages.success(request, _("Saved."))
                return see_other(f"institutes:{kind.name}", pk)
            if status == HTTPStatus.CONFLICT:
                page.refresh_from_db()
                now = {name: getattr(page, name) for name in kind.fields}
                context = {"conflict": differences(form, values, now), "version": page.version}
    context |= {"form": form, "institute": page.institute, "page": page, "kind": kind.name}
    context["seen"] = seen_page(page)
    return render(request, "institutes/write.html", context, status=status)


@login_required
@require_http_methods(WRITE)
def facility_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a facility."""
    return _edit(request, KINDS["facility"], pk)


@login_required
@require_http_methods(WRITE)
def assignment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an assignment."""
    return _edit(request, KINDS["assignment"], pk)


def _show(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    page, form = _own_page(request, KINDS[kind], pk), VersionForm(request.POST)
    if form.is_valid() and (question := ask_first(request, page_shown(page, kind))) is not None:
        return question
    return _move(request, kind, pk, show_page, _("The network's companies see it now."))


def _move(request: HttpRequest, kind: str, pk: int, action: Callable[..., Any], words: str) -> HttpResponse:
    page, form = _own_page(request, KINDS[kind], pk), VersionForm(request.POST)
    if form.is_valid():
        try:
            action(actor=signed_in(request), page=page, version=form.cleaned_data["version"])
        except (Refused, Conflict) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, words)
    return see_other(f"institutes:{kind}", pk)


@login_required
@require_POST
def facility_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a facility to the network."""
    return _show(request, "facility", pk)


@login_required
@require_POST
def facility_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a facility down."""
    return _move(request, "facility", pk, take_page_down, _("It is off the list."))


@login_required
@require_POST
def assignment_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an assignment to the network."""
    return _show(request, "assignment", pk)


@login_required
@require_POST
def assignment_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an assignment down."""
    return _move(request, "assignment", pk, take_page_down, _("It is off the list."))


@login_required
@require_POST
def interest_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a company may come."""
    interest = get_object_or_404(visible_interests(request.user), pk=pk)
    if not can_answer_interest(signed_in(request), interest):
        raise PermissionDenied
    form = InterestAnswerForm(request.POST)
    if form.is_valid():
        data = form.values()
        answer_interest(
            actor=signed_in(request),
            interest=interest,
            version=form.cleaned_data["version"],
            agrees=data["agrees"] == "yes",
            answer=data["answer"],
        )
        messages.success(request, _("The company got your answer."))
    return see_other("institutes:work")


@login_required
@require_POST
def student_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a student of one's own institute in."""
    institute, form = _own_institute(request, pk), StudentForm(request.POST)
    if not form.is_valid():
        return _work(request, status=HTTPStatus.UNPROCESSABLE_ENTITY, bound=(pk, form))
    data = form.cleaned_data
    invite_outsider(
        actor=signed_in(request),
        network=institute.network,
        role=NetworkRole.STUDENT,
        organisation=institute,
        **data,
    )
    messages.success(
        request, _("%(name)s got a letter with the commitment to sign.") % {"name": data["name"]}
    )
    return see_other("institutes:work")
