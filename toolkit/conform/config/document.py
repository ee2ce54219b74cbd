"""YAML with places: a document as nodes that know their line, read without building any object.

Nothing in a document is ever constructed: it is composed to nodes (PyYAML's SafeLoader) and its
scalars are taken as text. Size, depth and aliases are bounded before the composer, which recurses,
sees the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import yaml
from msgspec import Struct

from conform.errors import InputError
from conform.text import TAB_WIDTH, Source, Span, nearest

MAX_CHARACTERS = 256 * 1024
"""Longer documents are refused: a project of five hundred protocols fits."""

MAX_DEPTH = 16
"""Deeper nesting is refused: the deepest legal entry is six levels down."""

_KINDS = {
    "bool": "a boolean",
    "int": "a number",
    "float": "a number",
    "null": "nothing",
    "timestamp": "a date",
    "map": "a mapping",
    "seq": "a list",
}


class Located(Struct, frozen=True):
    """A node of the document with its source, for messages that point at it."""

    node: yaml.Node
    source: Source

    @property
    def span(self) -> Span:
        """Where the node is; a block that runs over lines is given by its first."""
        return span_of(self.source, self.node.start_mark, self.node.end_mark)

    @property
    def excerpt(self) -> str:
        """The line of the node with a caret."""
        return self.source.excerpt(self.span)

    def wrong(self, message: str, *, expected: str = "", hint: str = "") -> InputError:
        """Return the error that says `message` about this node."""
        return InputError(
            message, span=self.span, excerpt=self.excerpt, expected=expected, hint=hint
        )

    def text(self, what: str) -> str:
        """Return the node's text, not empty, or raise InputError; `what` names what it must be."""
        is_text = isinstance(self.node, yaml.ScalarNode) and self.node.tag.endswith(":str")
        if not is_text:
            hint = "put it in quotes" if self._is_plain_scalar else ""
            raise self.wrong(f"expected {what}, found {self._kind}", hint=hint)
        value = str(self.node.value)
        if not value.strip() or not value.isprintable():
            raise self.wrong(f"expected {what}, found {value!r}")
        return value

    def items(self, what: str) -> Iterator[tuple[Located, Located]]:
        """Yield (key, value) of a mapping, each key text and new, or raise InputError."""
        if not isinstance(self.node, yaml.MappingNode) or not self.node.tag.endswith(":map"):
            raise self.wrong(f"expected {what}, found {self._kind}")
        seen: dict[str, Located] = {}
        for key_node, value_node in self.node.value:
            key = Located(key_node, self.source)
            name = key.text("a name as key")
            if name in seen:
                raise key.wrong(
                    f"{name} is given twice", hint=f"the first is on line {seen[name].span.line}"
                )
            seen[name] = key
            yield key, Located(value_node, self.source)

    def entries(self, what: str) -> Iterator[Located]:
        """Yield the elements of a list, or raise InputError."""
        if not isinstance(self.node, yaml.SequenceNode) or not self.node.tag.endswith(":seq"):
            raise self.wrong(f"expected {what}, found {self._kind}")
        for node in self.node.value:
            yield Located(node, self.source)

    def fields(self, what: str, *, required: tuple[str, ...], known: tuple[str, ...]) -> Fields:
        """Return a mapping's values by key; raise InputError for unknown and missing keys."""
        found: dict[str, Located] = {}
        for key, value in self.items(f"the keys of {what}"):
            name = key.text("a name as key")
            if name not in known:
                raise unknown_key(key, name, known)
            found[name] = value
        for name in required:
            if name not in found:
                raise self.wrong(f"{what} lacks the key {name}", expected=", ".join(known))
        return found

    @property
    def _kind(self) -> str:
        kind = self.node.tag.rpartition(":")[2]
        if isinstance(self.node, yaml.ScalarNode):
            return "nothing" if not self.node.value else _KINDS.get(kind, f"a value tagged {kind}")
        return _KINDS.get(kind, f"a value tagged {kind}")

    @property
    def _is_plain_scalar(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode) and bool(self.node.value)


Fields = dict[str, Located]
"""The values of a mapping by key."""


def unknown_key(key: Located, name: str, known: tuple[str, ...]) -> InputError:
    """Return the error that refuses a key and offers the nearest known one."""
    close = nearest(name, known)
    return key.wrong(
        f"unknown key {name}",
        expected=", ".join(known),
        hint=f"did you mean {close}?" if close else "",
    )


def compose(source: Source) -> Located | None:
    """Return the root of the document, None for an empty one, or raise InputError."""
    if len(source.text) > MAX_CHARACTERS:
        raise InputError(f"{source.path}: longer than {MAX_CHARACTERS} characters")
    try:
        _refuse_unbounded(source)
        node = yaml.compose(source.text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _ill_formed(source, error) from None
    except yaml.reader.ReaderError as error:
        raise _unreadable(source, error) from None
    return None if node is None else Located(node, source)


def span_of(source: Source, start: yaml.Mark, end: yaml.Mark) -> Span:
    """Return the span between two marks, cut to the line where it starts."""
    line = start.line + 1
    column = _column(source, start)
    last = _column(source, end) - 1 if end.line == start.line else len(source.line(line))
    return Span(source.path, line, column, line, max(column, last))


def _column(source: Source, mark: yaml.Mark) -> int:
    lines = _lines(source)
    line = lines[mark.line] if mark.line < len(lines) else ""
    return len(line[: mark.column].expandtabs(TAB_WIDTH)) + 1


@lru_cache(maxsize=1)
def _lines(source: Source) -> list[str]:
    return source.text.splitlines()


def _refuse_unbounded(source: Source) -> None:
    """Read the events, which takes no recursion, and raise InputError for what is out of bounds."""
    depth = documents = 0
    for event in yaml.parse(source.text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            hint = "write the value out in its place"
            raise _bounded(source, event, f"aliases (*{event.anchor}) are not read here", hint)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise _bounded(source, event, "a second document starts here; only one is read")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _bounded(source, event, f"nested deeper than {MAX_DEPTH} levels")


def _bounded(source: Source, event: yaml.Event, message: str, hint: str = "") -> InputError:
    assert isinstance(event.start_mark, yaml.Mark) and isinstance(event.end_mark, yaml.Mark)
    span = span_of(source, event.start_mark, event.end_mark)
    return InputError(message, span=span, excerpt=source.excerpt(span), hint=hint)


def _ill_formed(source: Source, error: yaml.MarkedYAMLError) -> InputError:
    mark = error.problem_mark or error.context_mark
    problem = ", ".join(filter(None, (error.problem, error.context))) or "ill-formed"
    if mark is None:
        return InputError(f"{source.path}: not YAML: {problem}")
    span = span_of(source, mark, mark)
    return InputError(f"not YAML: {problem}", span=span, excerpt=source.excerpt(span))


def _unreadable(source: Source, error: yaml.reader.ReaderError) -> InputError:
    before = source.text[: error.position]
    line = before.count("\n") + 1
    column = len(before.rpartition("\n")[2].expandtabs(TAB_WIDTH)) + 1
    return InputError(
        f"not YAML: the character U+{int(error.character):04X} cannot stand here",
        span=Span(source.path, line, column, line, column),
        hint="remove the control character",
    )
