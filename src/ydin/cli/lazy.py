"""Load what a command needs when it runs, so that the others start quickly."""

from __future__ import annotations

import importlib
from typing import Any


def load(address: str) -> Any:
    """Return the object at "module:attribute"."""
    module, _, attribute = address.partition(":")
    return getattr(importlib.import_module(module), attribute)
