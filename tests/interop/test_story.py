"""One meeting's story, as every calendar program tells it: one entry, the same instant, the right state.

It is announced, moved over the change to summer time, renamed, cancelled and takes place after all. After each
step the feed, the CalDAV calendar and the letters are read by programs that people have.
"""

from __future__ import annotations

import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.factories import make_group, make_meeting
from tests.interop.clients import (
    HELSINKI,
    Vdir,
    require,
    spring_change,
    with_libraries,
    with_node,
    with_python,
)
from tests.servers import LiveSite

from ydin.calendar.services import create_app_password, create_feed_address
from ydin.kernel.links import make_token
from ydin.meetings.rules.states import MeetingState
from ydin.meetings.services.announce import announce_meeting, cancel_meeting, change_meeting, revive_meeting
from ydin.outbox.models import Message

pytestmark = pytest.mark.slow


@dataclass
class Story:
    """The meeting, who tells and who reads, and what has been read so far."""

    site: LiveSite
    meeting: Any
    coordinator: Any
    reader: Any
    feed: str
    secret: str
    vdir: Vdir
    token: str = ""
    sequence: int = -1
    seen: set[str] = field(default_factory=set)

    def fetched(self) -> str:
        """The feed as a program fetches it; twice, byte for byte the same."""
        texts = []
        for _ in range(2):
            with urllib.request.urlopen(self.feed, timeout=60) as answer:
                texts.append(answer.read().decode())
        assert texts[0] == texts[1]
        return texts[0]

    def letter(self) -> tuple[str, str]:
        """The newest calendar message to the reader and its method."""
        with self.site.database():
            row = Message.objects.filter(person=self.reader).exclude(calendar="").latest("created_at")
            return row.calendar, row.calendar_method

    def step(self, act: Any, status: str, method: str = "REQUEST") -> None:
        """Do it, then read it everywhere."""
        with self.site.database():
            self.meeting.refresh_from_db()
            act(actor=self.coordinator, meeting=self.meeting)
            self.meeting.refresh_from_db()
            group = self.meeting.group.name
        assert self.meeting.sequence > self.sequence
        self.sequence = self.meeting.sequence
        wanted = {
            "uid": str(self.meeting.uid),
            "start": self.meeting.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "end": self.meeting.ends_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "status": status,
            "summary": f"{self.meeting.theme} – {group}",
            "sequence": self.meeting.sequence,
        }
        texts = {"feed": self.fetched(), **self.synced(wanted)}
        self.through_parsers(texts, wanted)
        self.through_letter(wanted, method)

    def synced(self, wanted: dict[str, Any]) -> dict[str, str]:
        """Sync by vdirsyncer and look with khal; search and sync by the `caldav` library."""
        files = self.vdir.sync()
        assert set(files) == {f"{wanted['uid']}.ics"}
        shown = self.vdir.khal(spring_change() - timedelta(days=3), 7)
        assert shown == [{name: value for name, value in wanted.items() if name != "sequence"}]
        asked = {
            "url": f"{self.site.url}/dav/",
            "user": self.reader.email,
            "password": self.secret,
            "start": (self.meeting.starts_at - timedelta(hours=1)).isoformat(),
            "end": (self.meeting.ends_at + timedelta(hours=1)).isoformat(),
            "token": self.token,
        }
        found = with_python("caldav", asked)
        assert found["entries"] == [wanted]
        assert found["changed"] == [wanted["uid"]] and found["token"] != self.token
        self.token = found["token"]
        return {"caldav": files[f"{wanted['uid']}.ics"]}

    @staticmethod
    def through_parsers(texts: dict[str, str], wanted: dict[str, Any]) -> None:
        """Read feed and CalDAV entry with five libraries."""
        programs = {**with_node(texts), "recurring-ical-events": with_python("recurring", texts)}
        for program, by_name in programs.items():
            for name, entries in by_name.items():
                told = [{key: entry[key] for key in wanted} for entry in entries]
                assert told == [wanted], (program, name)
        for name, text in texts.items():
            for program, entries in with_libraries(text).items():
                assert entries == [wanted], (program, name)

    def through_letter(self, wanted: dict[str, Any], method: str) -> None:
        """Read the letter's calendar message: the same meeting, to one person, with the right method."""
        text, said = self.letter()
        assert said == method and text not in self.seen
        self.seen.add(text)
        (entry,) = with_node({"letter": text})["ical.js"]["letter"]
        assert entry["method"] == method and entry["attendees"] == 1
        same = ("uid", "start", "end", "summary", "sequence")
        assert {key: entry[key] for key in same} == {key: wanted[key] for key in same}
        if entry["status"] is not None:
            assert entry["status"] == wanted["status"]


@pytest.fixture
def story(live_site: Any, tmp_path: Path) -> Story:
    require(node=True, python=True)
    site = live_site(workers=1, jobs=False)
    evening = datetime.combine(spring_change() - timedelta(days=1), datetime.min.time(), HELSINKI)
    starts = evening.replace(hour=18)
    with site.database():
        world = make_group(members=2)
        reader = world.members[1]
        meeting = make_meeting(
            world, state=MeetingState.DRAFT, invited=False, theme="Hinta; josta, puhutaan \\ äö 🎉",
            starts_at=starts, ends_at=starts + timedelta(hours=2), announced_at=None,
        )  # fmt: skip
        address = create_feed_address(actor=reader, name="phone", shows_details=True)
        _row, secret = create_app_password(actor=reader, name="phone")
        coordinator = world.coordinator
        feed = f"{site.url}/feeds/p/{make_token('feed', address.pk)}.ics"
    vdir = Vdir(tmp_path / "vdir", f"{site.url}/.well-known/caldav", reader.email, secret)
    return Story(site, meeting, coordinator, reader, feed, secret, vdir)


def changing(**changes: Any) -> Any:
    """A step that changes the meeting."""
    return lambda actor, meeting: change_meeting(actor=actor, meeting=meeting, changes=changes)


def test_every_program_tells_the_same_story(story: Story) -> None:
    assert "BEGIN:VEVENT" not in story.fetched() and story.vdir.sync() == {}
    story.step(announce_meeting, "CONFIRMED")
    later = datetime.combine(spring_change(), datetime.min.time(), HELSINKI).replace(hour=18)
    assert later - story.meeting.starts_at == timedelta(hours=23)
    story.step(changing(starts_at=later, ends_at=later + timedelta(hours=2)), "CONFIRMED")
    story.step(changing(theme="Rohkea hinta"), "CONFIRMED")
    story.step(cancel_meeting, "CANCELLED", "CANCEL")
    story.step(revive_meeting, "CONFIRMED")
    assert story.vdir.sync() == story.vdir.sync()
    story.site.stop()


def test_a_public_feed_of_several_zones_is_read_the_same_by_all(live_site: Any) -> None:
    require(node=True, python=True)
    site = live_site(workers=1, jobs=False)
    zones = ("Europe/Helsinki", "Europe/Lisbon", "America/St_Johns", "Asia/Kolkata", "UTC")
    moments = [
        (
            datetime.combine(spring_change() + timedelta(days=days), datetime.min.time(), UTC)
            + timedelta(hours=h)
        )
        for days, h in ((-1, 0), (0, 0), (0, 1), (0, 2), (217, 0), (217, 1))
    ]
    with site.database():
        world = make_group(members=1)
        wanted = {}
        for zone in zones:
            for moment in moments:
                meeting = make_meeting(
                    world, time_zone=zone, audience="public", starts_at=moment, ends_at=moment + timedelta(hours=1)
                )  # fmt: skip
                wanted[str(meeting.uid)] = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
        slug = world.network.slug
    with urllib.request.urlopen(f"{site.url}/feeds/{slug}.ics", timeout=60) as answer:
        text = answer.read().decode()
    site.stop()
    read = {**with_libraries(text), **{k: v["feed"] for k, v in with_node({"feed": text}).items()}}
    read["recurring-ical-events"] = with_python("recurring", {"feed": text})["feed"]
    for program, entries in read.items():
        assert {e["uid"]: e["start"] for e in entries} == wanted, program
