"""Real calendar programs: where they are installed, how they are run, and what they say they see.

`make test` installs them: those of PyPI in `.venv/interop`, those of npm in `.venv/node`. One that is missing is
a visible skip here and a failure where YDIN_REQUIRE_INTEROP is set.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

HERE = Path(__file__).parent
VENV = HERE.parent.parent / ".venv"
PYTHON = VENV / "interop" / "bin" / "python"
MODULES = VENV / "node" / "node_modules"
HELSINKI = ZoneInfo("Europe/Helsinki")
Entry = dict[str, Any]


def require(*, node: bool = False, python: bool = False) -> None:
    """Skip, or fail where the programs must be there."""
    missing = []
    if node and not (shutil.which("node") and (MODULES / "ical.js").exists()):
        missing.append("Node with ical.js and node-ical")
    if python and not PYTHON.exists():
        missing.append("khal, vdirsyncer and caldav")
    if missing:
        words = f"{' and '.join(missing)}: not here; `make test` installs them"
        if os.environ.get("YDIN_REQUIRE_INTEROP"):
            pytest.fail(words)
        pytest.skip(words)


def run(command: list[str | Path], given: str = "", **environment: str) -> str:
    """Run a program; fail with what it said."""
    done = subprocess.run(
        [str(part) for part in command],
        input=given,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
    return done.stdout


def with_node(texts: dict[str, str]) -> dict[str, dict[str, list[Entry]]]:
    """Read calendars with ical.js and node-ical: entries by program and name."""
    said = run(["node", HERE / "read.cjs"], json.dumps(texts), NODE_PATH=str(MODULES))
    found: dict[str, dict[str, list[Entry]]] = json.loads(said)
    return found


def with_python(work: str, given: dict[str, Any]) -> Any:
    """Run `programs.py` in the environment of the programs."""
    return json.loads(run([PYTHON, HERE / "programs.py", work], json.dumps(given)))


def _entry(uid: Any, start: Any, end: Any, status: Any, summary: Any, sequence: Any) -> Entry:
    moments = [moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (start, end)]
    return {
        "uid": str(uid),
        "start": moments[0],
        "end": moments[1],
        "status": str(status),
        "summary": str(summary),
        "sequence": int(sequence),
    }


def with_libraries(text: str) -> dict[str, list[Entry]]:
    """Read a calendar with icalendar and vobject."""
    calendar: Any = icalendar.Calendar.from_ical(text)
    first = [
        _entry(e["UID"], e["DTSTART"].dt, e["DTEND"].dt, e["STATUS"], e["SUMMARY"], e["SEQUENCE"])
        for e in calendar.walk("VEVENT")
    ]
    second = [
        _entry(e.uid.value, e.dtstart.value, e.dtend.value, e.status.value, e.summary.value, e.sequence.value)
        for e in vobject.readOne(text).contents.get("vevent", [])
    ]
    return {"icalendar": first, "vobject": second}


class Vdir:
    """A folder that vdirsyncer keeps in sync with a CalDAV calendar, and khal reads."""

    def __init__(self, folder: Path, url: str, user: str, password: str) -> None:
        """Write both programs' settings."""
        self.folder = folder
        self.local = folder / "calendars"
        (self.local / "evenings").mkdir(parents=True)
        (folder / "vdirsyncer").write_text(
            f'[general]\nstatus_path = "{folder}/status/"\n'
            '[pair evenings]\na = "remote"\nb = "local"\n'
            'collections = [["evenings", "evenings", "evenings"]]\nconflict_resolution = "a wins"\n'
            f'[storage remote]\ntype = "caldav"\nread_only = true\nurl = "{url}"\n'
            f'username = "{user}"\npassword = "{password}"\n'
            f'[storage local]\ntype = "filesystem"\npath = "{self.local}"\nfileext = ".ics"\n'
        )
        (folder / "khal").write_text(
            f"[calendars]\n[[evenings]]\npath = {self.local}/evenings\nreadonly = True\n"
            f"[sqlite]\npath = {folder}/khal.db\n"
            "[locale]\nlocal_timezone = Europe/Helsinki\ndefault_timezone = Europe/Helsinki\n"
            "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        )
        self._vdirsyncer("discover")

    def _vdirsyncer(self, verb: str) -> None:
        run(
            [PYTHON.parent / "vdirsyncer", "-c", self.folder / "vdirsyncer", verb],
            "y\n" * 5,
            LC_ALL="C.UTF-8",
            HOME=str(self.folder),
        )

    def sync(self) -> dict[str, str]:
        """Sync; return the texts of all entries by file name."""
        self._vdirsyncer("sync")
        return {path.name: path.read_bytes().decode() for path in sorted((self.local / "evenings").iterdir())}

    def khal(self, first: date, days: int) -> list[Entry]:
        """Return what khal shows of so many days."""
        fields = ("uid", "title", "start-long", "end-long", "status")
        said = run(
            [
                PYTHON.parent / "khal", "-c", self.folder / "khal", "list", "--once",
                *[part for field in fields for part in ("--json", field)],
                first.isoformat(), f"{days}d",
            ],
            LC_ALL="C.UTF-8",
            HOME=str(self.folder),
        )  # fmt: skip
        shown = [row for line in said.splitlines() if line.strip() for row in json.loads(line)]
        return [
            {
                "uid": row["uid"],
                "start": _local(row["start-long"]),
                "end": _local(row["end-long"]),
                "status": row["status"].strip(),
                "summary": row["title"],
            }
            for row in shown
        ]


def _local(text: str) -> str:
    moment = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=HELSINKI)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@cache
def spring_change() -> date:
    """Return the day of next year's change to summer time: the last Sunday of March."""
    day = date(datetime.now(UTC).year + 1, 3, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)
