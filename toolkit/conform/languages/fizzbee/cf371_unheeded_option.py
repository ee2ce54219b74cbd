"""An option of FizzBee that is not heeded here.

What it means
    `fizz.yaml` or the front matter asks for something that this tool does in a way of its own. With
    `continue_on_invariant_failures`, FizzBee goes on after a violation; here `--continue` says so,
    for every language. A key that is unknown here may be one of another version, or for another
    tool.

Example
    continue_on_invariant_failures: true

What to do
    Nothing: verdicts are those of a search that stops at the first violation, or with `--continue`
    those of one that does not. See to it that a key that is unknown here bounds no search.
"""

from __future__ import annotations

from conform.domain.finding import Code, Finding, Severity
from conform.languages.fizzbee.specification import Specification

CODE = Code("CF371", "option of FizzBee not heeded", Severity.WARNING)


def unheeded_options(specification: Specification) -> list[Finding]:
    """Return a warning for each option that is switched on and not heeded."""
    span = specification.source.whole()
    return [
        CODE.finding(f"the option {key} is not heeded", span, hint="see conform explain CF371")
        for key in specification.options.unheeded
    ]
