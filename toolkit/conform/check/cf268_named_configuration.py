r"""A model's constants are said to be those of one configuration, and have other values.

What it means
    The comment above the constants of a FizzBee model says `as in the small configuration`, or
    names the file of one, and a constant has another value than the table of parameters gives under
    Small, or than the file binds.

Example
    # Constants, as in the medium configuration
    MAX_OFFSET = 3          while the table has 6 under Medium

What to do
    Correct the comment, or the values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from conform.check.columns import Role
from conform.check.comments.model_comments import CommentLine, remarks_of
from conform.check.context import Context
from conform.check.texts.belonging import folded
from conform.check.texts.parameter_tables import are_same, parameter_tables
from conform.domain.finding import Code, Finding

CODE = Code("CF268", "constants of another configuration")

_NAMED = re.compile(
    r"\b(?:constants?|values?|bounds?|parameters?)\b.*?\b(?:as\s+in|as|of|from|match(?:es|ing)?"
    r"|same\s+as|mirrors?)\s+(?:the\s+)?(?:(?P<file>[\w./-]+\.cfg)\b|(?P<name>\w+)\s+"
    r"(?:TLC\s+|TLA\+\s+|model\s+)?(?:config(?:uration)?|model|cfg)\b)",
    re.IGNORECASE,
)


def values_of_another(context: Context) -> Iterator[Finding]:
    """Yield a finding for each comment that names a configuration with other values."""
    artefact = context.formal.get(Role.FIZZBEE)
    source = context.sources.get(artefact.spec.path) if artefact else None
    for remark in remarks_of(source, context) if source else ():
        for line in remark.lines:
            if match := _NAMED.search(line.text):
                yield from _compared(context, line, match)


def _compared(context: Context, line: CommentLine, match: re.Match[str]) -> Iterator[Finding]:
    artefact = context.formal[Role.FIZZBEE]
    bound = {folded(name): binding for name, binding in artefact.bindings.items()}
    values = _in_file(context, match["file"]) if match["file"] else _tabled(context, match["name"])
    differing: dict[str, None] = {}
    for name, stated in values:
        binding = bound.get(folded(name))
        if binding and not are_same(stated, binding.value, across_languages=True):
            differing[f"`{name}` is {stated} there, and {binding.value} here"] = None
    if differing:
        first, *others = differing
        group = "file" if match["file"] else "name"
        span = line.span(*match.span(group))
        yield CODE.finding(
            f"these are not the values of {match[group]}: {first}",
            span,
            excerpt=context.excerpt(span),
            details=tuple(others),
            hint="correct the comment, or the values",
        )


def _in_file(context: Context, written: str) -> Iterator[tuple[str, str]]:
    """Yield the constants that a configuration of the module binds, with their values."""
    artefact = context.formal.get(Role.TLAPLUS)
    name = PurePosixPath(written).name
    for file in artefact.configurations if artefact else ():
        if PurePosixPath(file.path).name == name:
            yield from ((constant, binding.value) for constant, binding in file.bindings.items())


def _tabled(context: Context, name: str) -> Iterator[tuple[str, str]]:
    """Yield the constants of the tables of parameters with their values under a header."""
    for table in parameter_tables(context):
        for row in table.rows:
            stated = next((v for header, v in row.values if _is_named(header, name)), None)
            if stated:
                yield row.name, stated


def _is_named(header: str, name: str) -> bool:
    return name.lower() in re.findall(r"\w+", header.lower())
