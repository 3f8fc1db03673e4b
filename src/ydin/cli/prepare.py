"""Bring the database of a data folder up to date, and skip it in no time when it is."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

from ydin.cli.surroundings import BadSurroundings

PACKAGE = Path(__file__).resolve().parent.parent
WITH_MIGRATIONS = ("Django", "django-allauth", "procrastinate")


def manage_command(*arguments: str) -> list[str]:
    """Return the command line of a management command in a process of its own."""
    return [sys.executable, "-m", "ydin.cli", "manage", *arguments]


def fingerprint() -> str:
    """Return a text that changes when a migration of ours or of a package may have come."""
    digest = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for path in sorted(PACKAGE.glob("*/migrations/**/*.*")):
        if path.suffix in {".py", ".sql"}:
            digest.update(path.name.encode() + path.read_bytes())
    for name in WITH_MIGRATIONS:
        digest.update(importlib.metadata.version(name).encode())
    return digest.hexdigest()


def is_migrated(data: Path) -> bool:
    """Tell whether the embedded database of the data folder needs no migration."""
    mark = data / "migrated"
    return mark.is_file() and mark.read_text() == fingerprint()


def mark_migrated(data: Path) -> None:
    """Remember that the database is up to date."""
    (data / "migrated").write_text(fingerprint())


def untranslated() -> bool:
    """Tell whether a translation has not been compiled since it changed."""
    return any(
        not (mo := po.with_suffix(".mo")).exists() or mo.stat().st_mtime < po.stat().st_mtime
        for po in PACKAGE.glob("locale/*/LC_MESSAGES/*.po")
    )


def migrate_if_needed(data: Path, *, embedded: bool) -> None:
    """Migrate the database of the current environment unless it is known to be up to date.

    Raises:
        BadSurroundings: the migration failed; its own words are on standard error.

    """
    if embedded and is_migrated(data):
        return
    done = subprocess.run(  # noqa: S603 - our own program
        manage_command("migrate", "--verbosity", "0", "--no-input", "--skip-checks"),
        check=False,
        stdout=sys.stderr,
    )
    if done.returncode:
        raise BadSurroundings("the database could not be migrated")
    if embedded:
        mark_migrated(data)
