"""Resolution: what a name, or a path through instances, stands for where it is used.

Source followed: SANY's semantic analysis ("Specifying Systems", 17.5). What is found is kept in the
meanings of the specification; an unknown name is told with the nearest known one.
"""

from __future__ import annotations

from collections.abc import Mapping

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.subexpressions import navigated, without_arguments
from conform.languages.tlaplus.meanings import PASSED_ON, Meanings
from conform.languages.tlaplus.name_rules import body_of, refuse_selected_sequent
from conform.languages.tlaplus.symbols import Kind, Symbol, SymbolTable
from conform.text import Span, nearest


class Resolution:
    """Finds the symbols of names; a table says what is known."""

    def __init__(
        self,
        table: SymbolTable,
        meanings: Meanings,
        standard: Mapping[str, Mapping[str, Builtin]],
    ) -> None:
        """Take the standard modules for hints, by name, each with its operators."""
        self._table = table
        self._meanings = meanings
        self._standard = standard

    def find(self, node: syntax.Node, name: str, span: Span) -> Symbol:
        """Return what a name stands for at `node`; raise InputError at `span` if it is unknown."""
        symbol = self._table.find(name)
        if symbol is None:
            raise InputError(
                f"unknown operator or identifier `{name}`", span=span, hint=self._advice(name)
            )
        self._meanings.uses[id(node)] = (symbol,)
        return symbol

    def homes(self, name: str) -> list[str]:
        """Return the standard modules that define a name, those that only pass it on last."""
        found = [module for module, names in self._standard.items() if name in names]
        return sorted(found, key=lambda module: len(self._standard[module]))

    def _advice(self, name: str) -> str:
        if homes := self.homes(name):
            return f"EXTENDS {homes[0]} defines it"
        close = nearest(name, self._table.known)
        if close:
            return f"did you mean `{close}`?"
        return "define it before it is used, or declare it RECURSIVE"

    def member(self, instance: Symbol, segment: syntax.Segment, blamed: Span) -> Symbol:
        """Return a name of an instance; raise InputError at `blamed` if it has no such name."""
        member = instance.members.get(segment.name)
        if member is None:
            close = nearest(segment.name, instance.members)
            raise InputError(
                f"unknown operator or identifier `{segment.name}` of the instance "
                f"`{instance.name}`",
                span=blamed,
                hint=f"did you mean `{close}`?" if close else "",
            )
        return member

    def cited(self, node: syntax.Expression) -> Symbol | None:
        """Return what a name or a path through instances stands for, None for other formulas.

        Arguments are not looked at; a part of a definition is no name. Raises InputError for an
        unknown name.
        """
        match node:
            case syntax.Name(name=name):
                return self.find(node, name, node.span)
            case syntax.OperatorSymbol(operator=name) if name not in PASSED_ON:
                return self.find(node, name, node.span)
            case syntax.Path(segments=(first, *rest)):
                symbol = self.find(node, first.name, first.span)
                while symbol.kind is Kind.INSTANCE and rest:
                    symbol = self.member(symbol, rest[0], rest.pop(0).span)
                return None if rest else symbol
            case _:
                return None

    def arity_of(self, argument: syntax.Expression) -> int | None:
        """Return how many arguments an operator passed as one takes, None for an expression.

        Raises InputError for an unknown name.
        """
        match argument:
            case syntax.Lambda(parameters=parameters):
                return len(parameters)
            case syntax.OperatorSymbol(operator=name):
                return PASSED_ON.get(name) or self.find(argument, name, argument.span).arity
            case syntax.Name(name=name):
                return self.find(argument, name, argument.span).arity or None
            case syntax.Path():
                return self._arity_of_path(argument)
            case _:
                return None

    def _arity_of_path(self, path: syntax.Path) -> int | None:
        """Return the arity of `I!Op` or `A!@`, the parameters of its instances included."""
        if any(segment.arguments for segment in path.segments):
            return None
        first, *rest = path.segments
        last = path.segments[-1].span
        symbol = self.find(path, first.name, last)
        found, arity = [symbol], symbol.arity
        while rest and symbol.kind is Kind.INSTANCE:
            symbol = self.member(symbol, rest.pop(0), last)
            found.append(symbol)
            arity += symbol.arity
        self._meanings.uses[id(path)] = tuple(found)
        body = body_of(symbol)
        if rest and body is not None:
            selectors = without_arguments(body, tuple(rest))
            refuse_selected_sequent(navigated(body, selectors)[0], path.span)
            arity += sum(len(selector.arguments) for selector in selectors)
        return arity or None
