"""Names: each one used must be declared before, be no other, and take the arguments that it gets.

Source followed: SANY's semantic analysis ("Specifying Systems", 17.5). A name is known from its
definition on, a RECURSIVE one from its declaration on; nothing may be declared again while it is
known, bound names and parameters included. Definitions that nothing uses are looked at too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.trees import children
from conform.text import Span, nearest

_INFIX = ("/\\", "\\/", "=>", "<=>", "=", "#", "\\in", "\\notin", "~>", "-+->", "\\cdot")
_PREFIX = ("~", "ENABLED", "UNCHANGED", "SUBSET", "UNION", "DOMAIN", "[]", "<>")

BUILT_IN = frozenset((*_INFIX, *_PREFIX, "'"))
"""Operators of the language that nobody defines."""

OPERATOR_PARAMETERS = {"SelectSeq": (0, 1)}
"""Standard operators that take operators: the arity of each parameter."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """What is known of a name: the arity of each of its parameters, and where it is declared.

    `is_promised` for a RECURSIVE declaration that waits for its definition.
    """

    parameters: tuple[int, ...]
    span: Span | None
    is_promised: bool = False


class Names:
    """The names known so far, and the checks on each unit as it comes."""

    def __init__(self, standard: Mapping[str, Mapping[str, Builtin]]) -> None:
        """Take the standard modules, for hints; none of their names is known yet."""
        self._standard = standard
        self._known: dict[str, Symbol] = {}
        self._in_update = False

    # ------------------------------------------------------------------------------ declarations

    def add_builtins(self, builtins: Mapping[str, Builtin]) -> None:
        """Make the operators of a standard module known."""
        for name, builtin in builtins.items():
            parameters = OPERATOR_PARAMETERS.get(name, (0,) * builtin.arity)
            self._known.setdefault(name, Symbol(parameters, None))

    def add_unit(self, unit: syntax.Unit) -> None:
        """Check a unit of a module, and make known what it declares; raise InputError."""
        match unit:
            case syntax.Constants(declarations=declarations):
                for declaration in declarations:
                    self._declare(declaration.name, declaration.arity, declaration.span)
            case syntax.Variables(names=names):
                for name in names:
                    self._declare(name.name, 0, name.span)
            case syntax.Recursive(declarations=declarations):
                for declaration in declarations:
                    self._refuse_known(declaration.name, declaration.span)
                    symbol = Symbol((0,) * declaration.arity, declaration.span, is_promised=True)
                    self._known[declaration.name] = symbol
            case syntax.Assumption() | syntax.Theorem():
                self._check(unit.body)
                if unit.name:
                    self._declare(unit.name.name, 0, unit.name.span)
            case syntax.OperatorDefinition():
                self._define_operator(unit)
            case syntax.FunctionDefinition():
                self._define_function(unit)
            case _:
                pass  # a separator, a nested module, USE: nothing that evaluation needs

    def refuse_promises(self) -> None:
        """Raise InputError for a RECURSIVE declaration without its definition."""
        for name, symbol in self._known.items():
            if symbol.is_promised:
                raise InputError(
                    f"`{name}` is declared RECURSIVE and never defined", span=symbol.span
                )

    def _define_operator(self, unit: syntax.OperatorDefinition) -> None:
        name = unit.name.name
        self._keep_promise(name, len(unit.parameters), unit.name.span)
        with self._bound((p.name, p.arity, p.span) for p in unit.parameters):
            self._check(unit.body)
        self._known[name] = Symbol(tuple(p.arity for p in unit.parameters), unit.name.span)

    def _define_function(self, unit: syntax.FunctionDefinition) -> None:
        name = unit.name.name
        self._keep_promise(name, 0, unit.name.span)
        for bound in unit.bounds:
            self._check(bound.domain)
        self._known[name] = Symbol((), unit.name.span)  # the body may apply it
        with self._bound(_names_of(unit.bounds)):
            self._check(unit.body)

    def _keep_promise(self, name: str, arity: int, span: Span) -> None:
        """Check that a name is new, or was declared RECURSIVE with this arity."""
        promised = self._known.get(name)
        if promised is None or not promised.is_promised:
            self._refuse_known(name, span)
        elif len(promised.parameters) != arity:
            raise InputError(
                f"`{name}` is declared RECURSIVE with {_arguments(len(promised.parameters))}, "
                f"and defined with {arity}",
                span=span,
            )

    def _declare(self, name: str, arity: int, span: Span) -> None:
        self._refuse_known(name, span)
        self._known[name] = Symbol((0,) * arity, span)

    def _refuse_known(self, name: str, span: Span) -> None:
        known = self._known.get(name)
        if known is not None:
            where = f"at line {known.span.line}" if known.span else "by a standard module"
            raise InputError(
                f"`{name}` is declared or defined twice: it has a meaning already, given {where}",
                span=span,
                hint="choose another name: while one is known, TLA+ lets nothing else have it",
            )

    @contextmanager
    def _bound(self, names: Iterable[tuple[str, int, Span]]) -> Iterator[None]:
        added = []
        for name, arity, span in names:
            self._declare(name, arity, span)
            added.append(name)
        yield
        for name in added:
            del self._known[name]

    # -------------------------------------------------------------------------------------- uses

    def _check(self, node: syntax.Node) -> None:
        match node:
            case syntax.Name(name=name):
                self._use(name, (), node.span)
            case syntax.Call(operator=name, arguments=arguments):
                self._use(name, arguments, node.span)
            case syntax.Infix(operator=name, left=left, right=right):
                self._use(name, (left, right), node.operator_span)
            case (
                syntax.Prefix(operator=name, operand=operand)
                | syntax.Postfix(operator=name, operand=operand)
            ):
                self._use(name, (operand,), node.span)
            case syntax.Path(segments=segments):
                self._check_path(segments)
            case syntax.Except():
                self._check_except(node)
            case syntax.At():
                self._check_at(node)
            case syntax.Let():
                self._check_let(node)
            case syntax.AssumeProve():
                self._check_sequent(node)
            case _:
                self._check_binder(node)

    def _check_binder(self, node: syntax.Node) -> None:
        match node:
            case syntax.Quantified(bounds=bounds, body=body):
                self._check_under(bounds, body)
            case syntax.FunctionLiteral(bounds=bounds, body=body):
                self._check_under(bounds, body)
            case syntax.SetMap(bounds=bounds, element=body):
                self._check_under(bounds, body)
            case syntax.SetFilter(bound=bound, predicate=body):
                self._check_under((bound,), body)
            case syntax.Choose(names=names, domain=domain, body=body):
                if domain is not None:
                    self._check(domain)
                self._check_with(names, body)
            case syntax.UnboundedQuantified(names=names, body=body):
                self._check_with(names, body)
            case syntax.Lambda(parameters=names, body=body):
                self._check_with(names, body)
            case syntax.Labelled(expression=inner):
                self._check(inner)
            case syntax.OperatorSymbol():
                self._find(node.operator, node.span)
            case _:
                for child in children(node):
                    self._check(child)

    def _check_under(self, bounds: tuple[syntax.Bound, ...], body: syntax.Expression) -> None:
        for bound in bounds:
            self._check(bound.domain)
        with self._bound(_names_of(bounds)):
            self._check(body)

    def _check_with(self, names: tuple[syntax.Identifier, ...], body: syntax.Expression) -> None:
        with self._bound((name.name, 0, name.span) for name in names):
            self._check(body)

    def _check_path(self, segments: tuple[syntax.Segment, ...]) -> None:
        self._find(segments[0].name, segments[0].span)
        for segment in segments:
            for argument in segment.arguments:
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
        if not self._in_update:
            raise InputError("`@` has a meaning only inside an EXCEPT", span=node.span)

    def _check_let(self, node: syntax.Let) -> None:
        for unit in node.definitions:
            self.add_unit(unit)
        self._check(node.body)
        if any(isinstance(unit, syntax.Recursive) for unit in node.definitions):
            self.refuse_promises()
        for unit in node.definitions:
            if isinstance(unit, syntax.OperatorDefinition | syntax.FunctionDefinition):
                self._known.pop(unit.name.name, None)

    def _check_sequent(self, node: syntax.AssumeProve) -> None:
        added = []
        for assumption in node.assumptions:
            if isinstance(assumption, syntax.New):
                if assumption.domain is not None:
                    self._check(assumption.domain)
                new = assumption.declaration
                self._declare(new.name, new.arity, new.span)
                added.append(new.name)
            else:
                self._check(assumption)
        self._check(node.conclusion)
        for name in added:
            del self._known[name]

    # -------------------------------------------------------------------------------- resolution

    def _use(self, name: str, arguments: tuple[syntax.Expression, ...], span: Span) -> None:
        if name in BUILT_IN:
            for argument in arguments:
                self._check(argument)
            return
        symbol = self._find(name, span)
        wanted = symbol.parameters
        if len(wanted) != len(arguments):
            raise InputError(
                f"operator `{name}` takes {_arguments(len(wanted))}, but {len(arguments)} given",
                span=span,
            )
        for argument, arity in zip(arguments, wanted, strict=True):
            self._check_argument(argument, arity, name)

    def _check_argument(self, argument: syntax.Expression, arity: int, name: str) -> None:
        """Check an argument: where an operator is wanted it must be one, of that arity."""
        given = self._arity_of(argument)
        if given is None and not arity:
            self._check(argument)
        elif given != arity:
            found = "an expression" if given is None else f"an operator of {_arguments(given)}"
            what = f"an operator of {_arguments(arity)}" if arity else "an expression"
            raise InputError(f"`{name}` wants {what} here, not {found}", span=argument.span)
        elif isinstance(argument, syntax.Lambda):
            self._check(argument)

    def _arity_of(self, argument: syntax.Expression) -> int | None:
        """Return how many arguments an operator passed as one takes, None for an expression."""
        match argument:
            case syntax.Lambda(parameters=parameters):
                return len(parameters)
            case syntax.OperatorSymbol(operator=name):
                return len(self._find(name, argument.span).parameters)
            case syntax.Name(name=name):
                return len(self._find(name, argument.span).parameters) or None
            case _:
                return None

    def _find(self, name: str, span: Span) -> Symbol:
        symbol = self._known.get(name)
        if symbol is None:
            raise InputError(
                f"unknown operator or identifier `{name}`", span=span, hint=self._advice(name)
            )
        return symbol

    def _advice(self, name: str) -> str:
        homes = [module for module, names in self._standard.items() if name in names]
        if homes:
            return f"EXTENDS {homes[-1] if name == '-.' else homes[0]} defines it"
        close = nearest(name, self._known)
        if close:
            return f"did you mean `{close}`?"
        return "define it before it is used, or declare it RECURSIVE"


def _names_of(bounds: tuple[syntax.Bound, ...]) -> Iterator[tuple[str, int, Span]]:
    return ((name.name, 0, name.span) for bound in bounds for name in bound.names)


def _arguments(count: int) -> str:
    return f"{count} argument" if count == 1 else f"{count} arguments"
