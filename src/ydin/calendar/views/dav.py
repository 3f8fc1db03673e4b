"""CalDAV, read-only (RFC 4791, 6578): a person's own calendar for programs that keep it in sync.

Three places: the root, `/dav/p/<person>/` (principal and home) and `/dav/p/<person>/evenings/` with one
resource for each entry. No session and no cookie takes part; each request says who asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from ydin.calendar.documents.dav import (
    DAV,
    Item,
    Place,
    Properties,
    answer_of,
    calendar_properties,
    error,
    gone,
    home_properties,
    href,
    item_properties,
    multistatus,
    refused_properties,
    root_properties,
)
from ydin.calendar.queries import Login
from ydin.calendar.services import note_password_use
from ydin.calendar.views.dav_calendar import Calendar, changes_since, fits, one, open_calendar, whole
from ydin.calendar.views.dav_login import login
from ydin.calendar.views.dav_request import (
    Asked,
    BadRequest,
    Query,
    Sync,
    names_to_change,
    read_propfind,
    read_report,
    uids_of,
)
from ydin.kernel.acting import acting_as
from ydin.kernel.clock import now, today

READS = "OPTIONS, GET, HEAD, PROPFIND, REPORT"
WRITES = ("PUT", "DELETE", "MKCOL", "MOVE", "COPY", "ACL")
XML = "application/xml; charset=utf-8"
_P = ParamSpec("_P")
_View = Callable[Concatenate[HttpRequest, _P], HttpResponseBase]


@dataclass(frozen=True)
class Asking:
    """A request, who makes it, and where their things are."""

    request: HttpRequest
    who: Login
    place: Place

    @property
    def brief(self) -> bool:
        """Whether properties that are not there need not be told (RFC 8144)."""
        wants = self.request.headers.get("Prefer", "")
        return "return=minimal" in wants.replace(" ", "") or self.request.headers.get("Brief") == "t"


_Inner = Callable[Concatenate[Asking, _P], HttpResponseBase]


def _place(who: Login) -> Place:
    home = reverse("calendar:dav-home", args=[who.person])
    calendar = reverse("calendar:dav-calendar", args=[who.person])
    return Place(reverse("calendar:dav"), home, calendar, who.email, who.email)


def _dav(inner: _Inner[_P]) -> _View[_P]:
    """Let in whoever has an app password; say OPTIONS and refuse writing the same everywhere."""

    def view(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
        response = _answered(request, lambda asking: inner(asking, *args, **kwargs))
        response.headers["DAV"] = "1, 3, calendar-access"
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    view.__name__, view.__doc__ = inner.__name__, inner.__doc__
    return csrf_exempt(view)


def _answered(request: HttpRequest, inner: Callable[[Asking], HttpResponseBase]) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(headers={"Allow": READS})
    who = login(request)
    if isinstance(who, HttpResponse):
        return who
    if who.used_on != today(who.time_zone):
        with acting_as(who.person):
            note_password_use(actor=None, password_id=who.password, day=today(who.time_zone))
    asking = Asking(request, who, _place(who))
    with acting_as(who.person), override(who.language):
        try:
            return _refused(asking) or inner(asking)
        except BadRequest as bad:
            body = error(bad.condition) if bad.condition else b""
            return HttpResponse(body, status=bad.status, content_type=XML)


def _refused(asking: Asking) -> HttpResponseBase | None:
    """Answer what would write: this calendar is made of what the groups arrange."""
    method = asking.request.method
    if method in WRITES:
        missing = "<D:privilege><D:write/></D:privilege>"
        inner = f"<D:resource>{href(asking.request.path)}{missing}</D:resource>"
        return HttpResponse(error(f"{{{DAV}}}need-privileges", inner), status=403, content_type=XML)
    if method == "PROPPATCH":
        names = names_to_change(asking.request)
        return _many(refused_properties(asking.request.path, names))
    if method not in {"GET", "HEAD", "PROPFIND", "REPORT"}:
        return HttpResponse(status=405, headers={"Allow": READS})
    return None


def _many(*responses: str, token: str = "") -> HttpResponseBase:
    return HttpResponse(multistatus(responses, token), status=207, content_type=XML)


def _depth(request: HttpRequest) -> int:
    depth = request.headers.get("Depth", "0").strip().lower()
    if depth not in {"0", "1"}:
        raise BadRequest(403, f"{{{DAV}}}propfind-finite-depth")
    return int(depth)


def _told(asking: Asking, address: str, properties: Properties, asked: Asked) -> str:
    return answer_of(address, properties, asked.names, bare=asked.names_only, brief=asking.brief)


@csrf_exempt
def well_known(request: HttpRequest) -> HttpResponseBase:
    """Point to the root (RFC 6764), whatever the method."""
    del request
    return HttpResponse(status=301, headers={"Location": reverse("calendar:dav")})


@_dav
def root(asking: Asking) -> HttpResponseBase:
    """Tell who asks where their principal is."""
    return _plain(asking) or _many(
        _told(asking, asking.place.root, root_properties(asking.place), _propfind(asking))
    )


def _propfind(asking: Asking) -> Asked:
    if asking.request.method == "REPORT":
        raise BadRequest(403, f"{{{DAV}}}supported-report")
    return read_propfind(asking.request)


def _plain(asking: Asking) -> HttpResponseBase | None:
    """Answer a browser that comes by."""
    if asking.request.method not in {"GET", "HEAD"}:
        return None
    text = f"CalDAV: {settings.BASE_URL}{asking.place.calendar}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@_dav
def home(asking: Asking, pk: int) -> HttpResponseBase:
    """Tell about the person, and at depth 1 about their calendar."""
    if pk != asking.who.person:
        return HttpResponse(status=404)
    if plain := _plain(asking):
        return plain
    asked, depth = _propfind(asking), _depth(asking.request)
    responses = [_told(asking, asking.place.home, home_properties(asking.place), asked)]
    if depth:
        responses.append(_calendar(asking, open_calendar(asking.who), asked))
    return _many(*responses)


def _calendar(asking: Asking, calendar: Calendar, asked: Asked) -> str:
    properties = calendar_properties(asking.place, calendar.token, asking.who.time_zone, now().year)
    return _told(asking, asking.place.calendar, properties, asked)


@_dav
def calendar(asking: Asking, pk: int) -> HttpResponseBase:
    """Tell about the calendar, list its entries, or answer a report."""
    if pk != asking.who.person:
        return HttpResponse(status=404)
    opened = open_calendar(asking.who)
    if asking.request.method == "REPORT":
        return _report(asking, opened)
    if asking.request.method != "PROPFIND":
        return whole(asking.request, opened)
    asked, depth = read_propfind(asking.request), _depth(asking.request)
    responses = [_calendar(asking, opened, asked)]
    if depth:
        responses += [_entry(asking, item, asked) for item in opened.items()]
    return _many(*responses)


def _entry(asking: Asking, item: Item, asked: Asked) -> str:
    return _told(asking, f"{asking.place.calendar}{item.uid}.ics", item_properties(item, asking.place), asked)


def _report(asking: Asking, opened: Calendar) -> HttpResponseBase:
    report = read_report(asking.request)
    if isinstance(report, Sync):
        return _synced(asking, opened, report)
    if isinstance(report, Query):
        found = [item for item in opened.items() if fits(item, report.filter)]
        return _many(*[_entry(asking, item, report.asked) for item in found])
    wanted = uids_of(report.hrefs, asking.place.calendar)
    known = {item.uid: item for item in opened.items(set(wanted.values()))}
    missing = [h for h in dict.fromkeys(report.hrefs) if wanted.get(h) not in known]
    return _many(*[_entry(asking, item, report.asked) for item in known.values()], *map(gone, missing))


def _synced(asking: Asking, opened: Calendar, report: Sync) -> HttpResponseBase:
    changes = changes_since(opened, report.token)
    if changes is None:
        raise BadRequest(403, f"{{{DAV}}}valid-sync-token")
    changed, lost = changes
    if report.limit is not None and len(changed) + len(lost) > report.limit:
        raise BadRequest(507, f"{{{DAV}}}number-of-matches-within-limits")
    responses = [_entry(asking, item, report.asked) for item in changed]
    responses += [gone(f"{asking.place.calendar}{uid}.ics") for uid in lost]
    return _many(*responses, token=opened.token)


@_dav
def entry(asking: Asking, pk: int, name: str) -> HttpResponseBase:
    """Give one entry, or its properties."""
    opened = open_calendar(asking.who)
    uid = name.removesuffix(".ics")
    item = next(iter(opened.items({uid})), None) if pk == asking.who.person and uid != name else None
    if item is None:
        return HttpResponse(status=404)
    if asking.request.method in {"GET", "HEAD"}:
        return one(asking.request, item)
    return _many(_entry(asking, item, _propfind(asking)))
