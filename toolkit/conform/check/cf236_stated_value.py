"""A sentence gives constants other values than the table of parameters does.

What it means
    The text says which configuration it speaks of, by its name or by the values of several
    constants, and a value is not the one that the table has there. An example is then told about a
    model that nobody checks.

    Looked at are sentences with `Name=5`, `Name = 5` or `Name` = 5 that also name a configuration
    of the table, or that give two values or more of which all but one are those of one
    configuration.

Example
    With `MaxBatch=2` and `CompactRangeEnd=4`, where every column of the table with MaxBatch 2 has
    CompactRangeEnd 3.

What to do
    Correct the sentence or the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage

CODE = Code("CF236", "stated value of a constant")

_VALUE = re.compile(r"\b(?P<name>[A-Za-z]\w*)\s*=\s*(?P<value>\d{1,6})\b(?!\s*[-+*/]\s*\w|\.\d)")
_SENTENCE = re.compile(r"(?:[^.!?]|[.!?](?!\s))+[.!?]?")

Table = Mapping[str, Mapping[str, str]]
"""Configuration -> constant -> value as written."""


def wrong_values(context: Context) -> Iterator[Finding]:
    """Yield a finding for each value in a sentence that its configuration does not have."""
    table = _table(context)
    named = {document.path for document in context.documents}
    for page in context.pages if table else ():
        for passage in page.running() if page.path in named else ():
            for sentence in _SENTENCE.finditer(passage.text):
                yield from _in_sentence(context, passage, sentence, table)


def _table(context: Context) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for document in context.documents:
        for row in document.parameters:
            for header, value in row.values:
                if re.fullmatch(r"\d{1,6}", value.strip()):
                    table.setdefault(header.lower(), {})[row.name] = value.strip()
    return table


def _in_sentence(
    context: Context, passage: Passage, sentence: re.Match[str], table: Table
) -> Iterator[Finding]:
    known = {name for values in table.values() for name in values}
    matches = [
        match
        for match in _VALUE.finditer(passage.text, sentence.start(), sentence.end())
        if match["name"] in known
    ]
    if not matches or len({match["name"] for match in matches}) < len(matches):
        return  # two values of one constant: a comparison
    named = [name for name in table if re.search(rf"\b{re.escape(name)}\b", sentence[0], re.I)]
    meant = named if len(named) == 1 else _resembled(matches, table)
    for configuration in meant:
        for match in matches:
            value = table[configuration].get(match["name"])
            if value is not None and int(value) != int(match["value"]):
                yield _finding(context, passage, match, configuration, value)


def _resembled(matches: list[re.Match[str]], table: Table) -> list[str]:
    """Return the one configuration that has all values but one, none if one has all of them."""
    wrong = {
        configuration: sum(values.get(match["name"]) != match["value"] for match in matches)
        for configuration, values in table.items()
    }
    if len(matches) < 2 or 0 in wrong.values():
        return []
    return [configuration for configuration, count in wrong.items() if count == 1][:1]


def _finding(
    context: Context, passage: Passage, match: re.Match[str], configuration: str, value: str
) -> Finding:
    span = passage.span(match.start(), match.end())
    return CODE.finding(
        f"the text has `{match['name']}` = {match['value']}, and the table of parameters {value} "
        f"({configuration})",
        span,
        excerpt=context.excerpt(span),
        hint="correct the sentence or the table",
    )
