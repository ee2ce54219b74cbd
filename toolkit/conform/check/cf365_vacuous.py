"""A property holds because what it is about never happens, and the document does not say so.

What it means
    The premise of a leads-to holds in no reachable state, or no behaviour is fair: the verdict is
    PASS, and nothing was shown.

Example
    ReaderEventuallySucceeds == readerResult = "ERROR" ~> readerResult = "OK", while no read fails.

What to do
    Choose constants under which the premise happens, or correct it. If it is meant as a guard
    against later changes, write "vacuous" where the document speaks of the property.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.expectations import judged
from conform.check.explored import Explored
from conform.check.remarks import is_remarked
from conform.domain.finding import Code, Finding, Severity
from conform.domain.report import Verdict

CODE = Code("CF365", "property holds vacuously", Severity.WARNING)

_EXCUSE = re.compile(r"\bvacuous|\bnever (?:happens|occurs|true)|\bregression\b", re.IGNORECASE)


def vacuous_properties(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a warning for each result that means little and is not said to."""
    for row in judged(context, explored.role, explored.result.properties):
        result = row.result
        if result.verdict is not Verdict.PASS or not result.is_vacuous:
            continue
        names = [result.name, *([row.stated.name] if row.stated else [])]
        if not any(is_remarked(context, name, _EXCUSE) for name in names):
            yield CODE.finding(
                f"property `{result.name}` holds vacuously: {result.reason}",
                result.span,
                excerpt=context.excerpt(result.span),
                hint="correct it, or say in the document that it is vacuous",
            )
