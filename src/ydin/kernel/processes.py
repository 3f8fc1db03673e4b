"""Processes and ports of the machine: who may run what, is it still alive, is the port free."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux's prctl


@dataclass(frozen=True)
class Account:
    """An unprivileged account that root runs a program as."""

    name: str
    uid: int
    gid: int

    def popen_arguments(self) -> dict[str, Any]:
        """Return the arguments that make `subprocess` drop to this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_run(self, program: Path, *arguments: str) -> bool:
        """Tell whether the account can reach and start the program."""
        try:
            done = subprocess.run(  # noqa: S603 - the caller's program
                [str(program), *arguments],
                capture_output=True,
                check=False,
                cwd="/",
                **self.popen_arguments(),
            )
        except PermissionError:
            return False
        return done.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        """Tell whether the account can pass through the folder and everything above it."""
        return self.can_run(Path("/bin/sh"), "-c", 'cd "$1"', "sh", str(folder))


def unprivileged_account() -> Account | None:
    """Return the account that PostgreSQL shall run as when we are root (it refuses root), else None."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    return Account("nobody", 65534, 65534)


def is_alive(pid: int, child: subprocess.Popen[bytes] | None = None) -> bool:
    """Tell whether the process runs; an ended `child` of ours is reaped on the way."""
    if child is not None:
        return child.poll() is None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def wait_until_gone(pid: int, seconds: float, child: subprocess.Popen[bytes] | None = None) -> bool:
    """Wait for the process to end; tell whether it did in time."""
    deadline = time.monotonic() + seconds
    while is_alive(pid, child):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def end_with_parent(parent: int | None = None) -> None:
    """Ask Linux to send this process SIGTERM when its parent is gone, even by kill -9. Survives exec.

    With the pid of the `parent` given, also ends when that one was gone before this was asked.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        sys.exit(128 + signal.SIGTERM)


def port_is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen there now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(host: str) -> int:
    """Return a port that nobody listened on a moment ago."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def only_one(lock_file: Path) -> Iterator[bool]:
    """Hold the lock file while the block lasts; yields False when another process holds it.

    The kernel lets go of the lock when its holder ends, however it ends.
    """
    descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
