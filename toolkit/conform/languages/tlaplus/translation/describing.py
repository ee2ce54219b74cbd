"""A TLA+ model as a Machine: what `conform generate` writes down in Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from conform.domain.machine import (
    ConstantField,
    Machine,
    MachineAction,
    MachineFairness,
    MachineFormula,
    MachineProperty,
    Named,
    Omission,
    Operator,
    VariableField,
)
from conform.domain.spec import Spec
from conform.errors import ConformError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.configuration import Configuration
from conform.languages.tlaplus.evaluation.scope import Definition, VariableSlot
from conform.languages.tlaplus.model import TlaModel
from conform.languages.tlaplus.translation.action_parts import described_action
from conform.languages.tlaplus.translation.annotations import Annotations
from conform.languages.tlaplus.translation.bodies import (
    arm_of,
    arms_of,
    boxed_action,
    conjuncts_of,
    is_whole_state,
)
from conform.languages.tlaplus.translation.citations import Citations
from conform.languages.tlaplus.translation.constructs import CONSTRUCTS, OPERATIONS
from conform.languages.tlaplus.translation.context import Context
from conform.languages.tlaplus.translation.expressions import is_exhaustive, truth
from conform.languages.tlaplus.translation.fair_actions import fair_actions
from conform.languages.tlaplus.translation.fragments import Fragment, disjunction
from conform.languages.tlaplus.translation.functions import value_for
from conform.languages.tlaplus.translation.literals import literal
from conform.languages.tlaplus.translation.naming import camel_case, local_name, snake_case
from conform.languages.tlaplus.translation.sets import element_type
from conform.languages.tlaplus.translation.shapes import shape_of
from conform.languages.tlaplus.translation.splitting import SplitAction, split_next
from conform.languages.tlaplus.translation.temporal_formulas import temporal_text
from conform.languages.tlaplus.translation.translator import (
    Helper,
    Translator,
    text_of,
    unsupported,
)
from conform.languages.tlaplus.translation.types import (
    BOOLEAN,
    SetOf,
)
from conform.text import Span

_T = TypeVar("_T")

MAX_PASSES = 40
"""Rounds of translation until types stand still: each widens some type, and types are shallow."""


def describe_machine(
    model: TlaModel, configuration: Configuration, document: Spec | None = None
) -> Machine:
    """Return the machine of a model; what has no translation is listed in its omissions.

    The document, if given, is quoted at what it describes. Raises UnsupportedError where nothing at
    all can be made: Init, or the shape of the specification, has no translation.
    """
    description = _Description(model, configuration, document)
    try:
        return description.machine()
    except ConformError as error:
        raise model.specification.located(error) from None


@dataclass(slots=True)
class _Findings:
    """What a pass has made; filled anew by each."""

    initial: dict[str, Fragment] = field(default_factory=dict)
    operators: dict[str, Operator] = field(default_factory=dict)
    actions: dict[str, MachineAction] = field(default_factory=dict)
    properties: list[MachineProperty] = field(default_factory=list)
    liveness: list[MachineFormula] = field(default_factory=list)
    fairness: list[MachineFairness] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    unstated: Omission | None = None


class _Description:
    def __init__(
        self, model: TlaModel, configuration: Configuration, document: Spec | None
    ) -> None:
        self.model = model
        self.specification = model.specification
        self.configuration = configuration
        self.document = document
        self.translator = Translator(model.specification, CONSTRUCTS, OPERATIONS)
        self.annotations = Annotations(self.translator)
        self.citations = Citations(self.specification, document)
        self.shape = shape_of(self.specification, configuration)
        self.found = _Findings()

    def machine(self) -> Machine:
        """Return the machine: passes until types stand still, then one that counts."""
        self._reserve_names()
        for _ in range(MAX_PASSES):
            self._pass()
            if not self.translator.learned:
                if self.translator.is_settled:
                    return self._assembled()
                self.translator.is_settled = True
        raise unsupported("types do not settle", self.specification.module.span)

    def _pass(self) -> None:
        translator = self.translator
        translator.learned = False
        translator.support.clear()
        if translator.is_settled:
            self.annotations.name_literals()
        self.found = _Findings()
        self._learn_type_invariant()
        self.found.initial = self._initial()
        self._actions()
        self._properties()
        self._named_helpers()
        self._helpers()

    # ------------------------------------------------------------------------- what there is

    def _reserve_names(self) -> None:
        """Give identifiers in the order of the text, whatever is translated first."""
        translator = self.translator
        for variable in self.specification.variables:
            translator.fields.of(variable.name, snake_case(variable.name))
        for constant in self.specification.constants:
            translator.constant_fields.of(constant.name, snake_case(constant.name))
        self.class_name = translator.classes.of(
            "machine", camel_case(self.specification.module.name.name)
        )
        for name in self.specification.definitions:
            translator.members.of(name, snake_case(name))

    def _split(self) -> list[SplitAction]:
        if self.shape.following is None:
            return []
        return split_next(self.translator, self.shape.following, self.shape.name)

    # -------------------------------------------------------------------------------- types

    def _learn_type_invariant(self) -> None:
        """Learn from every conjunct `v \\in S` of an invariant what the variable v holds."""
        for name in self.configuration.invariants:
            definition = self.specification.definitions[name.name]
            for node in conjuncts_of(definition.body, self.specification):
                if isinstance(node, syntax.Infix) and node.operator == "\\in":
                    self._learn_membership(node)

    def _learn_membership(self, node: syntax.Infix) -> None:
        if not isinstance(node.left, syntax.Name):
            return
        name = node.left.name
        if not isinstance(self.specification.unambiguous(name), VariableSlot):
            return
        if isinstance(node.right, syntax.SetEnumeration):
            texts = frozenset(map(text_of, node.right.elements))
            self.translator.enumerations[name] = texts
        found = self._attempt(lambda: element_type(self.translator, node.right, Context()))
        if found is not None:
            self.translator.learn_variable(name, found)
            self.annotations.name_record(name, found)

    def _attempt(self, translate: Callable[[], _T]) -> _T | None:
        """Return what `translate` gives; None where it fails, to be reported by the last pass."""
        try:
            return translate()
        except ConformError:
            return None

    # --------------------------------------------------------------------------------- parts

    def _initial(self) -> dict[str, Fragment]:
        found: dict[str, Fragment] = {}
        context = Context(state="", machine="self", primed=found)
        for part in self.shape.initial:
            for node in conjuncts_of(part, self.specification):
                self._initialise(node, context, found)
        for variable in self.specification.variables:
            if variable.name not in found:
                raise unsupported(
                    f"Init gives no value to `{variable.name}`", self.specification.module.span
                )
        return found

    def _initialise(
        self, node: syntax.Expression, context: Context, found: dict[str, Fragment]
    ) -> None:
        if isinstance(node, syntax.Infix) and isinstance(node.left, syntax.Name):
            name = node.left.name
            is_variable = isinstance(self.specification.unambiguous(name), VariableSlot)
            if node.operator == "=" and is_variable and name not in found:
                of = self.translator.variable_type(name)
                found[name] = value_for(self.translator, node.right, context, of)
                self.translator.learn_variable(name, found[name].type)
                return
        raise unsupported(
            f"Init must give each variable one value: {text_of(node)[:60]}",
            node.span,
            "write v = e for each variable v",
        )

    def _actions(self) -> None:
        split = self._split()
        names = list(dict.fromkeys(action.name for action in split))
        translator = self.translator
        translator.actions = {}
        for name in names:
            method = translator.members.of(name, snake_case(name))
            translator.actions[name] = translator.members.of(f"can {name}", f"can_{method}")
        for name in names:
            group = [action for action in split if action.name == name]
            translator.action_parameters[name] = len(group[0].parameters)
            self._record("action", name, partial(self._action, group))

    def _action(self, group: list[SplitAction]) -> None:
        first = group[0]
        if any(other.node is not first.node for other in group[1:]):
            raise unsupported(
                f"`{first.name}` is a disjunction", first.span,
                "give each disjunct a name of its own",
            )  # fmt: skip
        action = described_action(self.translator, self.annotations, self.citations, group)
        self.found.actions[first.name] = action

    def _record(self, kind: str, name: str, make: Callable[[], None]) -> None:
        """Make a part, or note why it cannot be made."""
        try:
            make()
        except ConformError as error:
            self.found.omissions.append(self._omission(kind, name, error))
            if kind == "action":
                self.translator.actions.pop(name, None)

    def _omission(self, kind: str, name: str, error: ConformError) -> Omission:
        located = self.specification.located(error)
        return Omission(kind, name, located.message, located.hint, located.span, located.excerpt)

    def _properties(self) -> None:
        for listed in self.configuration.invariants:
            self._record("invariant", listed.name, partial(self._invariant, listed.name))
        steps = {step.name for step in self.model.action_properties}
        for listed in self.configuration.properties:
            if listed.name in steps:
                self._record("property", listed.name, partial(self._step, listed.name))
        self._liveness(steps)

    def _liveness(self, steps: set[str]) -> None:
        """Make the liveness properties with their fairness: none, unless all can be made."""
        names = dict.fromkeys(each.property_name for each in self.model.liveness)
        try:
            fairness = fair_actions(self.model, self.found.actions)
            self._heed_steps(steps.intersection(names), list(names))
            self.found.liveness = list(map(self._formula, names))
            self.found.fairness = list(fairness)
        except ConformError as error:
            self.found.unstated = self._omission("liveness", ", ".join(names), error)

    def _heed_steps(self, both: set[str], names: list[str]) -> None:
        """Raise UnsupportedError where liveness rests on more than fairness and states."""
        for name in sorted(both):
            span = self.translator.definition(name).span
            raise unsupported(f"`{name}` is about steps too", span)
        if self.model.temporal_assumptions and names:
            span = self.translator.definition(names[0]).span
            raise unsupported("the specification assumes more than the fairness of actions", span)

    def _formula(self, name: str) -> MachineFormula:
        definition = self.translator.definition(name)
        expression = temporal_text(self.translator, definition.body, Context())
        identifier = self.translator.members.of(name, snake_case(name))
        citation, label, statement = self.citations.of_property(name, definition.span)
        formula = text_of(definition.body)
        return MachineFormula(name, label, identifier, expression, formula, statement, citation)

    def _invariant(self, name: str) -> None:
        definition = self.translator.definition(name)
        nodes = conjuncts_of(definition.body, self.specification, unfold=False)
        parts = tuple(truth(self.translator, node, Context()).text for node in nodes)
        self._add_property(name, parts, text_of(definition.body), definition, is_step=False)

    def _step(self, name: str) -> None:
        definition = self.translator.definition(name)
        box = boxed_action(definition.body)
        if box is None:
            raise unsupported("only []P and [][A]_v are translated", definition.span)
        context = Context(
            state="before",
            machine="self.at(before)",
            after="self.state",
            taken=frozenset({"before"}),
        )
        holds = truth(self.translator, box.action, context)
        if is_whole_state(box.subscript, self.specification):
            still = Fragment("before == self.state", BOOLEAN, 5)
        else:
            kept = syntax.Prefix(box.span, "UNCHANGED", box.subscript)
            still = truth(self.translator, kept, context)
        text = disjunction([holds, still]).text
        self._add_property(name, (text,), text_of(definition.body), definition, is_step=True)

    def _add_property(
        self, name: str, parts: tuple[str, ...], text: str, definition: Definition, *, is_step: bool
    ) -> None:
        identifier = self.translator.members.of(name, snake_case(name))
        citation, label, statement = self.citations.of_property(name, definition.span)
        self.found.properties.append(
            MachineProperty(name, label, identifier, parts, is_step, text, statement, citation)
        )

    # -------------------------------------------------------------------------------- helpers

    def _named_helpers(self) -> None:
        """Make the helpers that the document names, and the constraints: nothing else may use them.

        Whoever explores the machine needs the constraints to bound it.
        """
        named = [helper.name for helper in self.document.helpers] if self.document else []
        for name in (*named, *(constraint.name for constraint in self.configuration.constraints)):
            definition = self.specification.definitions.get(name)
            if definition is not None and self.translator.is_helper(definition):
                self.translator.helper(definition)

    def _helpers(self) -> None:
        done: set[str] = set()
        while len(done) < len(self.translator.helpers):
            for name, helper in list(self.translator.helpers.items()):
                if name not in done:
                    done.add(name)
                    self._record("helper", name, partial(self._helper, helper))

    def _helper(self, helper: Helper) -> None:
        definition = helper.definition
        parameters, context = self._parameters(helper)
        arms = list(arms_of(definition.body, self.translator, context))
        kinds = [value.type for _, value, _ in arms if value is not None]
        result = helper.result
        for kind in kinds:
            self.translator.learn_result(helper, kind, is_total=helper.is_total)
        total = all(value.is_total for _, value, _ in arms if value is not None)
        if any(value is None for _, value, _ in arms):
            body = definition.body
            total = isinstance(body, syntax.Case) and is_exhaustive(self.translator, body)
        self.translator.learn_result(helper, result, is_total=total)
        self.translator.open_parameters = {}
        name = definition.name
        citation, description = self.citations.of_helper(name, definition.span)
        keeps_range = isinstance(helper.result, SetOf) and helper.result.is_range
        self.found.operators[name] = Operator(
            name,
            helper.identifier,
            parameters,
            self.annotations.of(helper.result),
            tuple(arm_of(arm, keeps_range=keeps_range) for arm in arms),
            text_of(definition.body),
            description,
            citation,
        )

    def _parameters(self, helper: Helper) -> tuple[tuple[Named, ...], Context]:
        names: dict[str, Fragment] = {}
        named: list[Named] = []
        taken: set[str] = set()
        self.translator.open_parameters = {}
        for place, parameter in enumerate(helper.definition.parameters):
            of = helper.parameters[place]
            identifier = local_name(parameter.name, taken)
            taken.add(identifier)
            domain = helper.domains.get(place, "")
            names[parameter.name] = Fragment(identifier, of, domain=domain)
            named.append(Named(parameter.name, identifier, self.annotations.of(of)))
            self.translator.open_parameters[identifier] = (helper, place)
        return tuple(named), Context(dict(names), frozenset(taken))

    # ------------------------------------------------------------------------------- assembly

    def _assembled(self) -> Machine:
        specification, found = self.specification, self.found
        constants = tuple(self._constant(each) for each in specification.constants)
        variables = tuple(self._variable(each.name, each.span) for each in specification.variables)
        operators = tuple(
            found.operators[name] for name in specification.definitions if name in found.operators
        )
        return Machine(
            specification.module.name.name,
            self.class_name,
            self.document.title if self.document else specification.module.name.name,
            tuple(constant for constant in constants if constant),
            self.annotations.aliases(),
            self.annotations.records(),
            variables,
            operators,
            tuple(found.actions.values()),
            tuple(found.properties),
            tuple(dict.fromkeys(each.property_name for each in self.model.liveness)),
            tuple(found.liveness),
            tuple(found.fairness),
            tuple(found.omissions),
            frozenset(self.translator.support),
            found.unstated if self.model.liveness else None,
        )

    def _constant(self, declaration: syntax.Declaration) -> ConstantField | None:
        value = self.translator.constant_value(declaration.name)
        if value is None:
            return None  # replaced by an operator of the module
        return ConstantField(
            declaration.name,
            self.translator.constant_fields.of(declaration.name, snake_case(declaration.name)),
            self.annotations.of(self.translator.constant_type(declaration.name)),
            literal(value).text,
            self.citations.of_constant(declaration.name),
        )

    def _variable(self, name: str, span: Span) -> VariableField:
        of = self.translator.variable_type(name)
        identifier = self.translator.fields.of(name, snake_case(name))
        citation, description = self.citations.of_variable(name, span)
        return VariableField(
            name,
            identifier,
            self.annotations.of(of),
            self.found.initial[name].text,
            self.annotations.plain(f"self.state.{identifier}", of),
            description,
            citation,
        )
