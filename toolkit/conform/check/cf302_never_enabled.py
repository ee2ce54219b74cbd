"""An action of the model is never enabled in any reachable state.

What it means
    The exploration came to no state in which the action could be taken. Whatever the document says
    of its effect was not checked, and properties that depend on it hold for want of trying.

Example
    A guard with a misspelt state name, `compactorState = "DELETING"`, disables the action for good.

What to do
    Correct the guard, or choose constants under which the action can happen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.spec import Action
from conform.explore.result import ExplorationResult

CODE = Code("CF302", "action is never enabled")


def never_enabled(
    context: Context, actions: Iterable[Action], result: ExplorationResult, configuration: str
) -> Iterator[Finding]:
    """Yield a finding for each action of which no instance was ever taken."""
    taken = {count.instance.action for count in result.instances if count.taken}
    for action in actions:
        if action.name not in taken:
            yield CODE.finding(
                f"action `{action.name}` is enabled in no reachable state of {configuration}",
                action.span,
                excerpt=context.excerpt(action.span),
                hint="correct its guard, or choose constants under which it can happen",
            )
