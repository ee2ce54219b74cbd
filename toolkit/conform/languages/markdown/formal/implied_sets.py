"""The set of a name that words bind without one: *for each `t` with `owner[t] = w`: …*.

Where the name is the index of a variable, the type of the variable says what it ranges over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from conform.languages.markdown.formal.document import FormalVariable
from conform.languages.markdown.formal.syntax import FunctionSet, Name
from conform.languages.markdown.manuscript import Fragment

_BOUND = re.compile(
    r"(?:\bfor\s+(?:all|each|every|any)|\bthere\s+(?:is|exists)\s+(?:an?|no|some)|[∀∃∄])"
    r"(?:\s+(?!such\b)[a-z]{3,})??\s+(?P<name>[^\W\d]\w{0,2})"
    r"(?=\s*,?\s+(?:with|such\s+that|for\s+which|where)\b)",
    re.I,
)
_INDEXED = re.compile(r"(?P<variable>[^\W\d]\w*)\[\s*(?P<index>[^\W\d]\w*)\s*\]")


class ImpliedSets:
    """What the indices of the variables of one document range over."""

    def __init__(self, variables: Iterable[FormalVariable]) -> None:
        self._domains = dict(_domains(variables))

    def given(self, text: Fragment) -> Fragment:
        """Return a text with the set of each name that is bound without one, if there is one."""
        return text.edited(
            (found.end(), found.end(), f" \\in {domains.pop()}")
            for found in _BOUND.finditer(text.text)
            if len(domains := self._of(found["name"], text.text)) == 1
        )

    def _of(self, name: str, text: str) -> set[str]:
        """Return the sets that a name has to be of, as an index; empty where one is unknown."""
        variables = [each["variable"] for each in _INDEXED.finditer(text) if each["index"] == name]
        if not all(variable in self._domains for variable in variables):
            return set()
        return {self._domains[variable] for variable in variables}


def _domains(variables: Iterable[FormalVariable]) -> Iterator[tuple[str, str]]:
    for variable in variables:
        match variable.type_set:
            case FunctionSet(domain=Name(name=name)):
                yield variable.name, name
            case _:
                continue
