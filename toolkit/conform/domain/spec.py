"""A Spec: what a document or a module SAYS. The same words for every language.

A document fills all of it; a formal module fills the constructs that it has. Names are as written;
spans point into the artefact.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from conform.text import Span


class ConstructKind(StrEnum):
    """The kinds of construct that a mapping row can be about."""

    CONSTANT = "constant"
    VARIABLE = "variable"
    ACTION = "action"
    HELPER = "helper"
    PROPERTY = "property"


class Constant(Struct, frozen=True):
    """A declared constant; `description` is its constraint or meaning in prose, perhaps empty."""

    name: str
    description: str
    span: Span


class Line(Struct, frozen=True):
    """One line of a Guard or an Effect; `is_formal` when the document sets it as code.

    `case` is the case that its label names, as in "Effect (success)"; empty as a rule. `inner` are
    the lines of the items below it, which `text` has in parentheses.
    """

    text: str
    is_formal: bool
    span: Span
    case: str = ""
    inner: tuple[Line, ...] = ()


class Variable(Struct, frozen=True):
    """A state variable; `type_text` and `initial_text` are as the artefact has them, or empty.

    `type_line` and `initial_line` are the same with their places, where a document has them.
    `domain` names the set of its indices where the document declares one element: `status[t]`,
    with the type of that; `type_text` is then that of the whole.
    """

    name: str
    type_text: str
    initial_text: str
    span: Span
    type_line: Line | None = None
    initial_line: Line | None = None
    domain: str = ""


class Action(Struct, frozen=True):
    """An action with its parameters; `number` is the document's, as in "3b", or empty.

    `section` is the heading or definition as the artefact shows it. `outcomes` are the named ways
    in which one action of the document can end (WALWriteSuccess and WALWriteFail of WALWrite); each
    is an action of the formal models.
    """

    name: str
    parameters: tuple[str, ...]
    number: str
    section: str
    guard: tuple[Line, ...]
    effect: tuple[Line, ...]
    outcomes: tuple[Action, ...]
    span: Span

    def leaves(self) -> Iterator[Action]:
        """Yield the actions that a model has for this one: its outcomes, or itself."""
        if not self.outcomes:
            yield self
        for outcome in self.outcomes:
            yield from outcome.leaves()


class Helper(Struct, frozen=True):
    """An operator that guards and properties use; `lines` are a document's definition, placed."""

    name: str
    parameters: tuple[str, ...]
    definition: str
    span: Span
    lines: tuple[Line, ...] = ()


class Property(Struct, frozen=True):
    """A property; `label` is the document's, as in "S1", or empty.

    `kind` is as stated: Invariant, Safety, Action or Liveness. `expected` is the expected verdict
    as written (PASS, FAIL), None when the artefact does not say. `lines` are a document's formal
    statement with its places.
    """

    name: str
    label: str
    kind: str
    statement: str
    formal: str
    expected: str | None
    span: Span
    lines: tuple[Line, ...] = ()


class FairnessStatement(Struct, frozen=True):
    """The fairness of one action: `kind` is weak, strong or none.

    `parameters` are those for each value of which the action is fair. `is_joint` where the action
    is fair only together with others: one of `A \\/ B` is taken again and again.
    """

    action: str
    parameters: tuple[str, ...]
    kind: str
    span: Span
    is_joint: bool = False


class ParameterRow(Struct, frozen=True):
    """The values of one constant in each named configuration, as written."""

    name: str
    values: tuple[tuple[str, str], ...]
    span: Span


# ------------------------------------------------------------------------------- mapping tables


class ConstructReference(Struct, frozen=True):
    """A construct that a cell names: `A(w)`, `VARIABLE x`, `always assertion X`.

    `parameters` is None where the cell gives no parentheses. `keyword` is VARIABLE, CONSTANT,
    action, `always assertion` and so on, or empty. `note` is what follows in parentheses as prose
    (either/or).
    """

    name: str
    parameters: tuple[str, ...] | None
    keyword: str
    note: str
    span: Span


class RangeReference(Struct, frozen=True):
    """`first` through `last`: all actions from the one to the other, in the artefact's order."""

    first: ConstructReference
    last: ConstructReference
    span: Span


class SymbolReference(Struct, frozen=True):
    """A link to a file of an implementation, `[text](target)`.

    `symbol` is the dotted name that the text gives as code, empty for a plain file link; `target`
    is the path as written, relative to the document; `line` is the one after `#L`, None without.
    """

    symbol: str
    target: str
    line: int | None
    span: Span


class SameNames(Struct, frozen=True):
    """ "Same action names": the artefact uses the subject's own names."""

    span: Span


class Absent(Struct, frozen=True):
    """A dash: the artefact has no such construct; `reason` is empty where none is given."""

    reason: str
    span: Span


Reference = ConstructReference | RangeReference | SymbolReference | SameNames | Absent


class Cell(Struct, frozen=True):
    """What one column of a mapping row says; `column` is the header of the column as written."""

    column: str
    text: str
    references: tuple[Reference, ...]
    span: Span


class Subject(Struct, frozen=True):
    """What a mapping row is about: constructs of the document.

    `names` are those in code spans; `numbers` the actions' numbers ("5" to "9" for `Actions 5-9`);
    `label` a property's (S2). A row about a group of actions has numbers and perhaps no names.
    """

    kind: ConstructKind
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    label: str
    text: str
    span: Span


class MappingRow(Struct, frozen=True):
    """A row: its subject, and a cell for each further column."""

    subject: Subject
    cells: tuple[Cell, ...]
    span: Span


class MappingTable(Struct, frozen=True):
    """A mapping table: its columns after the first, as written, and its rows (perhaps none)."""

    columns: tuple[str, ...]
    rows: tuple[MappingRow, ...]
    span: Span


class ResultRow(Struct, frozen=True):
    """A row of a results table: a property and what is written in each verdict column.

    `verdicts` has (header, cell) of every column that is neither the name, the kind nor prose; a
    column of expected verdicts is among them. `kind` is as written, empty without such a column.
    `notes` is what the columns of prose say; `label` the property's, as in S2, perhaps empty.
    """

    property: str
    kind: str
    verdicts: tuple[tuple[str, str], ...]
    span: Span
    notes: str = ""
    label: str = ""


class StatedCount(Struct, frozen=True):
    """A count that prose states: `66,770 distinct states`, `depth 33`, `~10^5 states`.

    `measure` is "distinct states", "states" (as stated, of either sort), "states generated" or
    "depth". `~10^6-7 states` has two ends: `value` is the lower one, `upper` the other. `is_power`
    marks a power of ten, which states an order of magnitude. `context` is the text around it, which
    may tell what was counted: the sentence, or lines of code up to a blank one.
    """

    measure: str
    value: int
    is_approximate: bool
    span: Span
    upper: int | None = None
    is_power: bool = False
    context: str = ""


class Spec(Struct, frozen=True):
    """What one artefact says. Order is the artefact's own.

    `constraints` are the state constraints under which a document wants its model explored.
    """

    path: str
    title: str
    constants: tuple[Constant, ...] = ()
    variables: tuple[Variable, ...] = ()
    actions: tuple[Action, ...] = ()
    helpers: tuple[Helper, ...] = ()
    properties: tuple[Property, ...] = ()
    fairness: tuple[FairnessStatement, ...] = ()
    unread_fairness: Span | None = None
    parameters: tuple[ParameterRow, ...] = ()
    mapping: tuple[MappingTable, ...] = ()
    results: tuple[ResultRow, ...] = ()
    constraints: tuple[Line, ...] = ()
    counts: tuple[StatedCount, ...] = ()

    def leaf_actions(self) -> Iterator[Action]:
        """Yield the actions that models have: outcomes in place of the actions that they split."""
        for action in self.actions:
            yield from action.leaves()
