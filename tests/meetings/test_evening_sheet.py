"""The list on paper: printed, keyed in later, and as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import typst
from django.test import Client
from django.urls import reverse
from tests.factories import GroupWorld, make_group, make_meeting

from ydin.audit.models import Entry
from ydin.kernel.clock import now
from ydin.kernel.tables import safe_cell
from ydin.meetings.documents.sheet import attendance_sheet, sheet_data, sheet_pictures
from ydin.meetings.models import Attendance, Meeting
from ydin.meetings.queries.evening import roll_call
from ydin.meetings.rules.states import Recorded
from ydin.people.models import Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person | None], Client]


def yesterday(world: GroupWorld, **fields: Any) -> Meeting:
    start = now() - timedelta(days=1)
    return make_meeting(world, **{"starts_at": start, "ends_at": start + timedelta(hours=2), **fields})


def url(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])


@pytest.mark.parametrize(
    ("language", "title"), [("fi", "Osallistujalista"), ("sv", "Deltagarlista"), ("en", "Attendance list")]
)
def test_the_sheet_speaks_the_groups_language(as_person: SignIn, language: str, title: str) -> None:
    world = make_group(language=language)
    meeting = yesterday(world)
    answer = as_person(world.coordinator).get(url("sheet_pdf", meeting))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in answer.content
    assert sheet_data(meeting, [])["words"]["title"] == title


def test_names_of_every_kind_are_printed(django_assert_max_num_queries: Any) -> None:
    world = make_group(members=30)
    for person, name in zip(
        world.members,
        [
            "x" * 500,
            "Åke O'Brien 🙂",
            "漢字",
            "#set page(width: 1cm)",
            "\\ * _ $ ` <a> @ref",
            "\u202eabc\x00",
        ],
        strict=False,
    ):
        Person.objects.filter(pk=person.pk).update(name=name.replace("\x00", ""))
    meeting = yesterday(world)
    rows = roll_call(meeting)
    assert attendance_sheet(meeting, rows).startswith(b"%PDF-")
    assert len(sheet_pictures(meeting, rows)) == 3
    names = [row[0] for row in sheet_data(meeting, rows)["rows"]]
    assert "Åke O'Brien" in names
    assert "–" in names
    assert "#set page(width: 1cm)".replace(" ", "") in [
        n.replace(" ", "").replace("\u200b", "") for n in names
    ]


def test_no_font_of_the_machine_is_needed() -> None:
    assert "Libertinus Serif" in typst.Fonts(include_system_fonts=False).families()


def test_the_page_has_the_rows_of_the_paper_in_their_order(as_person: SignIn) -> None:
    world = make_group(members=5)
    meeting = yesterday(world)
    printed = [row[1] for row in sheet_data(meeting, roll_call(meeting))["rows"]]
    page = as_person(world.coordinator).get(url("sheet", meeting)).content.decode()
    places = [page.index(company) for company in printed]
    assert places == sorted(places)


def test_marks_are_keyed_in_and_corrected(as_person: SignIn) -> None:
    world = make_group(members=4)
    meeting = yesterday(world)
    Attendance.objects.create(
        meeting=meeting, group=world.group, person=world.members[0], recorded=Recorded.CODE, name="x"
    )
    keys = [f"p{p.pk}" for p in world.members]
    client = as_person(world.coordinator)
    answer = client.post(
        url("sheet", meeting),
        {"shown": keys, "here": keys[:3], "visitors": "Åke Gäst, Gäst Ab\n\n , \nYksin"},
    )
    assert answer.status_code == 303
    rows = Attendance.objects.filter(meeting=meeting)
    how = dict(rows.filter(person__isnull=False).values_list("person", "recorded"))
    assert how == {
        world.members[0].pk: Recorded.CODE,
        world.members[1].pk: Recorded.PAPER,
        world.members[2].pk: Recorded.PAPER,
    }
    assert set(rows.filter(as_visitor=True).values_list("name", "company")) == {
        ("Åke Gäst", "Gäst Ab"),
        ("Yksin", ""),
    }
    client.post(url("sheet", meeting), {"shown": keys, "here": keys[1:2]})
    assert rows.filter(person__isnull=False).count() == 1
    assert rows.filter(as_visitor=True).count() == 2
    assert Entry.objects.filter(action="attendance.removed").count() == 2
    assert Entry.objects.filter(action="attendance.recorded").count() == 4


def test_rows_that_were_not_shown_stay(as_person: SignIn) -> None:
    world = make_group(members=2)
    meeting = yesterday(world)
    Attendance.objects.create(
        meeting=meeting, group=world.group, person=world.members[0], recorded=Recorded.CODE
    )
    as_person(world.coordinator).post(
        url("sheet", meeting), {"shown": [f"p{world.members[1].pk}", "p999", "x"]}
    )
    assert Attendance.objects.filter(meeting=meeting).count() == 1


def test_keying_in_ends_after_thirty_days(as_person: SignIn) -> None:
    world = make_group()
    start = now() - timedelta(days=32)
    meeting = yesterday(world, starts_at=start, ends_at=start + timedelta(hours=2))
    keys = [f"p{p.pk}" for p in world.members]
    answer = as_person(world.coordinator).post(
        url("sheet", meeting), {"shown": keys, "here": keys, "visitors": "Åke"}
    )
    assert answer.status_code == 422
    assert "Åke" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_the_table_runs_nothing_in_a_spreadsheet(as_person: SignIn) -> None:
    world = make_group(members=1)
    world.companies[0].name = "=cmd|'/c calc'!A1"
    world.companies[0].save()
    meeting = yesterday(world, theme="+1")
    Attendance.objects.create(
        meeting=meeting,
        group=world.group,
        person=world.members[0],
        enterprise=world.companies[0],
        recorded=Recorded.CODE,
    )
    for name in ("@SUM(A1)", "-2", 'Åke; "x"\ny'):
        Attendance.objects.create(
            meeting=meeting, group=world.group, name=name, as_visitor=True, recorded=Recorded.PAPER
        )
    answer = as_person(world.coordinator).get(url("attendance_table", meeting))
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["Date", "Group", "Theme", "Company"]
    assert rows[1][2:4] == ["'+1", "'=cmd|'/c calc'!A1"]
    assert {row[5] for row in rows[2:]} == {"'@SUM(A1)", "'-2", 'Åke; "x"\ny'}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cells_that_begin_like_a_formula_get_an_apostrophe(start: str) -> None:
    assert safe_cell(f"{start}1") == f"'{start}1"
    assert safe_cell(f"1{start}") == f"1{start}"
