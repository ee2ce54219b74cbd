"""A generated machine, executed: the text that was just generated, or one that somebody edited.

What is executed is a text in memory, so nobody can change it after it was looked at. It is vetted:
what a specification says must not become code, whatever mistake the generator makes. A file that
was edited has passed a narrower gate before (generate.edited_machines).
"""

from __future__ import annotations

import sys
from importlib.abc import InspectLoader
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from types import ModuleType

from conform.errors import UnsupportedError
from conform.generate.vetting import vet
from conform.text import Source

MODULE_NAME = "_conform_generated_machine"
"""The name under which a machine is executed; it is not importable."""

FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What generated code may raise where an expression of the specification has no value."""


class _TextLoader(InspectLoader):
    """Loads a module from a text in memory."""

    def __init__(self, text: str) -> None:
        self._text = text

    def get_source(self, fullname: str) -> str:
        """Return the text."""
        return self._text

    def is_package(self, fullname: str) -> bool:
        """Return False: a machine is a plain module."""
        return False


def execute(source: Source) -> ModuleType:
    """Return the module that a generated text defines.

    Raises UnsupportedError for a text that no machine has, or that fails when it is executed.
    """
    vet(source)
    loader = _TextLoader(source.text)
    module = module_from_spec(ModuleSpec(MODULE_NAME, loader, origin=source.path))
    before = sys.modules.get(MODULE_NAME)
    sys.modules[MODULE_NAME] = module  # dataclasses look their module up by its name
    try:
        loader.exec_module(module)
    except FAILURES as error:
        raise UnsupportedError(
            f"{source.path}: the generated code cannot be executed: {error}",
            hint="unless somebody edited it, please report this mistake of the generator",
        ) from None
    finally:
        if before is None:
            del sys.modules[MODULE_NAME]
        else:
            sys.modules[MODULE_NAME] = before
    return module
