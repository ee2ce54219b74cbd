"""The modules that can be named: files beside the root module, then the standard ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from conform.errors import ConformError, InputError, UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.standard.modules import (
    BROUGHT_ALONG,
    OVERRIDDEN_BY_TLC,
)
from conform.languages.tlaplus.reading import parse_module
from conform.text import Source, nearest

FindModule = Callable[[str], Source | None]
"""Gives the source of a module by its name, None when there is no such file."""

KNOWN_ELSEWHERE = frozenset({"HTML", "ShiViz", "typedefs"})
"""Modules that other tools bring along and that are not evaluated here."""


class LibraryModule(Struct, frozen=True):
    """A module found by its name.

    `module` is its text, None for a standard module that is built in whole. Where it has a text,
    a builtin takes the place of the definition of its name, as TLC's Java classes do; those that
    the text of a standard module does not define come with it.
    """

    name: str
    module: syntax.Module | None
    builtins: Mapping[str, Builtin]
    is_standard: bool


@dataclass(slots=True, eq=False)
class Library:
    """Finds modules by name and parses each one once.

    A file of the user comes before a standard module of the same name, as in TLC. `sources` gets
    the source of each module that was read, by its path.
    """

    find_file: FindModule
    find_standard: FindModule
    builtins: Mapping[str, Mapping[str, Builtin]]
    sources: dict[str, Source]
    _found: dict[str, LibraryModule] = field(default_factory=dict)

    def find(self, name: syntax.Identifier) -> LibraryModule:
        """Return the module that `name` names, or raise a located error."""
        known = self._found.get(name.name)
        if known is None:
            known = self._found[name.name] = self._read(name)
        return known

    def found(self, name: str) -> LibraryModule:
        """Return a module that was read, or that one of TLC's brings along; raise LookupError."""
        known = self._found.get(name)
        if known is None and any(
            name in BROUGHT_ALONG.get(each.name, ()) for each in self._found.values()
        ):
            return LibraryModule(name, None, self.builtins[name], is_standard=True)
        return known or self._found[name]

    def _read(self, name: syntax.Identifier) -> LibraryModule:
        builtins = self.builtins.get(name.name)
        source = self.find_file(name.name)
        is_standard = source is None
        if source is None:
            source = self.find_standard(name.name)
        if source is not None:
            self.sources[source.path] = source
            module = parse_module(source)
            if module.name.name != name.name:
                raise misnamed(module, name.name)
            if not is_standard and name.name not in OVERRIDDEN_BY_TLC:
                builtins = {}  # the text of the user is the definition
            return LibraryModule(name.name, module, builtins or {}, is_standard)
        if builtins is None:
            raise self._unknown(name)
        return LibraryModule(name.name, None, builtins, is_standard)

    def _unknown(self, name: syntax.Identifier) -> ConformError:
        if name.name in KNOWN_ELSEWHERE:
            return UnsupportedError(
                f"module `{name.name}` is not evaluated yet",
                span=name.span,
                hint=f"evaluated are {', '.join(sorted(self.builtins))}",
            )
        close = nearest(name.name, self.builtins)
        return InputError(
            f"unknown module `{name.name}`",
            span=name.span,
            expected=f"a standard module, or a file {name.name}.tla beside this one",
            hint=f"did you mean `{close}`?" if close else "",
        )


def misnamed(module: syntax.Module, name: str) -> InputError:
    """Return the error for a module whose file is called `name`, and the module is not."""
    return InputError(
        f"the file of module `{name}` holds a module `{module.name.name}`",
        span=module.name.span,
        hint="a file is named after the module in it",
    )
