"""Starlark expressions and targets compiled to closures, one for each node (ADR 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from msgspec.structs import replace

from conform.languages.fizzbee.evaluation.calls import compile_call
from conform.languages.fizzbee.evaluation.comprehensions import compile_clauses, target_names
from conform.languages.fizzbee.evaluation.conversions import (
    elements_of,
    shown,
    truth,
)
from conform.languages.fizzbee.evaluation.faults import FAULTS, FaultError, located
from conform.languages.fizzbee.evaluation.methods import attribute
from conform.languages.fizzbee.evaluation.operators import (
    binary,
    comparison,
    is_number,
    item,
    sliced,
    store_attribute,
    store_item,
)
from conform.languages.fizzbee.evaluation.procedures import Procedure, parameter_names
from conform.languages.fizzbee.evaluation.reading_names import reader
from conform.languages.fizzbee.evaluation.scopes import Code, Names, Scope, Store
from conform.languages.fizzbee.evaluation.values import (
    Datum,
    Dict,
    List,
    type_name,
)
from conform.languages.fizzbee.syntax_expressions import (
    Attribute,
    Binary,
    Boolean,
    BooleanOperation,
    BooleanOperator,
    Call,
    Clause,
    Comparison,
    Conditional,
    DictComprehension,
    DictDisplay,
    Expression,
    Float,
    Index,
    Integer,
    Lambda,
    ListComprehension,
    ListDisplay,
    Name,
    NoneValue,
    Slice,
    String,
    Target,
    TargetTuple,
    TupleDisplay,
    Unary,
    UnaryOperator,
)
from conform.text import Source, Span


class Compiler:
    """Compiles the expressions of one file whose names mean `names`."""

    def __init__(self, source: Source, names: Names) -> None:
        self.source = source
        self.names = names

    def expression(self, node: Expression) -> Code:
        """Return the code of an expression."""
        match node:
            case NoneValue():
                return lambda _scope: None
            case Boolean(value=value) | Integer(value=value) | Float(value=value):
                return lambda _scope: value
            case String(value=value):
                return lambda _scope: value
            case Name():
                return reader(node, self.names, self.source)
            case ListDisplay(elements=elements):
                return self._list(elements)
            case TupleDisplay(elements=elements):
                return self._tuple(elements)
            case DictDisplay():
                return self._dict(node)
            case ListComprehension() | DictComprehension():
                return self._comprehension(node)
            case Call():
                return compile_call(node, self.expression, self.source)
            case Lambda():
                return self._lambda(node)
            case _:
                return self._operation(node)

    def _operation(self, node: Expression) -> Code:
        match node:
            case Binary(operator=operator, left=left, right=right):
                return self._of_two(binary(operator), left, right, node.span)
            case Comparison(operator=compared, left=left, right=right):
                return self._of_two(comparison(compared), left, right, node.span)
            case Unary():
                return self._unary(node)
            case BooleanOperation():
                return self._boolean(node)
            case Conditional():
                return self._conditional(node)
            case Attribute(value=value, name=name):
                return self._guarded(self._attribute(value, name), node.span)
            case Index(value=value, index=index):
                return self._of_two(item, value, index, node.span)
            case Slice():
                return self._slice(node)
            case _:
                raise TypeError(f"an expression of class {type(node).__name__}")

    # --------------------------------------------------------------------------- displays

    def _list(self, elements: tuple[Expression, ...]) -> Code:
        codes = [self.expression(each) for each in elements]
        return lambda scope: List([code(scope) for code in codes])

    def _tuple(self, elements: tuple[Expression, ...]) -> Code:
        codes = [self.expression(each) for each in elements]
        return lambda scope: tuple([code(scope) for code in codes])

    def _dict(self, node: DictDisplay) -> Code:
        codes = [(self.expression(e.key), self.expression(e.value)) for e in node.entries]

        def build(scope: Scope) -> Datum:
            result = Dict()
            for key, value in codes:
                result.store(key(scope), value(scope))
            if result.size < len(codes):
                raise FaultError("two entries of the dict have the same key")
            return result

        return self._guarded(build, node.span)

    def _comprehension(self, node: ListComprehension | DictComprehension) -> Code:
        inner, first = self._inside(node.clauses), node.clauses[0]
        outermost = self.expression(first.iterable)  # type: ignore[union-attr]  # a ForClause
        walk = compile_clauses(node.clauses, outermost, inner.expression, inner.target, self.source)
        if isinstance(node, ListComprehension):
            element = inner.expression(node.element)

            def build_list(scope: Scope) -> Datum:
                return List([element(scope) for _ in walk(scope)])

            return build_list
        key, value = inner.expression(node.entry.key), inner.expression(node.entry.value)

        def build_dict(scope: Scope) -> Datum:
            result = Dict()
            for _ in walk(scope):
                result.store(key(scope), value(scope))
            return result

        return self._guarded(build_dict, node.entry.span)

    def _inside(self, clauses: tuple[Clause, ...]) -> Compiler:
        """Return the compiler for what sees the variables of a comprehension."""
        if self.names.own is None:
            return self
        own = self.names.own | target_names(clauses)
        return Compiler(self.source, replace(self.names, own=own))

    # -------------------------------------------------------------------------- operations

    def _of_two(
        self,
        compute: Callable[[Datum, Datum], Datum],
        left: Expression,
        right: Expression,
        span: Span,
    ) -> Code:
        one, other, source = self.expression(left), self.expression(right), self.source

        def code(scope: Scope) -> Datum:
            a, b = one(scope), other(scope)
            try:
                return compute(a, b)
            except FAULTS as fault:
                raise located(fault, source, span) from None

        return code

    def _unary(self, node: Unary) -> Code:
        operand, operator = self.expression(node.operand), node.operator
        if operator is UnaryOperator.NOT:
            return lambda scope: not truth(operand(scope))

        def compute(scope: Scope) -> Datum:
            value = operand(scope)
            is_fit = type(value) is int if operator is UnaryOperator.INVERT else is_number(value)
            if not is_fit:
                raise FaultError(
                    f"unknown operation: {operator}{type_name(value)} ({operator}{shown(value)})"
                )
            match operator:
                case UnaryOperator.MINUS:
                    return -value
                case UnaryOperator.INVERT:
                    return ~value
                case _:
                    return value

        return self._guarded(compute, node.span)

    def _boolean(self, node: BooleanOperation) -> Code:
        codes = [self.expression(each) for each in node.operands]
        *first, last = codes
        stops = node.operator is BooleanOperator.OR

        def code(scope: Scope) -> Datum:
            for operand in first:
                value = operand(scope)
                if value is stops or truth(value) is stops:
                    return value
            return last(scope)

        return code

    def _conditional(self, node: Conditional) -> Code:
        condition, then = self.expression(node.condition), self.expression(node.then)
        otherwise = self.expression(node.otherwise)
        return lambda scope: then(scope) if truth(condition(scope)) else otherwise(scope)

    def _attribute(self, value: Expression, name: str) -> Code:
        code = self.expression(value)
        return lambda scope: attribute(code(scope), name)

    def _slice(self, node: Slice) -> Code:
        value = self.expression(node.value)
        parts = [
            (lambda _scope: None) if part is None else self.expression(part)
            for part in (node.start, node.stop, node.step)
        ]
        return self._guarded(
            lambda scope: sliced(value(scope), *(part(scope) for part in parts)), node.span
        )

    def _lambda(self, node: Lambda) -> Code:
        if self.names.own is None:
            return self._open_lambda(node)
        own = parameter_names(node.parameters)
        body = Compiler(self.source, self.names.inside(own)).expression(node.body)
        defaults = self.defaults(node)

        def make(scope: Scope) -> Datum:
            seen = Scope(dict(scope.locals), scope.state, scope.outer, scope.host)
            values = {name: default(scope) for name, default in defaults.items()}
            return Procedure("lambda", node.parameters, values, body, seen)

        return make

    def _open_lambda(self, node: Lambda) -> Code:
        """Return the code of a lambda in an action, which sees all that the action sees."""
        body, defaults = self.expression(node.body), self.defaults(node)

        def make(scope: Scope) -> Datum:
            seen, state, host = dict(scope.locals), scope.state, scope.host

            def run(call: Scope) -> Datum:
                return body(Scope({**seen, **call.locals}, state, None, host))

            values = {name: default(scope) for name, default in defaults.items()}
            return Procedure("lambda", node.parameters, values, run, None)

        return make

    def defaults(self, node: Lambda) -> dict[str, Code]:
        """Return the code of each parameter's default."""
        return {
            parameter.name: self.expression(parameter.default)
            for parameter in node.parameters
            if parameter.default is not None
        }

    # ----------------------------------------------------------------------------- targets

    def target(self, node: Target) -> Store:
        """Return the code that assigns to a target."""
        match node:
            case Name(name=name):
                return self._store_name(name)
            case Attribute(value=value, name=name):
                return self._store_attribute(node, self.expression(value), name)
            case Index(value=value, index=index):
                return self._store_item(node, self.expression(value), self.expression(index))
            case TargetTuple():
                return self._unpack(node)
            case _:
                assert_never(node)

    def _store_name(self, name: str) -> Store:
        is_state = name in self.names.state
        is_constant = self.names.own is None and name in self.names.constants

        def store(scope: Scope, value: Datum) -> None:
            if name in scope.locals:
                scope.locals[name] = value
            elif is_state:
                scope.state[name] = value
            elif not is_constant:  # assigning to a constant does nothing at all
                scope.locals[name] = value

        return store

    def _store_attribute(self, node: Attribute, owner: Code, name: str) -> Store:
        def store(scope: Scope, value: Datum) -> None:
            found = owner(scope)
            try:
                store_attribute(found, name, value)
            except FAULTS as fault:
                raise located(fault, self.source, node.span) from None

        return store

    def _store_item(self, node: Index, owner: Code, index: Code) -> Store:
        def store(scope: Scope, value: Datum) -> None:
            found, key = owner(scope), index(scope)
            try:
                store_item(found, key, value)
            except FAULTS as fault:
                raise located(fault, self.source, node.span) from None

        return store

    def _unpack(self, node: TargetTuple) -> Store:
        stores = [self.target(each) for each in node.elements]

        def unpack(scope: Scope, value: Datum) -> None:
            try:
                elements = elements_of(value)
                if len(elements) != len(stores):
                    raise FaultError(
                        f"cannot unpack {len(elements)} values of {shown(value)}"
                        f" into {len(stores)} targets"
                    )
            except FAULTS as fault:
                raise located(fault, self.source, node.span) from None
            for store, element in zip(stores, elements, strict=True):
                store(scope, element)

        return unpack

    def _guarded(self, compute: Code, span: Span) -> Code:
        source = self.source

        def code(scope: Scope) -> Datum:
            try:
                return compute(scope)
            except FAULTS as fault:
                raise located(fault, source, span) from None

        return code
