"""The project names something that this version does not look at, or names nothing to look at.

What it means
    A model or an implementation stands in conform.yaml and cannot be checked yet; the protocol has
    a document and no model at all; a document that another one links to cannot be read; a source
    beside a document has something in it that is none of its language; or `--model-config` asks
    for a configuration, and only another one checks something. A green answer would leave it out in
    silence, so the check is INCOMPLETE.

Example
    `fizzbee: {module: fizzbee/LeaderlessLog.fizz}`, as long as FizzBee modules are not read.

What to do
    Remove the entry until it is supported, or take the INCOMPLETE for what it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding, Severity
from conform.text import Span

CODE = Code("CF310", "artefact was not looked at", Severity.INCOMPLETE)


def not_looked_at(what: str, span: Span, excerpt: str, hint: str = "") -> Finding:
    """Return the finding for an artefact that no stage looked at."""
    return CODE.finding(f"{what} was not looked at", span, excerpt=excerpt, hint=hint)


def unread_documents(context: Context) -> Iterator[Finding]:
    """Yield a finding for each document beside the protocol's own that could not be read."""
    for page in context.pages:
        if not page.is_read:
            place = Span(page.path, 1, 1, 1, 1)
            yield not_looked_at(f"document {page.path}", place, "", "save it as UTF-8, or split it")
