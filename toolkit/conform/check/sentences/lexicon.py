"""The names that sentences about a protocol use, and what each means in one of its models."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from conform.check.context import Context
from conform.check.models.action_changes import actions_called
from conform.check.models.explored import Explored
from conform.check.models.footprints import variables_in_model
from conform.check.models.reached_values import names_in_variable
from conform.check.texts.enumerations import enumerations
from conform.check.texts.name_parts import parts_of
from conform.domain.spec import Action
from conform.domain.values import FunctionValue, Value
from conform.explore.graph import StateGraph

_PLAIN = re.compile(r"[a-z]+[A-Z]\w*|[A-Z][a-z]+(?:[A-Z]\w*)+|\w+_\w+")
"""What is a name and no word, outside code: capitals inside it, or underscores."""

_CAPITALS = re.compile(r"[A-Z][A-Z0-9_]+")
_FEWEST = 4
"""Letters that a word needs to stand for a variable."""

_COMMON = frozenset(
    ("state", "status", "value", "count", "number", "list", "name", "size", "type", "data", "index")
)
"""Words that end the names of many variables, and are not said of one alone."""


class Kind(StrEnum):
    """What a name in a sentence is, by the letter that stands for it in patterns."""

    ACTION = "A"
    VARIABLE = "V"
    VALUE = "X"
    NUMBER = "N"
    CONDITION = "K"
    OTHER = "O"


class Condition(Struct, frozen=True):
    """A variable of the model compared with values: `=`, `#`, `in`, `<`, `<=`, `>` or `>=`."""

    variable: str
    sign: str
    values: tuple[Value, ...]


class Mention(Struct, frozen=True):
    """A name in a sentence: what it is and what it means there.

    `text` is what is written; `start` and `end` its place in the passage. `names` are the model's
    names of an action's steps, or of a variable; a value's `names` are the variables that have it.
    """

    kind: Kind
    text: str
    start: int
    end: int
    names: frozenset[str] = frozenset()
    value: Value | None = None
    condition: Condition | None = None


class Lexicon(Struct, frozen=True):
    """The names of one protocol. `numbered` are actions by the document's numbers.

    `values` has for each name of a value the variables of the model that have it; `words` has the
    variables that a word or two stand for, as `cursor` for compactionCursor; `actors` the words for
    the elements of sets of constants, and for the owners of variables: writer, compactor.
    """

    actions: Mapping[str, frozenset[str]]
    numbered: Mapping[str, frozenset[str]]
    variables: Mapping[str, str]
    values: Mapping[str, frozenset[str]]
    constants: Mapping[str, Value]
    words: Mapping[str, str]
    actors: frozenset[str]

    def is_name(self, word: str) -> bool:
        """Say whether a word outside code is one of these names, and no word of the language."""
        known = word in self.actions or word in self.variables or word in self.constants
        return known and _PLAIN.fullmatch(word) is not None

    def value_named(self, word: str) -> Value | None:
        """Return the value of a name, `TRUE` and `FALSE` included, None for another word."""
        if word in ("TRUE", "FALSE"):
            return word == "TRUE"
        return word if word in self.values else None

    def is_value(self, word: str) -> bool:
        """Say whether a word outside code is the name of a value: in capitals."""
        return _CAPITALS.fullmatch(word) is not None and self.value_named(word) is not None


def lexicon_of(context: Context, explored: Explored, graph: StateGraph) -> Lexicon:
    """Return the names that the document has for what the model does, and the model's own."""
    variables = dict(variables_in_model(context, explored))
    for slot in graph.slots:
        variables.setdefault(slot.variable, slot.variable)
    actions = {each.action: frozenset((each.action,)) for each in explored.model.instances}
    numbered: dict[str, frozenset[str]] = {}
    for action in context.document.actions:
        for each in (action, *action.outcomes):
            called = actions_called(context, explored, each.name)
            if called and each.name not in variables:
                actions[each.name] = called
        for number in _numbers(action):
            called = actions_called(context, explored, action.name)
            if called:
                numbered[number] = numbered.get(number, frozenset()) | called
    return Lexicon(
        actions,
        numbered,
        variables,
        _values(context, graph, variables),
        explored.constants,
        _words(graph),
        _actors(context, graph),
    )


def _numbers(action: Action) -> Iterator[str]:
    """Yield the numbers of an action: 3b is not 3, and 2 is each of its outcomes together."""
    if action.number:
        yield action.number


def _values(
    context: Context, graph: StateGraph, variables: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for stated in context.document.variables:
        for one in enumerations(stated.type_text):
            for member in one.members:
                if stated.name in variables:
                    found.setdefault(member, set()).add(variables[stated.name])
    for name in {slot.variable for slot in graph.slots}:
        for value in names_in_variable(graph, name):
            found.setdefault(value, set()).add(name)
    return {value: frozenset(names) for value, names in found.items()}


def _words(graph: StateGraph) -> dict[str, str]:
    """Return the words for variables: all parts of a name, or the last of one that has no keys."""
    variables = list(dict.fromkeys(slot.variable for slot in graph.slots))
    keyed = {slot.variable for slot in graph.slots if slot.key is not None}
    fields = set(_fields(graph))
    found: dict[str, set[str]] = {}
    for name in variables:
        parts = parts_of(name)
        if len(parts) > 1:
            found.setdefault(" ".join(parts), set()).add(name)
        last = parts[-1] if parts else ""
        shared = sum(last in parts_of(other) for other in variables)
        is_telling = len(last) >= _FEWEST and last not in _COMMON | fields and shared == 1
        if is_telling and name not in keyed:
            found.setdefault(last, set()).add(name)
    return {words: names.pop() for words, names in found.items() if len(names) == 1}


def _fields(graph: StateGraph) -> Iterator[str]:
    for value in graph.state(0):
        yield from _names_of_fields(value)


def _names_of_fields(value: Value) -> Iterator[str]:
    if isinstance(value, FunctionValue):
        yield from (key.lower() for key in value.domain.elements if isinstance(key, str))
        for part in value.values:
            yield from _names_of_fields(part)


def _actors(context: Context, graph: StateGraph) -> frozenset[str]:
    names: Iterable[str] = (each.name for each in context.document.constants)
    singular = (name.lower().removesuffix("s") for name in names if name.endswith("s"))
    owners = (parts_of(slot.variable)[:1] for slot in graph.slots)
    return frozenset([*singular, *(word for words in owners for word in words)])
