"""What row security costs at one million memos, against the same query with the filter written out.

usage: python bench/rowsecurity.py [--memos 1000000] [--groups 1000] [--rounds 41]

Builds a database of its own with all migrations, so that policies and functions are the product's. One
person holds a seat in one group, another in twenty. Every statement runs as the owner, whom no policy binds
(`explicit`), and word for word the same as `ydin_web` in that person's name (`secured`). Two ways to write the filter:

- `product`: what `meetings.policies.visible_memos` makes of it, by Django; it looks up the groups itself.
- `ids`: `group_id = any('{…}')`, the ids known before. No page does so; it is the cheapest filter there is.

`alone`, beside `ids`: as `ydin_web` without any filter (what a forgotten one would cost). In turns, after a
warm-up; the time is that of the statement at the client over a Unix socket, unprepared, as Django sends it.

Printed: the fastest of all rounds in milliseconds (the machine may have other work), the ratio secured /
explicit and the difference; for comparison counting by two forms of the policy that are not used. Last a JSON
line. Exit status 1 when a statement of the product that takes a millisecond or more costs more than 1.25 times the
explicit filter. What a shorter one costs more is a fixed twentieth of a millisecond or so for looking up the groups:
shown, not judged (ADR 0007).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from django.db.models import QuerySet

from ydin.kernel.database import throwaway_server

LIMIT = 1.25
JUDGED_MS = 1.0
QUERIES = {
    "count": "select count(*) from meetings_memo m where {filter}",
    "newest 20": "select m.id, m.discussed from meetings_memo m join meetings_meeting e on e.id = m.meeting_id "
    "where {filter} order by e.starts_at desc limit 20",
    "one of ours": "select m.id, m.discussed from meetings_memo m where m.meeting_id = {meeting} and {filter}",
    "all of ours": "select m.id, m.meeting_id, m.discussed from meetings_memo m where {filter} order by m.id",
}
FORMS = {
    "as used": "group_id = any((select ydin_readable_groups())::bigint[])",
    "in (select unnest)": "group_id in (select unnest(ydin_readable_groups()))",
    "call for each row": "group_id = any(ydin_readable_groups())",
}


def columns(cursor: Any, table: str, known: dict[str, str]) -> tuple[str, str]:
    """Return the names and values for an insert: `known` ones as they are, the rest something of their type."""
    cursor.execute(
        "select column_name, data_type, is_nullable, column_default from information_schema.columns "
        "where table_name = %s and table_schema = 'public' and is_identity = 'NO' order by ordinal_position",
        [table],
    )
    usual = {
        "ARRAY": "'{}'",
        "jsonb": "'[]'",
        "boolean": "false",
        "date": "current_date",
        "uuid": "gen_random_uuid()",
    }
    names, values = [], []
    for name, kind, nullable, default in cursor.fetchall():
        if name in known:
            names, values = [*names, name], [*values, known[name]]
        elif nullable == "NO" and default is None:
            value = usual.get(kind) or (
                "now()" if "timestamp" in kind else "''" if "char" in kind or kind == "text" else "1"
            )
            value = "'17:30'" if kind.startswith("time without") else value
            names, values = [*names, name], [*values, value]
    return ", ".join(names), ", ".join(values)


def insert(cursor: Any, table: str, source: str, **known: str) -> None:
    """Insert a row for each row of `source`, an SQL from-clause."""
    names, values = columns(cursor, table, known)
    cursor.execute(f"insert into {table} ({names}) select {values} from {source}")


def fill(cursor: Any, memos: int, groups: int) -> None:
    """Write groups, meetings, memos and two people with seats in one and in twenty groups."""
    insert(cursor, "networks_network", "generate_series(1, 1)", slug="'n'", languages="'{fi}'")
    insert(cursor, "networks_organisation", "networks_network", network_id="id", name="'o'")
    cursor.execute("select id from networks_network")
    net = cursor.fetchone()[0]
    cursor.execute("select id from networks_organisation")
    org = cursor.fetchone()[0]
    insert(
        cursor, "groups_coregroup", f"generate_series(1, {groups}) n", network_id=str(net), organisation_id=str(org),
        slug="'g' || n", name="'g' || n", max_size="25", evening_end="'20:00'",
    )  # fmt: skip
    cursor.execute(
        "create temp table ring as select id, row_number() over (order by id) n from groups_coregroup"
    )
    insert(
        cursor, "meetings_meeting", f"generate_series(1, {memos}) m join ring on ring.n = 1 + m % {groups}",
        group_id="ring.id", starts_at="now() - m * interval '1 hour'",
        ends_at="now() - m * interval '1 hour' + interval '2 hours'", state="'held'", audience="'group'",
    )  # fmt: skip
    insert(
        cursor,
        "meetings_memo",
        "meetings_meeting",
        meeting_id="id",
        group_id="group_id",
        discussed="repeat('x', 200)",
    )
    insert(
        cursor,
        "people_person",
        "generate_series(1, 2) n",
        email="'p' || n || '@example.org'",
        language="'fi'",
        is_active="true",
    )
    insert(
        cursor, "networks_enterprise", "people_person", network_id=str(net), name="email", languages="'{fi}'"
    )
    insert(
        cursor, "networks_representative", "people_person p join networks_enterprise e on e.name = p.email",
        person_id="p.id", enterprise_id="e.id", starts_on="'2020-01-01'",
    )  # fmt: skip
    insert(
        cursor, "groups_seat",
        "networks_enterprise e join ring on ring.n <= case when e.name like 'p1%' then 1 else 20 end",
        group_id="ring.id", enterprise_id="e.id", state="'member'", starts_on="'2020-01-01'",
    )  # fmt: skip
    cursor.execute("vacuum analyze")


def timed(cursor: Any, before: str, query: str) -> Callable[[], float]:
    """Return a function that runs the query once as `before` says and returns its milliseconds."""

    def once() -> float:
        cursor.execute("begin")
        cursor.execute(before)
        start = time.perf_counter()
        cursor.execute(query)
        cursor.fetchall()
        spent = (time.perf_counter() - start) * 1000
        cursor.execute("rollback")
        return spent

    return once


def compare(cursor: Any, person: int, ids: list[int], rounds: int) -> list[dict[str, Any]]:
    """Run every query both ways in turns; return a row of figures for each."""
    cursor.execute("select max(meeting_id) from meetings_memo where group_id = %s", [ids[0]])
    meeting = cursor.fetchone()[0]
    explicit = f"m.group_id = any('{{{','.join(map(str, ids))}}}'::bigint[])"
    asked = [("product", name, text, "") for name, text in of_product(person, ids[0], meeting).items()]
    asked += [
        ("ids", name, query.format(filter=explicit, meeting=meeting), query.format(filter="true", meeting=meeting))
        for name, query in QUERIES.items()
    ]  # fmt: skip
    as_owner = "select set_config('role', 'none', true)"
    as_person = f"select set_config('role', 'ydin_web', true), set_config('ydin.actor', '{person}', true)"
    rows = []
    for filtered, name, text, bare in asked:
        ways = [timed(cursor, as_owner, text), timed(cursor, as_person, text)]
        ways += [timed(cursor, as_person, bare)] if bare else []
        times = [[way() for way in ways] for _ in range(rounds + 5)][5:]
        first, second, *third = (min(t) for t in zip(*times, strict=True))
        rows.append(
            {"filter": filtered, "groups": len(ids), "query": name, "explicit_ms": round(first, 3), "secured_ms": round(second, 3),
             "alone_ms": round(third[0], 3) if third else None,
             "ratio": round(second / first, 2), "added_ms": round(second - first, 3)}
        )  # fmt: skip
    return rows


def of_product(person: int, group: int, meeting: int) -> dict[str, str]:
    """Return the statements that Django makes for the product's own filter, by name."""
    from django.db import connection

    from ydin.meetings.policies import visible_memos
    from ydin.people.models import Person

    memos = visible_memos(Person.objects.get(pk=person))
    newest = memos.order_by("-meeting__starts_at", "-pk")

    def text(rows: QuerySet[Any]) -> str:
        return str(connection.ops.compose_sql(*rows.query.sql_with_params()))

    return {
        "count": f"select count(*) from ({text(memos.values('pk'))}) m",
        "newest 20": text(newest.values("pk", "discussed")[:20]),
        "group's page": text(newest.filter(group=group).select_related("meeting")[:12]),
        "one of ours": text(memos.filter(meeting=meeting).values("pk", "discussed")),
        "all of ours": text(memos.order_by("pk").values("pk", "meeting_id", "discussed")),
    }


def other_forms(cursor: Any, person: int) -> dict[str, float]:
    """Return the milliseconds of counting with each form of the policy, the slow ones cut at 60 s."""
    found = {}
    for name, form in FORMS.items():
        cursor.execute("begin")
        cursor.execute(f"alter policy meetings_memo_read on meetings_memo using ({form})")
        cursor.execute(
            f"set local statement_timeout = '60s'; select set_config('role', 'ydin_web', true), set_config('ydin.actor', '{person}', true)"
        )
        start = time.perf_counter()
        try:
            cursor.execute("select count(*) from meetings_memo")
            found[name] = round((time.perf_counter() - start) * 1000, 2)
        except psycopg.errors.QueryCanceled:
            found[name] = 60_000.0
        cursor.execute("rollback")
    return found


def begin(url: str) -> None:
    """Make the tables in an empty database and start Django on it."""
    os.environ.update(
        {"DATABASE_URL": url, "YDIN_DB_ROLE": "owner", "YDIN_ENV": "development", "YDIN_SECRET_KEY": "bench",
         "YDIN_BASE_URL": "http://localhost", "DJANGO_SETTINGS_MODULE": "ydin.config.settings"}
    )  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "ydin.cli", "manage", "migrate", "-v0", "--skip-checks"], check=True
    )
    import django

    django.setup()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--memos", type=int, default=1_000_000)
    parser.add_argument("--groups", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=41)
    given = parser.parse_args()
    with throwaway_server() as server:
        begin(server.url)
        with (
            psycopg.connect(server.url, autocommit=True, prepare_threshold=None) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute("set jit = off")
            fill(cursor, given.memos, given.groups)
            cursor.execute("select version()")
            version = cursor.fetchone()[0].split(" on ")[0]
            rows = []
            cursor.execute("select id from people_person order by email")
            for (person,) in cursor.fetchall():
                cursor.execute(
                    "select array_agg(s.group_id) from groups_seat s join networks_representative r "
                    "using (enterprise_id) where r.person_id = %s", [person],
                )  # fmt: skip
                rows += compare(cursor, person, cursor.fetchone()[0], given.rounds)
            forms = other_forms(cursor, person)
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {version}"
    print(f"{given.memos:,} memos in {given.groups:,} groups; fastest of {given.rounds}; {machine}\n")
    print(
        f"{'filter':<8}{'groups':>6} {'query':<12} {'explicit':>9} {'secured':>9} {'ratio':>6} {'added':>8} {'alone':>8} ms"
    )
    for row in rows:
        alone = f"{row['alone_ms']:>8.3f}" if row["alone_ms"] else ""
        print(
            f"{row['filter']:<8}{row['groups']:>6} {row['query']:<12} {row['explicit_ms']:>9.3f} {row['secured_ms']:>9.3f} "
            f"{row['ratio']:>6.2f} {row['added_ms']:>8.3f} {alone}"
        )
    print("\ncounting, by the form of the policy:", ", ".join(f"{k} {v:,.1f} ms" for k, v in forms.items()))
    print(
        json.dumps(
            {
                "bench": "rowsecurity",
                "machine": machine,
                "memos": given.memos,
                "groups": given.groups,
                "rows": rows,
                "forms": forms,
            }
        )
    )
    judged = [row for row in rows if row["filter"] == "product" and row["explicit_ms"] >= JUDGED_MS]
    return int(any(row["ratio"] > LIMIT for row in judged))


if __name__ == "__main__":
    sys.exit(main())
