"""A document says that an action sets a value, and no step of the action does.

What it means
    A sentence has the value of a variable set, or the state entered, by an action that it names or
    numbers, and no step of this action in the model takes the variable to that value. The sentence
    was not kept when the action changed, or names another.

Example
    `PREPARED` is set by Action 2.     where no step of action 2 makes anything PREPARED

What to do
    Correct the sentence, or the action.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.models.action_changes import actions_called, changes_of
from conform.check.models.explored import Explored
from conform.check.texts.enumerations import enumerations
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage

CODE = Code("CF366", "value that an action does not set")

_SET = re.compile(
    r"(?P<value>[^\W\d_]\w+)\s+(?:is|are|gets)\s+(?:only\s+|first\s+|always\s+)?"
    r"(?:set|written|assigned|reached|entered|produced)\s+(?:only\s+)?(?:by|in|through|via)\s+"
    r"(?:[Aa]ctions?\s+(?P<number>\d{1,3}[a-z]?)(?!\w|\.\d|\s*(?:,|and|or|to|[\N{EN DASH}/-])\s*\d)"
    r"|(?P<name>[A-Z]\w*[a-z]\w*)(?!\w|\s*(?:,|and|or|/)\s*[A-Z]))"
)


def values_not_set(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each value that no step of the action which is said to set it has."""
    graph = explored.graph
    passages = context.page().running() if graph else ()
    for passage in passages:
        for match in _SET.finditer(passage.text):
            name = match["name"] or _numbered(context, match["number"])
            actions = actions_called(context, explored, name) if name else frozenset()
            of = _variables_with(context, match["value"])
            if graph is None or not actions or len(of) != 1:
                continue
            made = {after for _before, after in changes_of(graph, of[0], actions)}
            if match["value"] not in made:
                yield _finding(context, explored, passage, match, (name, of[0]))


def _numbered(context: Context, number: str) -> str:
    """Return the name of the action with a number, empty where there is not exactly one."""
    found = {
        each.name
        for action in context.document.actions
        for each in (action, *action.leaves())
        if number in (action.number, each.number) and (each is action or each.number == number)
    }
    return found.pop() if len(found) == 1 else ""


def _variables_with(context: Context, value: str) -> list[str]:
    return [
        variable.name
        for variable in context.document.variables
        if any(value in one.members for one in enumerations(variable.type_text))
    ]


def _finding(
    context: Context,
    explored: Explored,
    passage: Passage,
    match: re.Match[str],
    names: tuple[str, str],
) -> Finding:
    action, variable = names
    span = passage.span(*match.span())
    return CODE.finding(
        f"no step of `{action}` in {explored.spec.path} makes `{variable}` {match['value']}",
        span,
        excerpt=context.excerpt(span),
        hint="correct the sentence, or the action",
    )
