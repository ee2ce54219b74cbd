"""How many states a text says that a variable has, `WriterState` has five states, and has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.texts.belonging import folded
from conform.check.texts.enumerations import enumerations
from conform.check.texts.number_words import NUMBER, value_of
from conform.domain.prose import Passage

_SAID = re.compile(
    rf"(?<![\w.])(?P<name>[^\W\d]\w*)\s+(?:has|takes|can\s+take|can\s+have)\s+{NUMBER}\s+"
    r"(?:possible\s+|distinct\s+)?(?:states|values)\b",
    re.IGNORECASE,
)
_ONE_OF = re.compile(
    rf"(?:\b(?:an?|each|every)\s+(?P<owner>[a-z]\w+)\s+(?:is|has)\s+(?:always\s+)?(?:in\s+)?(?:exactly\s+)?one\s+of"
    rf"|(?<![\w.])(?P<name>[^\W\d]\w*)\s+(?:is|has|takes|holds)\s+(?:always\s+)?(?:exactly\s+)?one\s+of)"
    rf"\s+{NUMBER}\s+(?:possible\s+|distinct\s+)?(?P<noun>[a-z]+?)s\b",
    re.IGNORECASE,
)
"""*A client is in one of four phases*, of a variable `clientPhase`; `` `phase` is one of four``."""

_DEFINED = re.compile(r"^\s*(?P<name>\w+)\s*==\s*(?P<set>\{[^{}]*\})", re.MULTILINE)


def wrong_sizes(context: Context, passage: Passage) -> Iterator[tuple[re.Match[str], str, int]]:
    """Yield what a passage says of the states of a variable or a type, its name, and their number.

    They are those that the document's type lists, or else what the module defines under the name
    or its plural. What lists none, or has several such sets of different sizes, is left out.
    """
    for match in (*_SAID.finditer(passage.text), *_ONE_OF.finditer(passage.text)):
        name = match["name"] or match["owner"] + match["noun"].capitalize()
        sizes = {len(members) for members in _sets(context, folded(name))}
        if len(sizes) == 1 and value_of(match["number"]) not in sizes:
            yield match, name, sizes.pop()


def _sets(context: Context, name: str) -> Iterator[tuple[str, ...]]:
    stated = [each for each in context.document.variables if folded(each.name) == name]
    listed = [one.members for each in stated for one in enumerations(each.type_text)]
    if listed:
        yield from listed
        return
    for artefact in context.formal.values():
        for path in artefact.paths():
            source = context.sources.get(path)
            for match in _DEFINED.finditer(source.text) if source else ():
                if folded(match["name"]) in (name, f"{name}s"):
                    yield from (one.members for one in enumerations(match["set"]))
