"""From a formal document and the values of its constants to a Model."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn

from conform.domain.actions import ActionInstance
from conform.domain.fairness import ActionSteps, FairnessCondition, FairnessKind
from conform.domain.finding import Severity
from conform.domain.run import RunContext
from conform.domain.states import Slot, State
from conform.domain.values import Bindings, Value
from conform.errors import InputError, UnsupportedError
from conform.languages.markdown.formal.bindings import model_values_of
from conform.languages.markdown.formal.document import FormalAction, FormalDocument
from conform.languages.markdown.formal.evaluation.actions import ActionCode, compile_action
from conform.languages.markdown.formal.evaluation.core import (
    Code,
    Core,
    Env,
    HelperForm,
    Scope,
    truth,
)
from conform.languages.markdown.formal.evaluation.dispatch import TABLE
from conform.languages.markdown.formal.evaluation.explaining import explainer
from conform.languages.markdown.formal.evaluation.membership import elements_of
from conform.languages.markdown.formal.model import DocumentModel
from conform.languages.markdown.formal.predicates import (
    InstancesEnabled,
    InstancesTaken,
    StateFormula,
)
from conform.languages.markdown.formal.temporal import Classifier, Properties
from conform.text import Span

_KINDS = {"weak": FairnessKind.WEAK, "strong": FairnessKind.STRONG}

MAX_INSTANCES = 100_000
"""Combinations of parameters; more are refused."""


def build_model(document: FormalDocument, bindings: Mapping[str, Value]) -> DocumentModel:
    """Return the Model of a document with the values of its constants.

    Names in `bindings` that the document does not declare are passed over: configurations bind
    more. Raises UnsupportedError where the document is not executable in full or its lines have
    errors, InputError for a constant without a value, EvaluationError for a parameter or an initial
    value that has none.
    """
    _refuse_unfit(document)
    missing = [name for name in document.constants if name not in bindings]
    if missing:
        raise InputError(
            f"{document.source.path}: no value is given for constant {', '.join(missing)}",
            expected="a value for each constant, in a table of parameters or a configuration",
        )
    return _Builder(document, bindings).build()


def _refuse_unfit(document: FormalDocument) -> None:
    errors = [found for found in document.findings if found.severity is Severity.ERROR]
    reasons = [*document.obstacles(), *(f"{found.code}: {found.message}" for found in errors)]
    if reasons:
        more = len(reasons) - 1
        raise UnsupportedError(
            f"{document.source.path}: the document cannot be executed: {reasons[0]}"
            + (f", and {more} more" if more else ""),
            expected="guards and effects in the notation, of names that are declared",
            hint="docs/how-to/make-a-spec-executable.md shows how to get there",
        )


class _Builder:
    """Builds the model of one document."""

    def __init__(self, document: FormalDocument, bindings: Mapping[str, Value]) -> None:
        self._document = document
        declared = {*document.constants, *(row.name for row in document.parameters)}
        self._constants = {name: bindings[name] for name in bindings if name in declared}
        self._codes: dict[str, ActionCode] = {}
        self._compiling: set[str] = set()
        self._actions = {action.name: action for action in document.actions}
        self._core = Core(
            source=document.source,
            constants=self._constants,
            slots={variable.name: i for i, variable in enumerate(document.variables)},
            helpers={
                helper.name: HelperForm(helper.parameters, helper.body)
                for helper in document.helpers
                if helper.body is not None
            },
            ranges=document.stated_ranges,
            model_values=model_values_of(bindings.values()),
            table=TABLE,
            enabled=self._enabled,
        )

    def build(self) -> DocumentModel:
        document, core = self._document, self._core
        instances = tuple(self._instances())
        explainers = {name: explainer(core, action) for name, action in self._actions.items()}
        model = DocumentModel(
            name=document.name,
            document=document,
            constants=tuple(self._constants.items()),
            slots=tuple(Slot(variable.name) for variable in document.variables),
            instances=instances,
            properties=self._properties(),
            constraints=tuple(self._constraints()),
            fairness=(),
            run=RunContext(),
            _initial=tuple(self._initial()),
            _codes=tuple(self._code(instance.action) for instance in instances),
            _arguments=tuple(tuple(v for _, v in each.parameters) for each in instances),
            _explainers=tuple(explainers[instance.action] for instance in instances),
        )
        model.fairness = tuple(self._fairness(model))
        return model

    # --------------------------------------------------------------------------------- instances

    def _instances(self) -> Iterator[ActionInstance]:
        numbers = itertools.count()
        for action in self._document.actions:
            code = self._code(action.name)
            sets = [self._range(action, place) for place in range(len(action.parameters))]
            for values in itertools.product(*sets):
                number = next(numbers)
                if number >= MAX_INSTANCES:
                    raise UnsupportedError(
                        f"the actions have more than {MAX_INSTANCES:,} instances",
                        span=action.span,
                    )
                parameters = tuple(zip(action.parameters, values, strict=True))
                yield ActionInstance(
                    number, action.name, parameters, action.span, code.reads, code.writes
                )

    def _range(self, action: FormalAction, place: int) -> tuple[Value, ...]:
        node = action.ranges[place]
        assert node is not None  # build_model refuses such documents
        code, elements = elements_of(self._core, node, Scope())
        if not code.reads:
            return tuple(elements((), ()))
        raise InputError(
            f"`{action.parameters[place]}` ranges over a set that changes",
            span=action.span,
            excerpt=self._document.source.excerpt(action.span),
            expected="a set that is the same in every state",
        )

    def _code(self, name: str) -> ActionCode:
        if name not in self._codes:
            if name in self._compiling:
                raise InputError(f"action {name} asks whether it is enabled itself")
            self._compiling.add(name)
            self._codes[name] = compile_action(self._core, self._actions[name])
        return self._codes[name]

    def _enabled(self, name: str, _span: Span) -> Code:
        """Return ENABLED of an action, or of any outcome of an action that has outcomes."""
        leaves = self._document.groups.get(name, (name,))
        codes = [self._code(leaf) for leaf in leaves]
        # What is written is counted too: a state is made for the answer, even if nothing is read.
        reads = frozenset[int]().union(*(code.reads | code.writes for code in codes))

        def run(s: State, e: Env) -> Value:
            return any(code.run(s, e) for code in codes)

        return Code(run, reads, frozenset())

    def _initial(self) -> Iterator[Code]:
        for variable in self._document.variables:
            assert variable.initial is not None  # build_model refuses such documents
            code = self._core.code(variable.initial, Scope())
            if code.reads:
                _refuse_initial(self._document, variable.name, variable.initial.span)
            yield code

    # -------------------------------------------------------------------------------- properties

    def _properties(self) -> Properties:
        classifier = Classifier(self._core)
        for stated in self._document.properties:
            classifier.add(stated)
        if self._document.unread_fairness is not None:
            classifier.found.leave_liveness(
                f"the fairness at {self._document.unread_fairness} is in no form that is read"
            )
        return classifier.found

    def _constraints(self) -> Iterator[StateFormula]:
        for name, node, span in self._document.constraints:
            assert node is not None  # build_model refuses such documents
            code = self._core.code(node, Scope())
            test = truth(self._core, node, code)
            yield StateFormula(name, span, code.reads, test)

    def _fairness(self, model: DocumentModel) -> Iterator[FairnessCondition]:
        """Yield a condition for each instance of a fair action, or one for all that are together.

        Statements of actions together have one place.
        """
        together: dict[tuple[Span, str], list[ActionInstance]] = {}
        for stated in self._document.fairness:
            if stated.kind not in _KINDS:
                continue
            leaves = self._document.groups.get(stated.action, (stated.action,))
            fair = [instance for instance in model.instances if instance.action in leaves]
            if stated.is_joint:
                together.setdefault((stated.span, stated.kind), []).extend(fair)
                continue
            for instance in fair:
                name, parameters = instance.action, instance.parameters
                yield _condition(model, stated.kind, name, parameters, stated.span, [instance])
        for (span, kind), instances in together.items():
            yield _condition(model, kind, "Next", (), span, instances)


def _condition(
    model: DocumentModel,
    kind: str,
    action: str,
    parameters: Bindings,
    span: Span,
    instances: Sequence[ActionInstance],
) -> FairnessCondition:
    """Return that one of the instances is taken again and again as the kind says."""
    every = frozenset(range(len(model.slots)))
    name = f"{'WF' if _KINDS[kind] is FairnessKind.WEAK else 'SF'} {action}"
    touched = frozenset[int]()
    for instance in instances:
        assert instance.reads is not None  # a document's instances know what they read
        touched |= instance.reads | instance.writes
    return FairnessCondition(
        _KINDS[kind],
        action,
        parameters,
        span,
        InstancesEnabled(name, span, touched, tuple(instances), model.found),
        InstancesTaken(name, span, every, tuple(instances), model.found),
        ActionSteps(frozenset(instance.number for instance in instances), every),
    )


def _refuse_initial(document: FormalDocument, name: str, span: Span) -> NoReturn:
    raise InputError(
        f"the initial value of `{name}` speaks of a variable",
        span=span,
        excerpt=document.source.excerpt(span),
        expected="a value made from constants",
    )
