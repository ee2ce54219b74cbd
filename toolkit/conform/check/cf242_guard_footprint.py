"""The guard of an action names a variable that the model's action does not look at, or the reverse.

What it means
    The document's guard depends on a variable, and nothing in the model's action reads it: the
    model takes the action in states in which the document does not. Or the model's action depends
    on a variable that neither the action's section nor a helper in it mentions. Or the module has a
    line of the guard about a variable that the document, whose guard is formal in full, only
    assigns: the states may be the same, as long as the line happens to be true.

Example
    **Guard**: `writerState[w] = IDLE` and `logState = OPEN`, where the module's StartAppend reads
    writerState alone.

What to do
    Decide which is right, and correct the other: the document is the source of truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.check.models.footprints import (
    Linked,
    assigned_in,
    finding_about,
    linked_actions,
    mentioned,
    read_in,
    speaks_of_all,
    words_of,
)
from conform.check.models.spoken_variables import is_defined_in_words, is_meant, is_spoken_of
from conform.domain.explanation import Condition, Explainable
from conform.domain.finding import Code, Finding
from conform.domain.spec import Line
from conform.errors import ConformError

CODE = Code("CF242", "guard on other variables")

_WORD = re.compile(r"[^\W\d]\w*")
_CHANGES = re.compile(r"[\w\])]'|\bUNCHANGED\b")
_NAMES_VALUE = re.compile(r"\W*(?:let|where|with)\b", re.IGNORECASE)
_NOT_ASKED = re.compile(
    r"\b(?:regardless|whatever|irrespective|any (?:value|state)|not? (?:check|"
    r"look|guard|depend)|does not matter)",
    re.IGNORECASE,
)


def differing_guards(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each variable that the document's guard or the model alone looks at."""
    slots = explored.model.slots
    for linked in linked_actions(context, explored):
        reads = [one.reads for one in linked.instances]
        if not linked.stated.guard or any(found is None for found in reads):
            continue
        read = {slots[slot].variable for found in reads if found is not None for slot in found}
        yield from _not_read(context, explored, linked, read)
        yield from _not_mentioned(context, explored, linked, read)
        yield from _asked_besides(context, explored, linked)


def _not_read(
    context: Context, explored: Explored, linked: Linked, read: set[str]
) -> Iterator[Finding]:
    reported: set[str] = set()
    for line in linked.stated.guard:
        for name in sorted(_asked(line) & linked.names.keys()):
            if linked.names[name] not in read and name not in reported:
                reported.add(name)
                message = (
                    f"the guard of `{linked.stated.name}` asks about `{name}`, "
                    "and the model's action never looks at it"
                )
                yield finding_about(CODE, context, explored, linked, message, line.span)


def _asked_besides(context: Context, explored: Explored, linked: Linked) -> Iterator[Finding]:
    """Yield the lines of the model's guard about what the document's action only assigns."""
    stated = linked.stated
    if not all(line.is_formal for line in (*stated.guard, *stated.effect)):
        return
    assigned = assigned_in(stated.effect).keys()
    words = read_in(context, stated)
    told: set[str] = set()
    for line in _asked_by_model(explored, linked):
        asked = set(_WORD.findall(line.text))
        for name in sorted(assigned & linked.names.keys()):
            variable = linked.names[name]
            if variable in asked and not {name, variable} & words and line.text not in told:
                told.add(line.text)
                message = (
                    f"the model's `{stated.name}` asks for `{line.text}`, and the document's "
                    f"action only assigns `{name}`"
                )
                found = finding_about(CODE, context, explored, linked, message, stated.span)
                at = f"the model: {line.span}"
                yield replace(found, details=(at,), subject=f"{stated.name}.{variable}")


def _asked_by_model(explored: Explored, linked: Linked) -> Iterator[Condition]:
    """Yield the lines of the guards of a module's actions, each action once.

    FizzBee has no such lines: an `if` may be around a part of an effect.
    """
    model = explored.model
    first = {instance.action: instance for instance in reversed(linked.instances)}
    if explored.role is not Role.TLAPLUS or not isinstance(model, Explainable):
        return
    try:
        for state in islice(explored.model.initial_states(), 1):
            for instance in first.values():
                conditions = model.explain(instance, state).conditions
                yield from (each for each in conditions if not _CHANGES.search(each.text))
    except ConformError:
        return  # what the model cannot say of a state is told where it is explored


def _asked(line: Line) -> set[str]:
    """Return the words of a line that asks something; one that names a value asks nothing."""
    text = line.text
    return set() if _NOT_ASKED.search(text) or _NAMES_VALUE.match(text) else words_of((line,))


def _not_mentioned(
    context: Context, explored: Explored, linked: Linked, read: set[str]
) -> Iterator[Finding]:
    stated = linked.stated
    lines = (*stated.guard, *stated.effect)
    if speaks_of_all(lines) or not words_of(lines) & linked.names.keys():
        return
    words = mentioned(context, stated)
    for name, variable in linked.names.items():
        is_said = (
            is_meant(name, words)
            or variable in words
            or is_spoken_of(context, explored, linked, name)
        )
        if variable in read and not is_said and not is_defined_in_words(context, linked, name):
            message = (
                f"the model's `{stated.name}` depends on `{variable}`, "
                "and nothing in the action's section mentions it"
            )
            yield finding_about(CODE, context, explored, linked, message, stated.span, variable)
