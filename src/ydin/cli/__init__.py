"""The command line: `ydin demo|serve|worker|mail-in|mail-check|plan|import|audit|manage|check-config`."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import NoReturn

from ydin.cli.lazy import load
from ydin.cli.surroundings import (
    BadSurroundings,
    check_environment,
    with_database,
    with_throwaway_database,
    without_database,
)
from ydin.kernel.database import DatabaseUnavailable
from ydin.kernel.processes import end_with_parent, free_port, port_is_free

BAD_ARGUMENTS = 2
HIGHEST_PORT = 65535
MAIL_PORT = 8025
NO_REPLIES = (
    "ydin: YDIN_REPLY_ADDRESS is not set: invitations ask for no calendar reply, and answers by mail go to "
    "the coordinators (see docs/mail-and-calendar.md)"
)
WITHOUT_DATABASE = {
    "messages",
    "check",
    "collectstatic",
    "findstatic",
    "screenshots",
    "help",
    "--help",
    "version",
    "--version",
}
FOR_DEVELOPERS = {"makemigrations", "squashmigrations", "rebase_migration", "optimizemigration"}
PAST_ALL_RIGHTS = {"dumpdata", "loaddata", "shell", "dbshell", "createsuperuser", "runserver", "testserver"}
"""Commands of Django's that read or write every row as the database's owner: operators are no readers (ADR 0007)."""
EXAMPLE_OF_PRODUCTION = {
    "YDIN_ENV": "production",
    "YDIN_SECRET_KEY": "an-example-that-is-long-enough-0123456789-abcdefghijklmnopqrstuvwxyz",
    "YDIN_BASE_URL": "https://ydin.example",
    "YDIN_ALLOWED_HOSTS": "ydin.example",
    "YDIN_EMAIL_URL": "smtp://localhost:25",
    "YDIN_REPLY_ADDRESS": "answers@ydin.example",
    "YDIN_TRUSTED_PROXIES": "1",
    "DATABASE_URL": "postgresql:///ydin",
}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments on one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_ARGUMENTS, f"{self.prog}: {' '.join(message.split())} (see {self.prog} --help)\n")


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit status. Bad arguments: one line on standard error and 2."""
    argv = sys.argv[1:] if argv is None else argv
    if argv[:1] == ["plan"]:  # has a parser of its own, whose options argparse would claim here
        return int(load("ydin.planning.cli:main")(argv[1:]) or 0)
    given = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = given.run
    supervisor = os.environ.pop("YDIN_SUPERVISOR", "")
    if supervisor.isdecimal():
        end_with_parent(int(supervisor))
    try:
        return run(given)
    except (BadSurroundings, DatabaseUnavailable) as problem:
        print(f"ydin: {' '.join(str(problem).split())}", file=sys.stderr)  # noqa: T201
        return BAD_ARGUMENTS


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="ydin", description="A growth network of micro-enterprises and its core groups.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="run the sample network on this machine, in the foreground")
    _add_address(demo)
    _add_data(demo)
    demo.add_argument("--reset", action="store_true", help="start over with a fresh sample network")
    demo.add_argument("--friendly", action="store_true", help="tell a person how to enter, on standard error")
    demo.set_defaults(run=_demo)

    serve = commands.add_parser("serve", help="run the web server")
    _add_address(serve)
    serve.add_argument("--workers", type=_at_least_one, default=2, help="processes (default 2)")
    serve.add_argument("--threads", type=_at_least_one, default=4, help="threads of each (default 4)")
    serve.set_defaults(run=_serve)

    worker = commands.add_parser("worker", help="run the job worker: e-mail, reminders, upkeep")
    worker.add_argument("--concurrency", type=_at_least_one, default=2, help="jobs at a time (default 2)")
    worker.set_defaults(run=_worker)

    _add_mail(commands)

    commands.add_parser("plan", help="plan a season, groups or tables from a file")

    _add_import(commands.add_parser("import", help="bring in companies or municipalities from a table"))

    manage = commands.add_parser("manage", help="Django's management commands, under the owner's login")
    _add_data(manage)
    manage.add_argument("--throwaway", action="store_true", help="on an empty database, gone afterwards")
    manage.add_argument("arguments", nargs=argparse.REMAINDER, metavar="COMMAND …")
    manage.set_defaults(run=_manage)

    _add_audit(commands.add_parser("audit", help="verify, seal, export the log; print the head of its chain"))

    check = commands.add_parser("check-config", help="check the environment of a production start")
    check.add_argument("--example", action="store_true", help="check with example values instead")
    check.set_defaults(run=_check_config)
    return parser


def _add_mail(commands: argparse._SubParsersAction[_Parser]) -> None:
    mail_in = commands.add_parser("mail-in", help="take answers and bounces from the mail relay")
    _add_address(mail_in)
    mail_in.add_argument("--lmtp", action="store_true", help="speak LMTP instead of SMTP")
    mail_in.set_defaults(run=_mail_in, port=MAIL_PORT)

    _add_mail_check(commands.add_parser("mail-check", help="tell whether SPF, DKIM and DMARC are in place"))


def _add_mail_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("domain", help="what stands behind the @ of YDIN_MAIL_FROM")
    parser.add_argument(
        "--selector", action="append", default=[], metavar="NAME", help="of a DKIM key; may be repeated"
    )
    parser.add_argument("--server", default="", metavar="ADDRESS[:PORT]", help="name server to ask")
    parser.set_defaults(run=_mail_check)


def _add_import(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    for kind, what in (
        ("companies", "companies and their people"),
        ("municipalities", "regions and municipalities"),
    ):
        one = kinds.add_parser(kind, help=f"{what}, from CSV or XLSX; shows a preview as JSON")
        one.add_argument("file", type=Path)
        one.add_argument("--network", required=True, metavar="SLUG")
        if kind == "companies":
            one.add_argument("--group", metavar="SLUG", help="give each company a seat in this core group")
        one.add_argument("--apply", action="store_true", help="write what the preview shows")
        _add_data(one)
        one.set_defaults(run=_import, kind=kind, group=None)


def _add_audit(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(required=True, metavar="ACT")
    for act, what in (
        ("verify", "one line for each break; exit status 0 whole, 1 broken, 2 could not be looked at"),
        ("head", "print POSITION:DIGEST, to be kept where this database is not"),
        ("seal", "append what waits to the chain, as the worker does each minute"),
        ("export", "write the chain as JSON lines"),
    ):
        one = acts.add_parser(act, help=what)
        if act == "verify":
            one.add_argument("--head", metavar="POSITION:DIGEST", help="a head that was kept elsewhere")
        if act == "export":
            one.add_argument("file", type=Path)
        _add_data(one)
        one.set_defaults(run=_audit, act=act, head=None)


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="default %(default)s; 0 takes a free one")


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, default=Path(".ydin"), metavar="FOLDER", help="data folder (default .ydin)"
    )


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {HIGHEST_PORT}, not {text!r}")
    return int(text)


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a number of at least 1, not {text!r}")
    return int(text)


def _demo(given: argparse.Namespace) -> int:
    return int(
        load("ydin.cli.demo:run_demo")(
            data=given.data,
            host=given.host,
            port=given.port,
            reset=given.reset,
            friendly=given.friendly or sys.stderr.isatty(),
        )
    )


def _serve(given: argparse.Namespace) -> int:
    check_environment()
    return int(
        load("ydin.cli.serve:serve")(
            host=given.host, port=given.port, workers=given.workers, threads=given.threads
        )
    )


def _worker(given: argparse.Namespace) -> int:
    os.environ.setdefault("YDIN_DB_ROLE", "worker")
    check_environment()
    return _django(
        [
            "procrastinate", "--skip-checks", "worker", f"--concurrency={given.concurrency}",
            "--shutdown-graceful-timeout=8", "--delete-jobs=successful",
        ]
    )  # fmt: skip


def _mail_check(given: argparse.Namespace) -> int:
    return int(load("ydin.cli.mail_check:run_mail_check")(given.domain, given.selector, given.server, print))


def _mail_in(given: argparse.Namespace) -> int:
    os.environ.setdefault("YDIN_DB_ROLE", "worker")
    check_environment()
    if not os.environ.get("YDIN_REPLY_ADDRESS"):
        raise BadSurroundings("YDIN_REPLY_ADDRESS is not set, so no letter asks for answers by mail")
    port = given.port or free_port(given.host)
    if not port_is_free(given.host, port):
        raise BadSurroundings(f"port {port} on {given.host} is in use")
    arguments = ["mail_in", "--host", given.host, "--port", str(port)]
    return _django([*arguments, "--lmtp"] if given.lmtp else arguments)


def _import(given: argparse.Namespace) -> int:
    if not given.file.is_file():
        raise BadSurroundings(f"there is no file {given.file}")
    arguments = [f"import_{given.kind}", str(given.file), "--network", given.network]
    if given.group:
        arguments += ["--group", given.group]
    if given.apply:
        arguments.append("--apply")
    with _ending_on_signals(), with_database(given.data) as embedded:
        load("ydin.cli.prepare:migrate_if_needed")(given.data, embedded=embedded)
        return _django(arguments)


def _audit(given: argparse.Namespace) -> int:
    arguments = ["audit", given.act, *(["--head", given.head] if given.head else [])]
    if given.act == "export":
        arguments.append(str(given.file))
    with _ending_on_signals(), with_database(given.data):
        return _django(arguments)


def _manage(given: argparse.Namespace) -> int:
    name = given.arguments[0] if given.arguments else "help"
    if name in PAST_ALL_RIGHTS:
        print(  # noqa: T201
            f"ydin: {name} goes past who may read what, and is not offered; a back-up is made with pg_dump, and what "
            "is confidential is opened with `ydin manage break_glass`, which its group sees",
            file=sys.stderr,
        )
        return BAD_ARGUMENTS
    surroundings: contextlib.AbstractContextManager[object]
    if given.throwaway or (name in FOR_DEVELOPERS and not os.environ.get("DATABASE_URL")):
        surroundings = with_throwaway_database()
    elif name in WITHOUT_DATABASE:
        surroundings = without_database()
    else:
        surroundings = with_database(given.data)
    with _ending_on_signals(), surroundings:
        return _django(given.arguments)


def _check_config(given: argparse.Namespace) -> int:
    if given.example:
        os.environ.update(EXAMPLE_OF_PRODUCTION)
    check_environment()
    if not os.environ.get("YDIN_REPLY_ADDRESS"):
        print(NO_REPLIES, file=sys.stderr)  # noqa: T201
    return _django(["check", "--deploy", "--fail-level", "WARNING"])


def _django(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ydin.config.settings")
    try:
        load("django.core.management:execute_from_command_line")(["ydin manage", *arguments])
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


@contextlib.contextmanager
def _ending_on_signals() -> Iterator[None]:
    """Turn SIGTERM into an orderly end, so that a database started for this command is stopped."""

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
