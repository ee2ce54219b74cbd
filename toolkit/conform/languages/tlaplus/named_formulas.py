"""The formulas that a configuration names: found, and refused where they do not fit their keyword.

Source followed: SpecProcessor.java of TLC (processConfig), whose refusals these are; where TLC
would only fail in evaluation, as with a constraint that has primes, it is said here already.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.model import Alias, Identity
from conform.domain.states import Predicate, Slots, StepPredicate
from conform.domain.values import FunctionValue, SetValue, Value
from conform.errors import EvaluationError, InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.alias import RecordAlias
from conform.languages.tlaplus.behaviour import Formula, constant_value, state_conjuncts
from conform.languages.tlaplus.configuration import Configuration
from conform.languages.tlaplus.evaluation.dispatch import Context, Dispatcher
from conform.languages.tlaplus.evaluation.footprints import ACTION, CONSTANT, STATE
from conform.languages.tlaplus.evaluation.scope import Definition, Scope, VariableSlot
from conform.languages.tlaplus.identity import (
    Permutation,
    SymmetricView,
    Symmetry,
    View,
    generated_group,
    operand_count,
)
from conform.languages.tlaplus.predicates import Formulas
from conform.languages.tlaplus.specification import Specification
from conform.text import nearest


class NamedFormulas:
    """The formulas that one configuration names, in the specification whose constants it binds."""

    def __init__(
        self,
        specification: Specification,
        configuration: Configuration,
        compiler: Dispatcher,
        formulas: Formulas,
    ) -> None:
        self._specification = specification
        self._configuration = configuration
        self._compiler = compiler
        self._formulas = formulas

    def defined(self, name: syntax.Identifier) -> Formula:
        """Return the use of a definition without parameters; raise InputError for other names."""
        found = self._specification.definitions.get(name.name)
        if found is None:
            close = nearest(name.name, self._specification.definitions)
            raise InputError(
                f"the configuration names `{name.name}`, which the module does not define",
                span=name.span,
                hint=f"did you mean `{close}`?" if close else "",
            )
        if found.parameters:
            plural = "" if len(found.parameters) == 1 else "s"
            raise InputError(
                f"the configuration names `{name.name}`, which takes {len(found.parameters)} "
                f"argument{plural}",
                span=name.span,
                hint="define an operator without parameters that applies it, and name that",
            )
        use = syntax.Name(found.span, name.name)
        return Formula(use, self._specification.scope)

    def behaviour_part(self, name: syntax.Identifier, keyword: str) -> Formula:
        """Return what INIT or NEXT names, which TLC wants to speak of variables."""
        formula = self.defined(name)
        if self.level(formula) == CONSTANT:
            raise InputError(
                f"{keyword} names `{name.name}`, a constant, which says nothing of any state",
                span=name.span,
                expected="a formula in which variables occur",
            )
        return formula

    def checked(self, name: syntax.Identifier, what: str) -> Formula:
        """Return a formula to check or to constrain by, refusing one that is FALSE by itself.

        It may be a constant that the configuration gives a value, or TRUE itself.
        """
        if name.name in ("TRUE", "FALSE") or self._is_declared_value(name):
            formula = Formula(syntax.Name(name.span, name.name), self._specification.scope)
        else:
            formula = self.defined(name)
        found = self._compiler.analysis.of(formula.node, formula.scope)
        if found.level == CONSTANT and found.is_pure and self._is_false(formula):
            raise InputError(
                f"{what} `{name.name}` is FALSE whatever the state is",
                span=name.span,
                hint="it mentions no variable: should it be an ASSUME?",
            )
        return formula

    def _is_declared_value(self, name: syntax.Identifier) -> bool:
        """Whether a constant without parameters is declared under this name."""
        declared = self._specification.constants
        return any(each.name == name.name and not each.arity for each in declared)

    def _is_false(self, formula: Formula) -> bool:
        try:
            return constant_value(self._compiler, formula) is False
        except EvaluationError:
            return False  # the search tells where it fails

    def identity(self) -> Identity | None:
        """Return what VIEW and SYMMETRY make of the states, None for states as they are."""
        configuration, slots = self._configuration, len(self._specification.variables)
        view = None if configuration.view is None else self._view(configuration.view)
        if configuration.symmetry is None:
            return view
        group = self._symmetry_group(configuration.symmetry)
        name = f"SYMMETRY {configuration.symmetry.name}"
        if not group:
            return view
        if view is None:
            return Symmetry(name, group, slots)
        return SymmetricView(view, name, group, slots, self._specification.session.order)

    def _view(self, name: syntax.Identifier) -> View:
        formula = self.defined(name)
        if self.level(formula) > STATE:
            raise InputError(
                f"VIEW `{name.name}` speaks of more than one state",
                span=name.span,
                hint="a view is a value of one state, without primes",
            )
        found = self._compiler.analysis.of(formula.node, formula.scope)
        if found.level == CONSTANT and found.is_pure and self._has_value(formula):
            raise InputError(
                f"VIEW names `{name.name}`, a constant, under which all states are one",
                span=name.span,
                expected="an expression in which variables occur",
            )
        reads = found.mentioned() if found.is_pure else None
        code = self._compiler.compile(formula.node, Context(formula.scope))
        tells = _beside_each_other(formula.node, formula.scope) if found.is_pure else None
        return View(f"VIEW {name.name}", reads, code, formula.node.span, self._specification, tells)

    def _has_value(self, formula: Formula) -> bool:
        """Return whether TLC has a value in place of a constant definition, as it has of most.

        A number or string that is written out stays a formula for it.
        """
        assert isinstance(formula.node, syntax.Name)
        body = self._specification.definitions[formula.node.name].body
        while isinstance(body, syntax.Parentheses):
            body = body.expression
        if isinstance(body, syntax.Number | syntax.String):
            return False
        try:
            constant_value(self._compiler, formula)
        except EvaluationError:
            return False  # the search tells where it fails
        return True

    def _symmetry_group(self, name: syntax.Identifier) -> list[Permutation]:
        """Return the group of a symmetry set; empty where TLC makes nothing of the set."""
        formula = self.defined(name)
        if self.level(formula) > CONSTANT:
            raise InputError(f"SYMMETRY `{name.name}` speaks of variables", span=name.span)
        value = constant_value(self._compiler, formula)
        if not isinstance(value, SetValue):
            raise InputError(
                f"SYMMETRY `{name.name}` is no set of permutations",
                span=name.span,
                expected="a set such as Permutations(S), or the union of several",
            )
        elements = self._specification.session.order.arranged(value)
        if not elements:
            raise InputError(
                f"SYMMETRY `{name.name}` is an empty set, and has no permutation",
                span=name.span,
                hint="leave SYMMETRY out of the configuration, or name a set such as "
                "Permutations(S)",
            )
        body = self._specification.definitions[name.name].body
        is_too_small = len(elements) <= operand_count(body)
        if is_too_small and all(map(_moves_nothing, elements)):
            return []  # of numbers, too
        group = generated_group(elements, name.span)
        return [] if is_too_small else group

    def postcondition(self, name: syntax.Identifier) -> Predicate:
        """Return what is asked once the search has ended."""
        formula = self.defined(name)
        if self.level(formula) > CONSTANT:
            raise InputError(
                f"POSTCONDITION `{name.name}` speaks of variables",
                span=name.span,
                hint="it is evaluated once, after the search, in no state",
            )
        return self._formulas.of_state(name.name, formula)

    def alias(self) -> Alias | None:
        """Return what traces show in place of the variables, None for the variables."""
        name = self._configuration.alias
        if name is None:
            return None
        formula = self.defined(name)
        if self.level(formula) > ACTION:
            raise InputError(f"ALIAS `{name.name}` is temporal", span=name.span)
        code = self._compiler.compile(formula.node, Context(formula.scope))
        return RecordAlias(name.name, formula.node.span, code, self._specification)

    def constraint(self, name: syntax.Identifier) -> Iterator[Predicate]:
        """Yield the conjuncts of what cuts states off, in order: each reads less than the whole."""
        formula = self.checked(name, "constraint")
        if self.level(formula) > STATE:
            raise InputError(
                f"constraint `{name.name}` is no state predicate",
                span=name.span,
                hint="list it under ACTION_CONSTRAINTS instead",
            )
        yield from self._formulas.of_conjunction(name.name, list(state_conjuncts(formula)))

    def action_constraint(self, name: syntax.Identifier) -> StepPredicate:
        """Return a predicate that cuts steps off."""
        formula = self.checked(name, "action constraint")
        if self.level(formula) > ACTION:
            raise InputError(f"action constraint `{name.name}` is temporal", span=name.span)
        return self._formulas.of_step(name.name, formula)

    def level(self, formula: Formula) -> int:
        """Return the level of a formula."""
        return self._compiler.analysis.of(formula.node, formula.scope).level


def _moves_nothing(function: Value) -> bool:
    return isinstance(function, FunctionValue) and all(
        type(argument) is type(image) and argument == image for argument, image in function.items()
    )


def _beside_each_other(node: syntax.Expression, scope: Scope) -> Slots | None:
    """Return the variables that a formula puts beside each other in tuples, None for others."""
    match node:
        case syntax.Parentheses(expression=inner):
            return _beside_each_other(inner, scope)
        case syntax.TupleLiteral(elements=elements):
            parts = [_beside_each_other(each, scope) for each in elements]
            known = [part for part in parts if part is not None]
            return frozenset().union(*known) if len(known) == len(parts) else None
        case syntax.Name(name=name):
            match scope.find(name):
                case VariableSlot(index=index):
                    return frozenset({index})
                case Definition(parameters=(), is_recursive=False, body=body, scope=within):
                    return _beside_each_other(body, within)
    return None
