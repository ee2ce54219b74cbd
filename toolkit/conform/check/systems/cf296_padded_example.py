"""An example of a padded number has another width than the text gives.

What it means
    The text says to how many digits numbers are padded with zeros, and an example has more or
    fewer: keys of two widths are not in the order of their numbers.

Example
    Padded to 20 digits; offset `42` becomes `0000000042`.

What to do
    Correct the example, or the width.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.prose import PassageKind, Prose

CODE = Code("CF296", "width of a padded number")

_PADDED = re.compile(
    r"\b(?:zero[- ]?)?pad(?:ded|ding)?\b[^.;]{0,60}?\b(?P<width>\d{1,2})[\s-]*(?:decimal\s+)?"
    r"(?:digits?|characters?|places)\b|\b(?P<before>\d{1,2})[\s-](?:decimal\s+)?digits?\b[^.;]{0,40}"
    r"\b(?:zero[- ]?)?pad(?:ded|ding)\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"(?<![\w.])0{3,}\d+(?![\w.])")


def padded_examples(context: Context) -> Iterator[Finding]:
    """Yield a finding for each padded number in code that is not as wide as the page says."""
    for page in context.pages:
        width = _width(page)
        for passage in page.passages if width else ():
            pieces = [(0, passage.text)] if passage.kind is PassageKind.CODE else passage.coded()
            for start, text in pieces:
                for match in _EXAMPLE.finditer(text):
                    if len(match[0]) != width:
                        span = passage.span(start + match.start(), start + match.end())
                        yield CODE.finding(
                            f"{len(match[0])} digits here, and the text pads to {width}",
                            span,
                            excerpt=context.excerpt(span),
                            hint="correct the example, or the width",
                        )


def _width(page: Prose) -> int:
    """Return the width that a page gives, 0 where it gives none or several."""
    found: Counter[int] = Counter()
    for passage in page.running():
        for match in _PADDED.finditer(passage.text):
            found[int(match["width"] or match["before"])] += 1
    return next(iter(found)) if len(found) == 1 else 0
