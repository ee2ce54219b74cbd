"""Whether a specification changes objects that stand inside others, told from its text.

`queue.append(m)` changes the object in the variable `queue`; `queue[0].append(m)` one inside of it.
Where only objects of the first kind are changed, those inside others are as good as values: it
makes no difference whether two places of a state refer to one of them or to two equal ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.evaluation.methods import CHANGING
from conform.languages.fizzbee.footprints import local_names, made_inside
from conform.languages.fizzbee.syntax_expressions import (
    Attribute,
    Binary,
    Boolean,
    Call,
    DictComprehension,
    DictDisplay,
    Float,
    Index,
    Integer,
    Keyword,
    ListComprehension,
    ListDisplay,
    Name,
    Node,
    NoneValue,
    Slice,
    String,
    Target,
    TargetTuple,
)
from conform.languages.fizzbee.walking import descendants

_MAKERS = frozenset(
    {"list", "dict", "set", "bag", "genericset", "genericmap", "deepcopy", "record"}
)
"""Functions that return an object which nothing else refers to."""


def changed_names(
    module: syntax.Module, variables: Iterable[str], *, has_threads: bool
) -> frozenset[str] | None:
    """Return the variables and fields whose objects may be changed in place after Init.

    None where another object may be, or one that has been elsewhere before: so what is in no
    variable or field of these names stays as it is for good. With `has_threads` a local variable
    may keep an object from step to step.
    """
    finder = _Finder(module, frozenset(variables), has_threads=has_threads)
    return finder.changed_names()


class _Finder:
    def __init__(
        self, module: syntax.Module, variables: frozenset[str], *, has_threads: bool
    ) -> None:
        self._module = module
        self._variables = variables
        self._has_threads = has_threads
        named = {part.name for part in descendants(module) if isinstance(part, Name)}
        self._has_records = bool(named & {"record", "struct"})
        self._changed_names: set[str] = set()

    def changed_names(self) -> frozenset[str] | None:
        routines = [each for each in self._routines() if each is not self._module.init]
        if any(map(self._changes_inside, routines)):
            return None
        found = frozenset(self._changed_names)
        if self._module.init is not None and self._changes_inside(self._module.init):
            return None
        return None if any(map(self._takes_over, descendants(self._module))) else found

    def _routines(self) -> Iterator[syntax.Member]:
        for member in self._module.members:
            if isinstance(member, syntax.Role):
                yield from member.members
            else:
                yield member

    def _changes_inside(self, routine: syntax.Member) -> bool:
        is_starlark = isinstance(routine, syntax.Definition)
        local = local_names(routine, frozenset() if is_starlark else self._variables)
        own = set() if self._has_threads else made_inside(routine) & local
        for part in descendants(routine):
            for changed in self._changed(part):
                if not self._is_outer(changed, local, own):
                    return True
        return False

    def _is_outer(self, changed: Node, local: set[str], own: set[str]) -> bool:
        """Whether what is changed is the object in a variable, in a field, or one just made."""
        match changed:
            case Name(name=name) if name in own:
                return True
            case Name(name=name):
                self._changed_names.add(name)
                return name in self._variables and name not in local
            case Attribute(value=value, name=name):
                self._changed_names.add(name)
                return not self._has_records or _is_self(value)
            case _:
                return False

    def _takes_over(self, part: Node) -> bool:
        """Whether a variable or field whose object is changed may be given one from elsewhere."""
        match part:
            case syntax.Assign(target=target, value=value):
                return self._is_changed(target) and not _is_new(value)
            case syntax.ChoiceAssignment(target=target):
                return self._is_changed(target)
            case syntax.CallStatement(variable=Name() as target, call=call):
                return self._is_changed(target) and not _is_new(call)
            case Keyword(name=name, value=value):
                return name in self._changed_names and not _is_new(value)
            case _:
                return False

    def _is_changed(self, target: Target) -> bool:
        match target:
            case Name(name=name) | Attribute(name=name):
                return name in self._changed_names
            case TargetTuple(elements=elements):
                return any(map(self._is_changed, elements))
            case _:
                return False

    def _changed(self, part: Node) -> Iterator[Node]:
        """Yield what a node may change in place: an expression, or the node itself if unknown."""
        match part:
            case syntax.Assign(target=target) | syntax.ChoiceAssignment(target=target):
                yield from self._holders(target)
            case syntax.AugmentedAssign(target=target, value=value):
                yield from self._holders(target)
                if not isinstance(value, Integer | Float | String):
                    yield target  # a list takes in more elements
            case Call(function=Attribute(value=value, name=name)):
                if name in CHANGING:  # what a `func` changes is found in its own text
                    yield value
            case Call(function=Name()):
                pass  # what it changes is found in its own text
            case Call():
                yield part

    def _holders(self, target: Target) -> Iterator[Node]:
        """Yield the objects that an assignment stores into; a role is none that could be shared."""
        match target:
            case TargetTuple(elements=elements):
                for each in elements:
                    yield from self._holders(each)
            case Index(value=value):
                yield value
            case Attribute(value=value) if self._has_records and not _is_self(value):
                yield value
            case _:
                pass


def _is_self(node: Node) -> bool:
    return isinstance(node, Name) and node.name == "self"


def _is_new(value: Node) -> bool:
    """Whether the value of an expression is no object that something else refers to."""
    match value:
        case ListDisplay() | DictDisplay() | ListComprehension() | DictComprehension() | Slice():
            return True
        case Integer() | Float() | String() | Boolean() | NoneValue() | Binary():
            return True
        case Call(function=Name(name=name)):
            return name in _MAKERS
        case _:
            return False
