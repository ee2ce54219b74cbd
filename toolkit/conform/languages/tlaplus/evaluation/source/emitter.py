"""The emitter: keeps the code of one function while its parts are generated.

An emitter of values appends the statements that compute a value and returns the operand that holds
it; an emitter of tests returns an expression that is to be evaluated at once. What has certainly
been computed where the code stands is known (`_definite`), so that a variable is loaded and a
delayed value computed once on each way through the function.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias

from msgspec import Struct

from conform.errors import ConformError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.dispatch import Dispatcher, Lazy, Mode
from conform.languages.tlaplus.evaluation.formulas import boolean
from conform.languages.tlaplus.evaluation.results import settle
from conform.languages.tlaplus.evaluation.source import python_trees as py
from conform.languages.tlaplus.evaluation.source.invariance import is_worth_keeping
from conform.languages.tlaplus.evaluation.source.loops import Loop, Loops
from conform.languages.tlaplus.evaluation.source.operands import (
    Delayed,
    Kept,
    Operand,
    Place,
)
from conform.languages.tlaplus.evaluation.source.runtime import SETTLED, MisfitError, forced
from conform.text import Span

INLINED_NODES = 1500
"""Nodes emitted for one function after which definitions are called and no longer written out."""

MAX_NODES = 6000
"""Nodes emitted for one function after which it is given up: compiling it would take too long."""

UNSET = "unset"
MISFIT = "misfit"


class NotEmittedError(Exception):
    """There is no code for this formula: its closure is to be used."""


ValueEmitter: TypeAlias = Callable[["Emitter", Any, Place], Operand]
TestEmitter: TypeAlias = Callable[["Emitter", Any, Place], ast.expr]


class Tables(Struct, frozen=True):
    """Which classes of nodes have an emitter: of their value, or of their truth as a test."""

    values: Mapping[type, ValueEmitter]
    tests: Mapping[type, TestEmitter]


class Emitter:
    """The code of one function in the making.

    `block` is the list of statements being written, `prologue` stands before all of them;
    `namespace` holds the objects that they name.
    `nodes` counts those emitted of the formula at hand, `total` those of the ones before it.
    `loops` are those around the statement that is written next; `stop` names the flag that ends
    the loops of an action when one completed step is enough; `recovers` says that the closures may
    have an answer where the code meets an evaluation error; `is_called` that other code calls the
    function, perhaps often for one state; `lengths` has sequences by the names of their lengths,
    `untyped` the names of what is surely a model value without a type.
    """

    def __init__(self, compiler: Dispatcher, tables: Tables) -> None:
        self.compiler = compiler
        self.namespace: dict[str, Any] = {UNSET: _Unset(), MISFIT: MisfitError}
        self.prologue: list[ast.stmt] = []
        self.block: list[ast.stmt] = []
        self._outermost = self.block
        self.nodes = 0
        self.total = 0
        self.stop: str | None = None
        self.loops = Loops(compiler.analysis)
        self.recovers = False
        self.is_called = False
        self.lengths: dict[str, Operand] = {}
        self.untyped: set[str] = set()
        self._tables = tables
        self._constants: dict[int, str] = {}
        self._numbered = 0
        self._definite: set[str] = set()
        self._possible: set[str] = set()
        self._shared: dict[Hashable, Operand] = {}
        self._resets: dict[str, tuple[list[ast.stmt], ast.stmt]] = {}
        self._once: dict[Hashable, Delayed] = {}
        self._slots: set[str] = set()

    def another(self) -> Emitter:
        """Return an emitter for a function that the code of others calls."""
        made = Emitter(self.compiler, self._tables)
        made.is_called = True
        return made

    # ------------------------------------------------------------------------- names and constants

    def fresh(self) -> str:
        """Return a local name that is not in use."""
        name = self._unused()
        self.loops.note(name)
        return name

    def _unused(self) -> str:
        self._numbered += 1
        return f"v{self._numbered}"

    def object(self, value: Any) -> ast.expr:
        """Return the use of an object of the namespace."""
        return py.load(self._named(value))

    def _named(self, value: Any) -> str:
        name = self._constants.get(id(value))
        if name is None:
            name = self._constants[id(value)] = f"k{len(self._constants)}"
            self.namespace[name] = value  # which keeps it alive, so that its id stays its own
        return name

    def constant(self, value: Any) -> Operand:
        """Return the operand for a value that is known already."""
        kind = type(value)
        return Operand(self._named(value), kind, kind in SETTLED, value)

    # ----------------------------------------------------------------------------- values and tests

    def value(self, node: syntax.Expression, place: Place) -> Operand:
        """Emit `node`; return the operand that holds its value."""
        self._count()
        kept = self._kept(node, place, lambda: self._value(node, place))
        return self._value(node, place) if kept is None else kept

    def _value(self, node: syntax.Expression, place: Place) -> Operand:
        emit = self._tables.values.get(type(node))
        if emit is not None:
            return emit(self, node, place)
        if type(node) in self._tables.tests:
            return self.let(self.test(node, place), bool)
        return self.fallback(node, place)

    def test(self, node: syntax.Expression, place: Place) -> ast.expr:
        """Emit `node` as a test: what it depends on is in the block, the test is what it returns.

        A value that is no boolean is a misfit.
        """
        emit = self._tables.tests.get(type(node))
        if emit is None:
            return self.truth(self.value(node, place))
        self._count()
        kept = self._kept(node, place, lambda: self.let(emit(self, node, place), bool))
        return emit(self, node, place) if kept is None else self.truth(kept)

    def truth(self, operand: Operand) -> ast.expr:
        """Return the test that a computed value is TRUE; a value that is no boolean is a misfit."""
        self.require(operand, bool)
        return py.load(operand.name)

    def let(
        self, expression: ast.expr, kind: type | None = None, *, settled: bool = False
    ) -> Operand:
        """Give the value of a Python expression a name."""
        name = self.fresh()
        self.block.append(py.store(name, expression))
        return Operand(name, kind, settled or kind in SETTLED)

    def shared(self, key: Hashable, emit: Callable[[], Operand]) -> Operand:
        """Return what was emitted for `key`, if it has been computed here, or else emit it."""
        found = self._shared.get(key)
        if found is None or found.name not in self._definite:
            found = self._shared[key] = emit()
            self._definite.add(found.name)
        return found

    def known_application(self, function: Operand, argument: Operand) -> Operand:
        """Return the operand for `function[argument]`, which the code around gives a value."""
        value = Operand(self.fresh(), None, True)
        self._shared[function.name, argument.name] = value
        self._definite.add(value.name)
        return value

    def shared_test(self, key: Hashable, emit: Callable[[], ast.expr]) -> ast.expr:
        """Return a test, which in the outermost block is given a name for those that ask it again.

        Further inside it is rarely asked again, and Python is quicker without.
        """
        if self.block is not self._outermost:
            return emit()
        return py.load(self.shared(key, lambda: self.let(emit(), bool)).name)

    def require(self, operand: Operand, kind: type) -> None:
        """Emit that any other kind of operand is a misfit, where the kind is not known."""
        fact = f"{operand.name} is {kind.__name__}"
        if operand.kind is kind or fact in self._definite:
            return
        found = py.class_of(py.load(operand.name))
        self.refuse_if(py.compared(found, ast.IsNot(), self.object(kind)))
        self._definite.add(fact)

    def refuse_if(self, condition: ast.expr) -> None:
        """Emit that the operands are a misfit under a condition."""
        self.block.append(py.when(condition, [py.raising(MISFIT)]))

    def refuse(self) -> None:
        """Emit that whatever leads here is a misfit."""
        self.block.append(py.raising(MISFIT))

    def refused(self) -> Operand:
        """Emit that whatever leads here is a misfit; return an operand, for code not reached."""
        self.refuse()
        return Operand(UNSET)

    def settled(self, operand: Operand, span: Span) -> Operand:
        """Return the operand in a form in which it may be stored."""
        if operand.is_settled:
            return operand
        if operand.is_constant:
            return self.constant(settle(operand.constant, span))
        value = py.load(operand.name)
        is_plain = py.compared(py.class_of(value), ast.In(), self.object(SETTLED))
        settling = py.call(self.object(settle), value, self.object(span))
        return self.let(py.choice(is_plain, value, settling), settled=True)

    def fallback(self, node: syntax.Expression, place: Place) -> Operand:
        """Emit a call of the closure of `node`."""
        code = self.compiler.compile(node, place.context)
        return self.let(py.call(self.object(code), *self.arguments_of(place)))

    def fallback_test(self, node: syntax.Expression, place: Place) -> ast.expr:
        """Return a call of the closure of `node` as a test."""
        code = boolean(self.compiler, node, place.context, "")
        return py.call(self.object(code), *self.arguments_of(place))

    def attempt(self, emit: Callable[[], None]) -> bool:
        """Emit one of several formulas; where it cannot be, take back its code and return False."""
        self.begin()
        block, length, loops = self.block, len(self.block), len(self.loops)
        definite, stop = set(self._definite), self.stop
        try:
            emit()
        except (NotEmittedError, ConformError, RecursionError):
            self.block, self._definite, self.stop = block, definite, stop
            del block[length:]
            self.loops.cut(loops)
            return False
        return True

    def begin(self) -> None:
        """Begin another formula, with a count of its own."""
        self.total += self.nodes
        self.nodes = 0

    def _count(self) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise NotEmittedError

    # ------------------------------------------------------------------------------ state and bound

    def slot(self, index: int) -> Operand:
        """Return a variable of the state, loaded if need be."""
        name = f"s{index}"
        self._slots.add(name)
        return self._loaded(name, "s", index)

    def is_fixed(self, operand: Operand) -> bool:
        """Whether an operand has one value in all the code: a variable of the state, a constant."""
        return operand.is_constant or operand.name in self._slots

    def following(self, index: int, place: Place) -> Operand:
        """Return a primed variable; one that has no value yet is a misfit."""
        if place.after is None:
            return self._loaded(f"t{index}", "t", index)
        found = place.after[index]
        if isinstance(found, Kept):
            return self.slot(found.slot)
        return self.refused() if found is None else found

    def _loaded(self, name: str, states: str, index: int) -> Operand:
        if name not in self._definite:
            self.block.append(py.store(name, py.item(py.load(states), py.literal(index))))
            self._definite.add(name)
        return Operand(name, None, True)

    def load_all(self, count: int) -> None:
        """Emit that all variables of the state are loaded."""
        names = [f"s{index}" for index in range(count)]
        if not self._definite.issuperset(names):
            self.block.append(py.unpack(names, py.load("s")))
            self._definite.update(names)

    def load_before_loop(self, node: syntax.Expression, place: Place) -> None:
        """Load the variables that a loop over `node` reads."""
        if place.context.mode is Mode.UNPRIMED:
            for index in sorted(self.compiler.footprint(node, place.context).reads):
                self.slot(index)

    def delay(self, node: syntax.Expression, place: Place) -> Delayed:
        """Return what computes `node` when it is wanted."""
        delayed = Delayed(self._unused(), node, place)
        mark = ast.Pass()
        self.block.append(mark)
        self._resets[delayed.name] = (self.block, mark)
        return delayed

    def already(self, delayed: Delayed, value: Operand) -> Delayed:
        """Return a delayed value of another emitter's, which is computed where this code begins."""
        self._definite.add(value.name)
        return Delayed(value.name, delayed.node, delayed.place, [value])

    def bound(self, found: Operand | Delayed) -> Operand:
        """Return the operand of a bound name, computed now if it was not before."""
        if isinstance(found, Operand):
            return found
        if found.name in self._definite:
            return found.operand
        if found.name in self._possible:
            return self._computed_unless_before(found, lambda: self.value(found.node, found.place))
        value = self.value(found.node, found.place)
        if value.is_constant:
            return value
        self._keep(found, value)
        return found.operand

    def once(self, key: Hashable, node: syntax.Expression, place: Place) -> Operand:
        """Emit a value that depends on the state, or states, alone: it is computed once a call.

        It is computed where it is first wanted, and so fails only where it is wanted. The `key` is
        one for all nodes and places of the same value.
        """
        delayed = self._once.get(key)
        if delayed is None:
            delayed = self._once[key] = Delayed(self._unused(), node, place)
            mark = ast.Pass()
            self.prologue.append(mark)
            self._resets[delayed.name] = (self.prologue, mark)
        if delayed.name in self._definite:
            return delayed.operand
        outer, self.loops.reach = self.loops.reach, 0
        operand = self._computed_unless_before(delayed, lambda: self.value(node, place))
        self.loops.reach = outer
        return operand

    def _computed_unless_before(self, delayed: Delayed, compute: Callable[[], Operand]) -> Operand:
        block, mark = self._resets[delayed.name]
        if mark in block:
            block[block.index(mark)] = py.store(delayed.name, py.load(UNSET))
        with self.nested() as body:
            self._keep(delayed, compute())
        self.block.append(py.when(py.same(py.load(delayed.name), py.load(UNSET)), body))
        self._definite.add(delayed.name)
        return delayed.operand

    def indexed(self, length: Operand) -> Operand | None:
        """Return the sequence whose length this is, None if it is not known to be one."""
        found = self.lengths.get(length.name)
        if found is not None and found.name in self._slots:
            return self.slot(int(found.name[1:]))
        return found

    def _keep(self, delayed: Delayed, value: Operand) -> None:
        indexed = self.lengths.get(value.name)
        if indexed is not None and self.is_fixed(indexed):
            self.lengths[delayed.name] = indexed
        if value.name in self.untyped:
            self.untyped.add(delayed.name)
        self.block.append(py.store(delayed.name, py.load(value.name)))
        delayed.values.append(value)
        self._definite.add(delayed.name)

    def arguments_of(self, place: Place) -> tuple[ast.expr, ast.expr, ast.expr]:
        """Return state, successor and environment as a closure at this place takes them."""
        environment = [self._as_bound(found) for found in place.environment]
        return py.load("s"), self._successor(place), py.tuple_of(environment)

    def _successor(self, place: Place) -> ast.expr:
        if place.after is None:
            return py.load("t")
        found = [
            py.literal(None) if each is None else py.load(self.following(index, place).name)
            for index, each in enumerate(place.after)
        ]
        return py.tuple_of([*found, py.tuple_of([])])

    def _as_bound(self, found: Operand | Delayed) -> ast.expr:
        if isinstance(found, Operand):
            return py.load(found.name)
        if found.name in self._definite:
            return py.call(self.object(forced), py.load(found.name))
        code = self.compiler.compile(found.node, found.place.context)
        return py.call(self.object(Lazy), self.object(code), *self.arguments_of(found.place))

    # --------------------------------------------------------------------------------------- loops

    def _kept(
        self, node: syntax.Expression, place: Place, compute: Callable[[], Operand]
    ) -> Operand | None:
        """Emit a value that the innermost loop does not change: it is kept from round to round.

        It is computed where it is first wanted, and so fails only where it is wanted. None where
        the loop may change the value, or it is not worth keeping.
        """
        loops, scope = self.loops, place.context.scope
        if not loops.reach or not is_worth_keeping(node, scope, self.compiler.analysis):
            return None
        depth = loops.depth_of(node, place)
        if depth >= loops.reach:
            return None
        delayed = self._kept_by(loops[depth], node, place)
        if delayed.name in self._definite:
            return delayed.operand
        outer, loops.reach = loops.reach, depth
        kept = self._computed_unless_before(delayed, compute)
        loops.reach = outer
        return kept

    def _kept_by(self, loop: Loop, node: syntax.Expression, place: Place) -> Delayed:
        key = (id(node), id(place.context.scope), tuple(found.name for found in place.environment))
        delayed = loop.kept.get(key)
        if delayed is None:
            delayed = loop.kept[key] = Delayed(self._unused(), node, place)
            mark = ast.Pass()
            loop.block.insert(loop.block.index(loop.start), mark)
            self._resets[delayed.name] = (loop.block, mark)
        return delayed

    # -------------------------------------------------------------------------------------- blocks

    @contextmanager
    def nested(self, *, element: str | None = None) -> Iterator[list[ast.stmt]]:
        """Write a block that may not be run, or the body of a loop whose variable is `element`."""
        outer, definite, reach = self.block, set(self._definite), self.loops.reach
        if element is not None:
            self.loops.enter(outer, element)
            self.loops.reach = len(self.loops)
            self._possible.update(self._resets.keys() - definite)
        body: list[ast.stmt] = []
        self.block = body
        yield body
        if element is not None:
            self.loops.leave()
            self.loops.reach = reach
        self.block = outer
        self._possible.update(self._definite & self._resets.keys())
        self._definite = definite


class _Unset:
    """What a delayed value holds that is not computed yet."""

    __slots__ = ()


def joined(one: Operand, other: Operand) -> type | None:
    """Return the kind of what is one or the other."""
    return one.kind if one.kind is other.kind else None
