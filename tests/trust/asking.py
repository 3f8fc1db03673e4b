"""Asking both barriers who reads what, and where they disagree with the oracle."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import Any, Final

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.trust.building import Built
from tests.trust.oracle import Seen

from ydin.calendar import policies as calendar
from ydin.experiments import policies as experiments
from ydin.groups import policies as groups
from ydin.home.queries import feedback
from ydin.ideas import policies as ideas
from ydin.kernel.acting import acting_as
from ydin.meetings import policies as meetings
from ydin.networks import policies as networks
from ydin.partnerships import policies as partnerships
from ydin.people.models import Person
from ydin.privacy import policies as privacy
from ydin.stories import policies as stories
from ydin.stories import queries as stories_told
from ydin.trust import policies as trust

POLICIES: dict[str, tuple[Any, str]] = {
    "memo": (meetings, "visible_memos"),
    "promise": (meetings, "visible_promises"),
    "rsvp": (meetings, "visible_rsvps"),
    "attendance": (meetings, "visible_attendances"),
    "wish": (meetings, "visible_wishes"),
    "acceptance": (groups, "visible_acceptances"),
    "glass": (groups, "visible_glass_breaks"),
    "upload": (networks, "visible_batches"),
    "entry": (trust, "visible_entries"),
    "meeting": (meetings, "visible_meetings"),
    "season": (meetings, "visible_seasons"),
    "turn": (meetings, "visible_turns"),
    "event": (calendar, "visible_events"),
    "feed": (calendar, "own_feed_addresses"),
    "company": (groups, "visible_enterprises"),
    "inside": (groups, "readable_groups"),
    "set_up": (groups, "manageable_groups"),
    "network": (networks, "known_networks"),
    "experiment": (experiments, "visible_experiments"),
    "idea": (ideas, "visible_ideas"),
    "talk": (ideas, "visible_talks"),
    "own_talk": (ideas, "own_talks"),
    "talk_ask": (ideas, "visible_talk_asks"),
    "listing": (partnerships, "visible_listings"),
    "suggestion": (partnerships, "visible_suggestions"),
    "suggested": (partnerships, "wanted_suggestions"),
    "ask": (partnerships, "visible_asks"),
    "together": (partnerships, "visible_together"),
    "own_together": (partnerships, "own_collaborations"),
    "front": (stories_told, "published_stories"),
    "desk": (stories, "edited_stories"),
    "export": (privacy, "visible_exports"),
    "agreed": (privacy, "visible_consents"),
    "correction": (privacy, "visible_corrections"),
    "passage": (privacy, "visible_passages"),
    "password": (calendar, "own_app_passwords"),
    "feedback": (feedback, "feedback_for"),
}
"""The first barrier. Contact cards, applications and letters have none of their own: they are reached through
a company, a group or a person that has one, and row security alone decides which of them come along."""

TABLES = {
    "memo": "meetings_memo",
    "promise": "meetings_promise",
    "rsvp": "meetings_rsvp",
    "attendance": "meetings_attendance",
    "wish": "meetings_hostingwish",
    "card": "networks_contactcard",
    "application": "groups_application",
    "acceptance": "groups_acceptance",
    "glass": "groups_glassbreak",
    "upload": "networks_importbatch",
    "letter": "outbox_message",
    "entry": "audit_entry",
    "experiment": "experiments_experiment",
    "text": "experiments_publictext",
    "companion": "experiments_companion",
    "idea": "ideas_idea",
    "support": "ideas_support",
    "talk": "ideas_talk",
    "talk_ask": "ideas_talkask",
    "listing": "partnerships_listing",
    "suggestion": "partnerships_suggestion",
    "introduction": "partnerships_introduction",
    "ask": "partnerships_consentask",
    "refused": "partnerships_notrelevant",
    "figure": "partnerships_ledgerfigure",
    "together": "partnerships_collaboration",
    "value": "partnerships_collaborationvalue",
    "story": "stories_story",
    "named": "stories_consent",
    "commitment": "networks_outsidercommitment",
    "export": "privacy_export",
    "erasure": "privacy_erasure",
    "consent": "privacy_consent",
    "correction": "privacy_correction",
    "passage": "privacy_passage",
    "proposal": "meetings_timeproposal",
    "password": "calendar_apppassword",
    "sync": "calendar_syncstate",
    "feedback": "home_feedback",
    "mail": "outbox_inboundmail",
}
"""The second barrier. What is not here is known to the whole group or network anyway (docs/adr/0007)."""

FOR_EVERYBODY: Final = {"front"}
"""Asked without a reader."""
FOR_PEOPLE: Final = {"feedback"}
"""Never asked for a stranger."""
BOTH: Final = ("policy", "rows")
SOMEBODY: Final = 4_611_686_018_427_387
"""Stands for the reader's id in a statement that was written once for all readers."""


def _rows_of(kind: str, reader: Person | None) -> Any:
    policy = getattr(*POLICIES[kind])
    return policy() if kind in FOR_EVERYBODY else policy(reader)


@cache
def _statement(kind: str) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL that a policy writes, which is the same for all readers but for the id in it.

    Django needs longer to write these statements than PostgreSQL to answer them.
    """
    with CaptureQueriesContext(connection) as asked:
        rows = _rows_of(kind, Person(pk=SOMEBODY))
        sql, values = rows.order_by().values_list("pk").query.sql_with_params()
    assert len(asked) == 0, f"{kind}: the policy asks the database before it is asked itself"
    return sql, values


def _by_statement(kinds: list[str], reader: int) -> dict[str, set[str]]:
    seen: dict[str, set[str]] = {kind: set() for kind in kinds}
    parts, values = [], []
    for number, kind in enumerate(kinds):
        sql, given = _statement(kind)
        parts.append(f"select '{kind}', t{number}.pk::text from ({sql}) as t{number} (pk)")
        values += [reader if value == SOMEBODY else value for value in given]
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts), values)
        for kind, key in cursor.fetchall():
            seen[kind].add(key)
    return seen


def asked_policies(built: Built, person: int | None, kinds: Collection[str], *, plainly: bool) -> Seen:
    """Return what the policies show, row security off. `plainly`: as the program calls them, one by one."""
    wanted = [kind for kind in POLICIES if kind in kinds and not (person is None and kind in FOR_PEOPLE)]
    if person is not None and not plainly:
        seen = _by_statement(wanted, built.people[person].pk)
    else:
        reader = None if person is None else built.people[person]
        seen = {kind: set(map(str, _rows_of(kind, reader).values_list("pk", flat=True))) for kind in wanted}
    return {kind: _numbers(built, kind, keys) for kind, keys in seen.items()}


def asked_rows(built: Built, person: int | None, kinds: Collection[str]) -> Seen:
    """Return what row security alone shows: every row is asked for, as the web role, in the person's name."""
    wanted = [kind for kind in TABLES if kind in kinds]
    seen: dict[str, set[str]] = {kind: set() for kind in wanted}
    every = [
        f"select '{kind}', {built.items[kind][0]._meta.pk.column}::text from {TABLES[kind]}"
        for kind in wanted
    ]
    with acting_as(None if person is None else built.people[person].pk), connection.cursor() as cursor:
        cursor.execute(" union all ".join(every))
        for kind, key in cursor.fetchall():
            seen[kind].add(key)
    return {kind: _numbers(built, kind, keys) for kind, keys in seen.items()}


def _numbers(built: Built, kind: str, seen: set[str]) -> set[int]:
    rows = enumerate(built.items[kind][1])
    return {i for i, row in rows if row is not None and str(row.pk) in seen}


def differences(
    built: Built,
    oracle: Callable[[int | None], Seen],
    kinds: Collection[str] = (*POLICIES, *TABLES),
    *,
    barriers: Collection[str] = BOTH,
    plainly: bool = True,
) -> list[str]:
    """Return where one of the two barriers and the oracle disagree, of these kinds of item."""
    found = []
    for person in (None, *range(len(built.people))):
        said = oracle(person)
        asked = {}
        if "policy" in barriers:
            asked["policy"] = asked_policies(built, person, kinds, plainly=plainly)
        if "rows" in barriers:
            asked["rows"] = asked_rows(built, person, kinds)
        for barrier, seen in asked.items():
            found += [
                f"{barrier} {kind}: person {person} reads {sorted(numbers)}, may read {sorted(said[kind])}"
                for kind, numbers in seen.items()
                if numbers != said[kind]
            ]
    return found
