from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from ydin.kernel.errors import Conflict, NotAllowed, Refused
from ydin.ui.middleware import RefusalMiddleware


def quiet(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize(
    ("error", "status", "heading"),
    [
        (NotAllowed("Only the coordinator may do this."), 403, "This page is not open to you"),
        (Conflict("Aino changed the evening at 17:31."), 409, "Somebody changed this first"),
        (Refused("The evening is full."), 422, "That cannot be done now"),
    ],
)
def test_a_refusal_that_no_view_caught_becomes_a_page(
    rf: RequestFactory, error: Exception, status: int, heading: str
) -> None:
    with translation.override("en"):
        answer = RefusalMiddleware(quiet).process_exception(rf.post("/"), error)

    assert answer is not None
    assert answer.status_code == status
    page = answer.content.decode()
    assert heading in page
    assert str(error) in page


def test_other_errors_stay_errors(rf: RequestFactory) -> None:
    assert RefusalMiddleware(quiet).process_exception(rf.get("/"), ValueError("x")) is None
