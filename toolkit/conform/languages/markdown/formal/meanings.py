"""What the names of a document mean, and what is wrong with the names of its formal lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from conform.languages.markdown.formal.evaluation.built_in import OPERATORS
from conform.languages.markdown.formal.evaluation.membership import INFINITE
from conform.languages.markdown.formal.evaluation.names import LITERAL_WORD, TRUE_SETS
from conform.languages.markdown.formal.syntax import (
    Apply,
    Assign,
    AssignSome,
    Bound,
    Boxed,
    Choice,
    Choose,
    Condition,
    Except,
    Expression,
    Filter,
    ForEach,
    FunctionOf,
    Image,
    Let,
    LetIn,
    Name,
    Otherwise,
    Quantified,
    Statement,
    Target,
    Unary,
    Unchanged,
    When,
)
from conform.languages.markdown.formal.traversal import children
from conform.text import Span, nearest

_BUILT_IN = frozenset((*INFINITE, *TRUE_SETS, "@"))
VARS = "vars"
"""The tuple of all variables, where the document declares no such name."""


class Meanings(Struct, frozen=True):
    """The declared names: helpers and actions with the number of their parameters."""

    constants: frozenset[str]
    variables: frozenset[str]
    helpers: dict[str, int]
    actions: dict[str, int]
    literals: frozenset[str]
    ranges: frozenset[str] = frozenset()

    def declares(self, name: str) -> bool:
        """Whether a constant, variable or helper has the name."""
        return name in self.constants or name in self.variables or name in self.helpers

    def kind_of(self, name: str) -> str:
        """Return what a declared name is, in a word."""
        if name in self.variables:
            return "a state variable"
        return "a constant" if name in self.constants else "a helper"

    def is_known(self, name: str) -> bool:
        """Whether a name that stands alone means something."""
        if self.declares(name) or name in _BUILT_IN or name in self.literals:
            return True
        return LITERAL_WORD.fullmatch(name) is not None

    def is_value(self, name: str) -> bool:
        """Whether a name stands for itself as a value: a literal, or a word that a type lists."""
        if self.declares(name) or name in _BUILT_IN:
            return False
        return name in self.literals or LITERAL_WORD.fullmatch(name) is not None


class Misuse(Struct, frozen=True):
    """Something wrong with a name; `topic` is the rule it breaks: name, arity, target or hides."""

    topic: str
    name: str
    message: str
    span: Span
    hint: str = ""


class Checker:
    """Walks over formal lines and collects what is wrong with their names."""

    def __init__(self, meanings: Meanings) -> None:
        self.meanings = meanings
        self.misuses: list[Misuse] = []

    def expression(self, node: Expression, local: frozenset[str]) -> None:
        """Check an expression; `local` are the names bound around it."""
        match node:
            case Name(name=name):
                self._name(node, name, local)
            case Apply():
                self._apply(node, local)
            case Unary(operator="ENABLED", operand=operand):
                self._enabled(node, operand, local)
            case Quantified(bounds=bounds, body=body) | FunctionOf(bounds=bounds, body=body):
                self._bounded(bounds, [body], local)
            case Image(body=body, bounds=bounds):
                self._bounded(bounds, [body], local)
            case Filter(bound=bound, body=body) | Choice(bound=bound, body=body):
                self._bounded([bound], [body], local)
            case LetIn(definitions=definitions, body=body):
                for definition in definitions:
                    self.expression(definition.value, local)
                    local = self.bound(definition.name, definition.span, local)
                self.expression(body, local)
            case Boxed(action=action, subscript=subscript):
                self.expression(action, local)
                self.expression(subscript, local | {VARS})
            case Except(function=function, updates=updates):
                self.expression(function, local)
                for update in updates:
                    self._all(update.path, local)
                    self.expression(update.value, local)
            case _:
                self._all(children(node), local)

    def statements(self, statements: Iterable[Statement], local: frozenset[str]) -> frozenset[str]:
        """Check statements in order and return the names that are known behind them."""
        for statement in statements:
            local = self._statement(statement, local)
        return local

    def _statement(self, statement: Statement, local: frozenset[str]) -> frozenset[str]:
        match statement:
            case Condition(formula=formula):
                self.expression(formula, local)
            case Let(definitions=definitions):
                for definition in definitions:
                    self.expression(definition.value, local)
                    local = self.bound(definition.name, definition.span, local)
            case Choose(bounds=bounds):
                local = self._bounds(bounds, local)
            case Assign(target=target, value=value) | AssignSome(target=target, values=value):
                self._target(target, local)
                self.expression(value, local)
            case ForEach(bounds=bounds, body=body):
                self.statements(body, self._bounds(bounds, local))
            case When(condition=condition, consequent=one, alternative=other):
                self.expression(condition, local)
                self.statements(one, local)
                self.statements(other, local)
            case Otherwise(body=body):
                self.statements(body, local)
            case Unchanged(variables=variables):
                for variable in variables:
                    self._variable(variable.name, variable.span, local | {VARS})
        return local

    def _all(self, nodes: Iterable[Expression], local: frozenset[str]) -> None:
        for node in nodes:
            self.expression(node, local)

    def _name(self, node: Name, name: str, local: frozenset[str]) -> None:
        if name.startswith("range of "):
            given = name.removeprefix("range of ")
            if given not in self.meanings.ranges:
                self._unknown(given, node.span, f"nothing says what `{given}` ranges over", [])
            return
        if name in local or self.meanings.is_known(name):
            arity = self.meanings.helpers.get(name, 0) if name not in local else 0
            if arity:
                self._count(name, 0, arity, node.span)
            return
        known = [*local, *self._all_declared()]
        self._unknown(name, node.span, f"`{name}` is not declared", known)

    def _apply(self, node: Apply, local: frozenset[str]) -> None:
        name, count = node.name, len(node.arguments)
        self._all(node.arguments, local)
        if name in self.meanings.helpers:
            self._count(name, count, self.meanings.helpers[name], node.span)
        elif name in OPERATORS:
            self._count(name, count, OPERATORS[name][0], node.span)
        elif name == "Seq":
            self._count(name, count, 1, node.span)
        elif name in self.meanings.actions:
            self._misuse("name", name, f"action `{name}` stands for no value", node.span)
        elif name in local or self.meanings.declares(name):
            message = f"`{name}` is no helper and takes no arguments"
            hint = f"write {name}[…] to apply a function"
            self.misuses.append(Misuse("arity", name, message, node.span, hint))
        else:
            known = [*self.meanings.helpers, *OPERATORS]
            self._unknown(name, node.span, f"there is no helper `{name}`", known)

    def _enabled(self, node: Unary, operand: Expression, local: frozenset[str]) -> None:
        name, arguments = "", tuple[Expression, ...]()
        if isinstance(operand, Apply):
            name, arguments = operand.name, operand.arguments
        elif isinstance(operand, Name):
            name = operand.name
        self._all(arguments, local)
        if name in self.meanings.actions:
            self._count(name, len(arguments), self.meanings.actions[name], operand.span)
        elif name:
            known = list(self.meanings.actions)
            self._unknown(name, operand.span, f"there is no action `{name}`", known)
        else:
            self._misuse("name", "", "ENABLED asks about an action", node.span)

    def _target(self, target: Target, local: frozenset[str]) -> None:
        self._variable(target.variable, target.span, local)
        self._all(target.path, local)

    def _variable(self, name: str, span: Span, local: frozenset[str]) -> None:
        if name in self.meanings.variables or (name == VARS and name in local):
            return
        if name in local:
            message = f"`{name}` is a local name, which nothing can be assigned to"
            self._misuse("target", name, message, span)
        elif self.meanings.declares(name):
            message = f"`{name}` is {self.meanings.kind_of(name)}, which no action changes"
            self._misuse("target", name, message, span)
        else:
            known = sorted(self.meanings.variables)
            self._unknown(name, span, f"there is no state variable `{name}`", known, "target")

    def _bounded(
        self, bounds: Sequence[Bound], bodies: Sequence[Expression], local: frozenset[str]
    ) -> None:
        inner = self._bounds(bounds, local)
        self._all(bodies, inner)

    def _bounds(self, bounds: Sequence[Bound], local: frozenset[str]) -> frozenset[str]:
        for bound in bounds:
            self.expression(bound.domain, local)
        for bound in bounds:
            for name in bound.names:
                local = self.bound(name, bound.span, local)
        return local

    def bound(self, name: str, span: Span, local: frozenset[str]) -> frozenset[str]:
        """Return the local names with one more, which must hide nothing."""
        if name in local:
            self._misuse("hides", name, f"`{name}` hides the `{name}` around it", span)
        elif self.meanings.declares(name):
            kind = self.meanings.kind_of(name)
            self._misuse("hides", name, f"`{name}` hides {kind} of that name", span)
        return local | {name}

    def _count(self, name: str, given: int, wanted: int, span: Span) -> None:
        if given != wanted:
            plural = "argument" if wanted == 1 else "arguments"
            message = f"`{name}` takes {wanted} {plural}, here it has {given}"
            self._misuse("arity", name, message, span)

    def _misuse(self, topic: str, name: str, message: str, span: Span) -> None:
        self.misuses.append(Misuse(topic, name, message, span))

    def _unknown(
        self, name: str, span: Span, message: str, known: Sequence[str], topic: str = "name"
    ) -> None:
        close = nearest(name, known)
        hint = f"did you mean `{close}`?" if close else ""
        self.misuses.append(Misuse(topic, name, message, span, hint))

    def _all_declared(self) -> Iterator[str]:
        yield from self.meanings.constants
        yield from self.meanings.variables
        yield from self.meanings.helpers
        yield from self.meanings.literals
