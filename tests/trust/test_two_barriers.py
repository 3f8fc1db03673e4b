"""Policies, row security and an oracle written from the product's description agree on everybody and everything."""

from __future__ import annotations

import os
import re
from functools import cache, partial
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from tests.confidential import CONFIDENTIAL_TABLES
from tests.trust.asking import POLICIES, TABLES, differences
from tests.trust.building import build
from tests.trust.oracle import may_read
from tests.trust.spec import RICH, Spec, specs

SAID = cache(partial(may_read, RICH))
EXAMPLES = int(os.environ.get("YDIN_EXAMPLES", "15"))


def _compare(spec: Spec) -> list[str]:
    """Build, ask, and take everything back."""
    with transaction.atomic():
        found = differences(build(spec), partial(may_read, spec), plainly=spec is RICH)
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # each example costs a second: none is spent on shrinking
    derandomize="YDIN_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(RICH)
@given(specs())
def test_three_answers_are_one(spec: Spec) -> None:
    assert _compare(spec) == []


@pytest.fixture
def rich(db: None) -> Any:
    built = build(RICH)
    assert differences(built, SAID, plainly=False) == []
    return built


BY_LINK = re.compile(r"current_setting\('ydin\.application'")
"""Who holds an applicant's link is nobody that the comparison knows; tests/groups holds that alternative."""


def _policies() -> dict[str, str]:
    """Return the condition of each table's read policy, as PostgreSQL writes it."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename, qual from pg_policies where policyname = tablename || '_read'")
        return dict(cursor.fetchall())


def _arms(condition: str) -> list[str]:
    """Return the alternatives of a condition: what stands between the outermost ORs, at most two deep."""
    inner = condition.removeprefix("(").removesuffix(")")
    found, depth, begun = [], 0, 0
    for here, sign in enumerate(inner):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and inner.startswith(" OR ", here):
            found.append(inner[begun:here])
            begun = here + 4
    return [*found, inner[begun:]]


def _unseen(built: Any, kind: str, condition: str) -> bool:
    """Tell whether nobody notices that a table is read by another condition than its own."""
    table = TABLES[kind]
    with transaction.atomic():
        connection.cursor().execute(f"alter policy {table}_read on {table} using ({condition})")
        found = differences(built, SAID, {kind}, barriers=["rows"])
        transaction.set_rollback(True)
    return not any(d.startswith(f"rows {kind}") for d in found)


def test_a_policy_of_the_database_that_is_gone_shows(rich: Any) -> None:
    """Each read policy in its turn lets everything, then nothing through, then loses each of its alternatives."""
    unseen, own = [], _policies()
    for kind, table in TABLES.items():
        arms = _arms(own[table])
        left = [arms[:n] + arms[n + 1 :] for n, arm in enumerate(arms) if not BY_LINK.search(arm)]
        fewer = [" or ".join(others) for others in left if others]
        for mutant in [m for m in ("true", "false", *fewer) if m != own[table]]:
            unseen += [f"{table} read by {mutant}"] if _unseen(rich, kind, mutant) else []
    assert not unseen, "nobody notices:\n" + "\n".join(unseen)


WIDER = (
    (r"\w+\.?ends_on >= current_date", "true"),  # whoever did it once
    (r"\w+\.?ends_on is null", "true"),
    (r"\w+\.?starts_on <= current_date", "true"),  # whoever will do it one day
    (r"(\w+\.)?role = '\w+'", "true"),  # experts and students as if they coordinated
    (r"(\w+\.)?role in \([^)]+\)", "true"),
    (r"(\w+\.)?person_id = ydin_actor\(\)", "true"),  # whatever anybody is
    (r"(\w+\.)?state in \([^)]+\)", "true"),  # visitors as if they were members
    (r"= any\(ydin_\w+\(\)\)", "is not null"),
    (r"\w+\.ends_at > now\(\)", "true"),  # the glass stays broken
    (r"\|\| ydin_opened_groups\(\)", ""),  # or was never opened
    (r"c\.shared_with_group", "true"),
    (r"asked_at is not null", "true"),
    (r"and c\.network_id = \w+\.network_id", ""),
)
"""What could be forgotten in a function under a policy, and how it would read then."""
ASKED_TWICE = {"outsider_networks"}
"""Functions whose conditions the one above them asks once more: forgotten there, nothing changes."""


def _functions() -> dict[str, str]:
    """Return the source of every function that a read policy rests on, directly or through another one."""
    with connection.cursor() as cursor:
        cursor.execute("select proname, pg_get_functiondef(oid) from pg_proc where prosqlbody is null"
            " and pronamespace = 'public'::regnamespace and prokind = 'f' and prolang ="
            " (select oid from pg_language where lanname = 'sql')")  # fmt: skip
        every = dict(cursor.fetchall())
    under, own = {}, _policies()
    waiting = " ".join(own[table] for table in TABLES.values())
    while new := {n: every[n] for n in re.findall(r"\w+(?=\()", waiting) if n in every and n not in under}:
        under |= new
        waiting = " ".join(new.values())
    return under


def test_a_function_of_the_database_that_says_more_shows(rich: Any) -> None:
    """Each condition that can be forgotten is forgotten in its turn, in each function under a read policy."""
    unseen, tried = [], 0
    for function, source in _functions().items():
        if function in ASKED_TWICE:
            continue
        for shape, after in WIDER:
            for match in re.finditer(shape, source):
                mutant = source[: match.start()] + after + source[match.end() :]
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(mutant)
                    found = differences(rich, SAID, TABLES, barriers=["rows"])
                    transaction.set_rollback(True)
                tried += 1
                if not found:
                    line = source[: match.start()].count(chr(10))
                    unseen.append(f"{function} without {match[0]!r} (line {line})")
    assert not unseen, "nobody notices:\n" + "\n".join(unseen)
    assert tried > 40


def test_a_filter_that_is_gone_shows(rich: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each policy of the program in its turn lets everything, then nothing through."""
    for kind, (module, name) in POLICIES.items():
        manager = rich.items[kind][0]._default_manager
        for rows in (manager.all(), manager.none()):
            with monkeypatch.context() as patched:
                patched.setattr(module, name, lambda *_reader, rows=rows: rows)
                found = differences(rich, SAID, {kind}, barriers=["policy"])
            assert any(d.startswith(f"policy {kind}") for d in found), f"{name} is gone and nobody notices"


def test_every_confidential_table_takes_part() -> None:
    """Or is listed here with the test that holds it."""
    assert {*TABLES.values()} | ELSEWHERE.keys() == CONFIDENTIAL_TABLES, (
        "a new confidential table: add it to building.TABLES, or say who tests it"
    )


_OUTSIDE = "who teaches what is not described here; {} asks both barriers as every reader"
ELSEWHERE: dict[str, str] = {
    **dict.fromkeys(
        [
            "institutes_assignment",
            "institutes_demo",
            "institutes_facility",
            "institutes_interest",
            "institutes_recruitment",
            "institutes_recruitname",
            "institutes_teammember",
        ],
        _OUTSIDE.format("tests/institutes/test_rights.py"),
    ),
}
"""Whatever is added here must say why the comparison cannot hold it."""


@pytest.mark.django_db
def test_nothing_overtakes_the_cheap_form_of_a_policy() -> None:
    """Each policy that calls a function does so in a sub-select, so that it runs once a query (ADR 0001)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename, policyname, qual from pg_policies where cmd = 'SELECT' and qual like '%%ydin%%'"
        )
        rows = cursor.fetchall()
    assert len(rows) >= len(TABLES)
    dear = [
        f"{t}: {p}"
        for t, p, qual in rows
        if re.search(r"(?<!SELECT )(?<!SELECT \()(?<!\|\| )ydin_(?!actor)\w+\(", qual)
    ]
    assert dear == []
