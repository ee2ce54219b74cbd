"""What can be executed of a document that is not executable in full, line by line.

A line counts where it was read and every name in it has a meaning: the constants and variables that
are given, parameters, and helpers of which the same holds. Such a line says something of any state
of a model that has these variables, whatever the rest of the document says in words. Values that
the model does not have, and values of different kinds, are not compared: documents write `NONE` for
what a model has a record for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.states import Predicate, State, StepPredicate
from conform.domain.temporal import Always, And, StateAtom, Temporal
from conform.domain.values import SetValue, Value, kind_of
from conform.errors import ConformError, UnsupportedError
from conform.languages.markdown.formal.bindings import model_values_of
from conform.languages.markdown.formal.document import (
    FormalAction,
    FormalDocument,
    FormalHelper,
    FormalLine,
    FormalProperty,
)
from conform.languages.markdown.formal.evaluation.actions import ActionCode, compile_action
from conform.languages.markdown.formal.evaluation.core import Code, Core, Env, HelperForm, Scope
from conform.languages.markdown.formal.evaluation.dispatch import TABLE
from conform.languages.markdown.formal.evaluation.names import LITERAL_WORD, TRUE_SETS
from conform.languages.markdown.formal.meanings import Checker, Meanings
from conform.languages.markdown.formal.syntax import (
    Binary,
    Choose,
    Let,
    Literal,
    Name,
    SetOf,
    Statement,
)
from conform.languages.markdown.formal.temporal import Classifier, Properties
from conform.languages.markdown.formal.traversal import parts
from conform.text import Span


class LineCode(Struct, frozen=True):
    """A line of a guard, or the lines of an effect together, compiled.

    `line` is the one to point at. States have the document's variables in their order.
    """

    line: FormalLine
    code: ActionCode

    def results(self, state: State, arguments: Env) -> list[State] | None:
        """Return the states after it, none where it does not hold; None where it has no value."""
        try:
            return [found.state for found in self.code.run(state, arguments)]
        except ConformError:
            return None


class ActionLines(Struct, frozen=True):
    """The lines of an action that can be executed; `assigned` has a line for each slot it sets.

    `effect` is all of them together, None without any; `alone` has each by itself, by its slots.
    `is_whole` says that no line of the guard was left out but those in prose; `prose` has the
    places of these, and of those of the effect.
    """

    name: str
    parameters: tuple[str, ...]
    guard: tuple[LineCode, ...]
    effect: LineCode | None
    assigned: Mapping[int, FormalLine]
    alone: Mapping[int, LineCode]
    is_whole: bool
    prose: tuple[Span, ...]


class InitialValue(Struct, frozen=True):
    """The initial value that a document gives a variable, by its slot."""

    slot: int
    value: Value
    span: Span


class PartialDocument:
    """The lines of one document with some constants and variables of a model."""

    def __init__(
        self,
        document: FormalDocument,
        bindings: Mapping[str, Value],
        variables: frozenset[str],
        words: frozenset[str],
        standing: Mapping[str, Value],
    ) -> None:
        """Take the values of constants, the variables that are known, and the model's strings.

        `standing` are the values that undeclared words stand for.
        """
        self._document = document
        self._words = words
        self._given = bindings, variables, words, standing
        declared = {*document.constants, *(row.name for row in document.parameters)}
        constants = {name: bindings[name] for name in bindings if name in declared}
        constants = {**standing, **constants}
        self._meanings = Meanings(
            constants=frozenset(constants),
            variables=variables & {variable.name for variable in document.variables},
            helpers={},
            actions={},
            literals=document.literals,
            ranges=frozenset(),
        )
        helpers = self._known_helpers()
        self._meanings = replace(
            self._meanings,
            helpers={helper.name: len(helper.parameters) for helper in helpers},
        )
        self._core = Core(
            source=document.source,
            constants=constants,
            slots={variable.name: i for i, variable in enumerate(document.variables)},
            helpers={
                helper.name: HelperForm(helper.parameters, helper.body)
                for helper in helpers
                if helper.body is not None
            },
            ranges={},
            model_values=model_values_of(bindings.values()),
            table={**TABLE, Binary: _of_one_kind},
            enabled=_no_enabled,
        )

    @property
    def constants(self) -> Mapping[str, Value]:
        """The values of the constants that the document declares."""
        return self._core.constants

    def with_document(self, document: FormalDocument) -> PartialDocument:
        """Return the same for another document, with the same constants, variables and strings."""
        return PartialDocument(document, *self._given)

    def helper_codes(self) -> dict[str, tuple[tuple[str, ...], Code]]:
        """Return the parameters of each helper that can be evaluated, and its code for them."""
        found: dict[str, tuple[tuple[str, ...], Code]] = {}
        for name, form in self._core.helpers.items():
            try:
                code = self._core.code(form.body, Scope().plus(*form.parameters))
            except ConformError:
                continue
            found[name] = form.parameters, code
        return found

    def actions(self) -> Iterator[ActionLines]:
        """Yield what can be executed of each leaf action."""
        for action in self._document.actions:
            guard, _names = self._known(action.guard, frozenset(action.parameters))
            lines, _names = self._known((*guard, *action.effect), frozenset(action.parameters))
            named = tuple(line for line in guard if all(map(_names_only, line.statements)))
            asking = [line for line in guard if line not in named]
            effect = [line for line in lines if line not in guard]
            codes = [self._code(action, (*named, line), (), line) for line in asking]
            found = self._code(action, named, tuple(effect), effect[0]) if effect else None
            alone = [self._code(action, named, (line,), line) for line in effect]
            yield ActionLines(
                action.name,
                action.parameters,
                tuple(code for code in codes if code),
                found,
                {slot: each.line for each in alone if each for slot in each.code.writes},
                {slot: each for each in alone if each for slot in each.code.writes},
                is_whole=len(guard) == len(action.guard) and None not in codes,
                prose=tuple(line.span for line in action.prose),
            )

    def initial_values(self) -> Iterator[InitialValue]:
        """Yield the initial values that can be evaluated."""
        for slot, variable in enumerate(self._document.variables):
            node = variable.initial
            checker = Checker(self._meanings)
            if node is None or variable.name not in self._meanings.variables:
                continue
            checker.expression(node, frozenset())
            if checker.misuses or not self._has_values(node):
                continue
            try:
                value = self._core.code(node, Scope()).run((), ())
            except (ConformError, IndexError):
                continue
            yield InitialValue(slot, value, node.span)

    def invariants(self) -> Iterator[tuple[str, Predicate]]:
        """Yield (property, conjunct) of the formal statements that are about single states."""
        for stated, found in self._statements():
            if not found.liveness:
                yield from ((stated.name, each) for each in found.invariants)

    def about_steps(self) -> Iterator[tuple[str, StepPredicate]]:
        """Yield (property, formula) of the formal statements that are about steps."""
        for stated, found in self._statements():
            if not found.liveness:
                yield from ((stated.name, each) for each in found.actions)

    def statements(self) -> Iterator[tuple[FormalProperty, tuple[Temporal, ...]]]:
        """Yield each property with its formulas; those about single states stand under Always."""
        for stated, found in self._statements():
            if not found.unchecked and not found.actions:
                states = [StateAtom(each) for each in found.invariants]
                momentary = [Always(And(tuple(states)))] if states else []
                yield stated, (*momentary, *(each.formula for each in found.liveness))

    def _statements(self) -> Iterator[tuple[FormalProperty, Properties]]:
        """Yield the properties every name of whose formulas has a meaning, sorted by their form."""
        for stated in self._document.properties:
            checker = Checker(self._meanings)
            for formula in stated.formulas:
                checker.expression(formula, frozenset())
            if checker.misuses or not stated.formulas or not self._has_values(stated.formulas):
                continue
            classifier = Classifier(self._core)
            try:
                classifier.add(stated)
            except ConformError:
                continue
            yield stated, classifier.found

    def _known(
        self, lines: Iterable[FormalLine], local: frozenset[str]
    ) -> tuple[tuple[FormalLine, ...], frozenset[str]]:
        """Return the lines all names of which are known, and the names that they introduce."""
        known: list[FormalLine] = []
        for line in lines:
            checker = Checker(self._meanings)
            after = checker.statements(line.statements, local)
            if not checker.misuses and self._has_values(line.statements):
                known.append(line)
                local = after
        return tuple(known), local

    def _has_values(self, part: object) -> bool:
        """Whether the model has every string that a formula names."""
        strings = {
            each.value if isinstance(each, Literal) else each.name
            for each in _leaves(part)
            if isinstance(each, Name) or isinstance(each.value, str)
        }
        meanings = self._meanings
        named = {word for word in strings if isinstance(word, str) and not meanings.declares(word)}
        literal = {word for word in named if word in meanings.literals or LITERAL_WORD.match(word)}
        quoted = {each.value for each in _leaves(part) if isinstance(each, Literal)}
        wanted = literal | {word for word in quoted if isinstance(word, str)}
        return wanted - set(TRUE_SETS) <= self._words

    def _code(
        self,
        action: FormalAction,
        guard: tuple[FormalLine, ...],
        effect: tuple[FormalLine, ...],
        line: FormalLine,
    ) -> LineCode | None:
        part = replace(action, guard=guard, effect=effect, prose=())
        try:
            return LineCode(line, compile_action(self._core, part))
        except ConformError:
            return None

    def _known_helpers(self) -> list[FormalHelper]:
        """Return the helpers that can be evaluated: so can all that they use."""
        known = [helper for helper in self._document.helpers if helper.body is not None]
        while True:
            arities = {helper.name: len(helper.parameters) for helper in known}
            meanings = replace(self._meanings, helpers=arities)
            left = [helper for helper in known if _is_known(helper, meanings)]
            if len(left) == len(known):
                return left
            known = left


def _is_known(helper: FormalHelper, meanings: Meanings) -> bool:
    checker = Checker(meanings)
    if helper.body is not None:
        checker.expression(helper.body, frozenset(helper.parameters))
    return not checker.misuses


def _leaves(part: object) -> Iterator[Name | Literal]:
    """Yield the names and literals anywhere inside of statements and expressions."""
    if isinstance(part, Name | Literal):
        yield part
    elif isinstance(part, tuple):
        for element in part:
            yield from _leaves(element)
    elif isinstance(part, Struct):
        for each in parts(part):
            yield from _leaves(each)


def _of_one_kind(core: Core, node: Binary, scope: Scope) -> Code:
    """Compile an operator; to compare values of different kinds is an error here."""
    code = TABLE[Binary](core, node, scope)
    is_equality = node.operator in ("=", "#")
    if not is_equality and not (isinstance(node.right, SetOf) and "in" in node.operator):
        return code
    left, right = core.code(node.left, scope), core.code(node.right, scope)

    def run(state: State, env: Env) -> Value:
        one, other = left.run(state, env), right.run(state, env)
        among = list(other) if not is_equality and isinstance(other, SetValue) else [other]
        if among and kind_of(one) not in map(kind_of, among):
            raise core.error(node.span, "these are values of different kinds")
        return code.run(state, env)

    return Code(run, code.reads, code.uses)


def _names_only(statement: Statement) -> bool:
    return isinstance(statement, Let | Choose)


def _no_enabled(_name: str, span: Span) -> Code:
    raise UnsupportedError("ENABLED is not asked of single lines", span=span)
