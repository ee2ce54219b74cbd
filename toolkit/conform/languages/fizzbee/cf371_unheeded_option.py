"""An option of FizzBee that is not heeded here.

What it means
    `fizz.yaml` or the front matter asks for something that this tool does in a way of its own. With
    `continue_on_invariant_failures`, FizzBee goes on after a violation; here `--continue` says so,
    for every language. A key that is unknown here may be one of another version, or for another
    tool. Or `action_options` bounds an action that the specification does not have: then nothing
    is bounded.

Example
    continue_on_invariant_failures: true

What to do
    Nothing: verdicts are those of a search that stops at the first violation, or with `--continue`
    those of one that does not. See to it that a key that is unknown here bounds no search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.domain.finding import Code, Finding, Severity
from conform.languages.fizzbee.specification import Specification
from conform.text import nearest

CODE = Code("CF371", "option of FizzBee not heeded", Severity.WARNING)


def unheeded_options(specification: Specification) -> list[Finding]:
    """Return a warning for each option that is switched on and not heeded."""
    span = specification.source.whole()
    return [
        *(
            CODE.finding(f"the option {key} is not heeded", span, hint="see conform explain CF371")
            for key in specification.options.unheeded
        ),
        *_of_no_action(specification),
    ]


def _of_no_action(specification: Specification) -> Iterator[Finding]:
    module = specification.module
    known = {action.name.name for action in module.actions}
    for role in module.roles:
        names = (role.name.name, f"{role.name.name}#")
        known |= {f"{name}.{each.name.name}" for each in role.actions for name in names}
    for option in (each for stated in specification.stated_options for each in stated):
        action = option.key.rpartition(".")[0]
        if action and re.sub(r"#\d+\.", "#.", action) not in known:
            close = nearest(action, known)
            yield CODE.finding(
                f"`{option.key}` bounds nothing: there is no action {action}",
                option.span,
                excerpt=specification.excerpt(option.span),
                hint=f"did you mean {close}?" if close else "see conform explain CF371",
            )
