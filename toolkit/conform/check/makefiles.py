"""The targets of a project's Makefile, by their names alone: no recipe is read, none is run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from conform.errors import InputError
from conform.text import is_there, read_source

_RULE = re.compile(r"(?P<targets>[^\s#:=][^#:=]*?)\s*::?(?!=)")
_FILES = ("Makefile", "makefile", "GNUmakefile")


@dataclass(frozen=True, slots=True)
class Targets:
    """What `make` can be asked for; `is_complete` when `names` are all of it."""

    names: frozenset[str]
    is_complete: bool

    def __contains__(self, name: str) -> bool:
        return not self.is_complete or name in self.names


def read_targets(folder: Path) -> Targets | None:
    """Return the targets of the Makefile in `folder`, None where there is none to be read.

    Included files, names made of variables and patterns leave the list incomplete.
    """
    path = next((folder / name for name in _FILES if is_there(folder / name)), None)
    if path is None:
        return None
    try:
        text = read_source(path).text.replace("\\\n", " ")
    except InputError:
        return None
    names: set[str] = set()
    is_complete = not re.search(r"(?m)^-?include\b|^\$\(eval", text)
    for line in text.splitlines():
        rule = _RULE.match(line) if not line.startswith("\t") else None
        for name in rule["targets"].split() if rule else ():
            is_complete = is_complete and not set("%$") & set(name)
            names.add(name)
    return Targets(frozenset(names), is_complete)
