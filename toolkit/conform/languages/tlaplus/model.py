"""A TLA+ specification with its constants bound, as a Model that the explorer can walk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from conform.domain.acceleration import Accelerator
from conform.domain.actions import ActionInstance, Observation, Ranging, Successor
from conform.domain.explanation import Explanation
from conform.domain.fairness import FairnessCondition, FairnessKind
from conform.domain.model import Alias, Identity, Unchecked
from conform.domain.run import RunContext
from conform.domain.states import Predicate, Slot, Slots, State, StepPredicate
from conform.domain.temporal import Temporal, TemporalProperty
from conform.domain.values import Bindings, Value
from conform.errors import ConformError, EvaluationError, InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.acceleration import SourceAccelerator
from conform.languages.tlaplus.appearances import appearances
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
from conform.languages.tlaplus.evaluation.actions import compile_action
from conform.languages.tlaplus.evaluation.assignments import ActionCode, After, sequenced
from conform.languages.tlaplus.evaluation.bodies import compute_once
from conform.languages.tlaplus.evaluation.compiler import Compiler
from conform.languages.tlaplus.evaluation.dispatch import UNBOUND, Context, Dispatcher, Mode
from conform.languages.tlaplus.evaluation.footprints import ACTION, CONSTANT, STATE
from conform.languages.tlaplus.evaluation.scope import Definition
from conform.languages.tlaplus.evaluation.stack import completions, deep_stack, endless
from conform.languages.tlaplus.explaining import Explainer
from conform.languages.tlaplus.fair_steps import fair_steps
from conform.languages.tlaplus.named_formulas import NamedFormulas
from conform.languages.tlaplus.no_actions import no_action
from conform.languages.tlaplus.predicates import Formulas
from conform.languages.tlaplus.properties import Classifier, Properties
from conform.languages.tlaplus.ranging import ranging_action
from conform.languages.tlaplus.recording import RecordingState
from conform.languages.tlaplus.specification import Specification
from conform.languages.tlaplus.temporal import TemporalFormulas
from conform.text import Span


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
    temporal_assumptions: tuple[Temporal, ...]
    assumptions: tuple[Predicate, ...]
    constraints: tuple[Predicate, ...]
    action_constraints: tuple[StepPredicate, ...]
    checks_deadlock: bool
    identity: Identity | None
    postconditions: tuple[Predicate, ...]
    alias: Alias | None
    _initial: ActionCode
    _initial_span: Span
    _codes: tuple[ActionCode, ...]
    _compiler: Dispatcher
    _nothing: After = field(init=False)

    def __post_init__(self) -> None:
        self._nothing = (*(UNBOUND,) * len(self.slots), ())
        self.run.beforehand = self._compute_constants

    @property
    def run(self) -> RunContext:
        """What the formulas of the specification can learn of the run that evaluates them."""
        return self.specification.session.run

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
    def liveness(self) -> list[TemporalProperty]:
        """Properties of other forms, one for each value of quantified constants."""
        return self.properties.liveness

    @property
    def accelerator(self) -> Accelerator | None:
        """Functions generated from the formulas."""
        return SourceAccelerator(self._compiler, self.actions, self.successors)

    @property
    def unchecked(self) -> tuple[Unchecked, ...]:
        """Nothing: what cannot be checked is refused when the module is read."""
        return ()

    def _compute_constants(self) -> None:
        found = map(self.specification.scope.find, self.specification.definitions)
        compute_once(self._compiler, [each for each in found if isinstance(each, Definition)])

    def initial_states(self) -> Iterator[State]:
        """Yield each initial state as often as Init produces it."""
        span = self._initial_span
        try:
            for after in completions(lambda: self._initial((), self._nothing, ()), span):
                yield self._complete(after, span, "an initial state")
        except ConformError as error:
            raise self.specification.located(error) from None

    def successors(self, instance: ActionInstance, state: State) -> Iterator[Successor]:
        """Return an iterator over the successors of `state`, repeated where branches coincide."""
        code = self._codes[instance.number]
        begun: list[Iterable[After]] = []
        try:
            found = code(state, self._nothing, ())
            if type(found) is tuple:  # nothing branches, and all of it is computed
                return iter([self._successor(after, instance) for after in found])
            begun.append(found)  # what it prints before it branches is printed once
        except ConformError as error:
            raise self.specification.located(error) from None
        except RecursionError:
            pass
        return self._branching(
            lambda: begun.pop() if begun else code(state, self._nothing, ()), instance
        )

    def _branching(
        self, compute: Callable[[], Iterable[After]], instance: ActionInstance
    ) -> Iterator[Successor]:
        try:
            for after in completions(compute, instance.span):
                yield self._successor(after, instance)
        except ConformError as error:
            raise self.specification.located(error) from None

    def observe(self, instance: ActionInstance, state: State) -> Observation:
        """Return the successors with the slots that this evaluation read and wrote.

        A slot that was only copied does not count as read unless the analysis says that the action
        may also look at the copy.
        """
        return self._observed(self._codes[instance.number], instance, state)

    def ranging(self, instance: ActionInstance) -> Ranging | None:
        """Return what takes one element after the other, if the action is `\\E x \\in S : A(x)`."""
        formula = self.actions[instance.number].formula
        observe = partial(self._observed, instance=instance)
        return ranging_action(self._compiler, formula, observe)

    def _observed(self, code: ActionCode, instance: ActionInstance, state: State) -> Observation:
        every = frozenset(range(len(self.slots)))
        recorder = RecordingState(state)
        try:
            found = tuple(
                self._successor(after, instance)
                for after in completions(lambda: code(recorder, self._nothing, ()), instance.span)
            )
        except ConformError as error:
            raise self.specification.located(error) from None
        depended = every if instance.reads is None else instance.reads
        reads = recorder.read | (recorder.kept & depended)
        kept = recorder.kept - instance.writes
        return Observation(found, frozenset(reads), every - kept if found else frozenset())

    def explain(self, instance: ActionInstance, state: State) -> Explanation:
        """Return the guard of `instance` with its values in `state`, and its effects."""
        explainer = Explainer(self.specification, self._compiler)
        return explainer.explain(self.actions[instance.number].formula, state)

    def _successor(self, after: After, instance: ActionInstance) -> Successor:
        what = f"the successor by {instance.action}"
        return Successor(self._complete(after, instance.span, what), after[-1])

    def _complete(self, after: After, span: Span, what: str) -> State:
        state = after[:-1]
        if UNBOUND in state:
            variable = self.slots[state.index(UNBOUND)].variable
            raise EvaluationError(
                f"{what} leaves variable `{variable}` without a value",
                span=span,
                hint=f"say what {variable}' is, or list it under UNCHANGED",
            )
        return state


def build_model(specification: Specification, configuration: Configuration) -> TlaModel:
    """Bind the constants and compile what the configuration asks for.

    Raises InputError for a constant without a value, an unknown name in the configuration and an
    ill-formed specification; UnsupportedError for what is not evaluated yet.
    """
    try:
        with deep_stack():
            return _Builder(specification, configuration).build()
    except ConformError as error:
        raise specification.located(error) from None
    except RecursionError as error:
        raise specification.located(endless(error, specification.module.name.span)) from None


class _Builder:
    def __init__(self, specification: Specification, configuration: Configuration) -> None:
        self.specification = specification
        self.configuration = configuration
        bind_constants(specification, configuration)
        names = tuple(name.name for name in specification.variables)
        order = specification.session.order
        order.follow(partial(_appearances, specification, configuration))
        self.compiler = Compiler(names, specification.analysis, order)
        self.formulas = Formulas(specification, self.compiler)
        self.named = NamedFormulas(specification, configuration, self.compiler, self.formulas)

    def build(self) -> TlaModel:
        """Return the model."""
        shape, next_name = self._behaviours()
        actions: tuple[NamedAction, ...] = ()
        if shape.next_action is not None:
            actions = tuple(split(self.compiler, shape.next_action, next_name))
        codes = tuple(self._action_code(action.formula) for action in actions)
        instances = tuple(self._instance(number, each) for number, each in enumerate(actions))
        if not actions and shape.next_action is not None and self.specification.variables:
            missing, code = no_action(next_name, shape.next_action)
            actions, codes = (missing,), (code,)
            instances = (replace(self._instance(0, missing), reads=None),)
        return TlaModel(
            self.specification.module.name.name,
            self.specification,
            tuple(self._constants()),
            tuple(Slot(name.name) for name in self.specification.variables),
            instances,
            actions,
            self._properties(),
            tuple(self._fairness(formula, actions) for formula in shape.fairness),
            tuple(self._temporal_assumption(formula) for formula in shape.assumptions),
            self._assumptions(),
            tuple(
                part
                for name in self.configuration.constraints
                for part in self.named.constraint(name)
            ),
            tuple(
                self.named.action_constraint(name) for name in self.configuration.action_constraints
            ),
            self.configuration.check_deadlock is not False,
            self.named.identity(),
            tuple(self.named.postcondition(name) for name in self.configuration.postconditions),
            self.named.alias(),
            self._initial_code(shape.initial),
            shape.initial[0].node.span if shape.initial else self.specification.module.span,
            codes,
            self.compiler,
        )

    def _behaviours(self) -> tuple[Behaviours, str]:
        configuration = self.configuration
        if configuration.specification:
            if configuration.init or configuration.next:
                raise InputError(
                    "the configuration has both SPECIFICATION and INIT or NEXT",
                    span=configuration.specification.span,
                )
            formula = self.named.defined(configuration.specification)
            shape = behaviours(self.compiler, formula)
            if not self.specification.variables:  # no state to be in, as in TLC
                shape = Behaviours((), None, (), ())
            return shape, _name_of_next(shape)
        if configuration.init and configuration.next:
            initial = self.named.behaviour_part(configuration.init, "INIT")
            following = self.named.behaviour_part(configuration.next, "NEXT")
            if self.named.level(following) > ACTION:
                raise InputError(
                    f"NEXT names `{configuration.next.name}`, a temporal formula",
                    span=configuration.next.span,
                    hint="name the next-state action, or use SPECIFICATION",
                )
            return Behaviours((initial,), following, (), ()), configuration.next.name
        given = configuration.init or configuration.next
        if given:
            lacking = "NEXT" if configuration.init else "INIT"
            raise InputError(
                f"the configuration has no {lacking}",
                span=given.span,
                expected="SPECIFICATION, or both INIT and NEXT",
            )
        if self.specification.variables:
            raise InputError(
                "the configuration names no behaviour",
                span=Span(configuration.path, 1, 1, 1, 1),
                expected="SPECIFICATION, or INIT and NEXT",
            )
        return Behaviours((), None, (), ()), ""

    def _action_code(self, formula: Formula) -> ActionCode:
        return compile_action(self.compiler, formula.node, Context(formula.scope))

    def _initial_code(self, initial: tuple[Formula, ...]) -> ActionCode:
        for part in initial:
            if self.named.level(part) > STATE:
                raise InputError(
                    "Init speaks of a next state",
                    span=part.node.span,
                    hint="an initial predicate has no primes and no UNCHANGED",
                )
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
        named = (number, action.name, action.parameters, action.span)
        return ActionInstance(*named, reads, writes, found.chooses)

    def _properties(self) -> Properties:
        classifier = Classifier(self.compiler, self.formulas)
        for name in self.configuration.invariants:
            classifier.add_invariant(name.name, self.named.checked(name, "invariant"))
        for name in self.configuration.properties:
            classifier.add_property(name.name, self.named.checked(name, "property"))
        return classifier.found

    def _temporal_assumption(self, formula: Formula) -> Temporal:
        return TemporalFormulas(self.formulas, "a temporal assumption").formula(formula)

    def _fairness(self, formula: Formula, actions: tuple[NamedAction, ...]) -> FairnessCondition:
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
            fair_steps(self.compiler, replace(formula, node=node), actions),
        )

    def _fair_action(self, node: syntax.Expression, formula: Formula) -> tuple[str, Bindings]:
        """Return the name and parameters of the action of a WF or SF, for reports."""
        if isinstance(node, syntax.Name | syntax.Call | syntax.Path):
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
            formula = Formula(name, self.specification.scope)
            if self.named.level(formula) > CONSTANT:
                raise self._no_constant(declaration)
            try:
                value = constant_value(self.compiler, formula)
            except EvaluationError:
                continue
            yield declaration.name, value

    def _no_constant(self, declaration: syntax.Declaration) -> InputError:
        """Return the error for a constant whose replacement speaks of variables."""
        given = (a.span for a in self.configuration.assignments if a.name == declaration.name)
        return InputError(
            f"constant `{declaration.name}` is replaced by a formula that speaks of variables",
            span=next(given, declaration.span),
            hint="a constant has one value in all states",
        )

    def _assumptions(self) -> tuple[Predicate, ...]:
        found = []
        stated = enumerate(self.specification.assumptions, start=1)
        for number, (assumption, scope) in stated:
            name = assumption.name.name if assumption.name else f"ASSUME {number}"
            formula = Formula(assumption.body, scope)
            if self.named.level(formula) > CONSTANT:
                raise InputError(
                    f"{name} speaks of variables",
                    span=assumption.body.span,
                    hint="an assumption is about constants alone",
                )
            found.append(self.formulas.of_state(name, formula))
        return tuple(found)


def _appearances(specification: Specification, configuration: Configuration) -> Iterator[str]:
    sources = {
        Path(path).stem: source
        for path, source in specification.sources.items()
        if path != configuration.path
    }
    return appearances(sources, specification.module.name.name, configuration)


def _name_of_next(shape: Behaviours) -> str:
    node = shape.next_action.node if shape.next_action else None
    return node.name if isinstance(node, syntax.Name) else "Next"
