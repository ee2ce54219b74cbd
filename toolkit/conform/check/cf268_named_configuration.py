r"""A model's constants are said to be those of one configuration, and have other values.

What it means
    The comment above the constants of a FizzBee model says `as in the small configuration`, and a
    constant below has another value than the table of parameters gives under Small.

Example
    # Constants, as in the medium configuration
    MAX_OFFSET = 3          while the table has 6 under Medium

What to do
    Correct the comment, or the values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.belonging import folded
from conform.check.columns import Role
from conform.check.context import Context
from conform.check.model_comments import CommentLine, remarks_of
from conform.check.parameter_tables import are_same, parameter_tables
from conform.domain.finding import Code, Finding

CODE = Code("CF268", "constants of another configuration")

_NAMED = re.compile(
    r"\b(?:constants?|values?|bounds?|parameters?)\b.*?\b(?:as\s+in|of|from|match(?:es|ing)?|same\s+as"
    r"|mirrors?)\s+(?:the\s+)?(?P<name>\w+)\s+(?:TLC\s+|TLA\+\s+|model\s+)?"
    r"(?:config(?:uration)?|model|cfg)\b",
    re.IGNORECASE,
)


def values_of_another(context: Context) -> Iterator[Finding]:
    """Yield a finding for each comment that names a configuration with other values."""
    artefact = context.formal.get(Role.FIZZBEE)
    source = context.sources.get(artefact.spec.path) if artefact else None
    for remark in remarks_of(source) if source else ():
        for line in remark.lines:
            if match := _NAMED.search(line.text):
                yield from _compared(context, line, match)


def _compared(context: Context, line: CommentLine, match: re.Match[str]) -> Iterator[Finding]:
    artefact = context.formal[Role.FIZZBEE]
    bound = {folded(name): binding for name, binding in artefact.bindings.items()}
    differing: dict[str, None] = {}
    for table in parameter_tables(context):
        for row in table.rows:
            stated = next((v for header, v in row.values if _is_named(header, match["name"])), None)
            binding = bound.get(folded(row.name))
            if stated and binding and not are_same(stated, binding.value, across_languages=True):
                differing[f"`{row.name}` is {stated} there, and {binding.value} here"] = None
    if differing:
        first, *others = differing
        span = line.span(*match.span("name"))
        yield CODE.finding(
            f"these are not the values of {match['name']}: {first}",
            span,
            excerpt=context.excerpt(span),
            details=tuple(others),
            hint="correct the comment, or the values",
        )


def _is_named(header: str, name: str) -> bool:
    return name.lower() in re.findall(r"\w+", header.lower())
