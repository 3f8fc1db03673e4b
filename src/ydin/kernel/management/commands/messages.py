"""Collect, fill, check and compile the translations with Babel, so that GNU gettext is not needed."""

from __future__ import annotations

import fcntl
import io
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tokenize import TokenError
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

LANGUAGES = ("fi", "sv")
CONTEXT_MARK = "\u0004"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


class Command(BaseCommand):
    """`ydin manage messages [--fill FILE] [--missing] [--check] [--compile]`."""

    help = "Collect the texts to translate; --fill takes translations, --check fails when any is missing or unused."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--fill", type=Path, help="JSON: {message: {fi: text, sv: text}}")
        parser.add_argument("--missing", action="store_true", help="print what has no translation, as JSON")
        parser.add_argument("--check", action="store_true", help="fail on missing, fuzzy or unused messages")
        parser.add_argument("--compile", action="store_true", help="only write the compiled files")

    def handle(self, **options: Any) -> None:
        """Run under a lock, so that two people may collect at the same time."""
        folder = Path(settings.LOCALE_PATHS[0])
        with _locked(folder):
            if options["compile"]:
                compile_all(folder)
            elif options["check"]:
                self._check(folder)
            else:
                self._collect(folder, options["fill"])
                if options["missing"]:
                    self.stdout.write(json.dumps(missing(folder), ensure_ascii=False, indent=1))

    def _collect(self, folder: Path, fill: Path | None) -> None:
        given = json.loads(fill.read_text()) if fill else {}
        template = collect(folder.parent)
        for language in LANGUAGES:
            catalogue = _read(folder, language)
            catalogue.update(
                template, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False
            )
            _fill(catalogue, given, language)
            _write(folder, catalogue, language)
        compile_all(folder)

    def _check(self, folder: Path) -> None:
        template = collect(folder.parent)
        problems = []
        for language in LANGUAGES:
            catalogue = _read(folder, language)
            known = {_key(m) for m in catalogue if m.id}
            wanted = {_key(m) for m in template if m.id}
            problems += [f"{language}: not collected: {m!r}" for m in sorted(wanted - known)]
            problems += [f"{language}: unused: {m!r}" for m in sorted(known - wanted)]
            problems += [f"{language}: fuzzy: {m.id!r}" for m in catalogue if m.id and m.fuzzy]
            problems += [f"{language}: missing: {m.id!r}" for m in catalogue if m.id and not _translated(m)]
            problems += [f"{language}: unused (obsolete): {k!r}" for k in catalogue.obsolete]
        if problems:
            raise CommandError("\n".join(problems))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def collect(package: Path) -> Catalog:
    """Return every message of the package's Python files and templates."""
    catalogue = Catalog(project="Ydin", fuzzy=False)
    files = [
        *package.rglob("*.py"),
        *package.glob("*/templates/**/*.html"),
        *package.glob("*/templates/**/*.txt"),
    ]
    for path in sorted(set(files)):
        if "migrations" not in path.parts:
            _collect_file(catalogue, path, path.relative_to(package).as_posix())
    return catalogue


def _collect_file(catalogue: Catalog, path: Path, name: str) -> None:
    source = path.read_text()
    if path.suffix != ".py":
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.strip() for line in lines) + "\n"
    try:
        for _, message, comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            if message and message != ("", ""):
                catalogue.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    except (SyntaxError, TokenError) as error:
        raise CommandError(f"{name}: cannot be read: {error}") from error


def missing(folder: Path) -> dict[str, list[str]]:
    """Return, for each language, the messages that have no translation."""
    return {
        language: [_key(m) for m in _read(folder, language) if m.id and not _translated(m)]
        for language in LANGUAGES
    }


def compile_all(folder: Path) -> None:
    """Write the compiled catalogue beside each source; replaced in one step, so readers never see half."""
    for language in LANGUAGES:
        target = _path(folder, language).with_suffix(".mo")
        part = target.with_suffix(".mo.part")
        with part.open("wb") as handle:
            write_mo(handle, _read(folder, language))
        part.replace(target)


def _path(folder: Path, language: str) -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"


def _read(folder: Path, language: str) -> Catalog:
    path = _path(folder, language)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        return Catalog(locale=language, project="Ydin", fuzzy=False)
    with path.open("rb") as handle:
        return read_po(handle, locale=language)


def _write(folder: Path, catalogue: Catalog, language: str) -> None:
    """Write the catalogue without what is no longer used: the version control keeps the old texts."""
    catalogue.header_comment = (
        "# Texts of Ydin. Not edited by hand: `ydin manage messages --fill` writes them."
    )
    catalogue.version, catalogue.msgid_bugs_address = "", ""
    catalogue.last_translator = catalogue.language_team = "Ydin"
    part = _path(folder, language).with_suffix(".po.part")
    with part.open("wb") as handle:
        write_po(handle, catalogue, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    part.replace(_path(folder, language))


def _key(message: Message) -> str:
    text = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
    return f"{message.context}{CONTEXT_MARK}{text}" if message.context else str(text)


def _translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return all(texts) and bool(texts)


def _fill(catalogue: Catalog, given: dict[str, dict[str, Any]], language: str) -> None:
    for message in catalogue:
        if not message.id:
            continue
        text = given.get(_key(message), {}).get(language)
        if text:
            plural = isinstance(message.id, (tuple, list))
            message.string = tuple(text) if plural and not isinstance(text, str) else text
            if plural and isinstance(text, str):
                message.string = (text, text)
