"""The words of a TLA+ module: of a definition and all that it uses, and its strings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from conform.check.context import Context, FormalArtefact

_WORD = re.compile(r"[^\W\d]\w*")
_COMMENT = re.compile(r"\\\*.*|(?s:\(\*.*?\*\))")
_STRING = re.compile(r'"([^"\\\n]*)"')


def words_in_definition(
    context: Context, artefact: FormalArtefact, name: str, closed: Iterable[str] = ()
) -> set[str]:
    """Return every word in the definition of an operator, and in those that it uses.

    Those of comments are left out, and of definitions that are `closed`. Without such a definition,
    or its text, there are none.
    """
    found: set[str] = set()
    waiting = [name]
    while waiting:
        definition = artefact.definitions.get(waiting.pop())
        if definition is not None:
            text = _COMMENT.sub("", context.text_of(definition.span))
            added = set(_WORD.findall(text)) - found
            found |= added
            waiting += sorted((added & artefact.definitions.keys()).difference(closed))
    return found


def strings_in(context: Context, artefact: FormalArtefact) -> frozenset[str]:
    """Return the strings that a module writes, reached or not; none where its text is not known."""
    source = context.sources.get(artefact.spec.path)
    return frozenset(_STRING.findall(_COMMENT.sub("", source.text))) if source else frozenset()
