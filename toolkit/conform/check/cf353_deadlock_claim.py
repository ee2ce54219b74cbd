"""A document says that there is no deadlock, and a configuration does not look for one.

What it means
    `CHECK_DEADLOCK FALSE` lets states without a successor pass. The sentence of the document was
    checked by nobody under that configuration.

Example
    CHECK_DEADLOCK FALSE     beside     "The protocol is deadlock-free."

What to do
    Remove the line from the configuration, or the sentence from the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.text import Span

CODE = Code("CF353", "deadlock is ruled out and not looked for")

_CLAIM = re.compile(
    r"\b(?:there (?:is|are) no deadlocks?|never deadlocks?|deadlock[- ]free(?:dom)?"
    r"|(?:can(?:not| not)|does not) deadlock)\b",
    re.IGNORECASE,
)


def unchecked_deadlock(context: Context) -> Iterator[Finding]:
    """Yield a finding for each claim, at the first configuration that does not check it."""
    files = [
        file
        for artefact in context.formal.values()
        for file in artefact.configurations
        if not file.checks_deadlock
    ]
    for document in context.documents if files else ():
        source = context.sources.get(document.path)
        for number, line in enumerate(source.lines() if source else (), 1):
            match = _CLAIM.search(line)
            if source is not None and match is not None:
                at = Span(source.path, number, match.start() + 1, number, match.end())
                yield CODE.finding(
                    f"{files[0].path} has CHECK_DEADLOCK FALSE: this is not checked",
                    at,
                    excerpt=source.excerpt(at),
                    hint=f"remove the line from {files[0].path}",
                )
