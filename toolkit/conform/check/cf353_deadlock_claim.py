"""What a document says of deadlocks is not what a configuration looks for.

What it means
    `CHECK_DEADLOCK FALSE` lets states without a successor pass. A sentence that rules deadlocks out
    was checked by nobody under that configuration; one that says that the check is enabled, or
    disabled, is false where a configuration has it otherwise.

Example
    CHECK_DEADLOCK FALSE     beside     "The protocol is deadlock-free."
    no such line             beside     "Deadlock checking is disabled."

What to do
    Correct the line of the configuration, or the sentence of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import ConfigurationFile, Context
from conform.domain.finding import Code, Finding
from conform.text import Source, Span

CODE = Code("CF353", "deadlock is ruled out and not looked for")

_CLAIM = re.compile(
    r"\b(?:there (?:is|are) no deadlocks?|never deadlocks?|deadlock[- ]free(?:dom)?"
    r"|(?:can(?:not| not)|does not) deadlock)\b",
    re.IGNORECASE,
)
_CHECKING = re.compile(
    r"\bdeadlock[- ](?:check(?:ing|s)?|detection)\s+(?:is|are|stays?|remains?)\s+"
    r"(?P<off>disabled|off|not\s+(?:enabled|on)|switched\s+off|turned\s+off)?"
    r"(?P<on>enabled|on|switched\s+on|turned\s+on)?(?![\w-])(?P<rest>[^.,:;|]*)",
    re.IGNORECASE,
)
_FIZZ_ALONE = re.compile(r"^(?!.*\bTLA)(?!.*\bboth\b).*\bfizz", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:if|when|unless|with|by|in(?!\s+(?:both|all|every)\b))\b", re.IGNORECASE
)
_OPTION = re.compile(r"(?<![\w-])-deadlock\b")
"""TLC's option that turns the check off."""


def unchecked_deadlock(context: Context) -> Iterator[Finding]:
    """Yield a finding for each sentence, at the first configuration that does otherwise.

    What is said to be off is not held against configurations where a command turns it off.
    """
    files = [file for artefact in context.formal.values() for file in artefact.configurations]
    without = [file for file in files if not file.checks_deadlock]
    with_it = [file for file in files if file.checks_deadlock]
    if any(_OPTION.search(passage.text) for page in context.pages for passage in page.passages):
        with_it = []
    for document in context.documents if files else ():
        source = context.sources.get(document.path)
        for number, line in enumerate(source.lines() if source else (), 1):
            if source is not None:
                yield from _in_line(source, number, line, without, with_it)


def _in_line(
    source: Source,
    number: int,
    line: str,
    without: list[ConfigurationFile],
    with_it: list[ConfigurationFile],
) -> Iterator[Finding]:
    """Yield the claims of a line that a configuration contradicts.

    A sentence that gives a condition, or is about FizzBee alone, is about no configuration of TLC.
    """
    if without and (match := _CLAIM.search(line)):
        message = f"{without[0].path} has CHECK_DEADLOCK FALSE: this is not checked"
        hint = f"remove the line from {without[0].path}"
        yield _finding(source, number, match, message, hint)
    match = _CHECKING.search(line)
    if match is None or _FIZZ_ALONE.match(line) or _CONDITION.search(match["rest"]):
        return
    hint = "correct the sentence, or the configuration"
    if match["on"] and without:
        message = f"{without[0].path} has CHECK_DEADLOCK FALSE"
        yield _finding(source, number, match, message, hint)
    if match["off"] and with_it:
        message = f"{with_it[0].path} has no CHECK_DEADLOCK FALSE: deadlocks are looked for"
        yield _finding(source, number, match, message, hint)


def _finding(source: Source, number: int, match: re.Match[str], message: str, hint: str) -> Finding:
    end = match.start("rest") if "rest" in match.re.groupindex else match.end()
    at = Span(source.path, number, match.start() + 1, number, end)
    return CODE.finding(message, at, excerpt=source.excerpt(at), hint=hint)
