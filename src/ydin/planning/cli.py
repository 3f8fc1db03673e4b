"""The command line: `season`, `groups`, `tables`, `matches`. JSON out, progress on standard error.

Exit 0: planned in full; 3: something could not be planned and is named; 2: bad input, one line, nothing
written.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from ydin.kernel.lazy import lazy
from ydin.planning import files
from ydin.planning import groups as grouping
from ydin.planning import season as seasons
from ydin.planning import tables as seats
from ydin.planning.errors import InputError
from ydin.planning.run import Progress

if TYPE_CHECKING:
    from ydin.planning import matching
else:
    matching = lazy("ydin.planning.matching")

DONE = 0
BAD_INPUT = 2
INCOMPLETE = 3
MOST_WORKERS = 64


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        """Exit 2 with the message."""
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


class _Reporter:
    """Prints progress at most once a second, and answers False once somebody asked to stop."""

    def __init__(self) -> None:
        self.stopped = False
        self.last = 0.0

    def __call__(self, seen: Progress) -> bool:
        now = time.monotonic()
        if now - self.last >= 1:
            self.last = now
            parts = [f"{seen.seconds:6.1f} s  {seen.step} {seen.done}/{seen.total}"]
            parts += [f"best {seen.best:.0f}"] if seen.best is not None else []
            parts += [f"bound {seen.bound:.0f}"] if seen.bound is not None else []
            sys.stderr.write("  ".join(parts) + "\n")
        return not self.stopped

    def stop(self, *_signal: object) -> None:
        """Ask the planner for the best so far; a second signal ends the program."""
        self.stopped = True
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def main(argv: Sequence[str]) -> int:
    """Run `ydin plan …`; returns the exit status."""
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    reporter = _Reporter()
    before = signal.getsignal(signal.SIGINT)
    mine = _listen(reporter)
    try:
        files.check_target(arguments.out)
        return _leave(int(arguments.run(arguments, reporter)))
    except InputError as fault:
        sys.stderr.write(f"{fault}\n")
        return BAD_INPUT
    finally:
        if mine:
            signal.signal(signal.SIGINT, before)


def _leave(status: int) -> int:
    """End here and now while a solver call that was given up still runs: it is not to be waited for."""
    solvers = sys.modules.get("ydin.planning.backend")
    if solvers is not None and solvers.running():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def _listen(reporter: _Reporter) -> bool:
    """Let an interrupt ask for the best so far; False outside the main thread."""
    try:
        signal.signal(signal.SIGINT, reporter.stop)
    except ValueError:
        return False
    return True


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="ydin plan", description="Plan seasons, groups, tables and matches.")
    commands = parser.add_subparsers(
        required=True, metavar="season|groups|tables|matches", parser_class=_Parser
    )
    season = commands.add_parser("season", help="who hosts which month, on which evening")
    season.add_argument("instance", metavar="INSTANCE.json")
    season.add_argument("--previous", metavar="PLAN.json", help="repair this plan with the fewest changes")
    season.add_argument("--cancel", metavar="GROUP:MONTH", action="append", default=[])
    season.set_defaults(run=_season)
    groups = commands.add_parser("groups", help="which company belongs to which group")
    groups.add_argument("instance", metavar="MARKET.json", nargs="?")
    groups.add_argument("--cpmp", metavar="INSTANCE.json", help="the bare capacitated p-median problem")
    groups.add_argument(
        "--workers", type=_workers, default=2, help="processes that search for --cpmp (default: 2)"
    )
    groups.set_defaults(run=_groups)
    tables = commands.add_parser("tables", help="who sits with whom at the next meeting")
    tables.add_argument("instance", metavar="MEETING.json", nargs="?")
    tables.add_argument("--golfer", metavar=("GROUPS", "SIZE", "WEEKS"), nargs=3, type=int)
    tables.set_defaults(run=_tables)
    matches = commands.add_parser("matches", help="which offers answer which needs")
    matches.add_argument("instance", metavar="INSTANCE.json")
    matches.add_argument("--top", type=_count, default=50, help="offers for a need at most (default: 50)")
    matches.set_defaults(run=_matches)
    for command in (season, groups, tables, matches):
        _add_common(command)
    return parser


def _add_common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", metavar="FILE", help="where to write (default: standard output)")
    command.add_argument("--seconds", type=_seconds, default=60.0, help="deadline (default: 60)")
    command.add_argument("--seed", type=int, default=0)


def _seconds(text: str) -> float:
    """A deadline as argparse reads it."""
    value = float(text)
    if not 0 < value < 1e7:
        raise argparse.ArgumentTypeError("not a number of seconds above 0")
    return value


def _count(text: str) -> int:
    """A number of things from 1 as argparse reads it."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("not a whole number above 0")
    return value


def _workers(text: str) -> int:
    """A number of processes as argparse reads it."""
    value = int(text)
    if not 1 <= value <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"not from 1 to {MOST_WORKERS}")
    return value


def _season(arguments: argparse.Namespace, reporter: _Reporter) -> int:
    started = time.perf_counter()
    if arguments.cancel and not arguments.previous:
        raise InputError("--cancel", "needs --previous")
    if arguments.instance == arguments.previous == "-":
        raise InputError("--previous", "the standard input is the instance already")
    instance = seasons.load(files.read(arguments.instance))
    if arguments.previous:
        previous = seasons.load_plan(files.read(arguments.previous))
        cancelled = [_slot(text, n) for n, text in enumerate(arguments.cancel)]
        plan = seasons.replan(
            instance, previous, cancelled, deadline_seconds=arguments.seconds, progress=reporter
        )
    else:
        plan = seasons.plan_season(
            instance, deadline_seconds=arguments.seconds, progress=reporter, seed=arguments.seed
        )
    files.write(arguments.out, seasons.parts(plan))
    _summary(plan, time.perf_counter() - started)
    return INCOMPLETE if plan.unplaced else DONE


def _groups(arguments: argparse.Namespace, reporter: _Reporter) -> int:
    _one_of(arguments.instance, arguments.cpmp, "MARKET.json or --cpmp INSTANCE.json")
    if arguments.cpmp:
        return _cpmp(arguments, reporter)
    market = grouping.load(files.read(arguments.instance))
    answer = grouping.plan_groups(market, deadline_seconds=arguments.seconds, progress=reporter)
    files.write(arguments.out, grouping.dump(answer))
    sys.stderr.write(
        f"{len(answer.groups)} groups, {len(answer.ungrouped)} companies without one, "
        f"{len(answer.moved)} moved, {len(answer.competitors)} pairs of competitors together\n"
    )
    return INCOMPLETE if answer.ungrouped else DONE


def _cpmp(arguments: argparse.Namespace, reporter: _Reporter) -> int:
    points, count = grouping.load_cpmp(files.read(arguments.cpmp))
    found = grouping.plan_cpmp(
        points,
        count,
        deadline_seconds=arguments.seconds,
        progress=reporter,
        seed=arguments.seed,
        workers=arguments.workers,
    )
    if found is None:
        files.write(arguments.out, {"assignment": None, "cost": None})
        sys.stderr.write("no assignment within the capacities was found\n")
        return INCOMPLETE
    files.write(arguments.out, {"assignment": found[0], "cost": found[1]})
    sys.stderr.write(f"{len(points)} points, {count} medians, cost {found[1]:.2f}\n")
    return DONE


def _tables(arguments: argparse.Namespace, reporter: _Reporter) -> int:
    _one_of(arguments.instance, arguments.golfer, "MEETING.json or --golfer GROUPS SIZE WEEKS")
    answer: seats.Rounds | seats.Seating
    if arguments.golfer:
        answer = seats.golfer(
            *arguments.golfer, deadline_seconds=arguments.seconds, progress=reporter, seed=arguments.seed
        )
    else:
        meeting = seats.load(files.read(arguments.instance))
        answer = seats.seat(
            meeting, deadline_seconds=arguments.seconds, progress=reporter, seed=arguments.seed
        )
    files.write(arguments.out, seats.dump(answer))
    sys.stderr.write(f"{answer.repeats} repeated pairs\n")
    return INCOMPLETE if arguments.golfer and answer.repeats else DONE


def _matches(arguments: argparse.Namespace, _reporter: _Reporter) -> int:
    offers, needs = matching.load(files.read(arguments.instance))
    found = matching.rank(offers, needs, top=arguments.top, threads=os.cpu_count() or 1)
    files.write(arguments.out, matching.dump(found))
    without = sum(not some for some in found.values())
    sys.stderr.write(f"{len(offers)} offers, {len(needs)} needs, {without} without a match\n")
    return DONE


def _one_of(one: object, other: object, names: str) -> None:
    if (one is None) == (other is None):
        raise InputError("", f"give one of {names}")


def _slot(text: str, number: int) -> tuple[str, str]:
    group, colon, month = text.rpartition(":")
    if not colon or not group:
        raise InputError(f"cancel[{number}]", f"{text} is not GROUP:MONTH")
    return group, month


def _summary(plan: seasons.Plan, seconds: float) -> None:
    """A few readable lines."""
    total = len(plan.turns) + len(plan.unplaced)
    bound = "" if plan.bound is None else f", proven bound {plan.bound}"
    sys.stderr.write(
        f"{len(plan.turns)} of {total} turns planned, objective {plan.objective}{bound}, "
        f"{plan.status}, {seconds:.1f} s\n"
    )
    for slot in plan.unplaced:
        codes = ", ".join(f"{reason.code} {dict(reason.values)}" for reason in slot.because)
        sys.stderr.write(f"open: {slot.group} {slot.month}: {codes}\n")
