"""A TLA+ specification with its constants bound, as a Model that the explorer can walk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from conform.domain.model import (
    ActionInstance,
    FairnessCondition,
    FairnessKind,
    LeadsTo,
    Observation,
    Predicate,
    Slot,
    Slots,
    State,
    StepPredicate,
    Successor,
    Unchecked,
)
from conform.domain.values import Bindings, Value
from conform.errors import ConformError, EvaluationError, InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import (
    Behaviours,
    Formula,
    NamedAction,
    behaviours,
    constant_value,
    split,
    unfold,
)
from conform.languages.tlaplus.configuration import Configuration
from conform.languages.tlaplus.constants import bind_constants
from conform.languages.tlaplus.evaluation import constructs
from conform.languages.tlaplus.evaluation.actions import ActionCode, compile_action, sequenced
from conform.languages.tlaplus.evaluation.compiler import UNBOUND, Compiler, Context, Mode
from conform.languages.tlaplus.predicates import Formulas
from conform.languages.tlaplus.properties import Classifier, Properties
from conform.languages.tlaplus.recording import RecordingState
from conform.languages.tlaplus.specification import Specification
from conform.text import Span, nearest


@dataclass(slots=True, eq=False)
class TlaModel:
    """A Model of one specification under one configuration.

    Slots are the variables, whole, in the order of their declaration. `actions` tells, for each
    instance, the definition that it comes from; `constants` the values of the declared constants.
    """

    name: str
    specification: Specification
    constants: Bindings
    slots: tuple[Slot, ...]
    instances: tuple[ActionInstance, ...]
    actions: tuple[NamedAction, ...]
    properties: Properties
    fairness: tuple[FairnessCondition, ...]
    assumptions: tuple[Predicate, ...]
    constraints: tuple[Predicate, ...]
    action_constraints: tuple[StepPredicate, ...]
    checks_deadlock: bool
    _initial: ActionCode
    _initial_span: Span
    _codes: tuple[ActionCode, ...]
    _nothing: tuple[object, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._nothing = (*(UNBOUND,) * len(self.slots), ())

    @property
    def invariants(self) -> list[Predicate]:
        """The invariants, those that PROPERTY lists as `[]P` included."""
        return self.properties.invariants

    @property
    def initial_properties(self) -> list[Predicate]:
        """Properties of the initial states alone."""
        return self.properties.initial

    @property
    def action_properties(self) -> list[StepPredicate]:
        """Properties of the form `[][A]_v`."""
        return self.properties.actions

    @property
    def liveness(self) -> list[LeadsTo]:
        """Properties of the form `P ~> Q`, one for each value of quantified constants."""
        return self.properties.liveness

    @property
    def unchecked(self) -> list[Unchecked]:
        """Properties of other forms."""
        return self.properties.unchecked

    def initial_states(self) -> Iterator[State]:
        """Yield each initial state as often as Init produces it."""
        try:
            for after in self._initial((), self._nothing, ()):
                yield self._complete(after, self._initial_span, "an initial state")
        except ConformError as error:
            raise self.specification.located(error) from None

    def successors(self, instance: ActionInstance, state: State) -> Iterator[Successor]:
        """Yield each successor of `state`, repeated where branches coincide."""
        try:
            for after in self._codes[instance.number](state, self._nothing, ()):
                new = after[:-1]
                if UNBOUND in new:
                    self._complete(after, instance.span, f"the successor by {instance.action}")
                yield Successor(new, after[-1])
        except ConformError as error:
            raise self.specification.located(error) from None

    def observe(self, instance: ActionInstance, state: State) -> Observation:
        """Return the successors with the slots that this evaluation read and wrote."""
        recorder = RecordingState(state)
        found = []
        for after in self._codes[instance.number](recorder, self._nothing, ()):
            new = self._complete(after, instance.span, f"the successor by {instance.action}")
            found.append(Successor(new, after[-1]))
        ambiguous = recorder.kept & instance.writes
        every = frozenset(range(len(self.slots)))
        writes = (every - recorder.kept) | ambiguous if found else frozenset[int]()
        return Observation(tuple(found), frozenset(recorder.read | ambiguous), writes)

    def _complete(self, after: tuple[object, ...], span: Span, what: str) -> State:
        for slot, value in zip(self.slots, after, strict=False):
            if value is UNBOUND:
                raise EvaluationError(
                    f"{what} leaves variable `{slot.variable}` without a value",
                    span=span,
                    hint=f"say what {slot.variable}' is, or list it under UNCHANGED",
                )
        return after[:-1]  # type: ignore[return-value]  # every slot holds a value now


def build_model(specification: Specification, configuration: Configuration) -> TlaModel:
    """Bind the constants and compile what the configuration asks for.

    Raises InputError for a constant without a value, an unknown name in the configuration and an
    ill-formed specification; UnsupportedError for what is not evaluated yet.
    """
    try:
        return _Builder(specification, configuration).build()
    except ConformError as error:
        raise specification.located(error) from None


class _Builder:
    def __init__(self, specification: Specification, configuration: Configuration) -> None:
        constructs.load()
        self.specification = specification
        self.configuration = configuration
        bind_constants(specification, configuration)
        names = tuple(name.name for name in specification.variables)
        self.compiler = Compiler(names, specification.analysis)
        self.formulas = Formulas(specification, self.compiler)

    def build(self) -> TlaModel:
        """Return the model."""
        shape, next_name = self._behaviours()
        actions: tuple[NamedAction, ...] = ()
        if shape.next_action is not None:
            actions = tuple(split(self.compiler, shape.next_action, next_name))
        codes = tuple(self._action_code(action.formula) for action in actions)
        return TlaModel(
            self.specification.module.name.name,
            self.specification,
            tuple(self._constants()),
            tuple(Slot(name.name) for name in self.specification.variables),
            tuple(self._instance(number, action) for number, action in enumerate(actions)),
            actions,
            self._properties(),
            tuple(self._fairness(formula) for formula in shape.fairness),
            self._assumptions(),
            tuple(self._predicate(name) for name in self.configuration.constraints),
            tuple(
                self.formulas.of_step(name.name, self._defined(name))
                for name in self.configuration.action_constraints
            ),
            self.configuration.check_deadlock is not False,
            self._initial_code(shape.initial),
            shape.initial[0].node.span if shape.initial else self.specification.module.span,
            codes,
        )

    def _behaviours(self) -> tuple[Behaviours, str]:
        configuration = self.configuration
        if configuration.specification:
            if configuration.init or configuration.next:
                raise InputError(
                    "the configuration has both SPECIFICATION and INIT or NEXT",
                    span=configuration.specification.span,
                )
            formula = self._defined(configuration.specification)
            shape = behaviours(self.compiler, formula)
            return shape, _name_of_next(shape)
        if configuration.init and configuration.next:
            initial = self._defined(configuration.init)
            following = self._defined(configuration.next)
            return Behaviours((initial,), following, ()), configuration.next.name
        if self.specification.variables:
            raise InputError(
                "the configuration names no behaviour",
                span=Span(configuration.path, 1, 1, 1, 1),
                expected="SPECIFICATION, or INIT and NEXT",
            )
        return Behaviours((), None, ()), ""

    def _defined(self, name: syntax.Identifier) -> Formula:
        found = self.specification.definitions.get(name.name)
        if found is None:
            close = nearest(name.name, self.specification.definitions)
            raise InputError(
                f"the configuration names `{name.name}`, which the module does not define",
                span=name.span,
                hint=f"did you mean `{close}`?" if close else "",
            )
        use = syntax.Name(found.span, name.name)
        return Formula(use, self.specification.scope)

    def _predicate(self, name: syntax.Identifier) -> Predicate:
        return self.formulas.of_state(name.name, self._defined(name))

    def _action_code(self, formula: Formula) -> ActionCode:
        return compile_action(self.compiler, formula.node, Context(formula.scope))

    def _initial_code(self, initial: tuple[Formula, ...]) -> ActionCode:
        parts = [
            compile_action(self.compiler, part.node, Context(part.scope, 0, Mode.PRIMED))
            for part in initial
        ]
        return sequenced(parts) if parts else lambda _s, _t, _e: ()

    def _instance(self, number: int, action: NamedAction) -> ActionInstance:
        found = self.compiler.analysis.of_action(action.formula.node, action.formula.scope)
        every: Slots = frozenset(range(len(self.specification.variables)))
        reads = found.reads if found.is_pure else None
        writes = found.written | (every - found.copied)
        return ActionInstance(number, action.name, action.parameters, action.span, reads, writes)

    def _properties(self) -> Properties:
        classifier = Classifier(self.compiler, self.formulas)
        for name in self.configuration.invariants:
            classifier.add_invariant(name.name, self._defined(name))
        for name in self.configuration.properties:
            classifier.add_property(name.name, self._defined(name))
        return classifier.found

    def _fairness(self, formula: Formula) -> FairnessCondition:
        node = formula.node
        assert isinstance(node, syntax.Fairness)
        taken = syntax.ActionDiamond(node.span, node.action, node.subscript)
        at = Formula(taken, formula.scope)
        name, parameters = self._fair_action(node.action, formula)
        label = f"{node.kind} {name}"
        return FairnessCondition(
            FairnessKind.WEAK if node.kind == "WF" else FairnessKind.STRONG,
            name,
            parameters,
            node.span,
            self.formulas.of_enabled(label, at),
            self.formulas.of_step(label, at),
        )

    def _fair_action(self, node: syntax.Expression, formula: Formula) -> tuple[str, Bindings]:
        """Return the name and parameters of the action of a WF or SF, for reports."""
        if isinstance(node, syntax.Name | syntax.Call):
            called = unfold(node, formula.scope)
            if called is not None and called[2] is not None:
                for action in split(self.compiler, Formula(node, formula.scope), called[2].name):
                    if action.definition is called[2]:
                        return action.name, action.parameters
                return called[2].name, formula.bindings
        return "action", formula.bindings

    def _constants(self) -> Iterator[tuple[str, Value]]:
        """Yield the constants that have a finite value; operators and sets like Nat have none."""
        for declaration in self.specification.constants:
            if declaration.arity:
                continue
            name = syntax.Name(declaration.span, declaration.name)
            try:
                value = constant_value(self.compiler, Formula(name, self.specification.scope))
            except EvaluationError:
                continue
            yield declaration.name, value

    def _assumptions(self) -> tuple[Predicate, ...]:
        found = []
        for number, assumption in enumerate(self.specification.assumptions, start=1):
            name = assumption.name.name if assumption.name else f"ASSUME {number}"
            formula = Formula(assumption.body, self.specification.scope)
            found.append(self.formulas.of_state(name, formula))
        return tuple(found)


def _name_of_next(shape: Behaviours) -> str:
    node = shape.next_action.node if shape.next_action else None
    return node.name if isinstance(node, syntax.Name) else "Next"
