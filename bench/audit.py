"""What a chained log costs: sealing when an entry is written, or afterwards.

usage: python bench/audit.py [--seconds 3] [--writers 8] [--entries 20000]

Builds a database of its own with all migrations. Writers run transactions that add an entry and go on for
10 ms before they commit, as a page does that writes and then renders: once under an advisory lock held until
commit, which a chain needs whose links are written with the entries; once as the product does, without.
Then what sealing and verifying so many entries takes. Prints a table and a JSON line.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import threading
import time
from typing import Any

import psycopg

from ydin.kernel.database import throwaway_server

ENTRY = """insert into audit_entry (id, at, action, target_type, target_id, readers, data)
select gen_random_uuid(), now(), 'group.changed', 'groups.coregroup', n::text, 'group', '{"fields": ["name"]}'
from generate_series(1, %s) n"""


def throughput(url: str, *, locked: bool, writers: int, seconds: float) -> float:
    """Return the transactions a second of so many writers."""
    counts, stop = [0] * writers, time.monotonic() + seconds

    def write(number: int) -> None:
        with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
            while time.monotonic() < stop:
                cursor.execute("begin")
                if locked:
                    cursor.execute("select pg_advisory_xact_lock(1)")
                cursor.execute(ENTRY, [1])
                cursor.execute("select pg_sleep(0.01)")
                cursor.execute("commit")
                counts[number] += 1

    threads = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def seconds_of(act: str, env: dict[str, str]) -> float:
    """Return how long an act of `ydin audit` takes, start of the program included."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "ydin.cli", "manage", "audit", act],
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--entries", type=int, default=20_000)
    given = parser.parse_args()
    found: dict[str, Any] = {}
    with throwaway_server() as server:
        env = {
            **os.environ,
            "DATABASE_URL": server.url,
            "YDIN_DB_ROLE": "owner",
            "YDIN_ENV": "development",
            "YDIN_SECRET_KEY": "bench",
            "YDIN_BASE_URL": "http://localhost",
        }
        subprocess.run([sys.executable, "-m", "ydin.cli", "manage", "migrate", "-v0"], env=env, check=True)
        for name, locked in (("sealed when written", True), ("sealed afterwards", False)):
            rate = throughput(server.url, locked=locked, writers=given.writers, seconds=given.seconds)
            found[f"{name}, transactions/s"] = round(rate)
        seconds_of("seal", env)
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(ENTRY, [given.entries])
        found["start of the program, s"] = round(seconds_of("head", env), 2)
        found[f"sealing {given.entries:,}, s"] = round(seconds_of("seal", env), 2)
        found["verifying all, s"] = round(seconds_of("verify", env), 2)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{given.writers} writers, {machine}")
    for name, value in found.items():
        print(f"{name:<36}{value:>10}")
    print(json.dumps({"bench": "audit", "machine": machine, **found}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
