r"""The comment beside the declaration of a variable says what no state of the model has.

What it means
    Behind the declaration of a variable a comment says which of its values stands for nothing,
    `\* end of the last batch (-1 = none)`, or what it is a map of, `\* Task -> lock record`. The
    model was explored: in no state has the variable this value, or it is a map of something else.

    Of maps, those are compared that begin with the name of a constant, or with one of its elements
    as a word: `Task` and `Tasks` for the constant `Tasks`.

Example
    VARIABLES lastPage   \* the last page of each client (-1 = none)

    beside a `lastPage` that is 0 where there is none

What to do
    Correct the comment, or the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.comments.model_comments import CommentLine, remarks_of
from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.check.models.reached_values import atoms, name_of, values_of_slot
from conform.domain.finding import Code, Finding
from conform.domain.values import FunctionValue, SetValue, Value, format_value
from conform.explore.graph import StateGraph
from conform.text import Span

CODE = Code("CF379", "comment on a declaration")

_NOTHING = (
    r"(?:none|nothing|nobody|unset|absent|empty|unassigned|unknown|undefined|unlocked"
    r"|(?:no|not)\s+(?!(?:used|valid|allowed|possible|reached|longer|more)\b)[a-z]+)\b"
)
_STANDS_FOR = re.compile(
    rf"(?:^|[(,;]\s*)(?P<value>-?\d+|\"\w+\")\s*(?:=|:|means|is|if|when|for|stands\s+for)\s*"
    rf"(?:there\s+is\s+)?{_NOTHING}",
    re.IGNORECASE,
)
_MAP = re.compile(r"\[?\s*(?P<domain>[^\W\d]\w*)\s*(?:->|\N{RIGHTWARDS ARROW})\s*\S")


def comments_on_declarations(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each comment beside a variable that the reachable states contradict."""
    graph = explored.graph
    if graph is None or explored.role is None:
        return
    slots = {slot.variable: place for place, slot in enumerate(graph.slots) if slot.key is None}
    beside: dict[str, dict[int, CommentLine]] = {}
    for variable in explored.spec.variables:
        place, path = slots.get(variable.name), variable.span.path
        if path not in beside:
            beside[path] = _behind_code(context, path)
        line = beside[path].get(variable.span.line)
        if place is not None and line is not None:
            yield from _value_of_nothing(context, graph, place, line)
            yield from _other_map(context, explored, graph, place, line)


def _behind_code(context: Context, path: str) -> dict[int, CommentLine]:
    """Return the comments of a model that stand behind code, by their lines."""
    source = context.sources.get(path)
    remarks = remarks_of(source) if source else ()
    return {each.lines[0].line: each.lines[0] for each in remarks if each.is_behind_code}


def _value_of_nothing(
    context: Context, graph: StateGraph, place: int, line: CommentLine
) -> Iterator[Finding]:
    said = _STANDS_FOR.search(line.text)
    if said is None:
        return
    reached = {
        each
        for value in values_of_slot(graph, place)
        for atom in atoms(value)
        for each in (name_of(atom) or (format_value(atom),))
    }
    if said["value"].strip('"') not in reached:
        yield _finding(
            context,
            line.span(*said.span("value")),
            f"`{graph.slots[place].variable}` is {said['value']} in no reachable state",
        )


def _other_map(
    context: Context, explored: Explored, graph: StateGraph, place: int, line: CommentLine
) -> Iterator[Finding]:
    said = _MAP.match(line.text)
    value = graph.state(0)[place]
    if said is None or not isinstance(value, FunctionValue):
        return
    sets = {name: each for name, each in explored.constants.items() if isinstance(each, SetValue)}
    named = [name for name in sets if said["domain"].lower() in (name.lower(), _singular(name))]
    arguments = frozenset(value.domain.elements)
    actual = [name for name, each in sets.items() if _elements(each) == arguments]
    if named and actual and not set(named) & set(actual):
        yield _finding(
            context,
            line.span(*said.span("domain")),
            f"`{graph.slots[place].variable}` is a map of {actual[0]}, not of {named[0]}",
        )


def _singular(name: str) -> str:
    return name.lower().removesuffix("s")


def _elements(value: Value) -> frozenset[Value]:
    return frozenset(value) if isinstance(value, SetValue) else frozenset()


def _finding(context: Context, span: Span, message: str) -> Finding:
    return CODE.finding(
        message, span, excerpt=context.excerpt(span), hint="correct the comment, or the model"
    )
