"""A machine: a specification's state machine in fragments of Python source, ready to be laid out.

Whatever spec language it came from, a generator needs no more than this. Every expression is one
line of Python; names are safe identifiers already; all other text (headings, formulas, values of
constants) is raw and the generator's to quote. In expressions `self` is the machine, with
`self.state` and `self.constants`; in an action's own lines the present state is also `state`.
"""

from __future__ import annotations

from msgspec import Struct

from conform.text import Span


def python_literal(text: str) -> str:
    """Return `text` as a Python literal, in the quotes that need fewer escapes, as ruff does."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + "".join(_escaped(character, quote) for character in text) + quote


def _escaped(character: str, quote: str) -> str:
    if character in ("\\", quote):
        return f"\\{character}"
    if character.isprintable():
        return character
    named = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character)
    if named:
        return named
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class Citation(Struct, frozen=True):
    """Where something is said: `heading` of the document as written, and two places as path:line.

    Each is empty where the artefact does not say it.
    """

    heading: str = ""
    document: str = ""
    model: str = ""


class Named(Struct, frozen=True):
    """A parameter of a method: `name` is the spec's, `identifier` Python's."""

    name: str
    identifier: str
    annotation: str


class ConstantField(Struct, frozen=True):
    """A constant: `default` is the literal of its value in the configuration generated for."""

    name: str
    identifier: str
    annotation: str
    default: str
    description: str


class VariableField(Struct, frozen=True):
    """A state variable and the expression of its initial value."""

    name: str
    identifier: str
    annotation: str
    initial: str
    plain: str
    """Its value as plain data, an expression over `state`."""
    description: str
    citation: Citation


class Alias(Struct, frozen=True):
    """A name for a type that occurs more than once, as `LogState` for `Literal[...]`."""

    identifier: str
    definition: str


class RecordClass(Struct, frozen=True):
    """The records with these fields; one class for each set of field names."""

    identifier: str
    fields: tuple[Named, ...]


class Arm(Struct, frozen=True):
    """A value returned where `condition` holds; an empty condition always does.

    An empty `value` means that the operator has none there: `failure` says so.
    """

    condition: str
    value: str
    failure: str = ""


class Operator(Struct, frozen=True):
    """A method that computes something of the present state: `arms` are tried in their order.

    Without parameters it is a property. `formula` is the definition's right side in the spec
    language, `description` what the document says.
    """

    name: str
    identifier: str
    parameters: tuple[Named, ...]
    annotation: str
    arms: tuple[Arm, ...]
    formula: str
    description: str
    citation: Citation


class LocalValue(Struct, frozen=True):
    """A name given to a value inside an action."""

    identifier: str
    expression: str


class GuardLine(Struct, frozen=True):
    """One conjunct of a guard.

    `negation` is the Python condition under which it is false; `locals` are needed from here on;
    `readings` are the (text, expression) pairs whose values show why.
    """

    formula: str
    condition: str
    negation: str
    locals: tuple[LocalValue, ...]
    readings: tuple[tuple[str, str], ...]


class Choice(Struct, frozen=True):
    """A value that a step is free to choose from `domain`, an iterable expression.

    `formula` is the choice as the spec language writes it. `guards` must hold once it is made.
    `is_constant` when the set depends on no state, so that it can be listed in any. `variable` is
    the one that takes the chosen value as it is, empty where the choice has a name of its own.
    """

    parameter: Named
    domain: str
    formula: str
    guards: tuple[GuardLine, ...]
    is_constant: bool
    variable: str = ""


class Assignment(Struct, frozen=True):
    """A new value of a variable, by its identifier; what is not assigned stays as it is."""

    identifier: str
    expression: str


class Loop(Struct, frozen=True):
    """One of the nested loops that list an action's instances."""

    identifier: str
    domain: str


class InstanceList(Struct, frozen=True):
    """Nested loops over instances of an action; an argument is an expression over their names."""

    loops: tuple[Loop, ...]
    arguments: tuple[str, ...]


class MachineAction(Struct, frozen=True):
    """An action: its guard, the choices left open by it, and its effect.

    `instances` list the values of `parameters`. `guard_text` and `effect_text` are the document's
    lines, or the model's conjuncts where there is no document.
    """

    name: str
    identifier: str
    parameters: tuple[Named, ...]
    instances: tuple[InstanceList, ...]
    guard: tuple[GuardLine, ...]
    choices: tuple[Choice, ...]
    locals: tuple[LocalValue, ...]
    assignments: tuple[Assignment, ...]
    guard_text: tuple[str, ...]
    effect_text: tuple[str, ...]
    citation: Citation


class MachineProperty(Struct, frozen=True):
    """An invariant, or with `is_step` a property of a step from `before` to the present state."""

    name: str
    label: str
    identifier: str
    conjuncts: tuple[str, ...]
    is_step: bool
    formula: str
    description: str
    citation: Citation


class MachineFormula(Struct, frozen=True):
    """A liveness property: `expression` makes a Formula whose leaves are of the present state.

    Its operators are the same in each state. `formula` is the definition's right side in the spec
    language, `description` what the document says.
    """

    name: str
    label: str
    identifier: str
    expression: str
    formula: str
    description: str
    citation: Citation


class MachineFairness(Struct, frozen=True):
    """A fairness condition on `actions`, one for each value of their parameters `each`.

    `kind` is weak or strong. Whichever action and whatever the other parameters are, it is taken.
    """

    kind: str
    actions: tuple[str, ...]
    each: tuple[str, ...]


class Omission(Struct, frozen=True):
    """A part of the specification that has no place in the machine, and why."""

    kind: str
    name: str
    reason: str
    hint: str
    span: Span | None
    excerpt: str = ""


class Machine(Struct, frozen=True):
    """The whole; every tuple is in the order of the specification.

    `support` names the functions that expressions call beside Python's own (see
    `generate.support`). `temporal` names the properties that no finite run can decide; of these,
    `liveness` has all or none, those that `fairness` is told for. Without it, they are listed so
    that nobody misses them, and `unstated` says why.
    """

    name: str
    class_name: str
    title: str
    constants: tuple[ConstantField, ...]
    aliases: tuple[Alias, ...]
    records: tuple[RecordClass, ...]
    variables: tuple[VariableField, ...]
    operators: tuple[Operator, ...]
    actions: tuple[MachineAction, ...]
    properties: tuple[MachineProperty, ...]
    temporal: tuple[str, ...]
    liveness: tuple[MachineFormula, ...]
    fairness: tuple[MachineFairness, ...]
    omissions: tuple[Omission, ...]
    support: frozenset[str]
    unstated: Omission | None = None
