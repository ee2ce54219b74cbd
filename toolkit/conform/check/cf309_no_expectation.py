"""The document does not say what verdict it expects of a property.

What it means
    A property of the document has neither an Expected Verdict in its section nor a row in a table
    of results, or one that is neither PASS nor FAIL. PASS is assumed. A property that no model has,
    and that the document says needs none, needs no verdict either.

Example
    `### Safety S8: NoReaderError` with a Statement and nothing else.

What to do
    Write `**Expected Verdict**: PASS` (or FAIL, for a property that is meant to show a weakness).
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.cf352_unmodelled import by_construction
from conform.check.context import Context
from conform.domain.finding import Code, Finding, Severity
from conform.domain.spec import Property

CODE = Code("CF309", "no expected verdict", Severity.WARNING)


def missing_expectations(context: Context) -> Iterator[Finding]:
    """Yield a warning for each property without an expected verdict, or one for them all."""
    without = by_construction(context)
    properties = [each for each in context.document.properties if each.name not in without]
    if len(properties) > 1 and not any(map(_said, properties)):
        names = ", ".join(f"`{each.name}`" for each in properties)
        yield CODE.finding(
            "the document does not say which verdicts it expects of its properties",
            properties[0].span,
            excerpt=context.excerpt(properties[0].span),
            details=(f"these are {names}",),
            hint="write **Expected Verdict**: PASS, or a table with the column Expected",
        )
        return
    for stated in properties:
        word = _said(stated)
        if not word.upper().startswith(("PASS", "FAIL")):
            said = f": {word!r} is neither PASS nor FAIL" if word else ""
            yield CODE.finding(
                f"the document does not say which verdict it expects of `{stated.name}`{said}",
                stated.span,
                excerpt=context.excerpt(stated.span),
                hint="write **Expected Verdict**: PASS",
                subject=stated.name,
            )


def _said(stated: Property) -> str:
    return (stated.expected or "").strip()
