r"""The comment beside a variable lists other values than its type has.

What it means
    Behind the declaration of a variable a comment lists its values, `\* IDLE, BUSY, DONE`, and the
    type of the variable in the document has others, or more. A value was added or renamed since.

    Compared are comments that are such a list and nothing else, of names in capitals or in quotes,
    where at least half of them are values of the variable; and comments that call three names or
    more the states, or the values, and have most of those of one variable.

Example
    VARIABLES mode,   \* WAITING, HOLDING, FAILED

    beside the type {WAITING, HOLDING, LOST} in the document

What to do
    Correct the comment, or the type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from conform.check.comments.model_comments import CommentLine, model_sources, remarks_of
from conform.check.context import Context
from conform.check.texts.enumerations import enumerations
from conform.domain.finding import Code, Finding
from conform.text import Source

CODE = Code("CF272", "comment with other values")

_VALUE = r"(?:[\"'`]?[A-Z][A-Z0-9_]+[\"'`]?|\"\w+\")"
_ROW = rf"{_VALUE}(?:\s*(?:,\s*(?:or|and)\b|,|/|\||\bor\b|\band\b)\s*{_VALUE})+"
_LIST = re.compile(
    r"\s*(?:(?:one\s+of|values?|either|in)\s*:?\s+"
    r"|\[?[A-Za-z][\w ]{0,40}?\s*(?::|->|\N{RIGHTWARDS ARROW})\s*)?"
    rf"[{{(]?(?P<list>{_ROW})[}})]?\]?(?:\s+(?:for|of|per)\s+(?:(?:each|every)\s+)?\w+)?\s*[.;]?\s*",
)
_SENTENCE = re.compile(
    rf"\b(?:states?|status(?:es)?|values?|(?:one|either)\s+of(?:\s+[a-z]+){{0,3}})\s*:?\s+"
    rf"\{{?(?P<list>{_ROW})"
    r"(?=\}?\s*(?:[.;)]|$))",
    re.IGNORECASE,
)
"""What a comment that stands alone calls the states, or the values, of something."""

_DECLARED = re.compile(r"\s*(?:VARIABLES?\s+)?(?P<name>[^\W\d]\w*)\s*(?:,|=[^=].*|:.*)?\s*$")
_LEAST = 3
_WHOLE = re.compile(
    r"(?:^\s*(?:the\s+|its\s+)?(?:\w+\s+)?(?:states?|status(?:es)?|values?)"
    r"|\b(?:has|have|(?:one|either)\s+of)\s+(?:\w+\s+)?(?:states|statuses|values))\s*:?\s*\{?$",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:middle|these|those|any|other|final|terminal|last|active|inner|busy)\b", re.IGNORECASE
)
"""Words of a comment that speaks of some of the states only."""

_NAME = re.compile(r"[A-Z][A-Z0-9_]+|(?<=\")\w+(?=\")")


def values_in_comments(context: Context) -> Iterator[Finding]:
    """Yield a finding for each comment that lists other values than the variable beside it has."""
    types = {
        variable.name: frozenset(
            member for one in enumerations(variable.type_text) for member in one.members
        )
        for variable in context.document.variables
    }
    for source in model_sources(context):
        for remark in remarks_of(source, context):
            if remark.is_behind_code:
                yield from _behind(context, source, remark.lines[0], types)
                continue
            for line in remark.lines:
                yield from _alone(context, line, types)


_Types = Mapping[str, frozenset[str]]
"""The values of the variables whose types list them, by name."""


def _behind(
    context: Context, source: Source, line: CommentLine, types: _Types
) -> Iterator[Finding]:
    """Yield a finding where a list behind a declaration is not that of the variable."""
    match = _LIST.fullmatch(line.text)
    code = re.split(r"\\\*|#", source.line(line.line))[0]
    declared = _DECLARED.match(code) if match else None
    values = types.get(declared["name"]) if declared else None
    if match and values:
        yield from _compared(context, line, match, values)


def _alone(context: Context, line: CommentLine, types: _Types) -> Iterator[Finding]:
    """Yield a finding where the states that a comment lists are most of one variable's, not all."""
    for match in _SENTENCE.finditer(line.text):
        said = frozenset(_NAME.findall(match["list"]))
        near = {values for values in types.values() if 2 * len(said & values) > len(values)}
        is_part = len(near) == 1 and said < next(iter(near))
        is_whole = _WHOLE.search(line.text[: match.start("list")]) and not _SOME.search(line.text)
        if len(near) == 1 and len(said) >= _LEAST and (is_whole or not is_part):
            yield from _compared(context, line, match, near.pop())


def _compared(
    context: Context, line: CommentLine, match: re.Match[str], values: frozenset[str]
) -> Iterator[Finding]:
    said = frozenset(_NAME.findall(match["list"]))
    if said != values and len(said & values) * 2 >= len(said):
        differing = sorted(said ^ values)
        span = line.span(*match.span("list"))
        yield CODE.finding(
            f"the document has {', '.join(sorted(values))}: {', '.join(differing)} "
            f"{'is' if len(differing) == 1 else 'are'} in one of the two alone",
            span,
            excerpt=context.excerpt(span),
            hint="correct the comment, or the type",
        )
