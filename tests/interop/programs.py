"""Run by the Python of `.venv/interop`: what calendar programs from PyPI see. In and out: JSON.

programs.py recurring   {name: text}                               -> {name: [entry]}
programs.py caldav      {url, user, password, start, end, token}   -> {entries, token, changed, calendars}
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

import caldav
import icalendar
import recurring_ical_events


def entry(event: Any) -> dict[str, Any]:
    return {
        "uid": str(event["UID"]),
        "start": event["DTSTART"].dt.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "end": event["DTEND"].dt.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "status": str(event["STATUS"]),
        "summary": str(event["SUMMARY"]),
        "sequence": int(event["SEQUENCE"]),
    }


def recurring(texts: dict[str, str]) -> dict[str, Any]:
    found = {}
    for name, text in texts.items():
        calendar = icalendar.Calendar.from_ical(text)
        span = recurring_ical_events.of(calendar).between(datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001
        found[name] = [entry(event) for event in span]
    return found


def by_caldav(asked: dict[str, Any]) -> dict[str, Any]:
    with caldav.DAVClient(asked["url"], username=asked["user"], password=asked["password"]) as client:
        calendars = client.principal().calendars()
        calendar = calendars[0]
        found = calendar.search(
            start=datetime.fromisoformat(asked["start"]), end=datetime.fromisoformat(asked["end"]), event=True
        )
        synced = calendar.objects_by_sync_token(asked["token"] or None, load_objects=False)
        return {
            "calendars": [str(c.url) for c in calendars],
            "entries": [entry(item.icalendar_component) for item in found],
            "token": synced.sync_token,
            "changed": sorted(str(item.url).rsplit("/", 1)[1].removesuffix(".ics") for item in synced),
        }


if __name__ == "__main__":
    work = {"recurring": recurring, "caldav": by_caldav}[sys.argv[1]]
    json.dump(work(json.load(sys.stdin)), sys.stdout)
