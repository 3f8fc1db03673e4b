"""Who reads which act, in which words, and what leaves as a file."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from pathlib import Path

import pytest
from django.utils import translation
from tests.factories import GroupWorld, make_group, make_meeting

import ydin
from ydin.access.emails import CHANGES
from ydin.audit.models import Entry
from ydin.audit.rules import SCOPES
from ydin.audit.services import record
from ydin.calendar.rules import EventState
from ydin.kernel.acting import acting_as
from ydin.meetings.rules.states import PromiseState, SwapState, TurnState
from ydin.networks.models import Representative
from ydin.people.models import Person
from ydin.privacy.rules import Decision
from ydin.trust.documents.sentences import KINDS, SENTENCES
from ydin.trust.policies import visible_entries

PACKAGE = Path(ydin.__file__).parent


FORMED = {
    "application.": ("accepted", "declined", "invited", "moved", "withdrawn"),
    "event.": [s for s in EventState if s is not EventState.DRAFT],
    "passage.": (Decision.KEPT, Decision.REMOVED),
    "promise.": PromiseState,
    "season.": ("move", "plan", "repair"),
    "second_step.": CHANGES,
    "swap.": (SwapState.ACCEPTED, SwapState.DECLINED),
    "turn.": (TurnState.CANCELLED, TurnState.DECLINED),
}
"""Acts whose second word the code puts in: what it may be."""
FIRST_WORDS = {action.partition(".")[0] for action in SCOPES}


def _actions() -> set[str]:
    """Return the actions that the code records.

    Of a file that records: whatever is named like an act; an act that is put together has its words in `FORMED`.
    """
    found, formed = set(), set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text()
        if not re.search(r"\brecord(_all)?\(", text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"record", "record_all"}:
                values = [k.value for k in node.keywords if k.arg == "action"]
                found |= {str(v.value) for v in values if isinstance(v, ast.Constant)}
                formed |= {v.values[0].value for v in values if isinstance(v, ast.JoinedStr)}  # type: ignore[attr-defined]
            elif isinstance(node, ast.IfExp) and isinstance(node.body, ast.Constant):
                both = [str(one.value) for one in (node.body, node.orelse) if isinstance(one, ast.Constant)]
                found |= {one for one in both if re.fullmatch(r"[a-z_]+\.[a-z_]+", one)}
            elif isinstance(node, ast.Constant) and re.fullmatch(r"[a-z_]+\.[a-z_]+", str(node.value)):
                found |= {node.value} if node.value.partition(".")[0] in FIRST_WORDS else set()  # type: ignore[union-attr]
    assert formed == set(FORMED), "an act that is put together: say in FORMED of which words"
    return found | {f"{first}{second}" for first, several in FORMED.items() for second in several}


def test_every_act_has_readers_and_a_sentence_in_three_languages() -> None:
    actions = _actions()
    assert len(actions) > 60
    missing = {a for a in actions if a not in SENTENCES}
    assert missing == set(), "say it in trust/documents/sentences.py, and who reads it in audit/rules.py"
    assert {a for a in SENTENCES if a not in SCOPES and a.partition(".")[0] not in SCOPES} == set()
    assert set(KINDS) <= {a.partition(".")[0] for a in SENTENCES}
    for language in ("fi", "sv"):
        with translation.override(language):
            same = [a for a, words in SENTENCES.items() if str(words) == words._args[0]]
        assert same == [], language


@pytest.fixture
def ours(db: None) -> GroupWorld:
    return make_group(members=2)


def _acts(world: GroupWorld) -> None:
    member, company = world.members[0], world.companies[0]
    meeting = make_meeting(world, invited=False)
    record(actor=member, action="meeting.answered", target=meeting, person=member.pk, answer="coming")
    record(actor=world.coordinator, action="group.changed", target=world.group, fields=["name"])
    record(actor=world.coordinator, action="season.plan", target=meeting)
    record(actor=world.coordinator, action="enterprise.changed", target=company, fields=["name"])
    card = Representative.objects.get(person=member)
    record(actor=world.coordinator, action="contact_card.changed", target=card, shared=True)
    record(actor=member, action="feed.created", target=member, person=member.pk)
    record(actor=world.national, action="region.created", target=world.network)


ALL = {
    "meeting.answered", "group.changed", "season.plan", "enterprise.changed", "contact_card.changed",
    "feed.created", "region.created",
}  # fmt: skip


def _seen(person: Person | None) -> tuple[set[str], set[str]]:
    """Return what the policy shows the person, and what row security alone shows."""
    with acting_as(person.pk if person else None):
        raw = set(Entry.objects.values_list("action", flat=True))
    return set(visible_entries(person).values_list("action", flat=True)), raw


def test_each_reads_what_concerns_them(ours: GroupWorld) -> None:
    _acts(ours)
    expected = {
        ours.members[0]: ALL - {"season.plan", "region.created"},
        ours.members[1]: {"meeting.answered", "group.changed"},
        ours.coordinator: ALL - {"feed.created", "region.created"},
        ours.national: ALL - {"meeting.answered", "feed.created"},
        make_group(members=1).members[0]: set(),
        None: set(),
    }
    for person, actions in expected.items():
        assert _seen(person) == (actions, actions), person


def test_pages_show_sentences_and_hide_the_rest(ours: GroupWorld, as_person) -> None:
    _acts(ours)
    text = as_person(ours.members[1]).get(f"/log/groups/{ours.group.pk}/").content.decode()
    assert f"{ours.members[0].name} answered an invitation" in text
    assert "Kaisa Koordinaattori changed the group&#x27;s settings" in text
    assert "confirmed the plan" not in text
    own = as_person(ours.members[0]).get("/me/log/").content.decode()
    assert "Kaisa Koordinaattori changed contact details" in own
    network = as_person(ours.national).get(f"/log/networks/{ours.network.slug}/").content.decode()
    assert "added a region" in network
    assert "answered an invitation" not in network


def test_strangers_find_no_log(ours: GroupWorld, as_person) -> None:
    other = make_group(members=1)
    for path in (f"/log/groups/{ours.group.pk}/", f"/log/networks/{ours.network.slug}/"):
        assert as_person(other.members[0]).get(path).status_code == 404
        assert as_person(None).get(path).status_code == 302
    assert as_person(ours.members[0]).get(f"/log/networks/{ours.network.slug}/").status_code == 403


def test_filter_pages_and_equal_queries(ours: GroupWorld, as_person, django_assert_max_num_queries) -> None:
    client, path = as_person(ours.coordinator), f"/log/groups/{ours.group.pk}/"
    meeting, counts = make_meeting(ours, invited=False), []
    client.get(path)  # what is kept for half a minute is asked before counting
    for _round in range(2):
        for number in range(40 if counts else 1):
            record(actor=ours.members[number % 2], action="meeting.changed", target=meeting, number=number)
            record(actor=ours.coordinator, action="seat.given", target=ours.seats[number % 2])
            record(actor=ours.coordinator, action="group.changed", target=ours.group, number=number)
        with django_assert_max_num_queries(40) as seen:
            assert client.get(path).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert client.get(path).content.decode().count("<tr>") == 51
    assert client.get(path, {"page": 3}).content.decode().count("<tr>") == 24
    only = client.get(path, {"kind": "seat"}).content.decode()
    assert only.count("<tr>") == 42
    assert "gave a company a seat" in only
    assert client.get(path, {"first": "2999-01-01"}).content.decode().count("<tr>") == 0
    assert client.get(path, {"kind": "' or 1=1", "first": "x", "page": "x"}).status_code == 200


def test_files(ours: GroupWorld, as_person) -> None:
    ours.coordinator.name = "=HYPERLINK(1)"
    ours.coordinator.save()
    record(actor=ours.coordinator, action="group.changed", target=ours.group, fields=["name"])
    client, path = as_person(ours.members[0]), f"/log/groups/{ours.group.pk}/"
    table = client.get(f"{path}log.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert rows[0] == ["When", "What", "About", "Seen by", "Code"]
    assert not rows[1][1].startswith("=")
    line = json.loads(client.get(f"{path}log.jsonl").content)
    assert (line["action"], line["actor"], line["data"]) == (
        "group.changed",
        ours.coordinator.pk,
        {"fields": ["name"]},
    )
