"""What an action can read and write, told from its text.

Only names count: code reads a state variable where it names one, and it can change the object in
one where it names it as the root of a target or of the receiver of a method. Where something else
is changed (a local variable, an argument of a function) it may be part of any variable read.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from msgspec import Struct

from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.evaluation.builtins import BUILTINS
from conform.languages.fizzbee.evaluation.methods import READING
from conform.languages.fizzbee.syntax_expressions import (
    Attribute,
    Call,
    DictComprehension,
    DictDisplay,
    ForClause,
    Index,
    Integer,
    Keyword,
    ListComprehension,
    ListDisplay,
    Name,
    Node,
    Parameter,
    Target,
    TargetTuple,
)
from conform.languages.fizzbee.walking import descendants


class Footprint(Struct, frozen=True):
    """Names of state variables: those whose value matters, and those that may come out changed.

    What may come out changed may also come out as it was, so that its value matters too.
    """

    reads: frozenset[str]
    writes: frozenset[str]


class Footprints:
    """The footprints of the code of one file, whose state variables are `variables`."""

    def __init__(self, module: syntax.Module, variables: Iterable[str]) -> None:
        self._variables = frozenset(variables)
        self._functions = {each.name.name: each for each in module.functions}
        self._reading = reading_functions(module)

    def of(self, node: Node) -> Footprint:
        """Return the footprint of a piece of code and of all `func`s that it can call."""
        names: set[str] = set()
        assigned: set[str] = set()
        changed: set[str] = set()
        hidden: set[str] = set()
        for root in self._reachable(node):
            for part in descendants(root):
                if isinstance(part, Name):
                    names.add(part.name)
                assigned.update(_assigned(part))
                changed.update(_changed(part, self._reading))
                hidden.update(_bound(part))
        state = self._variables
        # The object in a variable that is also assigned to may have been another one's before.
        is_open = bool(changed - state or changed & assigned or hidden & state)
        reads = state & names
        writes = state & (changed | assigned)
        if is_open:
            writes |= reads
        return Footprint(reads | writes, writes)

    def is_reading(self, node: Node) -> bool:
        """Whether a piece of code leaves every object as it is; names it may assign to."""
        return not any(_changed(part, self._reading) for part in descendants(node))

    def of_transition(self, assertion: syntax.Assertion) -> frozenset[str] | None:
        """Return the variables that an assertion over two states reads in either of them.

        None where it does something else with the two than to read their fields.
        """
        states = {each.name for each in assertion.parameters}
        fields: set[str] = set()
        seen = 0
        for part in descendants(assertion.body):
            if isinstance(part, Attribute) and isinstance(part.value, Name):
                if part.value.name in states:
                    fields.add(part.name)
                    seen += 1
            elif isinstance(part, Name) and part.name in states:
                seen -= 1
        if seen or states & self._names_bound(assertion) or self._reachable(assertion)[1:]:
            return None
        return self.of(assertion.body).reads | (fields & self._variables)

    @staticmethod
    def _names_bound(assertion: syntax.Assertion) -> set[str]:
        parts = list(descendants(assertion.body))
        return {name for part in parts for name in (*_assigned(part), *_bound(part))}

    def _reachable(self, node: Node) -> list[Node]:
        found: list[Node] = [node]
        known: set[str] = set()
        for root in found:  # grows as functions are found
            for part in descendants(root):
                name = part.function if isinstance(part, syntax.CallStatement) else ""
                if name in self._functions and name not in known:
                    known.add(name)
                    found.append(self._functions[name])
        return found


def _assigned(part: Node) -> list[str]:
    """Return the names that a statement gives a new value."""
    match part:
        case syntax.Assign(target=target) | syntax.ChoiceAssignment(target=target):
            return _names(target)
        case syntax.CallStatement(variable=Name(name=name)):
            return [name]
        case _:
            return []


def reading_functions(module: syntax.Module) -> frozenset[str]:
    """Return the names of the functions of Starlark, and of the file's `def`s, that change nothing.

    A `def` may fill a list, dict or set that it has made itself.
    """
    found: dict[str, syntax.Definition] = {}
    for member in module.statements:
        if isinstance(member, syntax.Definition):
            found[member.name.name] = member
    assigned = {name for member in module.statements for name in _assigned(member)}
    reading = BUILTINS.keys() - found.keys() - assigned
    waiting = {name: node for name, node in found.items() if name not in assigned}
    has_grown = True
    while has_grown:
        names = {name for name, node in waiting.items() if _is_reading(node, reading)}
        reading |= names
        waiting = {name: node for name, node in waiting.items() if name not in names}
        has_grown = bool(names)
    return frozenset(reading)


def _is_reading(definition: syntax.Definition, reading: Set[str]) -> bool:
    own = made_inside(definition)
    for part in descendants(definition.body):
        match part:
            case syntax.Assign(target=Index(value=Name(name=name))) if name in own:
                continue
            case Call(function=Attribute(value=Name(name=name))) if name in own:
                continue
            case syntax.AugmentedAssign(target=Name(), value=Integer()):
                continue
        if _changed(part, reading):
            return False
    return True


def local_names(code: Node, state: Set[str]) -> set[str]:
    """Return the names that stand for local variables in a piece of code.

    To assign to a name of the `state` does not make it local; to loop or choose with it does.
    """
    found: set[str] = set()
    for part in descendants(code):
        found.update(name for name in _assigned(part) if name not in state)
        found.update(_bound(part))
    return found


def made_inside(code: Node) -> set[str]:
    """Return the variables of a piece of code that only ever are collections that it has made."""
    bound: set[str] = set()
    made: set[str] = set()
    for part in descendants(code):
        match part:
            case syntax.Assign(target=Name(name=name), value=value) if _is_new(value):
                made.add(name)
            case _:
                bound.update((*_assigned(part), *_bound(part)))
    return made - bound


def _is_new(value: Node) -> bool:
    """Whether the value of an expression is an object that nothing else refers to."""
    match value:
        case ListDisplay() | DictDisplay() | ListComprehension() | DictComprehension():
            return True
        case Call(function=Name(name=name)):
            return name in ("list", "dict", "set")
        case _:
            return False


def _changed(part: Node, reading: Set[str]) -> list[str]:
    """Return the roots of what a node may change in place, empty for one that is no name.

    Functions of the names `reading` change nothing.
    """
    match part:
        case syntax.Assign(target=target) | syntax.ChoiceAssignment(target=target):
            return _owners(target)
        case syntax.AugmentedAssign(target=target):  # a list takes in more elements
            return [_root(target)]
        case Call(function=Attribute(value=value, name=name)):
            return [] if name in READING else [_root(value)]
        case Call(function=Name(name=name)):
            return [] if name in reading else [""]
        case Call():
            return [""]
        case Keyword(name="key", value=Name(name=name)):  # of sorted, min, max: it is called
            return [] if name in reading else [""]
        case _:
            return []


def _bound(part: Node) -> list[str]:
    """Return the names that a node makes local."""
    match part:
        case syntax.For(target=target) | ForClause(target=target):
            return _names(target)
        case syntax.ChoiceBlock(variable=Name(name=name)):
            return [name]
        case Parameter(name=name):
            return [name]
        case _:
            return []


def _names(target: Target) -> list[str]:
    if isinstance(target, TargetTuple):
        return [name for each in target.elements for name in _names(each)]
    return [target.name] if isinstance(target, Name) else []


def _owners(target: Target) -> list[str]:
    if isinstance(target, TargetTuple):
        return [name for each in target.elements for name in _owners(each)]
    return [] if isinstance(target, Name) else [_root(target)]


def _root(node: Node) -> str:
    """Return the name that a target or receiver starts from, empty where it is no name."""
    while isinstance(node, Attribute | Index):
        node = node.value
    return node.name if isinstance(node, Name) else ""
