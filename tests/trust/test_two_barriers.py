"""Policies, row security and an oracle written from the product's description agree on everybody and everything."""

from __future__ import annotations

import os
import re
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from tests.confidential import CONFIDENTIAL_TABLES
from tests.trust.building import POLICIES, TABLES, build, differences
from tests.trust.oracle import may_read
from tests.trust.spec import RICH, Spec, specs

EXAMPLES = int(os.environ.get("YDIN_EXAMPLES", "15"))


def _compare(spec: Spec) -> list[str]:
    """Build, ask, and take everything back."""
    with transaction.atomic():
        found = differences(build(spec), partial(may_read, spec))
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
    assert differences(built, partial(may_read, RICH)) == []
    return built


def test_a_policy_of_the_database_that_is_gone_shows(rich: Any) -> None:
    """Each read policy in its turn is replaced by one that lets everything, then by one that lets nothing through."""
    for kind, table in TABLES.items():
        for mutant in ("true", "false"):
            with transaction.atomic():
                connection.cursor().execute(f"alter policy {table}_read on {table} using ({mutant})")
                found = differences(rich, partial(may_read, RICH), {kind})
                transaction.set_rollback(True)
            assert any(d.startswith(f"rows {kind}") for d in found), (
                f"{table} read by {mutant}: nobody notices"
            )


FUNCTIONS = {
    "ydin_member_groups": ("visitors read", "s.state in ('member', 'paused')", "s.state <> 'left'"),
    "ydin_coordinated_groups": ("for ever", "c.ends_on >= current_date", "true"),
    "ydin_opened_groups": ("glass stays broken", "g.ends_at > now()", "true"),
    "ydin_overseen_groups": ("any network", "a.person_id = ydin_actor()", "true"),
    "ydin_readable_groups": ("no glass", "|| ydin_opened_groups()", ""),
    "ydin_readable_representatives": ("unshared cards", "c.shared_with_group", "true"),
    "ydin_kept_enterprises": ("seats left", "s.ends_on is null", "true"),
    "ydin_overseen_networks": ("ended roles", "a.ends_on >= current_date", "true"),
}


def test_a_function_of_the_database_that_says_more_shows(rich: Any) -> None:
    for function, (why, before, after) in FUNCTIONS.items():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select pg_get_functiondef(%s::regproc)", [function])
            source = cursor.fetchone()[0]
            assert before in source, f"{function} does not contain {before!r}"
            cursor.execute(source.replace(before, after))
            found = differences(rich, partial(may_read, RICH), TABLES)
            transaction.set_rollback(True)
        assert found != [], f"{function}: {why}, and nobody notices"


def test_a_filter_that_is_gone_shows(rich: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each policy of the program in its turn lets everything, then nothing through."""
    for kind, (module, name) in POLICIES.items():
        manager = rich.items[kind][0]._default_manager
        for rows in (manager.all(), manager.none()):
            with monkeypatch.context() as patched:
                patched.setattr(module, name, lambda _reader, rows=rows: rows)
                found = differences(rich, partial(may_read, RICH), {kind})
            assert any(d.startswith(f"policy {kind}") for d in found), f"{name} is gone and nobody notices"


def test_every_confidential_table_takes_part() -> None:
    """Or is listed here with the test that holds it."""
    elsewhere = CONFIDENTIAL_TABLES - set(TABLES.values())
    assert elsewhere <= ELSEWHERE.keys(), (
        "a new confidential table: add it to building.TABLES, or say who tests it"
    )


ELSEWHERE = {
    "calendar_apppassword": "tests/calendar",
    "calendar_syncstate": "tests/calendar",
    "home_feedback": "tests/home",
    "meetings_timeproposal": "tests/meetings",
    "outbox_inboundmail": "tests/outbox",
    **dict.fromkeys(("experiments_experiment", "experiments_publictext"), "tests/experiments"),
    **dict.fromkeys(("stories_story", "stories_consent"), "tests/stories"),
    "partnerships_collaboration": "tests/partnerships",
    "partnerships_collaborationvalue": "tests/partnerships",
    "partnerships_consentask": "tests/partnerships",
    "partnerships_introduction": "tests/partnerships",
    "partnerships_listing": "tests/partnerships",
    "partnerships_suggestion": "tests/partnerships",
    "privacy_consent": "tests/privacy",
    "privacy_correction": "tests/privacy",
    "privacy_erasure": "tests/privacy",
    "privacy_export": "tests/privacy",
    "privacy_passage": "tests/privacy",
}


@pytest.mark.django_db
def test_nothing_overtakes_the_cheap_form_of_a_policy() -> None:
    """Each policy that calls a function does so in a sub-select, so that it runs once a query (ADR 0001)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename, policyname, qual from pg_policies where cmd = 'SELECT' and qual like '%%ydin%%'"
        )
        rows = cursor.fetchall()
    assert len(rows) >= len(TABLES)
    dear = [f"{t}: {p}" for t, p, qual in rows if re.search(r"(?<!SELECT )ydin_(?!actor)\w+\(", qual)]
    assert dear == []
