"""Modules that load when they are first used, so that a page pays only for what it does.

The recipe of the standard library's documentation (importlib, "Implementing lazy imports"). For type
checkers import the module under `TYPE_CHECKING`; at run time bind `lazy("name")`.
"""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType


def lazy(name: str) -> ModuleType:
    """Return the module, which loads itself at the first look at one of its attributes.

    Raises:
        ModuleNotFoundError: there is no such module.

    """
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name=name)
    loader = importlib.util.LazyLoader(spec.loader)
    spec.loader = loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    loader.exec_module(module)
    return module
