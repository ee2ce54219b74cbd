"""The translator: the dispatch over syntax nodes, and what it learns on the way.

Types are found by translating everything again and again until nothing new is learned: the type of
a variable from what is assigned to it, that of a helper's parameter from the calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from conform.domain.values import ModelValue, Value
from conform.errors import InputError, UnsupportedError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.footprints import ACTION
from conform.languages.tlaplus.evaluation.scope import Baked, Definition, VariableSlot
from conform.languages.tlaplus.evaluation.trees import children
from conform.languages.tlaplus.printing import print_expression
from conform.languages.tlaplus.specification import Specification
from conform.languages.tlaplus.translation.context import (
    Chosen,
    Context,
    Delayed,
    LocalDefinition,
)
from conform.languages.tlaplus.translation.fragments import Fragment
from conform.languages.tlaplus.translation.naming import (
    Names,
    class_names,
    field_names,
    member_names,
    snake_case,
)
from conform.languages.tlaplus.translation.types import (
    UNKNOWN,
    Type,
    join,
    type_of,
    without_domains,
)
from conform.text import Span, nearest

MAX_TEXT = 20_000
"""Characters of one translated expression: beyond it inlining has run away."""


@dataclass(slots=True)
class Helper:
    """A definition that becomes a method: what is known of it so far."""

    definition: Definition
    identifier: str
    parameters: list[Type]
    result: Type = UNKNOWN
    is_total: bool = True
    domains: dict[int, str] = field(default_factory=dict)
    """By place: the TLA+ text of the set that every argument ranges over, empty for none."""


@dataclass(slots=True)
class Record:
    """The records with one set of field names: the order of the fields and their types."""

    identifier: str
    types: dict[str, Type]
    attributes: dict[str, str]


@dataclass(slots=True)
class Translator:
    """Translates expressions of one specification; `learned` says that types have changed."""

    specification: Specification
    constructs: Mapping[type, Construct]
    """How each class of node is translated; what is not in it is refused."""
    operations: Mapping[str, Operation]
    """How each infix operator that no module redefines is translated."""
    actions: dict[str, str] = field(default_factory=dict)
    """The method that tells whether an action is enabled, by the action's name."""
    action_parameters: dict[str, int] = field(default_factory=dict)
    members: Names = field(default_factory=member_names)
    classes: Names = field(default_factory=class_names)
    fields: Names = field(default_factory=field_names)
    constant_fields: Names = field(default_factory=field_names)
    variables: dict[str, Type] = field(default_factory=dict)
    enumerations: dict[str, frozenset[str]] = field(default_factory=dict)
    """The texts of all values of a variable, where the type invariant lists them."""
    helpers: dict[str, Helper] = field(default_factory=dict)
    records: dict[tuple[str, ...], Record] = field(default_factory=dict)
    support: set[str] = field(default_factory=set)
    learned: bool = False
    is_settled: bool = False
    """Whether types are final: only then is a missing one an error."""
    open_parameters: dict[str, tuple[Helper, int]] = field(default_factory=dict)
    """The parameters, by identifier, of the helper that is being translated."""

    def expression(self, node: syntax.Expression, context: Context) -> Fragment:
        """Return the translation of `node`; raise UnsupportedError, located, where it has none."""
        translate = self.constructs.get(type(node))
        if translate is None:
            raise unsupported(f"{_kind(node)} is not translated", node.span)
        found = translate(self, node, context)
        if len(found.text) > MAX_TEXT:
            raise unsupported("this expression becomes too long", node.span)
        return found

    # ------------------------------------------------------------------------------- learning

    def variable_type(self, name: str) -> Type:
        """Return what is known of a variable's type."""
        return self.variables.get(name, UNKNOWN)

    def learn_variable(self, name: str, of: Type) -> None:
        """Note that a variable has values of this type."""
        known = self.variable_type(name)
        widened = join(known, of)
        if without_domains(widened) != without_domains(known):
            self.variables[name] = widened
            self.learned = True

    def learn_parameter(self, helper: Helper, place: int, of: Type) -> None:
        """Note that a helper is called with an argument of this type."""
        widened = join(helper.parameters[place], of)
        if widened != helper.parameters[place]:
            helper.parameters[place] = widened
            self.learned = True

    def learn_domain(self, helper: Helper, place: int, domain: str) -> None:
        """Note the set that an argument ranges over; two different ones leave none."""
        known = helper.domains.setdefault(place, domain)
        if known not in ("", domain):
            helper.domains[place] = ""
            self.learned = True

    def hinted(self, fragment: Fragment, of: Type) -> Fragment:
        """Return `fragment`; a parameter of unknown type is taken to be what its use asks for."""
        if fragment.type == UNKNOWN and fragment.text in self.open_parameters:
            helper, place = self.open_parameters[fragment.text]
            self.learn_parameter(helper, place, of)
            return fragment.of_type(of)
        return fragment

    def learn_result(self, helper: Helper, of: Type, *, is_total: bool) -> None:
        """Note what a helper returns, and whether it always does."""
        widened = join(helper.result, of)
        if widened != helper.result or helper.is_total != is_total:
            helper.result, helper.is_total = widened, is_total
            self.learned = True

    def record(self, types: dict[str, Type], wanted: str = "") -> Record:
        """Return the record class with these fields, its fields widened to `types`."""
        key = tuple(sorted(types))
        if key not in self.records:
            names = field_names()
            attributes = {name: names.of(name, snake_case(name)) for name in types}
            identifier = self.classes.of(" ".join(key), wanted or "Record")
            self.records[key] = Record(identifier, dict.fromkeys(types, UNKNOWN), attributes)
        found = self.records[key]
        for name, of in types.items():
            widened = join(found.types[name], of)
            if without_domains(widened) != without_domains(found.types[name]):
                found.types[name] = widened
                self.learned = True
        return found

    # -------------------------------------------------------------------------------- helpers

    def helper(self, definition: Definition) -> Helper:
        """Return the helper that a definition of the module becomes."""
        found = self.helpers.get(definition.name)
        if found is None:
            identifier = self.members.of(definition.name, snake_case(definition.name))
            found = Helper(definition, identifier, [UNKNOWN] * len(definition.parameters))
            self.helpers[definition.name] = found
            self.learned = True
        return found

    def is_helper(self, definition: Definition) -> bool:
        """Whether a definition becomes a method: of a state, and with plain parameters."""
        if any(parameter.arity for parameter in definition.parameters):
            return False
        if self.specification.definitions.get(definition.name) is not definition:
            return False
        return self.specification.analysis.of_definition(definition).level < ACTION

    def resolve(self, name: str, span: Span) -> Any:
        """Return what the module binds `name` to, or raise InputError."""
        found = self.specification.unambiguous(name)
        if found is None:
            close = nearest(name, self.specification.scope.visible())
            raise InputError(
                f"unknown operator or identifier `{name}`",
                span=span,
                hint=f"did you mean `{close}`?" if close else "",
            )
        return found

    def definition(self, name: str) -> Definition:
        """Return a definition of the module, or raise UnsupportedError."""
        self.specification.unambiguous(name)
        return self.specification.definitions[name]

    def constant_type(self, name: str) -> Type:
        """Return the type of a declared constant, from its value."""
        found = self.specification.unambiguous(name)
        return type_of(found.value) if isinstance(found, Baked) else UNKNOWN

    def constant_value(self, name: str) -> Value | None:
        """Return the value of a declared constant, None for one that is an operator."""
        found = self.specification.unambiguous(name)
        return found.value if isinstance(found, Baked) else None

    # --------------------------------------------------------------------------------- levels

    def changes_state(self, node: syntax.Expression, context: Context) -> bool:
        """Whether `node` speaks of the state after the step: a prime or UNCHANGED in it."""
        match node:
            case syntax.Postfix(operator="'") | syntax.Prefix(operator="UNCHANGED"):
                return True
            case syntax.ActionBox() | syntax.ActionDiamond():
                return True
            case syntax.Prefix(operator="ENABLED"):
                return False
            case syntax.Let(definitions=definitions, body=body):
                return self.changes_state(
                    body, context.with_names(local_definitions(definitions, context))
                )
            case syntax.Name(name=name) | syntax.Call(operator=name):
                arguments = node.arguments if isinstance(node, syntax.Call) else ()
                if any(self.changes_state(argument, context) for argument in arguments):
                    return True
                return self._name_changes_state(name, context)
            case _:
                return any(self.changes_state(child, context) for child in parts_of(node))

    def _name_changes_state(self, name: str, context: Context) -> bool:
        match context.names.get(name):
            case Fragment():
                return False
            case Delayed(node, outer) | Chosen(node, outer):
                return self.changes_state(node, outer)
            case LocalDefinition(_, body, outer):
                return self.changes_state(body, outer)
        found = self.specification.unambiguous(name)
        if isinstance(found, Definition):
            return self.specification.analysis.of_definition(found).level >= ACTION
        return False


Construct: TypeAlias = Callable[[Translator, Any, Context], Fragment]
"""How one class of node is translated."""

Operation: TypeAlias = Callable[[Translator, syntax.Infix, Context], Fragment]
"""How one infix operator is translated."""


def unsupported(message: str, span: Span, hint: str = "") -> UnsupportedError:
    """Return the error for a construct without translation."""
    return UnsupportedError(message, span=span, hint=hint)


def local_definitions(
    definitions: tuple[syntax.Unit, ...], context: Context
) -> dict[str, LocalDefinition]:
    """Return what the definitions of a LET bind; each sees those before it."""
    names: dict[str, LocalDefinition] = {}
    for unit in definitions:
        seen = context.with_names(names)
        match unit:
            case syntax.OperatorDefinition(name=name, parameters=parameters, body=body):
                names[name.name] = LocalDefinition(parameters, body, seen)
            case syntax.FunctionDefinition(name=name, bounds=bounds, body=body):
                literal = syntax.FunctionLiteral(unit.span, bounds, body)
                names[name.name] = LocalDefinition((), literal, seen)
            case _:
                raise unsupported("this definition inside LET is not translated", unit.span)
    return names


def text_of(node: syntax.Expression) -> str:
    """Return an expression as one line of TLA+, for comments and messages."""
    text = print_expression(node)
    return text if '"' in text else text.replace(" .. ", "..")


def is_model_value(value: Value | None) -> bool:
    """Whether a constant stands for itself."""
    return isinstance(value, ModelValue)


def variable_named(translator: Translator, name: str, context: Context) -> bool:
    """Whether `name` is a state variable here."""
    if name in context.names:
        return False
    return isinstance(translator.specification.unambiguous(name), VariableSlot)


def parts_of(node: syntax.Node) -> list[Any]:
    """Return the expressions directly below a node, whatever lies between."""
    found: list[Any] = []
    for child in children(node):
        found.extend([child] if isinstance(child, syntax.Expression) else parts_of(child))
    return found


def _kind(node: syntax.Node) -> str:
    return f"`{type(node).__name__}`"
