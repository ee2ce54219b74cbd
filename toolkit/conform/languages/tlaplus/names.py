"""Names in formulas: each one used must be declared before, and take the arguments that it gets.

Source followed: SANY's semantic analysis ("Specifying Systems", 17.5). A name is known from its
definition on, a RECURSIVE one from its declaration on; nothing may be declared again while it is
known, bound names and parameters included. Definitions that nothing uses are looked at too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.subexpressions import (
    check_labels,
    navigated,
)
from conform.languages.tlaplus.evaluation.trees import children
from conform.languages.tlaplus.meanings import BUILT_IN, PASSED_ON, Meanings
from conform.languages.tlaplus.name_rules import (
    arguments,
    arguments_of,
    bare,
    body_of,
    is_filter_meant,
    refuse_count,
    refuse_given,
    refuse_higher,
    refuse_in_subscript,
    refuse_label,
    refuse_operator,
    refuse_other_arguments,
    refuse_part_of_itself,
    refuse_same_fields,
    refuse_selected_sequent,
    refuse_sequent,
    repeats,
    without_parts,
    wrong_count,
)
from conform.languages.tlaplus.resolution import Resolution
from conform.languages.tlaplus.sequents import refuse_nested_labels, refuse_outside, sequent_in
from conform.languages.tlaplus.symbols import Kind, Symbol, SymbolTable
from conform.text import Span


class Names:
    """The checks on formulas, where a table says what is known and `resolution` finds it."""

    def __init__(
        self,
        table: SymbolTable,
        meanings: Meanings,
        resolution: Resolution,
        define: Callable[[syntax.Unit], list[Symbol]],
    ) -> None:
        """Take what finds names, and what makes the definitions of a LET known."""
        self._table = table
        self._meanings = meanings
        self.resolution = resolution
        self._define = define
        self._in_update = False
        self._open_sequents: list[syntax.AssumeProve] = []
        self._continued: syntax.Expression | None = None
        self._without_count: Symbol | None = None
        self._has_labels = False

    def check(self, node: syntax.Node) -> None:
        """Check a formula; raise InputError for a name that it may not use so."""
        self._check(node)

    def check_next(self, node: syntax.Infix) -> None:
        """Check the formula of a step, whose left operand `@` is the right one of the step before.

        Raises InputError.
        """
        self._continued = node.left
        self._check(node)

    @contextmanager
    def inside(self, statement: syntax.Expression | None) -> Iterator[None]:
        """Let the parts of an ASSUME/PROVE be selected within, as in its proof."""
        before = list(self._open_sequents)
        if statement is not None:
            self.enter(statement)
        yield
        self._open_sequents = before

    def enter(self, statement: syntax.Expression) -> None:
        """Let the parts of an ASSUME/PROVE be selected, as after its SUFFICES."""
        sequent = sequent_in(statement)
        if sequent is not None:
            self._open_sequents.append(sequent)

    def check_function_body(self, symbol: Symbol, body: syntax.Expression) -> None:
        """Check the body of a function: unless it is RECURSIVE, it may not know its own arguments.

        Raises InputError.
        """
        self._without_count = None if symbol.is_recursive else symbol
        self._check(body)
        self._without_count = None

    def check_fact(self, node: syntax.Expression) -> None:
        """Check what a proof cites: the name of an ASSUME/PROVE may stand there too."""
        match node:
            case syntax.Name(name=name):
                self._check_arguments(self.resolution.find(node, name, node.span), (), node, name)
            case syntax.OperatorSymbol(operator=name):
                raise wrong_count(name, self.resolution.arity_of(node) or 0, 0, node.span)
            case syntax.Path():
                self._check_path(node, is_fact=True)
            case _:
                self._check(node)

    def check_labels(self, node: syntax.Node, *, is_named: bool = True) -> None:
        """Check the labels of a unit's body, which has been checked before."""
        if self._has_labels:
            if not is_named:
                refuse_label(node)
            check_labels(node)
            refuse_nested_labels(node)

    def check_argument(self, node: syntax.Expression, arity: int, wanted_by: str) -> None:
        """Check an argument or substitution: where an operator is wanted it must be one."""
        self._check_argument(node, arity, wanted_by, node.span)

    def bound_symbols(self, bounds: tuple[syntax.Bound, ...]) -> Iterator[Symbol]:
        """Yield the symbols of the names that bounds bind."""
        return (_bound(name) for bound in bounds for name in bound.names)

    # -------------------------------------------------------------------------------------- uses

    def _check(self, node: syntax.Node) -> None:
        match node:
            case syntax.Name(name=name):
                self._use(node, name, (), node.span)
            case syntax.Call(operator=name, arguments=given):
                self._use(node, name, given, node.span)
            case syntax.Infix(operator=name, left=left, right=right):
                self._use(node, name, (left, right), node.operator_span)
            case syntax.Series(operator=name, operands=(first, second, *others)):
                self._use(node, name, (first, second), node.span)
                for operand in others:
                    self._check(operand)
            case syntax.Prefix(operator=name, operand=operand):
                self._use(node, name, (operand,), node.span)
            case syntax.Postfix(operator=name, operand=operand):
                self._use(node, name, (operand,), _operator_span(node))
            case syntax.Path():
                self._check_path(node)
            case syntax.Application(function=function, arguments=given):
                self._check(function)
                for argument in given:
                    self._check(argument)
                self._check_count(node)
            case syntax.Except():
                self._check_except(node)
            case syntax.At():
                self._check_at(node)
            case syntax.Let():
                self._check_let(node)
            case syntax.AssumeProve():
                self._check_sequent(node)
            case syntax.SetEnumeration(elements=(syntax.Infix(operator="\\in") as first, *_)):
                self._check_enumeration(node, first)
            case syntax.ActionBox(action=action) | syntax.ActionDiamond(action=action):
                self._check(action)
                self._check_subscript(node.subscript)
            case _:
                self._check_binder(node)

    def _check_binder(self, node: syntax.Node) -> None:
        match node:
            case syntax.Lambda():
                self._check_lambda(node)
            case syntax.Quantified(bounds=bounds, body=body):
                self._check_under(bounds, body)
            case syntax.FunctionLiteral(bounds=bounds, body=body):
                self._check_under(bounds, body)
            case syntax.SetMap(bounds=bounds, element=body):
                self._check_under(bounds, body)
            case syntax.SetFilter(bound=bound, predicate=body):
                self._check_under((bound,), body)
            case syntax.Choose(domain=domain, body=body):
                if domain is not None:
                    self._check(domain)
                with self._table.bound(_chosen(node)):
                    self._check(body)
            case syntax.UnboundedQuantified(names=names, body=body):
                with self._table.bound([_bound(name) for name in names]):
                    self._check(body)
            case syntax.Labelled(expression=inner):
                self._note_label(node)
                self._check(inner)
                self._check_label_parameters(node)
            case syntax.RecordLiteral(fields=fields) | syntax.RecordSet(fields=fields):
                refuse_same_fields(fields)
                for field_value in fields:
                    self._check(field_value.value)
            case syntax.OperatorSymbol(operator=name):
                if name not in PASSED_ON:
                    self.resolution.find(node, name, node.span)
            case _:
                for child in children(node):
                    self._check(child)

    def _check_lambda(self, node: syntax.Lambda) -> None:
        parameters = [
            Symbol(each.name, Kind.PARAMETER, (), each.span, each) for each in node.parameters
        ]
        with self._table.bound(parameters) as symbols:
            self._meanings.of_parameters(node, symbols)
            self._check(node.body)

    def _check_under(self, bounds: tuple[syntax.Bound, ...], body: syntax.Expression) -> None:
        for bound in bounds:
            self._check(bound.domain)
        with self._table.bound(self.bound_symbols(bounds)):
            self._check(body)

    def _check_enumeration(self, node: syntax.SetEnumeration, first: syntax.Infix) -> None:
        r"""Check the elements of `{x \in S}`, where often a filter was meant."""
        try:
            self._check_binder(node)
        except InputError as error:
            if is_filter_meant(first, error.span):
                error.hint = "such that is `:` in a set: {x \\in S : p}"
            raise

    def _note_label(self, node: syntax.Labelled) -> None:
        self._has_labels = True
        if self._in_update:
            raise InputError("a label cannot stand inside an EXCEPT", span=node.span)

    def _check_label_parameters(self, node: syntax.Labelled) -> None:
        """Check that the parameters of a label are bound somewhere; where, `check_labels` knows."""
        for each in node.parameters:
            symbol = self.resolution.find(each, each.name, each.span)
            if symbol.kind not in (Kind.BOUND, Kind.PARAMETER):
                raise InputError(
                    f"`{each.name}` is {symbol.kind.value}, and no parameter of a label",
                    span=each.span,
                    expected="a name that is bound between the label and its definition",
                )

    def _check_subscript(self, node: syntax.Expression) -> None:
        """Check what stands after `]_` or `>>_`: arguments that it gives count for nothing."""
        match root := syntax.subscript_root(node):
            case syntax.Call(operator=name):
                called = self.resolution.find(root, name, root.span)
                refuse_in_subscript(called, root.span, arguments_of(root, name))
            case syntax.Path(segments=(*_, syntax.Segment(name=name, arguments=(_, *_)) as last)):
                called_there = self.resolution.cited(root)
                refuse_in_subscript(called_there, root.span, arguments_of(last, name))
        self._check(node)

    def _check_path(self, node: syntax.Path, *, is_fact: bool = False) -> None:
        first, *rest = node.segments
        last = node.segments[-1].span  # SANY blames it for a name that is unknown before it
        symbol = self.resolution.find(first, first.name, last)
        segment, found = first, [symbol]
        given = first.arguments
        while symbol.kind is Kind.INSTANCE and rest:
            self._check_instance_arguments(symbol, given, segment)
            segment = following = rest.pop(0)
            symbol = self.resolution.member(symbol, following, last)
            found.append(symbol)
            given = following.arguments
        self._meanings.uses[id(node)] = tuple(found)
        if rest and symbol.kind in (Kind.BOUND, Kind.PARAMETER, Kind.CONSTANT, Kind.VARIABLE):
            raise without_parts(symbol, node.span, is_standard=False)
        self._check_arguments(symbol, given, segment if given else node, segment.name)
        if rest:
            refuse_part_of_itself(symbol, node.span)
        if rest and (symbol.kind is not Kind.STEP or symbol.unit is not None):
            self._check_selectors(symbol, rest, node.span)
        elif not rest and not is_fact:
            refuse_sequent(symbol, node.span)

    def _check_instance_arguments(
        self, instance: Symbol, given: tuple[syntax.Expression, ...], node: syntax.Segment
    ) -> None:
        if len(given) != instance.arity:
            raise InputError(
                f"the instance `{instance.name}` takes {arguments(instance.arity)}, "
                f"but {len(given)} given",
                span=arguments_of(node, node.name),
            )
        for argument, arity in zip(given, instance.parameters, strict=True):
            self._check_argument(argument, arity, f"`{instance.name}`", argument.span)

    def _check_selectors(
        self,
        symbol: Symbol,
        selectors: list[syntax.Segment],
        span: Span,
    ) -> None:
        body = body_of(symbol)
        if body is None:
            is_standard = symbol.span is None and bool(self.resolution.homes(symbol.name))
            raise without_parts(symbol, span, is_standard=is_standard)
        is_inside = any(sequent_in(body) is each for each in self._open_sequents)
        refuse_outside(body, selectors, span, is_inside=is_inside)
        refuse_operator(body, tuple(selectors), span)
        refuse_selected_sequent(navigated(body, tuple(selectors))[0], span)
        for selector in selectors:
            for argument in selector.arguments:
                self._check(argument)

    def _check_except(self, node: syntax.Except) -> None:
        self._check(node.function)
        for update in node.updates:
            for selector in update.path:
                self._check(selector)
            outside, self._in_update = self._in_update, True
            self._check(update.value)
            self._in_update = outside

    def _check_at(self, node: syntax.At) -> None:
        if not self._in_update and node is not self._continued:
            raise InputError("`@` has a meaning only inside an EXCEPT", span=node.span)

    def _check_count(self, node: syntax.Application) -> None:
        """Check how many arguments a function gets that is defined with several, or with one."""
        symbol = self._meanings.uses.get(id(bare(node.function)), (None,))[-1]
        if symbol is not None and symbol is not self._without_count:
            refuse_other_arguments(symbol, node)

    def _check_let(self, node: syntax.Let) -> None:
        added: list[Symbol] = []
        self._table.depth += 1
        for unit in node.definitions:
            added.extend(self._define(unit))
        self._table.depth -= 1
        for symbol in added:
            if symbol.is_promised:
                raise InputError(
                    f"`{symbol.name}` is declared RECURSIVE and never defined", span=symbol.span
                )
        self._check(node.body)
        for symbol in added:
            self._table.known.pop(symbol.name, None)

    def _check_sequent(self, node: syntax.AssumeProve) -> None:
        added: list[Symbol] = []
        for assumption in node.assumptions:
            if isinstance(assumption, syntax.New):
                if assumption.domain is not None:
                    self._check(assumption.domain)
                new = assumption.declaration
                symbol = Symbol(new.name, Kind.BOUND, (0,) * new.arity, new.span, assumption)
                if not repeats(self._table.find(new.name), assumption):
                    self._table.define(symbol)
                    added.append(symbol)
            else:
                self._check(assumption)
        self._check(node.conclusion)
        for symbol in added:
            del self._table.known[symbol.name]

    # -------------------------------------------------------------------------------- resolution

    def _use(
        self, node: syntax.Node, name: str, given: tuple[syntax.Expression, ...], span: Span
    ) -> None:
        if name in BUILT_IN:
            if PASSED_ON[name] != len(given):
                raise wrong_count(name, PASSED_ON[name], len(given), arguments_of(node, name))
            for argument in given:
                if isinstance(argument, syntax.OperatorSymbol | syntax.Lambda):
                    raise InputError(
                        f"`{name}` wants an expression here, not an operator", span=argument.span
                    )
                self._check(argument)
            return
        symbol = self.resolution.find(node, name, span)
        refuse_sequent(symbol, span)
        self._check_arguments(symbol, given, node, name)

    def _check_arguments(
        self,
        symbol: Symbol,
        given: tuple[syntax.Expression, ...],
        node: syntax.Node,
        name: str,
    ) -> None:
        """Check the arguments that `node` gives, which calls the operator by `name`."""
        if symbol.kind is Kind.INSTANCE:
            if given:
                refuse_count(symbol, len(given), arguments_of(node, name))
            raise InputError(
                f"`{symbol.name}` is an instance, and no operator",
                span=node.span,
                hint=f"name one of its operators: `{symbol.name}!...`",
            )
        refuse_count(symbol, len(given), arguments_of(node, name))
        for argument, arity in zip(given, symbol.parameters, strict=True):
            is_whole = arity and isinstance(argument, syntax.Lambda | syntax.OperatorSymbol)
            at = node.span if is_whole else argument.span
            self._check_argument(argument, arity, f"`{symbol.name}`", at)
            if arity:
                refuse_higher(self._meanings.uses.get(id(argument), ()), symbol, node.span)

    def _check_argument(
        self, argument: syntax.Expression, arity: int, wanted_by: str, at: Span
    ) -> None:
        if arity and isinstance(argument, syntax.Path):
            refuse_given(argument, wanted_by)
        given = self.resolution.arity_of(argument)
        if given is None and not arity:
            self._check(argument)
        elif given != arity:
            found = "an expression" if given is None else f"an operator of {arguments(given)}"
            what = f"an operator of {arguments(arity)}" if arity else "an expression"
            raise InputError(f"{wanted_by} wants {what} here, not {found}", span=at)
        elif isinstance(argument, syntax.Lambda):
            self._check(argument)


def _chosen(node: syntax.Choose) -> list[Symbol]:
    """Return the symbols of what CHOOSE binds; SANY blames all of it for a name without a set."""
    if node.is_tuple or node.domain is not None:
        return [_bound(name) for name in node.names]
    return [Symbol(name.name, Kind.BOUND, (), node.span, name) for name in node.names]


def _bound(name: syntax.Identifier) -> Symbol:
    return Symbol(name.name, Kind.BOUND, (), name.span, name)


def _operator_span(node: syntax.Postfix) -> Span:
    """Return the place of a postfix operator, which ends its expression."""
    whole, operand = node.span, node.operand.span
    column = whole.end_column - len(node.operator) + 1
    if operand.end_line == whole.end_line:
        column = max(column, operand.end_column + 1)
    return Span(whole.path, whole.end_line, column, whole.end_line, whole.end_column)
