"""What all of evaluation shares: compiled code, scopes, and the errors of formulas without a value.

A state is a tuple with one value for each variable. Where a formula speaks of a step, the state is
followed by the next one in the same tuple, and a prime looks there. An environment is a tuple of
the values of local names: parameters, bound names, Lets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from conform.domain.states import Slots, State
from conform.domain.values import Value, format_value, kind_of
from conform.errors import EvaluationError
from conform.languages.markdown.formal.syntax import Binary, Expression, Quantified, Unary
from conform.text import Source, Span

Env: TypeAlias = tuple[Value, ...]
Run: TypeAlias = Callable[[State, Env], Value]
Test: TypeAlias = Callable[[State, Env], bool]
NOTHING: Slots = frozenset()

MAX_ELEMENTS = 1_000_000
"""Sets with more elements are not listed."""


class Code(Struct, frozen=True):
    """A compiled formula: `reads` are the slots, `uses` the places of the environment, it needs.

    `is_known` is true of a value that has been found once and for all.
    """

    run: Run
    reads: Slots
    uses: frozenset[int]
    is_known: bool = False

    @property
    def is_constant(self) -> bool:
        """Whether the value is the same everywhere."""
        return not self.reads and not self.uses


class Named(Struct, frozen=True, eq=False):
    """What a Let names: evaluated where it is used, in the scope in which it was written.

    So it need have no value where it is not used, and guards may come before what they guard.
    """

    node: Expression
    scope: Scope
    codes: dict[bool, Code] = msgspec.field(default_factory=dict)

    def code(self, core: Core, *, primed: bool) -> Code:
        """Return its code; with a prime around it is that of the next state."""
        if primed not in self.codes:
            scope = replace(self.scope, primed=primed or self.scope.primed)
            self.codes[primed] = core.code(self.node, scope)
        return self.codes[primed]


class Scope(Struct, frozen=True):
    """The local names: with places in the environment, or named by a Let.

    `primed` is true where names of variables mean their next values.
    """

    places: Mapping[str, int] = msgspec.field(default_factory=dict)
    size: int = 0
    primed: bool = False
    lets: Mapping[str, Named] = msgspec.field(default_factory=dict)

    def naming(self, name: str, node: Expression) -> Scope:
        """Return the scope with a Let."""
        return replace(self, lets={**self.lets, name: Named(node, self)})

    def has(self, name: str) -> bool:
        """Whether a name is local."""
        return name in self.places or name in self.lets

    def plus(self, *names: str) -> Scope:
        """Return the scope with further names at the end of the environment."""
        places = {**self.places, **{name: self.size + i for i, name in enumerate(names)}}
        return replace(self, places=places, size=self.size + len(names))


class HelperForm(Struct, frozen=True):
    """A helper: its parameters and what it stands for."""

    parameters: tuple[str, ...]
    body: Expression


@dataclass(slots=True, eq=False)
class Core:
    """The names of a document with their meaning, and the way to code; one for each model.

    `actions` gives ENABLED of an action by its name: code of arguments already evaluated.
    """

    source: Source
    constants: Mapping[str, Value]
    slots: Mapping[str, int]
    helpers: Mapping[str, HelperForm]
    ranges: Mapping[str, Expression]
    model_values: Mapping[str, Value]
    table: Mapping[type, Callable[[Any, Any, Scope], Code]]
    enabled: Callable[[str, Span], Code]
    helper_codes: dict[tuple[str, bool], Code] = field(default_factory=dict)
    reading: set[str] = field(default_factory=set)

    def code(self, node: Expression, scope: Scope) -> Code:
        """Return the code of an expression; one that is constant is evaluated here and now."""
        found = self.table[type(node)](self, node, scope)
        if not found.is_constant:
            return found
        try:
            value = found.run((), (0,) * scope.size)  # names bound inside stand behind these
        except EvaluationError:  # it may stand where it is never asked for
            return found
        return constant(value)

    def error(self, span: Span, message: str, *, expected: str = "", hint: str = "") -> Exception:
        """Return the error of a formula that has no value, drawn in its line."""
        excerpt = self.source.excerpt(span)
        return EvaluationError(message, span=span, excerpt=excerpt, expected=expected, hint=hint)

    def wrong_kind(self, span: Span, value: Value, expected: str) -> Exception:
        """Return the error of a value of the wrong kind."""
        shown = format_value(value)
        message = f"this is {kind_of(value)}, {shown[:60]}{'…' * (len(shown) > 60)}"
        return self.error(span, message, expected=expected)


def constant(value: Value) -> Code:
    """Return the code of a value that is the same everywhere."""
    return Code(lambda _s, _e: value, NOTHING, frozenset(), is_known=True)


def joined(run: Run, *parts: Code) -> Code:
    """Return code that reads what its parts read."""
    reads = frozenset[int]().union(*(part.reads for part in parts))
    uses = frozenset[int]().union(*(part.uses for part in parts))
    return Code(run, reads, uses)


def within(run: Run, scope: Scope, body: Code, *around: Code) -> Code:
    """Return code with a body in which further names are bound behind those of `scope`."""
    inner = Code(run, body.reads, frozenset(place for place in body.uses if place < scope.size))
    return joined(run, inner, *around)


_TRUTHS = frozenset(
    (
        "/\\",
        "\\/",
        "=>",
        "<=>",
        "=",
        "#",
        "<",
        "<=",
        ">",
        ">=",
        "\\in",
        "\\notin",
        "\\subseteq",
        "~",
    )
)
"""Operators whose values are truth values, so that they need not be asked whether they are."""


def truth(core: Core, node: Expression, code: Code) -> Test:
    """Return the truth value of a formula, or raise EvaluationError for any other value."""
    run = code.run
    if isinstance(node, Quantified) or (
        isinstance(node, Unary | Binary) and node.operator in _TRUTHS
    ):
        return cast(Test, run)

    def test(s: State, e: Env) -> bool:
        value = run(s, e)
        if value is True or value is False:
            return value
        raise core.wrong_kind(node.span, value, "a truth value")

    return test
