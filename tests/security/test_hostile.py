"""Hostile inputs through real forms: kept as text, shown escaped, or refused with what was typed still there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.permissions.world import World
from tests.security.hostile import FILES, FORMULAS, HEADERS, RAW, TEXTS
from tests.security.places import ask, raw_inside, shown

import ydin
from ydin.groups.models import Application
from ydin.kernel.tables import csv_text, safe_cell
from ydin.kernel.text import typed
from ydin.meetings.models import Memo
from ydin.networks.models import Enterprise, ImportBatch
from ydin.outbox.models import Message
from ydin.people.models import Person


class Forms:
    """The real forms that the texts go through: how to fill one in, and what it stored."""

    def __init__(self, world: World, readers: dict[str, Client]) -> None:
        self.world, self.readers = world, readers
        self.every: tuple[Callable[[str, int], tuple[Any, Any]], ...] = (
            self.name,
            self.apply,
            self.memo,
            self.company,
        )

    def name(self, text: str, number: int) -> tuple[Any, Any]:
        values = {"name": text, "language": "en", "time_zone": "Europe/Helsinki"}
        answer = self.readers["member"].post(reverse("people:settings"), values)
        return answer, Person.objects.get(pk=self.world.ours.members[1].pk).name

    def apply(self, text: str, number: int) -> tuple[Any, Any]:
        ours = self.world.ours
        values = {"name": text, "company": text, "email": f"a{number}@example.org", "message": text}
        client = Client(HTTP_ACCEPT_LANGUAGE="en", REMOTE_ADDR=f"10.1.{number // 250}.{number % 250 + 1}")
        answer = client.post(reverse("groups:apply", args=[ours.network.slug, ours.group.slug]), values)
        row = Application.objects.filter(email=f"a{number}@example.org").first()
        return answer, row and row.name

    def memo(self, text: str, number: int) -> tuple[Any, Any]:
        held = self.world.held
        memo = Memo.objects.get(meeting=held)
        values = {"version": memo.version, "discussed": text, "advice": "", "next_time": ""}
        answer = self.readers["coordinator"].post(reverse("meetings:memo_write", args=[held.pk]), values)
        memo.refresh_from_db()
        return answer, memo.discussed

    def company(self, text: str, number: int) -> tuple[Any, Any]:
        row = Enterprise.objects.get(pk=self.world.ours.companies[1].pk)
        values = {
            "version": row.version,
            "name": text,
            "languages": ["fi"],
            "address": text[:300],
            "description": text,
        }
        answer = self.readers["national"].post(reverse("groups:company_edit", args=[row.pk]), values)
        row.refresh_from_db()
        return answer, row.name


@pytest.mark.slow
def test_every_text_is_kept_or_comes_back_and_is_never_markup(
    world: World, readers: dict[str, Client]
) -> None:
    forms, faults, kept, refused = Forms(world, readers), [], 0, 0
    assert len(TEXTS) >= 200 and len(set(TEXTS)) == len(TEXTS)
    for number, text in enumerate(TEXTS):
        fill = forms.every[number % len(forms.every)]
        answer, stored = fill(text, number)
        page = answer.content.decode()
        wanted = typed(text).replace("\r\n", "\n").strip()
        where = f"{fill.__name__} {text[:40]!r}"
        if answer.status_code in {302, 303}:
            kept += 1
            if stored is not None and str(stored).split() != wanted.split():
                faults.append(f"{where}: kept as {str(stored)[:60]!r}")
        elif answer.status_code == 422:
            refused += 1
            if (
                wanted
                and len(wanted) < 400
                and not any(way in page.replace("\r\n", "\n") for way in shown(wanted))
            ):
                faults.append(f"{where}: refused and lost")
        else:
            faults.append(f"{where}: {answer.status_code}")
        if raw_inside(page, text):
            faults.append(f"{where}: markup in the answer")
    assert not faults, "\n".join(faults)
    assert kept > 120 and refused > 5, (kept, refused)


def test_no_cell_of_a_table_is_a_formula(world: World, readers: dict[str, Client]) -> None:
    text = csv_text([[formula, 5, None] for formula in FORMULAS])
    for row, formula in zip(csv.reader(io.StringIO(text, newline=""), delimiter=";"), FORMULAS, strict=True):
        dangerous = formula.lstrip(" \u00a0")[:1] in "=+-@\t\r\n＝＋－＠"
        assert row == [f"'{formula}" if dangerous else formula, "5", ""], formula
    assert safe_cell(-5) == "-5"
    Person.objects.filter(pk=world.ours.members[1].pk).update(name="=cmd|' /C calc'!A0")
    _status, table, _answer = ask(readers["coordinator"], "get", f"/meetings/{world.held.pk}/attendance.csv")
    assert ";'=cmd|" in table or "\"'=cmd|" in table


def test_one_function_writes_every_table() -> None:
    faults = []
    for path in sorted(Path(ydin.__file__).parent.rglob("*.py")):
        text = path.read_text()
        own = path.as_posix().endswith(("kernel/tables.py", "demo/services/network.py", "matching/learnt.py"))
        if not own and re.search(r"csv\.(writer|DictWriter)|Workbook\(", text):
            faults.append(path.name)
    assert faults == [], "use kernel.tables"


@pytest.mark.django_db
def test_a_body_that_no_browser_sends_breaks_nothing(world: World, readers: dict[str, Client]) -> None:
    addresses = [reverse("people:settings"), reverse("set-language"), reverse("account_request_login_code"), reverse("account_confirm_login_code"),
                 reverse("groups:apply", args=[world.ours.network.slug, world.ours.group.slug]), f"/c/{world.meeting.check_in_code}/visitor/",
                 reverse("meetings:memo_write", args=[world.held.pk]), f"/manage/groups/{world.ours.group.pk}/settings/"]  # fmt: skip
    kinds = (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
        "text/plain",
        "x/y; charset=nonsense",
        "",
    )
    faults = []
    for body in RAW:
        for number, address in enumerate(addresses):
            if (len(body) + number) % 3:
                continue
            kind = kinds[(len(body) + number) % len(kinds)]
            answer = readers["coordinator"].generic("POST", address, body, content_type=kind)
            if answer.status_code >= 500:
                faults.append(f"{address} {kind} {body!r}: {answer.status_code}")
    assert not faults, "\n".join(faults)


def test_no_letter_gets_a_header_from_what_was_typed(world: World, readers: dict[str, Client]) -> None:
    forms = Forms(world, readers)
    for number, text in enumerate(HEADERS):
        forms.apply(text, 900 + number)
    for letter in Message.objects.all():
        assert "\n" not in letter.subject and "\r" not in letter.subject
        assert "\n" not in letter.to_address and "victim" not in letter.to_address
        assert "victim" not in str(letter.headers)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "make"), FILES, ids=[name[:24].encode("ascii", "replace").decode() for name, _ in FILES]
)
def test_a_file_that_is_no_table_is_refused_with_a_reason(
    world: World, readers: dict[str, Client], name: str, make: Callable[[], bytes]
) -> None:
    content = make()
    client, before = readers["coordinator"], ImportBatch.objects.count()
    where = f"{world.ours.network.slug}/{world.ours.group.slug}"
    page = client.get(reverse("groups:import_companies"))
    offered = re.findall(r"<option value=\"([^\"]+)\"", page.content.decode())
    file = SimpleUploadedFile("x.csv", content)
    file._name = name  # as a browser would never send it
    answer = client.post(reverse("groups:import_companies"), {"where": (offered or [where])[0], "file": file})
    text = answer.content.decode()
    assert answer.status_code in {422, 400, 413}, (name, answer.status_code)
    assert "alert(1)" not in re.sub(r"&lt;script&gt;alert\(1\)", "", text)
    assert answer.status_code != 422 or "error" in text
    assert ImportBatch.objects.count() == before
