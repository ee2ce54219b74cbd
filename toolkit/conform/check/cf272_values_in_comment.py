r"""The comment beside a variable lists other values than its type has.

What it means
    Behind the declaration of a variable a comment lists its values, `\* IDLE, BUSY, DONE`, and the
    type of the variable in the document has others, or more. A value was added or renamed since.

    Compared are comments that are such a list and nothing else, of names in capitals or in quotes,
    where at least half of them are values of the variable.

Example
    VARIABLES mode,   \* WAITING, HOLDING, FAILED

    beside the type {WAITING, HOLDING, LOST} in the document

What to do
    Correct the comment, or the type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.enumerations import enumerations
from conform.check.model_comments import model_sources, remarks_of
from conform.domain.finding import Code, Finding

CODE = Code("CF272", "comment with other values")

_VALUE = r"(?:[\"'`]?[A-Z][A-Z0-9_]+[\"'`]?|\"\w+\")"
_LIST = re.compile(
    rf"\s*(?:(?:one\s+of|values?|either|in)\s*:?\s+)?\{{?(?P<list>{_VALUE}"
    rf"(?:\s*(?:,\s*or\b|,|/|\||\bor\b)\s*{_VALUE})+)\}}?\s*\.?\s*",
)
_DECLARED = re.compile(r"\s*(?:VARIABLES?\s+)?(?P<name>[^\W\d]\w*)\s*(?:,|=[^=].*|:.*)?\s*$")
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
            line = remark.lines[0]
            match = _LIST.fullmatch(line.text) if remark.is_behind_code else None
            code = re.split(r"\\\*|#", source.line(line.line))[0]
            declared = _DECLARED.match(code) if match else None
            values = types.get(declared["name"]) if declared else None
            said = frozenset(_NAME.findall(match["list"])) if match else frozenset[str]()
            if match and values and said != values and len(said & values) * 2 >= len(said):
                differing = sorted(said ^ values)
                span = line.span(*match.span("list"))
                yield CODE.finding(
                    f"the document has {', '.join(sorted(values))}: {', '.join(differing)} "
                    f"{'is' if len(differing) == 1 else 'are'} in one of the two alone",
                    span,
                    excerpt=context.excerpt(span),
                    hint="correct the comment, or the type",
                )
