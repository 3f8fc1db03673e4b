"""An embedded PostgreSQL for the demo, development and tests. Production names its own in `DATABASE_URL`.

One folder holds one cluster. Whoever needs it enters `embedded_server(folder)`: the first one starts the
server, others share it, the last one to leave stops it. A server left over by a killed owner is taken over.

Access: the socket's folder is 0700 and belongs to the account the server runs as, TCP is off, and logins
are trusted. A password would protect nothing more: who can open the socket can read the cluster's files.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ydin.kernel.database.binaries import DatabaseUnavailable, find_binaries
from ydin.kernel.database.cluster import cluster_homes, drop_to, end, prepare, socket_folder, start, url
from ydin.kernel.processes import Account


@dataclass(frozen=True)
class Server:
    """A running server: `url` is the libpq address of the owner's login; `fresh` if it was made just now."""

    url: str
    data: Path
    pid: int
    version: int
    fresh: bool


@contextlib.contextmanager
def embedded_server(data: Path, *, durable: bool = True, binaries: Path | None = None) -> Iterator[Server]:
    """Run a server on the cluster in `data` while the block lasts, or share the one that runs there.

    The cluster is made when there is none, with the database `ydin` and the superuser `ydin_owner`.
    `durable=False` gives up safety at power loss for speed; such a server also ends when this process is
    killed outright.

    Raises:
        DatabaseUnavailable: no server, or it does not start; the message ends with the server's own words.

    """
    data = data.resolve()
    data.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    with _locked(data / "postgres.users") as users:
        with _mutex(data):
            cluster = prepare(data, binaries or find_binaries(), durable=durable)
            pid = start(cluster)
            fcntl.flock(users, fcntl.LOCK_SH)
        leash = None if durable else _leash(pid, cluster.account)
        try:
            yield Server(url(cluster), data, pid, cluster.version, cluster.fresh)
        finally:
            with _mutex(data):
                if leash:
                    leash.kill()
                    leash.communicate()
                if _is_last(users):
                    end(cluster.files, cluster.sockets)


@contextlib.contextmanager
def throwaway_server(binaries: Path | None = None) -> Iterator[Server]:
    """Run a server on an empty cluster in a temporary folder, for tests and checks; nothing is left."""
    folder = Path(tempfile.mkdtemp(prefix="ydin-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            folder.chmod(0o711)
        with embedded_server(folder, durable=False, binaries=binaries) as server:
            yield server
    finally:
        forget_cluster(folder)
        shutil.rmtree(folder, ignore_errors=True)


def forget_cluster(data: Path) -> None:
    """Delete the cluster of `data`, wherever it is kept. Nobody may be using it.

    Raises:
        DatabaseUnavailable: somebody does.

    """
    data = data.resolve()
    if not data.is_dir():
        return
    with _locked(data / "postgres.users") as users, _mutex(data):
        if not _is_last(users):
            raise DatabaseUnavailable(f"The database in {data} is in use; stop what runs there first.")
        for home in cluster_homes(data):
            sockets = socket_folder(home)
            end(home / "cluster", sockets)
            shutil.rmtree(home, ignore_errors=True)
            shutil.rmtree(sockets, ignore_errors=True)


def _leash(pid: int, account: Account | None) -> subprocess.Popen[bytes]:
    """Start a watcher that stops the server when our end of the pipe closes, however this process ends."""
    return subprocess.Popen(  # noqa: S603 - fixed text
        ["/bin/sh", "-c", 'read -r _; kill -INT "$1"', "sh", str(pid)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        **drop_to(account),
    )


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _mutex(data: Path) -> Iterator[None]:
    with _locked(data / "postgres.lock") as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


def _is_last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
