"""Whatever is sent to CalDAV: an answer that makes sense, nothing read that should not be, no crash."""

from __future__ import annotations

from urllib.parse import quote
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.calendar.dav_program import Program
from tests.factories import make_group, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_group()


@pytest.fixture
def phone(world) -> Program:
    return Program.of(world.members[0])


ODD = [
    "<", "<a>", "x" * 1000, "<a/>", '<D:propfind xmlns:D="DAV:"/>', '<D:propfind xmlns:D="DAV:"><D:prop/></D:propfind>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<?xml version="1.0" encoding="utf-7"?><a/>', "\ufffe", "<a xmlns='\x01'/>",
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "<a>" * 20000 + "</a>" * 20000, "<a/>" * 9,
    f"<a>{'<b/>' * 20000}</a>", "<x:a/>", '<?xml version="1.0" encoding="utf-16"?><a/>', "&#0;", " \r\n ",
    '<C:calendar-query xmlns:C="urn:ietf:params:xml:ns:caldav"/>', '<D:sync-collection xmlns:D="DAV:"/>',
    '<C:calendar-multiget xmlns:C="urn:ietf:params:xml:ns:caldav"/>',
]  # fmt: skip


@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "PROPPATCH"])
def test_no_body_breaks_anything(world, phone, method) -> None:
    make_meeting(world)
    for body in [*ODD, *[text.encode("utf-16") for text in ODD[:8]], b"\xff\x00<a/>"]:
        for path in ("/dav/", phone.home, phone.calendar):
            answer = phone.send(method, path, body, Depth="1")
            assert answer.status_code in {207, 400, 403, 413}, body[:200]
            assert b"passwd" not in answer.content and b"root:" not in answer.content
    assert phone.send(method, phone.calendar, "x" * 600_000).status_code == 413


_NAMES = st.sampled_from([
    "D:prop", "D:propfind", "D:allprop", "D:propname", "D:href", "D:sync-token", "D:sync-level", "D:limit",
    "D:nresults", "D:sync-collection", "C:calendar-query", "C:calendar-multiget", "C:filter", "C:comp-filter",
    "C:prop-filter", "C:time-range", "C:text-match", "C:is-not-defined", "C:calendar-data", "C:param-filter",
    "D:getetag", "D:displayname", "D:propertyupdate", "D:set", "unknown",
])  # fmt: skip
_VALUES = st.sampled_from(
    ["", "VCALENDAR", "VEVENT", "VTODO", "UID", "SUMMARY", "20270101T000000Z", "yes", "1", "-1", "é"]
)


_ROOTS = st.sampled_from(
    ["D:propfind", "D:sync-collection", "C:calendar-query", "C:calendar-multiget", "D:propertyupdate"]
)


@st.composite
def elements(draw, depth: int = 3, names: st.SearchStrategy[str] = _NAMES) -> str:
    name = draw(names)
    attributes = draw(
        st.dictionaries(st.sampled_from(["name", "start", "end", "collation"]), _VALUES, max_size=3)
    )
    inner = draw(_VALUES)
    if depth:
        inner += "".join(draw(st.lists(elements(depth - 1), max_size=3)))
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{said}>{inner}</{name}>"


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    elements(names=_ROOTS),
    st.sampled_from(["PROPFIND", "REPORT", "PROPPATCH"]),
    st.sampled_from(["0", "1", "infinity", ""]),
)
def test_no_made_up_body_breaks_anything(world, phone, body, method, depth) -> None:
    make_meeting(world) if not world.group.meetings.exists() else None
    spaced = (
        body.replace(" ", ' xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" ', 1)
        if " " in body
        else body
    )
    spaced = (
        spaced.replace(">", ' xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">', 1)
        if spaced == body
        else spaced
    )
    answer = phone.send(method, phone.calendar, spaced, Depth=depth)
    assert answer.status_code in {207, 400, 403, 413, 507}, spaced
    if answer.content:
        fromstring(answer.content)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(["Authorization", "Depth", "Prefer", "If-None-Match", "Content-Length", "Brief"]),
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=40),
    st.text(max_size=30),
)
def test_no_header_and_no_address_breaks_anything(phone, header, value, name) -> None:
    path = f"{phone.calendar}{quote(name)}"
    for method in ("PROPFIND", "GET"):
        answer = phone.send(method, path, **{header: value})
        assert answer.status_code < 500
