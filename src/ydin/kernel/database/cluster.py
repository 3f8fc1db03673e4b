"""One cluster: its files, its socket, and the server on it made, started and stopped."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ydin.kernel.database.binaries import DatabaseUnavailable, reachable_binaries, version_of
from ydin.kernel.processes import Account, is_alive, unprivileged_account, wait_until_gone

OWNER = "ydin_owner"
DATABASE = "ydin"
RETRY_SECONDS = 10  # the time the remains of a killed server may take to let go of its memory
READY_SECONDS = 60  # crash recovery included
STOP_SECONDS = 20
LONGEST_SOCKET_FOLDER = 80  # the kernel allows 107 bytes for folder and "/.s.PGSQL.5432.lock"
LOG_BYTES = 5_000_000
FIRST_WITH_BUILTIN_LOCALE = 17
SHARED_STATE = Path("/var/lib/ydin")  # root only: when the server's account cannot reach the data folder

_started: dict[int, subprocess.Popen[bytes]] = {}  # servers that this process started and must reap


@dataclass(frozen=True)
class Cluster:
    """Where one cluster's parts are, and what runs it."""

    binaries: Path
    version: int
    home: Path
    sockets: Path
    account: Account | None
    durable: bool
    fresh: bool

    @property
    def files(self) -> Path:
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    def run(self, *command: str | Path, text: str = "") -> None:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
            [str(part) for part in command],
            input=text,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.home,
            env=_environment(),
            **drop_to(self.account),
        )
        if done.returncode:
            message = " ".join((done.stderr or done.stdout).split())[-400:]
            raise DatabaseUnavailable(f"PostgreSQL's {Path(command[0]).name} failed: {message}")


def prepare(data: Path, binaries: Path, *, durable: bool) -> Cluster:
    account = unprivileged_account()
    binaries = reachable_binaries(binaries, account)
    home = data / "postgres"
    if account and not account.can_enter(data):
        home = _elsewhere(data)
        SHARED_STATE.mkdir(parents=True, exist_ok=True, mode=0o755)
    if not home.is_dir():
        home.mkdir(mode=0o700)
        if account:
            os.chown(home, account.uid, account.gid)
    sockets = _private_folder(socket_folder(home), account)
    fresh = not (home / "cluster").is_dir()
    cluster = Cluster(binaries, version_of(binaries), home, sockets, account, durable, fresh)
    if fresh:
        _create(cluster)
    _check_same_version(cluster)
    return cluster


def cluster_homes(data: Path) -> tuple[Path, Path]:
    """Return the two places where the cluster of a data folder may be."""
    return data / "postgres", _elsewhere(data)


def _elsewhere(data: Path) -> Path:
    return SHARED_STATE / hashlib.sha256(os.fsencode(data)).hexdigest()[:16]


def socket_folder(home: Path) -> Path:
    """Return where the socket of this cluster is: with it, or in a short place when its path is long."""
    near = home / "run"
    if len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER:
        return near
    base = os.environ.get("XDG_RUNTIME_DIR", "") if os.geteuid() else ""
    short = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(base if base and Path(base).is_dir() else "/tmp") / f"ydin-{short}"  # noqa: S108 - see below


def _private_folder(folder: Path, account: Account | None) -> Path:
    """Make the folder 0700 for the server's account; refuse one that somebody else put there."""
    uid = account.uid if account else os.geteuid()
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if account:
            os.chown(folder, account.uid, account.gid)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid or stat.S_IMODE(found.st_mode) != 0o700:  # noqa: PLR2004
        raise DatabaseUnavailable(f"{folder} belongs to somebody else; remove it and start again.")
    return folder


def _check_same_version(cluster: Cluster) -> None:
    made_by = int((cluster.files / "PG_VERSION").read_text().strip())
    if made_by != cluster.version:
        raise DatabaseUnavailable(
            f"The database in {cluster.home} was made by PostgreSQL {made_by}, here is {cluster.version}: "
            "start over with --reset, or name a server in DATABASE_URL."
        )


def _create(cluster: Cluster) -> None:
    making = cluster.home / "cluster.new"
    shutil.rmtree(making, ignore_errors=True)
    locale = ["--locale=C.UTF-8"]
    if cluster.version >= FIRST_WITH_BUILTIN_LOCALE:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    cluster.run(
        cluster.binaries / "initdb",
        "-D",
        making,
        "-U",
        OWNER,
        "--auth=trust",
        "--encoding=UTF8",
        *locale,
        *([] if cluster.durable else ["--no-sync"]),
    )
    cluster.run(
        cluster.binaries / "postgres",
        "--single",
        "-D",
        making,
        *_settings(cluster),
        "postgres",
        text=f"CREATE DATABASE {DATABASE};\n",
    )
    making.rename(cluster.files)


def _settings(cluster: Cluster) -> list[str]:
    values = {
        "listen_addresses": "",
        "unix_socket_directories": str(cluster.sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "60",
        "shared_buffers": "64MB",
        "max_wal_senders": "0",
        "wal_level": "minimal",
        "max_wal_size": "256MB",
        "max_parallel_workers_per_gather": "0",  # small machines; and containers have little /dev/shm
        "log_min_messages": "warning",
        "log_line_prefix": "%m [%p] ",
    }
    if not cluster.durable:
        values |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return [part for name, value in values.items() for part in ("-c", f"{name}={value}")]


def start(cluster: Cluster) -> int:
    """Return the pid of the ready server, started now or found running."""
    give_up = time.monotonic() + RETRY_SECONDS
    while True:
        pid, status = _status(cluster.files, cluster.sockets)
        if pid is None:
            pid = _launch(cluster)
        elif status == "stopping":
            wait_until_gone(pid, STOP_SECONDS)
            continue
        if _becomes_ready(cluster, pid):
            return pid
        if time.monotonic() > give_up:
            raise DatabaseUnavailable(f"PostgreSQL did not start: {_last_words(cluster.log)}")
        time.sleep(0.2)


def _launch(cluster: Cluster) -> int:
    if cluster.log.exists() and cluster.log.stat().st_size > LOG_BYTES:
        cluster.log.unlink()
    with cluster.log.open("ab") as log:
        child = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
            [str(cluster.binaries / "postgres"), "-D", str(cluster.files), *_settings(cluster)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=cluster.home,
            env=_environment(),
            start_new_session=True,  # Ctrl-C in the terminal ends the owner, who then ends the server
            **drop_to(cluster.account),
        )
    _started[child.pid] = child
    return child.pid


def _becomes_ready(cluster: Cluster, pid: int) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and is_alive(pid, _started.get(pid)):
        if _status(cluster.files, cluster.sockets) == (pid, "ready"):
            return True
        time.sleep(0.02)
    return False


def _status(files: Path, sockets: Path) -> tuple[int | None, str]:
    """Read postmaster.pid as pg_ctl does; (None, "") when no server is behind it."""
    try:
        lines = (files / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None, ""
    pid = int(lines[0]) if lines and lines[0].isdigit() else 0
    if not pid or not is_alive(pid, _started.get(pid)):
        return None, ""
    status = lines[7].strip() if len(lines) > 7 else "starting"  # noqa: PLR2004 - LOCK_FILE_LINE_PM_STATUS
    if not _is_postgres(pid) or (status == "ready" and not _answers(sockets)):
        # the machine or container was restarted and the number now belongs to another program
        (files / "postmaster.pid").unlink(missing_ok=True)
        return None, ""
    return pid, status


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    except OSError:
        return True  # no /proc here, or not ours to read: the socket tells


def _answers(sockets: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(sockets / ".s.PGSQL.5432"))
        except OSError:
            return False
    return True


def end(files: Path, sockets: Path) -> None:
    pid, _status_word = _status(files, sockets)
    if pid is None:
        return
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, and the last resort
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)
        if wait_until_gone(pid, STOP_SECONDS, _started.get(pid)):
            break
    _started.pop(pid, None)


def url(cluster: Cluster) -> str:
    return f"postgresql://{OWNER}@/{DATABASE}?host={quote(str(cluster.sockets), safe='')}"


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def drop_to(account: Account | None) -> dict[str, Any]:
    return account.popen_arguments() if account else {}


def _last_words(log: Path) -> str:
    if not log.exists():
        return "it left no log."
    text = log.read_text(errors="replace").splitlines()[-4:]
    return " ".join(" ".join(text).split())[-500:]
