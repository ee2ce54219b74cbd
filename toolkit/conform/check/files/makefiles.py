"""A project's Makefile, and its targets by their names: no recipe is run."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from conform.errors import InputError
from conform.text import Source, is_there, read_source

_RULE = re.compile(r"(?P<targets>[^\s#:=][^#:=]*?)\s*::?(?!=)")
_FILES = ("Makefile", "makefile", "GNUmakefile")


class Targets(Struct, frozen=True):
    """What `make` can be asked for; `is_complete` when `names` are all of it."""

    names: frozenset[str]
    is_complete: bool

    def __contains__(self, name: str) -> bool:
        return not self.is_complete or name in self.names


def read_makefile(folder: Path) -> Source | None:
    """Return the Makefile in `folder` with its bare name for a path, None without one to read."""
    path = next((folder / name for name in _FILES if is_there(folder / name)), None)
    try:
        return Source(path.name, read_source(path).text) if path else None
    except InputError:
        return None


def read_targets(folder: Path) -> Targets | None:
    """Return the targets of the Makefile in `folder`, None where there is none to be read.

    Included files, names made of variables and patterns leave the list incomplete.
    """
    source = read_makefile(folder)
    if source is None:
        return None
    text = source.text.replace("\\\n", " ")
    names: set[str] = set()
    is_complete = not re.search(r"(?m)^-?include\b|^\$\(eval", text)
    for line in text.splitlines():
        rule = _RULE.match(line) if not line.startswith("\t") else None
        for name in rule["targets"].split() if rule else ():
            is_complete = is_complete and not set("%$") & set(name)
            names.add(name)
    return Targets(frozenset(names), is_complete)
