"""Formal statements of properties: invariants, properties of steps, temporal formulas.

The form decides. A formula about a state is an invariant, `□` in front or not; one with primes is
asked of every step that changes something; `□`, `◇` and `~>` inside make it temporal. A property
that the document calls liveness and that says nothing about time is not checked, and told so.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
from msgspec import Struct

from conform.domain.model import PropertyKind, Unchecked
from conform.domain.states import Predicate, State, StepPredicate
from conform.domain.temporal import (
    Always,
    And,
    Eventually,
    LeadsTo,
    Not,
    Or,
    StateAtom,
    StepAtom,
    Temporal,
    TemporalProperty,
    has_steps,
    is_momentary,
)
from conform.domain.values import Bindings
from conform.errors import EvaluationError, UnsupportedError
from conform.languages.markdown.formal.document import FormalProperty
from conform.languages.markdown.formal.evaluation.core import Core, Env, Scope, Test, truth
from conform.languages.markdown.formal.evaluation.membership import elements_of
from conform.languages.markdown.formal.meanings import VARS
from conform.languages.markdown.formal.predicates import Conjunct, StateFormula, StepFormula
from conform.languages.markdown.formal.syntax import (
    Apply,
    Binary,
    Boxed,
    Expression,
    If,
    Name,
    Quantified,
    Unary,
)
from conform.languages.markdown.formal.traversal import children
from conform.text import Span


@dataclass(slots=True)
class Properties:
    """The properties of a document by kind, in its order."""

    invariants: list[Predicate] = field(default_factory=list)
    actions: list[StepPredicate] = field(default_factory=list)
    liveness: list[TemporalProperty] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)

    def leave_liveness(self, reason: str) -> None:
        """Leave all temporal properties unchecked, for a reason."""
        spans: dict[str, Span] = {}
        for formula in self.liveness:
            spans.setdefault(formula.property_name, formula.span)
        self.unchecked += (
            Unchecked(name, PropertyKind.LIVENESS, reason, span) for name, span in spans.items()
        )
        self.liveness.clear()


class Part(Struct, frozen=True):
    """A part of a property: its formula, and the values of the quantified names around it."""

    node: Expression
    scope: Scope = msgspec.field(default_factory=Scope)
    env: Env = ()
    instance: Bindings = ()


class Classifier:
    """Sorts the parts of properties by their form."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.found = Properties()

    def add(self, stated: FormalProperty) -> None:
        """Add a property; one that gives nothing to check is kept as Unchecked."""
        kind = PropertyKind.LIVENESS if _is_liveness(stated.kind) else PropertyKind.INVARIANT
        if not stated.formulas:
            reason = "its formal statement cannot be read" if stated.error else "it is prose alone"
            self.found.unchecked.append(Unchecked(stated.name, kind, reason, stated.span))
        for formula in stated.formulas:
            try:
                parts = list(self._parts(Part(formula)))
                if not parts:
                    raise self._refuse(formula, "its quantifier runs over an empty set")
                for part in parts:
                    self._add(stated, kind, part)
            except UnsupportedError as error:
                place = error.span or stated.span
                self.found.unchecked.append(Unchecked(stated.name, kind, error.message, place))

    def _parts(self, part: Part) -> Iterator[Part]:
        """Yield the conjuncts and the instances of what speaks of more than one state."""
        match part.node:
            case Binary(operator="/\\", left=left, right=right) if self.is_above_states(part.node):
                for side in (left, right):
                    yield from self._parts(_at(part, side))
            case Quantified(quantifier="\\A", body=body) if self.is_above_states(body):
                for inner in self.instances(part, part.node):
                    yield from self._parts(inner)
            case _:
                yield part

    def _add(self, stated: FormalProperty, kind: PropertyKind, part: Part) -> None:
        node = part.node
        if isinstance(node, Unary) and node.operator == "[]" and not self.is_temporal(node.operand):
            self._add_momentary(stated.name, _at(part, node.operand))
        elif self.is_temporal(node):
            formula = TemporalFormulas(self, stated.name).formula(part)
            prop = TemporalProperty(stated.name, part.instance, node.span, formula)
            self.found.liveness.append(prop)
        elif kind is PropertyKind.LIVENESS:
            raise self._refuse(node, "it is called liveness, and says nothing about time")
        else:
            self._add_momentary(stated.name, part)

    def _add_momentary(self, name: str, part: Part) -> None:
        if self.is_about_steps(part.node):
            self.found.actions.append(self.step(name, part))
            return
        before: tuple[StateFormula, ...] = ()
        for conjunct in _conjuncts(part.node):
            formula = self.state(name, _at(part, conjunct))
            self.found.invariants.append(Conjunct(formula, before) if before else formula)
            before = (*before, formula)

    def _refuse(self, node: Expression, message: str) -> UnsupportedError:
        return UnsupportedError(message, span=node.span)

    # ---------------------------------------------------------------------------------- formulas

    def state(self, name: str, part: Part) -> StateFormula:
        """Return a formula about a state as a predicate."""
        code = self.core.code(part.node, part.scope)
        test = truth(self.core, part.node, code)
        return StateFormula(name, part.node.span, code.reads, test, part.env)

    def step(self, name: str, part: Part, *, is_box: bool = True) -> StepFormula:
        """Return `[A]_v` or `<<A>>_v` of a formula about steps; `v` not said is all variables."""
        node = part.node
        action, subscript = (
            (node.action, node.subscript) if isinstance(node, Boxed) else (node, None)
        )
        box = node.is_box if isinstance(node, Boxed) else is_box
        code = self.core.code(action, part.scope)
        test, same = truth(self.core, action, code), self._unchanged(subscript, part.scope)
        reads = code.reads | same[1]
        holds = _box(test, same[0]) if box else _diamond(test, same[0])
        return StepFormula(name, node.span, reads, holds, part.env)

    def _unchanged(self, subscript: Expression | None, scope: Scope) -> tuple[Test, frozenset[int]]:
        count = len(self.core.slots)
        is_all = (
            isinstance(subscript, Name)
            and subscript.name == VARS
            and VARS
            not in (
                *self.core.helpers,
                *self.core.slots,
                *self.core.constants,
            )
        )
        if subscript is None or is_all:
            return lambda s, _e: s[:count] == s[count:], frozenset(range(count))
        code = self.core.code(Unary(subscript.span, "UNCHANGED", subscript), scope)
        return truth(self.core, subscript, code), code.reads

    def instances(self, part: Part, node: Quantified) -> Iterator[Part]:
        """Yield the body of a quantifier for each combination of values of its names.

        Raises UnsupportedError for sets that are not the same in all states.
        """
        parts = [part]
        for bound in node.bounds:
            code, elements = elements_of(self.core, bound.domain, part.scope)
            if code.reads:
                raise self._refuse(node, "a quantifier over a temporal formula needs constant sets")
            values = elements((), part.env)
            parts = [
                Part(
                    node.body,
                    inner.scope.plus(*bound.names),
                    (*inner.env, *combination),
                    (*inner.instance, *zip(bound.names, combination, strict=True)),
                )
                for inner in parts
                for combination in itertools.product(values, repeat=len(bound.names))
            ]
        yield from parts

    # ------------------------------------------------------------------------------------- levels

    def is_temporal(self, node: Expression) -> bool:
        """Whether `[]`, `<>` or `~>` stands in a formula."""
        return self._has(node, lambda each: _operator(each) in ("[]", "<>", "~>"))

    def is_about_steps(self, node: Expression) -> bool:
        """Whether a formula speaks of the next state."""
        return self._has(
            node, lambda each: isinstance(each, Boxed) or _operator(each) in ("'", "UNCHANGED")
        )

    def is_above_states(self, node: Expression) -> bool:
        """Whether a formula is temporal or speaks of steps."""
        return self.is_temporal(node) or self.is_about_steps(node)

    def _has(
        self,
        node: Expression,
        test: Callable[[Expression], bool],
        seen: frozenset[str] = frozenset(),
    ) -> bool:
        if test(node):
            return True
        inside = list(children(node))
        if isinstance(node, Name | Apply) and node.name in self.core.helpers.keys() - seen:
            inside.append(self.core.helpers[node.name].body)
            seen = seen | {node.name}
        return any(self._has(child, test, seen) for child in inside)


class TemporalFormulas:
    """Makes the temporal formulas of one property."""

    def __init__(self, classifier: Classifier, name: str) -> None:
        self._classifier = classifier
        self._name = name

    def formula(self, part: Part) -> Temporal:
        """Return a temporal formula; raise UnsupportedError for a form that cannot be checked."""
        found = self._formula(part)
        if not _is_legal(found):
            raise UnsupportedError(
                "steps are spoken of where no temporal formula can be checked:"
                " `□◇⟨A⟩_v` and `◇□[A]_v` can be",
                span=part.node.span,
            )
        return found

    def _formula(self, part: Part) -> Temporal:
        node, ask = part.node, self._classifier
        if not ask.is_above_states(node):
            return StateAtom(ask.state(self._name, part))
        if not ask.is_temporal(node):
            return StepAtom(ask.step(self._name, part))
        match node:
            case Unary(operator="~", operand=operand):
                return Not(self._at(part, operand))
            case Unary(operator="[]", operand=operand):
                return _always(self._at(part, operand))
            case Unary(operator="<>", operand=operand):
                return Eventually(self._diamond(part, operand))
            case Binary(operator="/\\", left=left, right=right):
                return And((self._at(part, left), self._at(part, right)))
            case Binary(operator="\\/", left=left, right=right):
                return Or((self._at(part, left), self._at(part, right)))
            case Binary(operator="=>", left=left, right=right):
                return Or((Not(self._at(part, left)), self._at(part, right)))
            case Binary(operator="<=>", left=left, right=right):
                one, other = self._at(part, left), self._at(part, right)
                return And((Or((Not(one), other)), Or((Not(other), one))))
            case Binary(operator="~>", left=left, right=right):
                return LeadsTo(self._at(part, left), self._at(part, right))
            case If(condition=condition, consequent=one, alternative=other):
                test = self._at(part, condition)
                branches = (self._at(part, one), self._at(part, other))
                return And((Or((Not(test), branches[0])), Or((test, branches[1]))))
            case Quantified(quantifier=quantifier):
                instances = tuple(map(self._formula, ask.instances(part, node)))
                return And(instances) if quantifier == "\\A" else Or(instances)
            case _:
                raise UnsupportedError(
                    "a temporal formula of this form cannot be checked", span=node.span
                )

    def _diamond(self, part: Part, operand: Expression) -> Temporal:
        ask = self._classifier
        if ask.is_about_steps(operand) and not ask.is_temporal(operand):
            return StepAtom(ask.step(self._name, _at(part, operand), is_box=False))
        return self._at(part, operand)

    def _at(self, part: Part, node: Expression) -> Temporal:
        return self._formula(_at(part, node))


def _always(formula: Temporal) -> Temporal:
    """Return `[]` of a formula; `[](P => <>Q)` is P ~> Q, of which more can be said."""
    match formula:
        case Or((Not(premise), Eventually(conclusion))):
            return LeadsTo(premise, conclusion)
        case _:
            return Always(formula)


def _is_legal(formula: Temporal) -> bool:
    """Whether step atoms stand under `[]<>` or `<>[]` alone."""
    match formula:
        case StepAtom():
            return False
        case StateAtom():
            return True
        case Not(inner):
            return _is_legal(inner)
        case And(formulas) | Or(formulas):
            return all(map(_is_legal, formulas))
        case Always(Eventually(inner)) | Eventually(Always(inner)) if is_momentary(inner):
            return True
        case Always(inner) | Eventually(inner):
            return not has_steps(inner)
        case LeadsTo(premise, conclusion):
            return not (has_steps(premise) or has_steps(conclusion))


def _at(part: Part, node: Expression) -> Part:
    return Part(node, part.scope, part.env, part.instance)


def _conjuncts(node: Expression) -> Sequence[Expression]:
    match node:
        case Binary(operator="/\\", left=left, right=right):
            return (*_conjuncts(left), *_conjuncts(right))
        case _:
            return (node,)


def _operator(node: Expression) -> str:
    return node.operator if isinstance(node, Unary | Binary) else ""


def _is_liveness(kind: str) -> bool:
    return any(word in kind.lower() for word in ("liveness", "temporal", "progress"))


def _box(test: Test, unchanged: Test) -> Test:
    """Return the test of `[A]_v`: A first, which reads less; it may fail where nothing changes."""

    def holds(state: State, env: Env) -> bool:
        try:
            return test(state, env) or unchanged(state, env)
        except EvaluationError:
            if unchanged(state, env):
                return True
            raise

    return holds


def _diamond(test: Test, unchanged: Test) -> Test:
    """Return the test of `<<A>>_v`."""

    def holds(state: State, env: Env) -> bool:
        try:
            return test(state, env) and not unchanged(state, env)
        except EvaluationError:
            if unchanged(state, env):
                return False
            raise

    return holds
