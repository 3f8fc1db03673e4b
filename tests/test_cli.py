"""The command line says what is wrong on one line and ends with 2."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from ydin.kernel.database import forget_cluster, throwaway_server


def ydin(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YDIN_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-m", "ydin.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=kept | environment,
    )


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], "COMMAND"),
        (["dance"], "dance"),
        (["demo", "--port", "eighty"], "eighty"),
        (["demo", "--port", "70000"], "70000"),
        (["demo", "--port", "-1"], "-1"),
        (["demo", "--colour"], "--colour"),
        (["serve", "--workers", "0"], "at least 1"),
        (["worker", "--concurrency", "many"], "many"),
        (["import"], "KIND"),
        (["import", "animals", "file.csv"], "animals"),
        (["import", "companies", "file.csv"], "--network"),
        (["import", "companies", "no-such-file.csv", "--network", "x"], "no-such-file.csv"),
        (["import", "municipalities", "no-such-file.csv", "--network", "x"], "no-such-file.csv"),
    ],
)
def test_bad_arguments_are_refused_on_one_line(arguments: list[str], word: str) -> None:
    assert_refused(ydin(*arguments), word)


def test_help_is_no_error() -> None:
    done = ydin("--help")
    assert done.returncode == 0
    assert "demo" in done.stdout


def test_a_demo_on_a_busy_port_says_so(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = str(busy.getsockname()[1])
        assert_refused(ydin("demo", "--port", port, "--data", str(tmp_path)), port, "in use")
    assert list(tmp_path.iterdir()) == []


def test_a_demo_does_not_run_in_production(tmp_path: Path) -> None:
    assert_refused(ydin("demo", "--data", str(tmp_path), YDIN_ENV="production"), "production")


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert_refused(ydin("demo", "--port", "0", "--data", str(file)), str(file))


@pytest.mark.parametrize("command", ["serve", "worker", "check-config"])
def test_an_incomplete_environment_is_named(command: str) -> None:
    assert_refused(ydin(command), "YDIN_ENV")
    assert_refused(ydin(command, YDIN_ENV="production"), "YDIN_SECRET_KEY")
    assert_refused(ydin(command, YDIN_ENV="holiday"), "YDIN_ENV")


def test_management_in_production_makes_up_no_database() -> None:
    assert_refused(ydin("manage", "migrate", YDIN_ENV="production", YDIN_SECRET_KEY="x" * 50), "DATABASE_URL")


def test_a_demo_leaves_a_database_alone_that_it_did_not_make(tmp_path: Path) -> None:
    with throwaway_server() as server:
        with psycopg.connect(server.url) as connection:
            connection.execute("create table somebodys as select 7 as n")
        for arguments in ([], ["--reset"]):
            done = ydin("demo", "--port", "0", "--data", str(tmp_path), *arguments, DATABASE_URL=server.url)
            assert_refused(done, "DATABASE_URL", "no demo made")
        with psycopg.connect(server.url) as connection:
            assert connection.execute("select n from somebodys").fetchone() == (7,)


def test_a_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    url = f"postgresql:///ydin?host={tmp_path}"
    assert_refused(ydin("demo", "--port", "0", "--data", str(tmp_path), DATABASE_URL=url), "does not answer")


def test_a_key_is_made_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    url = f"postgresql:///ydin?host={tmp_path}"
    key = tmp_path / "secret-key"
    ydin("demo", "--port", "0", "--data", str(tmp_path), DATABASE_URL=url)
    first = key.read_text()
    ydin("demo", "--port", "0", "--data", str(tmp_path), DATABASE_URL=url)
    assert key.read_text() == first
    assert len(first) > 50
    assert key.stat().st_mode & 0o777 == 0o600


def test_sigterm_ends_a_command_and_the_database_started_for_it(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("YDIN_", "DATABASE_"))}
    command = subprocess.Popen(
        [sys.executable, "-m", "ydin.cli", "manage", "--data", str(tmp_path), "flush"],  # asks, and waits
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=kept,
    )
    assert command.stdout
    assert command.stdout.readline().startswith("You have requested a flush")
    command.terminate()
    command.communicate(timeout=60)
    assert command.returncode == 128 + signal.SIGTERM
    forget_cluster(tmp_path)  # refuses while somebody uses it
