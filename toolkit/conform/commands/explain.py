"""`conform explain`: the page of a finding code, which is the docstring of the module behind it."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import ModuleType

from conform.domain.finding import Code
from conform.errors import UsageError
from conform.registry import FINDING_MODULES, resolve
from conform.text import nearest


def page(code: str, modules: Mapping[str, str] = FINDING_MODULES) -> str:
    """Return the page of `code` in either case, or raise UsageError with the nearest known code."""
    wanted = code.upper()
    if wanted not in modules:
        close = nearest(wanted, modules)
        raise UsageError(
            f"there is no finding code {code}",
            hint=f"did you mean {close}?" if close else "`conform explain --list` prints them all",
        )
    module = resolve(modules[wanted])
    found = find_code(module, wanted)
    head = f"{found.identifier}: {found.title} ({found.severity})"
    return f"{head}\n\n{inspect.cleandoc(module.__doc__ or '')}"


def listing(modules: Mapping[str, str] = FINDING_MODULES) -> str:
    """Return a line for each code: identifier, severity and title."""
    codes = [find_code(resolve(modules[name]), name) for name in sorted(modules)]
    width = max((len(code.severity) for code in codes), default=0)
    return "\n".join(f"{code.identifier}  {code.severity:<{width}}  {code.title}" for code in codes)


def find_code(module: ModuleType, identifier: str) -> Code:
    """Return the Code that `module` defines under `identifier`; LookupError where it does not."""
    for value in vars(module).values():
        if isinstance(value, Code) and value.identifier == identifier:
            return value
    raise LookupError(f"{module.__name__} defines no Code {identifier}")
