"""Where a command's settings and database come from when the environment does not say.

In production everything is in the environment and nothing is made up here. On a person's own machine the
data folder keeps a generated secret key and the embedded database.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from ydin.cli.lazy import load
from ydin.kernel.database import embedded_server, throwaway_server

NO_DATABASE = "postgresql:///this-command-needs-no-database"
MARKS = ("migrated", "building", "built")  # what has been done to the embedded database, in the data folder
LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"


class BadSurroundings(RuntimeError):  # noqa: N818 - read as a statement where it is caught
    """The command cannot run here; the message says why on one line."""


def make_data_folder(data: Path) -> Path:
    """Return the data folder, made when it was not there.

    Raises:
        BadSurroundings: it cannot be made or is no folder.

    """
    try:
        # the database of root runs as another account, which must get through the folder
        data.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise BadSurroundings(f"cannot use {data} as data folder: {error.strerror}") from error
    if not os.access(data, os.W_OK | os.X_OK):
        raise BadSurroundings(f"cannot write into the data folder {data}")
    return data.resolve()


def secret_key(data: Path) -> str:
    """Return the key of this data folder, generated once, so that links outlive a restart."""
    path = data / "secret-key"
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def forget_marks(data: Path) -> None:
    """Forget what was done to a database that is no more."""
    for name in MARKS:
        (data / name).unlink(missing_ok=True)


def is_production() -> bool:
    """Tell whether the environment asks for a production start."""
    return os.environ.get("YDIN_ENV") == "production"


@contextlib.contextmanager
def with_database(data: Path, *, role: str = "owner") -> Iterator[bool]:
    """Complete the environment with the database of `DATABASE_URL`, else the one in the data folder.

    Yields True when it is the one in the data folder, which nobody else changes.

    Raises:
        BadSurroundings: a production environment is not complete, or the data folder is of no use.
        DatabaseUnavailable: the embedded server does not start.

    """
    os.environ.setdefault("YDIN_DB_ROLE", role)
    if is_production():
        check_environment()
        yield False
        return
    data = make_data_folder(data)
    _complete("demo", secret_key(data))
    if os.environ.get("DATABASE_URL"):
        yield False
        return
    with embedded_server(data) as server:
        if server.fresh:
            forget_marks(data)
        os.environ["DATABASE_URL"] = server.url
        yield True


@contextlib.contextmanager
def with_throwaway_database() -> Iterator[None]:
    """Complete the environment with an empty database that is gone afterwards."""
    with throwaway_server() as server:
        os.environ |= {"DATABASE_URL": server.url, "YDIN_DB_ROLE": "owner"}
        _complete("development", secrets.token_urlsafe(50))
        yield


@contextlib.contextmanager
def without_database() -> Iterator[None]:
    """Complete the environment for a command that asks no database."""
    os.environ.setdefault("DATABASE_URL", NO_DATABASE)
    os.environ.setdefault("YDIN_DB_ROLE", "owner")
    _complete("development", secrets.token_urlsafe(50))
    yield


def _complete(environment: str, key: str) -> None:
    if is_production():
        return
    os.environ.setdefault("YDIN_ENV", environment)
    os.environ.setdefault("YDIN_SECRET_KEY", key)
    os.environ.setdefault("YDIN_BASE_URL", "http://localhost:8000")
    os.environ.setdefault("YDIN_ALLOWED_HOSTS", LOCAL_HOSTS)
    if environment == "demo":  # shown in letters, never reached (RFC 2606)
        os.environ.setdefault("YDIN_REPLY_ADDRESS", "vastaus@ydin.invalid")


def check_environment() -> None:
    """Read every variable.

    Raises:
        BadSurroundings: one is missing or wrong; the message names it.

    """
    try:
        load("ydin.config.env:read_environment")()
    except ValueError as error:  # environs' own errors are ValueErrors
        raise BadSurroundings(f"the environment is not complete: {error}") from error
