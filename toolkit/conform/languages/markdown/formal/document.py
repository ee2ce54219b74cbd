"""The formal part of a document: what could be read of each action, helper and property."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from conform.domain.finding import Finding
from conform.domain.spec import FairnessStatement, ParameterRow
from conform.errors import InputError
from conform.languages.markdown.formal.syntax import Expression, Statement
from conform.languages.markdown.formal.traversal import names_in
from conform.text import Source, Span


class FormalLine(Struct, frozen=True):
    """A line that was read: its text as a reader sees it, and its statements."""

    text: str
    span: Span
    statements: tuple[Statement, ...]


class ProseLine(Struct, frozen=True):
    """A line that is not executed; `error` says what is wrong with one that is set as code."""

    text: str
    span: Span
    error: InputError | None


class FormalAction(Struct, frozen=True):
    """A leaf action: `ranges` has the set of each parameter, None where the document gives none.

    `prose` are the lines of guard and effect that cannot be executed.
    """

    name: str
    parameters: tuple[str, ...]
    ranges: tuple[Expression | None, ...]
    guard: tuple[FormalLine, ...]
    effect: tuple[FormalLine, ...]
    prose: tuple[ProseLine, ...]
    span: Span

    @property
    def is_executable(self) -> bool:
        """Whether all of it is executed: no line is prose, and there is an effect."""
        return not self.prose and bool(self.effect) and None not in self.ranges

    def lines(self) -> tuple[FormalLine, ...]:
        """Return the lines of guard and effect that were read."""
        return self.guard + self.effect


class FormalVariable(Struct, frozen=True):
    """A state variable; `initial` and `type_set` are None where they could not be read."""

    name: str
    initial: Expression | None
    type_set: Expression | None
    span: Span


class FormalHelper(Struct, frozen=True):
    """A helper whose definition is a formula; `body` is None where it could not be read."""

    name: str
    parameters: tuple[str, ...]
    body: Expression | None
    span: Span


class FormalProperty(Struct, frozen=True):
    """A property: its formulas, which all must hold; none where it has no formal statement.

    `kind` is as the document says. `error` says what is wrong with a statement set as code.
    """

    name: str
    kind: str
    formulas: tuple[Expression, ...]
    error: InputError | None
    span: Span


class FormalDocument(Struct, frozen=True):
    """All of it, in the document's order; `findings` say what is wrong in lines that were read.

    `groups` has the outcomes of the actions that are split into outcomes. `stated_ranges` are the
    ranges of names that hold for the whole document, `literals` the words that stand for
    themselves although they are not in capitals.
    """

    source: Source
    name: str
    constants: tuple[str, ...]
    variables: tuple[FormalVariable, ...]
    helpers: tuple[FormalHelper, ...]
    actions: tuple[FormalAction, ...]
    groups: dict[str, tuple[str, ...]]
    properties: tuple[FormalProperty, ...]
    constraints: tuple[tuple[str, Expression | None, Span], ...]
    fairness: tuple[FairnessStatement, ...]
    unread_fairness: Span | None
    parameters: tuple[ParameterRow, ...]
    stated_ranges: dict[str, Expression]
    literals: frozenset[str]
    findings: tuple[Finding, ...]

    @property
    def is_executable(self) -> bool:
        """Whether every action is executed in full, from an initial state that is known."""
        return not any(self.obstacles())

    def _used_names(self) -> frozenset[str]:
        """Return the names that what is executed mentions, through the definitions of helpers."""
        bodies = {helper.name: helper.body for helper in self.helpers}
        used: set[str] = set()
        found = {
            *names_in(tuple(line.statements for each in self.actions for line in each.lines())),
            *names_in(tuple(each.formulas for each in self.properties)),
            *names_in(tuple(each.initial for each in self.variables)),
            *names_in(tuple(formula for _, formula, _ in self.constraints)),
        }
        while found := found - used:
            used |= found
            found = {name for each in found for name in names_in(bodies.get(each))}
        return frozenset(used)

    def obstacles(self) -> Iterator[str]:
        """Yield why the document gives no model, one reason a line; nothing when it gives one."""
        if not self.variables:
            yield "it declares no state variable"
        if not self.actions:
            yield "it has no action"
        for variable in self.variables:
            if variable.initial is None:
                yield f"the initial value of {variable.name} is no formula"
        for action in self.actions:
            yield from _obstacles_of(action)
        used = self._used_names()
        for helper in self.helpers:
            if helper.body is None and helper.name in used:
                yield f"the definition of helper {helper.name} is no formula"
        for name, formula, _ in self.constraints:
            if formula is None:
                yield f"the constraint {name} is no formula"


def _obstacles_of(action: FormalAction) -> Iterator[str]:
    if action.prose:
        count = len(action.prose)
        yield f"action {action.name}: {count} {'line is' if count == 1 else 'lines are'} prose"
    elif not action.effect:
        yield f"action {action.name}: no effect is stated"
    for parameter, given in zip(action.parameters, action.ranges, strict=True):
        if given is None:
            yield f"action {action.name}: nothing says what `{parameter}` ranges over"
