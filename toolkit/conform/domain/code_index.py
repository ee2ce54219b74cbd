"""What the sources of an implementation declare, whatever its language."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from conform.text import Source, Span


class Field(Struct, frozen=True):
    """A field of a record or of a variant; `attributes` is what stands in front of it, as text."""

    name: str
    span: Span
    attributes: str = ""
    type_text: str = ""


class Variant(Struct, frozen=True):
    """One case of an enumeration, with its named fields; an error, a state or a command.

    `is_converted` says that the language makes it of another type's value, unseen.
    """

    name: str
    span: Span
    attributes: str = ""
    fields: tuple[Field, ...] = ()
    is_converted: bool = False


class Enumerated(Struct, frozen=True):
    """A type that is one of several cases, in order."""

    name: str
    span: Span
    attributes: str
    variants: tuple[Variant, ...]


class Record(Struct, frozen=True):
    """A type with named fields, in order."""

    name: str
    span: Span
    attributes: str
    fields: tuple[Field, ...]


class Initial(Struct, frozen=True):
    """The value that `record` gives `field` where nothing else is said, as written in the code."""

    record: str
    field: str
    text: str
    span: Span


class Arm(Struct, frozen=True):
    """What a choice gives for some cases of a type: the last names of these, the value as text."""

    cases: tuple[str, ...]
    value: str
    span: Span


class Call(Struct, frozen=True):
    """A call of a function or a method by its last name, with its arguments as text.

    `bound` is the name of a variable that gets its value; nothing where that has another use.
    """

    name: str
    arguments: str
    span: Span
    bound: str = ""


class Function(Struct, frozen=True):
    """A function by its name, every name in its body, its choices, and its calls.

    Calls are in the order in which their names stand.
    """

    name: str
    span: Span
    words: frozenset[str]
    arms: tuple[Arm, ...] = ()
    calls: tuple[Call, ...] = ()


class Interface(Struct, frozen=True):
    """A set of operations, each by its name and place, in order.

    Several types have them, or `is_type` says that they are a type's own.
    """

    name: str
    span: Span
    operations: tuple[tuple[str, Span], ...]
    is_type: bool = False


class Literal(Struct, frozen=True):
    """A text in quotes, without them, and as `filled_in` the values for its placeholders."""

    text: str
    span: Span
    filled_in: tuple[str, ...] = ()


class CodeFile(Struct, frozen=True):
    """What one file declares; tests inside it left out.

    `words` says how often each name stands in it outside of comments and quotes, `used` which of
    them stand where a value is made or passed: not in a pattern, a comparison or a declaration;
    of paths the last two names as well, as `State::Open`. `error` is the first place that is none
    of the language: what stands around it may be missing.
    """

    source: Source
    enumerations: tuple[Enumerated, ...]
    records: tuple[Record, ...]
    initials: tuple[Initial, ...]
    functions: tuple[Function, ...]
    literals: tuple[Literal, ...]
    comments: tuple[Literal, ...]
    words: Mapping[str, int]
    error: Span | None = None
    used: frozenset[str] = frozenset()
    interfaces: tuple[Interface, ...] = ()
