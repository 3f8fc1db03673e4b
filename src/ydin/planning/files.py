"""JSON files for the command line: `-` is a standard stream; every fault is one line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from ydin.planning.errors import InputError

_TEXTS = ("evenings", "unavailable", "themes")


def read(name: str) -> Any:
    """The JSON value of a file, or of the standard input for `-`. Raises InputError."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(name, _plain(fault)) from None
    try:
        return json.loads(text, object_hook=_Sharing(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as fault:
        raise InputError(name, f"not JSON: {_plain(fault)}") from None


def write(name: str | None, value: object) -> None:
    """Write JSON to a file, or to the standard output for `-` and None."""
    if name in (None, "-"):
        sys.stdout.writelines(_pieces(value))
        sys.stdout.flush()
        return
    target = Path(str(name))
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8") as stream:
            stream.writelines(_pieces(value))
        unfinished.replace(target)
    except OSError as fault:
        unfinished.unlink(missing_ok=True)
        raise InputError(str(name), _plain(fault)) from None


def _pieces(value: object) -> Iterator[str]:
    """JSON text in pieces; an object may have iterators in place of lists, which are never held whole."""
    if not isinstance(value, dict) or not any(isinstance(item, Iterator) for item in value.values()):
        yield json.dumps(value)
    else:
        for n, (key, item) in enumerate(value.items()):
            yield f"{', ' if n else '{'}{json.dumps(key)}: "
            if isinstance(item, Iterator):
                yield "["
                yield from (f"{', ' if at else ''}{json.dumps(one)}" for at, one in enumerate(item))
                yield "]"
            else:
                yield json.dumps(item)
        yield "}"
    yield "\n"


def check_target(name: str | None) -> None:
    """Refuse at once, not after the work, to write where no folder is."""
    if name in (None, "-"):
        return
    folder = Path(str(name)).absolute().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise InputError(str(name), "cannot be written there")


class _Sharing:
    """Keeps one text for the many equal ones of a large instance, while it is parsed."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def __call__(self, thing: dict[str, Any]) -> dict[str, Any]:
        for key in _TEXTS:
            value = thing.get(key)
            if isinstance(value, list):
                thing[key] = [
                    self.known.setdefault(item, item) if isinstance(item, str) else item for item in value
                ]
        return thing


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _plain(fault: BaseException) -> str:
    """A fault as one line without the name of the file."""
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    if isinstance(fault, UnicodeDecodeError):
        return "not UTF-8"
    return " ".join(str(fault).split()) or type(fault).__name__
