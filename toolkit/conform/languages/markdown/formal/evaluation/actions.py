"""Actions: a guard and an effect, compiled to what gives the successors of a state.

All right sides and indices are evaluated in the state before the step, and then all assignments
are made at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from conform.domain.actions import Successor
from conform.domain.states import Slots, State
from conform.domain.values import Value
from conform.errors import InputError
from conform.languages.markdown.formal.document import FormalAction
from conform.languages.markdown.formal.evaluation.core import Code, Core, Env, Scope, truth
from conform.languages.markdown.formal.evaluation.functions import changed
from conform.languages.markdown.formal.evaluation.membership import elements_of
from conform.languages.markdown.formal.evaluation.ways import Ways, together, ways
from conform.languages.markdown.formal.syntax import (
    Assign,
    AssignSome,
    Bound,
    Choose,
    Condition,
    ForEach,
    Let,
    Statement,
    Target,
    Unchanged,
    When,
)
from conform.text import Span


class Update(NamedTuple):
    """One assignment, evaluated: the value at the end of a path into a slot."""

    slot: int
    path: tuple[Value, ...]
    value: Value
    span: Span


Updates: TypeAlias = tuple[Update, ...]
Next: TypeAlias = Callable[[State, Env, int, Updates, list[Successor]], None]
"""The rest of an action: state, environment, ways so far, assignments so far, what was found."""

Write: TypeAlias = Callable[[State, Env], Updates]


class ActionCode(Struct, frozen=True):
    """A compiled action: `run` takes a state and the arguments; slots are those of all runs."""

    run: Callable[[State, Env], list[Successor]]
    reads: Slots
    writes: Slots


def compile_action(core: Core, action: FormalAction) -> ActionCode:
    """Compile an action all lines of which are formal."""
    return _ActionCompiler(core, action).compile()


@dataclass(slots=True)
class _ActionCompiler:
    """Compiles one action; `links` make each statement from what follows it."""

    core: Core
    action: FormalAction
    reads: set[int] = field(default_factory=set)
    writes: set[int] = field(default_factory=set)
    chosen: list[tuple[str, int]] = field(default_factory=list)
    links: list[Callable[[Next], Next]] = field(default_factory=list)
    asked: list[Ways] = field(default_factory=list)

    def compile(self) -> ActionCode:
        scope = Scope().plus(*self.action.parameters)
        for line in self.action.lines():
            for statement in line.statements:
                scope = self._statement(statement, scope)
        self._ask()
        following = self._end()
        for link in reversed(self.links):
            following = link(following)

        def run(state: State, arguments: Env) -> list[Successor]:
            found: list[Successor] = []
            following(state, arguments, 1, (), found)
            return found

        return ActionCode(run, frozenset(self.reads), frozenset(self.writes))

    def _ask(self) -> None:
        """Add one link for the conditions that no choice and no assignment stands between."""
        if self.asked:
            count = together(self.asked)
            self.links.append(lambda following: _guarded(count, following))
            self.asked = []

    def _statement(self, statement: Statement, scope: Scope) -> Scope:
        """Add the link of a statement and return the scope behind it."""
        if not isinstance(statement, Condition | Let):
            self._ask()
        match statement:
            case Condition(formula=formula):
                self._keep(self.core.code(formula, scope))
                self.asked.append(ways(self.core, formula, scope))
            case Let(definitions=definitions):
                for definition in definitions:
                    scope = scope.naming(definition.name, definition.value)
            case Choose(bounds=bounds):
                for bound in bounds:
                    scope = self._choice(bound, scope)
            case AssignSome(target=target, values=values):
                place = self._target(target, scope, is_certain=True)
                code, elements = elements_of(self.core, values, scope)
                self._keep(code)
                self.links.append(_assigned_some(place, elements))
            case Unchanged():
                pass
            case _:
                write = self._write(statement, scope, is_certain=True)
                self.links.append(_written(write))
        return scope

    def _choice(self, bound: Bound, scope: Scope) -> Scope:
        code, elements = elements_of(self.core, bound.domain, scope)
        self._keep(code)
        count = len(bound.names)
        self.chosen += ((name, scope.size + i) for i, name in enumerate(bound.names))

        def link(following: Next) -> Next:
            def choose(s: State, e: Env, n: int, done: Updates, out: list[Successor]) -> None:
                for values in itertools.product(elements(s, e), repeat=count):
                    following(s, (*e, *values), n, done, out)

            return choose

        self.links.append(link)
        return scope.plus(*bound.names)

    def _write(self, statement: Statement, scope: Scope, *, is_certain: bool) -> Write:
        """Return what evaluates the assignments of a statement; uncertain ones may not be made."""
        match statement:
            case Assign(target=target, value=value):
                place = self._target(target, scope, is_certain=is_certain)
                run = self._keep(self.core.code(value, scope)).run
                return lambda s, e: (place(s, e, run(s, e)),)
            case ForEach(bounds=bounds, body=body):
                return self._for_each(bounds, body, scope)
            case When(condition=condition, consequent=one, alternative=other):
                test = truth(self.core, condition, self._keep(self.core.code(condition, scope)))
                then, otherwise = self._writes(one, scope), self._writes(other, scope)
                return lambda s, e: then(s, e) if test(s, e) else otherwise(s, e)
            case Unchanged():
                return lambda _s, _e: ()
            case _:
                raise InputError(
                    "a choice cannot stand inside of an IF or a ∀",
                    span=statement.span,
                    excerpt=self.core.source.excerpt(statement.span),
                    hint="choose in a line of its own, before",
                )

    def _writes(self, statements: Sequence[Statement], scope: Scope) -> Write:
        """Return the assignments of a branch or a body, none of which is certain to be made."""
        parts: list[Write] = []
        for statement in statements:
            if isinstance(statement, Let):
                for definition in statement.definitions:
                    scope = scope.naming(definition.name, definition.value)
            else:
                parts.append(self._write(statement, scope, is_certain=False))
        return lambda s, e: tuple([update for part in parts for update in part(s, e)])

    def _for_each(self, bounds: Sequence[Bound], body: Sequence[Statement], scope: Scope) -> Write:
        if not bounds:
            return self._writes(body, scope)
        first, count = bounds[0], len(bounds[0].names)
        code, elements = elements_of(self.core, first.domain, scope)
        self._keep(code)
        inner = self._for_each(bounds[1:], body, scope.plus(*first.names))

        def write(s: State, e: Env) -> Updates:
            combinations = itertools.product(elements(s, e), repeat=count)
            return tuple([u for values in combinations for u in inner(s, (*e, *values))])

        return write

    def _target(
        self, target: Target, scope: Scope, *, is_certain: bool
    ) -> Callable[[State, Env, Value], Update]:
        slot, span = self.core.slots[target.variable], target.span
        self.writes.add(slot)
        if target.path or not is_certain:
            self.reads.add(slot)
        steps = [self._keep(self.core.code(step, scope)).run for step in target.path]
        return lambda s, e, value: Update(slot, tuple([step(s, e) for step in steps]), value, span)

    def _keep(self, code: Code) -> Code:
        self.reads |= code.reads
        return code

    def _end(self) -> Next:
        chosen, core = tuple(self.chosen), self.core

        def end(s: State, e: Env, n: int, done: Updates, out: list[Successor]) -> None:
            bindings = tuple([(name, e[place]) for name, place in chosen])
            found = Successor(_after(core, s, done), bindings)
            out.extend(itertools.repeat(found, n))

        return end


# ------------------------------------------------------------------------------------------ links


def _guarded(count: Ways, following: Next) -> Next:
    def guarded(s: State, e: Env, n: int, done: Updates, out: list[Successor]) -> None:
        found = count(s, e)
        if found:
            following(s, e, n * found, done, out)

    return guarded


def _written(write: Write) -> Callable[[Next], Next]:
    def link(following: Next) -> Next:
        def written(s: State, e: Env, n: int, done: Updates, out: list[Successor]) -> None:
            following(s, e, n, done + write(s, e), out)

        return written

    return link


def _assigned_some(
    place: Callable[[State, Env, Value], Update], elements: Callable[[State, Env], Sequence[Value]]
) -> Callable[[Next], Next]:
    def link(following: Next) -> Next:
        def assigned(s: State, e: Env, n: int, done: Updates, out: list[Successor]) -> None:
            for value in elements(s, e):
                following(s, e, n, (*done, place(s, e, value)), out)

        return assigned

    return link


# ------------------------------------------------------------------------------------ assignments


def _after(core: Core, state: State, updates: Updates) -> State:
    """Return the state after the assignments; raise EvaluationError where two contradict."""
    after = list(state)
    done: dict[int, list[Update]] = {}
    for update in updates:
        slot, path, value, span = update
        earlier = done.setdefault(slot, [])
        if any(_contradict(update, other) for other in earlier):
            raise core.error(
                span,
                "this place is assigned twice in one step",
                hint="two indices, or two rounds of a ∀, name the same place here",
            )
        earlier.append(update)
        after[slot] = changed(core, span, after[slot], path, value) if path else value
    return tuple(after)


def _contradict(one: Update, other: Update) -> bool:
    shared = min(len(one.path), len(other.path))
    if one.path[:shared] != other.path[:shared]:
        return False
    return len(one.path) != len(other.path) or one.value != other.value
