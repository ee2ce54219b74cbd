"""What a Rust source declares: types, first values, texts and comments.

The grammar is that of tree-sitter-rust, whose names the nodes have. Nothing is made of what stands
in a macro but its words and texts. What `#[cfg(test)]` stands in front of is left out. A type with
an error in its body is left out too: nobody knows all its parts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from conform.domain.code_index import (
    Arm,
    Call,
    CodeFile,
    Enumerated,
    Field,
    Function,
    Initial,
    Interface,
    Literal,
    Record,
    Variant,
)
from conform.implementations.syntax_trees import SyntaxTree
from conform.text import Source

if TYPE_CHECKING:
    from tree_sitter import Node

_COMMENTS = frozenset(("line_comment", "block_comment"))
_STRINGS = frozenset(("string_literal", "raw_string_literal"))
_WHOLE = _COMMENTS | _STRINGS
"""What has parts in which nothing is looked for."""

_PATTERNS = frozenset(("match_pattern", "use_declaration", "enum_variant"))
_PATHS = frozenset(("scoped_identifier", "scoped_type_identifier"))
_COMPARED = frozenset(("==", "!="))
_MAKERS = frozenset(
    (
        *("default", "defaults", "new", "initial", "init", "empty", "first", "start", "from_env"),
        *("build", "with_defaults"),
    )
)
"""Functions of a type, or of its builder, that give it its first value."""

_CONSTANTS = frozenset(("const_item", "static_item"))
_INSTEAD = frozenset(("unwrap_or", "unwrap_or_else"))
_MOST_WORDS = 200
"""So many words of the values behind a text are read."""

_READ = frozenset(("var", "var_os"))
_HELPER = re.compile(r"^(?!env$|set_)(?:\w+_)?(?:env|var)(?:_\w+)?$")
"""Names of functions with a variable and what is taken instead; not `set_var`, or `env` alone."""

_OPERATIONS = frozenset(("function_signature_item", "function_item"))

_NAMED = re.compile(r"\bdefault\s*=\s*\"(?:\w+::)*([a-z]\w*)\"")
_MARGIN = re.compile(r"^//[/!]?|^/\*[*!]?|\*/$")
_QUOTES = re.compile(r'^[a-z]*#*"|"#*$')
_WORD = re.compile(r"(?<!\w)(?:r#)?([^\W\d]\w*)")


@lru_cache(maxsize=256)  # each rule asks for the same files
def read_rust(source: Source) -> CodeFile:
    """Return what a source declares; of one that is no Rust, what looks like it."""
    import tree_sitter_rust  # noqa: PLC0415

    return _Reader(source, SyntaxTree(source, tree_sitter_rust.language())).file()


class _Part(Struct, frozen=True):
    """A node, the attributes in front of it, and whether it is there for tests alone.

    `is_asked` says that it stands in a pattern or a comparison, where no value is made.
    """

    node: Node
    attributes: tuple[Node, ...] = ()
    tested: bool = False
    is_asked: bool = False


class _Reader:
    """One source and its tree."""

    def __init__(self, source: Source, tree: SyntaxTree) -> None:
        self._source = source
        self._tree = tree
        self._makers = frozenset(_NAMED.findall(source.text))
        self._ends = dict.fromkeys(("impl_item", "function_item"), 0)

    def file(self) -> CodeFile:
        enumerations: list[Enumerated] = []
        records: list[Record] = []
        initials: list[Initial] = []
        literals: list[Literal] = []
        comments: list[Literal] = []
        functions: list[Function] = []
        interfaces: list[Interface] = []
        words: list[str] = []
        used: set[str] = set()
        for part in self._every(self._tree.root):
            node = part.node
            if node.type in _COMMENTS:
                comments.append(self._comment(node))
            elif part.tested:
                continue
            elif node.type in _STRINGS:
                text = _QUOTES.sub("", self._tree.text(node))
                literals.append(Literal(text, self._tree.span(node), self._filled_in(node)))
            elif node.type == "enum_item":
                enumerations += self._enumerated(part)
            elif node.type == "struct_item":
                records += self._record(part)
            elif node.type == "impl_item" and self._is_outer(node):
                initials += self._defaults(node)
                if node.child_by_field_name("trait") is None:
                    interfaces += self._interface(node, "type")
            elif node.type in _CONSTANTS:
                initials += self._constant(node)
                initials += self._record_made(node, self._name(node.child_by_field_name("type")))
            elif node.type == "function_item" and self._is_outer(node):
                initials += self._constant(node)
                functions += self._function(part)
            elif node.type == "call_expression":
                initials += self._instead(node)
            elif node.type == "trait_item":
                interfaces += self._interface(node, "name")
            elif found := self._words(node):
                words += found
                used.update(() if part.is_asked else found)
            elif node.type in _PATHS and not part.is_asked:
                ends = (node.child_by_field_name(field) for field in ("path", "name"))
                used.add("::".join(self._name(end) for end in ends))
        return CodeFile(
            self._source,
            tuple(enumerations),
            tuple(records),
            tuple(initials),
            tuple(functions),
            tuple(literals),
            tuple(comments),
            Counter(words),
            self._tree.error(),
            frozenset(used),
            tuple(interfaces),
        )

    def _is_outer(self, node: Node) -> bool:
        """Whether an item is in none of its own kind: such are read as part of that, and once."""
        if node.start_byte < self._ends[node.type]:
            return False
        self._ends[node.type] = node.end_byte
        return True

    def _words(self, node: Node) -> list[str]:
        """Return the names in a node without parts."""
        is_name = node.child_count == 0 and node.type not in ("char_literal", *_WHOLE)
        return _WORD.findall(self._tree.text(node)) if is_name else []

    def _every(self, root: Node) -> Iterator[_Part]:
        """Yield a node and those in it, each before its parts, in the order of the text."""
        left = [_Part(root)]
        while left:
            part = left.pop()
            yield part
            if part.node.type not in _WHOLE:
                left += reversed(
                    list(self._parts(part.node, tested=part.tested, is_asked=part.is_asked))
                )

    def _parts(
        self, node: Node, *, tested: bool = False, is_asked: bool = False
    ) -> Iterator[_Part]:
        """Yield the parts of a node but for brackets, marks and the names of lifetimes."""
        attributes: list[Node] = []
        within, before = tested, ""
        asked = None if is_asked or self._asks(node) else self._pattern(node)
        is_asked = is_asked or self._asks(node)
        for child in node.children:
            kind, quoted = child.type, before == "'"
            before = kind
            if quoted or not kind[0].isidentifier():
                continue
            if kind == "attribute_item":
                attributes.append(child)
                within = within or "".join(self._tree.text(child).split()) == "#[cfg(test)]"
            if kind == "attribute_item" or kind in _COMMENTS:
                yield _Part(child, (), within)
            else:
                yield _Part(child, tuple(attributes), within, is_asked or child == asked)
                attributes, within = [], tested

    def _asks(self, node: Node) -> bool:
        """Say whether all parts of a node are compared with, declared or brought in."""
        if node.type == "binary_expression":
            operator = node.child_by_field_name("operator")
            return operator is not None and operator.type in _COMPARED
        if node.type == "macro_invocation":
            return self._name(node.child_by_field_name("macro")).endswith("matches")
        return node.type in _PATTERNS

    def _pattern(self, node: Node) -> Node | None:
        """Return the pattern of `let`, where there is one."""
        is_let = node.type in ("let_condition", "let_declaration")
        return node.child_by_field_name("pattern") if is_let else None

    def _comment(self, node: Node) -> Literal:
        """Return a comment without the marks around it, as long as it is written."""
        text = self._tree.text(node).rstrip("\r\n")
        return Literal(_MARGIN.sub(lambda mark: " " * len(mark[0]), text), self._tree.span(node))

    def _name(self, node: Node | None) -> str:
        """Return the last name of a path, without the parameters of a type; nothing for no path."""
        while node is not None and node.child_count:
            node = node.child_by_field_name("name") or node.child_by_field_name("type")
        return self._tree.text(node).removeprefix("r#") if node else ""

    def _attributes(self, part: _Part) -> str:
        return " ".join(self._tree.text(each) for each in part.attributes)

    def _enumerated(self, part: _Part) -> Iterator[Enumerated]:
        name, body = (part.node.child_by_field_name(field) for field in ("name", "body"))
        if name and body and not body.has_error:
            variants = tuple(
                Variant(
                    self._name(case),
                    self._tree.span(case),
                    self._attributes(each),
                    self._fields(each.node.child_by_field_name("body")),
                    "#[from]" in "".join(self._tree.text(each.node).split()),
                )
                for each in self._parts(body)
                if each.node.type == "enum_variant" and not each.tested
                if (case := each.node.child_by_field_name("name"))
            )
            yield Enumerated(
                self._name(name), self._tree.span(name), self._attributes(part), variants
            )

    def _record(self, part: _Part) -> Iterator[Record]:
        name, body = (part.node.child_by_field_name(field) for field in ("name", "body"))
        if name and body and not body.has_error and body.type == "field_declaration_list":
            span, attributes = self._tree.span(name), self._attributes(part)
            yield Record(self._name(name), span, attributes, self._fields(body))

    def _fields(self, body: Node | None) -> tuple[Field, ...]:
        """Return the named fields in a body; those of a tuple have no names."""
        return tuple(
            Field(self._name(name), self._tree.span(name), self._attributes(each), self._type(each))
            for each in (self._parts(body) if body else ())
            if each.node.type == "field_declaration" and not each.tested
            if (name := each.node.child_by_field_name("name"))
        )

    def _type(self, part: _Part) -> str:
        node = part.node.child_by_field_name("type")
        return self._tree.text(node) if node else ""

    def _function(self, part: _Part) -> Iterator[Function]:
        name, body = (part.node.child_by_field_name(field) for field in ("name", "body"))
        if name and body:
            inside = [each.node for each in self._every(body) if not each.tested]
            words = frozenset(word for node in inside for word in self._words(node))
            arms = tuple(arm for node in inside for arm in self._arm(node))
            lets = [node for node in inside if node.type == "let_declaration"]
            bound = {
                value.id: self._name(node.child_by_field_name("pattern"))
                for node in lets
                if (value := node.child_by_field_name("value"))
            }
            calls = [call for node in inside for call in self._call(node, bound.get(node.id, ""))]
            calls.sort(key=lambda call: (call.span.line, call.span.column))
            yield Function(self._name(name), self._tree.span(name), words, arms, tuple(calls))

    def _arm(self, node: Node) -> Iterator[Arm]:
        """Yield what an arm of `match` gives for the cases that its pattern names."""
        pattern, value = (node.child_by_field_name(field) for field in ("pattern", "value"))
        if node.type == "match_arm" and pattern and value:
            named = (each.node for each in self._every(pattern))
            paths = [each for each in named if each.type in _PATHS]
            cases = tuple(self._name(each) for each in paths)
            yield Arm(cases, self._tree.text(value), self._tree.span(value))

    def _call(self, node: Node, bound: str) -> Iterator[Call]:
        """Yield a call by the last name of what is called; `bound` is what gets its value."""
        called, given = (node.child_by_field_name(field) for field in ("function", "arguments"))
        if node.type == "call_expression" and called and given:
            last = called.child_by_field_name("field") or called
            yield Call(self._name(last), self._tree.text(given), self._tree.span(last), bound)

    def _interface(self, node: Node, of: str) -> Iterator[Interface]:
        """Yield the operations of a trait, or of a type itself, by the field that names it."""
        name, body = (node.child_by_field_name(field) for field in (of, "body"))
        if name and body and not body.has_error:
            named = (
                each.node.child_by_field_name("name")
                for each in self._parts(body)
                if each.node.type in _OPERATIONS and not each.tested
            )
            operations = tuple((self._name(each), self._tree.span(each)) for each in named if each)
            is_type = of == "type"
            yield Interface(self._name(name), self._tree.span(name), operations, is_type)

    def _defaults(self, node: Node) -> Iterator[Initial]:
        """Yield the values of the record that a type begins with, as in `default` and `new`."""
        of = self._name(node.child_by_field_name("type"))
        body = node.child_by_field_name("body")
        for each in self._parts(body) if body else ():
            name = each.node.child_by_field_name("name")
            if not each.tested and self._name(name) in _MAKERS:
                yield from self._record_made(each.node, of.removesuffix("Builder"))

    def _record_made(self, function: Node, of: str) -> Iterator[Initial]:
        """Yield the values in the first record of a type that a function or constant has.

        Of a value that is asked for it is what is taken where there is none.
        """
        inside = (each.node for each in self._every(function))
        found = (each for each in inside if each.type == "struct_expression")
        names = ("Self", of)
        records = (each for each in found if self._name(each.child_by_field_name("name")) in names)
        values = next((each.child_by_field_name("body") for each in records), None)
        for child in values.children if values else ():
            field, value = (child.child_by_field_name(part) for part in ("field", "value"))
            if field and value:
                text, span = self._tree.text(self._else(value)), self._tree.span(field, value)
                yield Initial(of, self._name(field), text, span)

    def _else(self, value: Node) -> Node:
        """Return the value that stands in for one that is not given, or else the whole of it."""
        called, given = (value.child_by_field_name(field) for field in ("function", "arguments"))
        values = [each.node for each in self._parts(given)] if called and given else []
        if called is None or not values:
            return value
        name = self._name(called.child_by_field_name("field") or called)
        is_instead = name in _INSTEAD and called.type == "field_expression"
        is_helper = len(values) > 1 and _HELPER.search(name) is not None
        last = values[-1]
        return last.child_by_field_name("body") or last if is_instead or is_helper else value

    def _filled_in(self, node: Node) -> tuple[str, ...]:
        """Return what stands behind a text in a macro: the values for its placeholders, if any.

        The text is the first in the brackets, or there is one word in front of it.
        """
        tree = node.parent
        if tree is None or tree.type != "token_tree":
            return ()
        at = next((index for index in (1, 3) if tree.child(index) == node), None)
        if at is None:
            return ()
        words = [self._tree.text(each) for each in tree.children[at + 1 : -1][:_MOST_WORDS]]
        values = " ".join(words).replace(" :: ", "::").split(" , ") if words[:1] == [","] else []
        return tuple(value.removeprefix(", ").strip() for value in values)

    def _instead(self, node: Node) -> Iterator[Initial]:
        """Yield what is taken where a variable of the environment is not set, by its name."""
        called, given = (node.child_by_field_name(field) for field in ("function", "arguments"))
        if called is None or given is None or not (values := list(self._parts(given))):
            return
        last = called.child_by_field_name("field") or called
        name, value = self._name(last), values[-1].node
        value = value.child_by_field_name("body") or value  # of a closure
        if name in _INSTEAD and called.type == "field_expression":
            inside = [each.node for each in self._every(called)]
            asked = [each for each in inside if each.type == "call_expression"]
            read = [each for each in asked if self._called(each) in _READ]
            texts = [text for each in read for text in self._variable(each)]
        else:
            is_helper = len(values) > 1 and _HELPER.search(name) is not None
            texts = self._variable(node) if is_helper else []
        if len(texts) == 1:
            yield Initial("", texts[0], self._tree.text(value), self._tree.span(value))

    def _called(self, node: Node) -> str:
        return self._name(node.child_by_field_name("function"))

    def _variable(self, call: Node) -> list[str]:
        """Return the first argument of a call, if it is a name in capitals, as a text."""
        given = call.child_by_field_name("arguments")
        first = [each.node for each in self._parts(given)][:1] if given else []
        texts = [_QUOTES.sub("", self._tree.text(each)) for each in first if each.type in _STRINGS]
        return [text for text in texts if re.fullmatch(r"[A-Z][A-Z0-9_]+", text)]

    def _constant(self, node: Node) -> Iterator[Initial]:
        """Yield the value of `const NAME: T = value;`, or that of `fn default_name() -> T`.

        A function that an attribute names, `default = "name"`, need not be called so.
        """
        name = node.child_by_field_name("name")
        if name is None:
            return
        if node.type in _CONSTANTS:
            value = node.child_by_field_name("value")
            written = [value] if value else []
        elif self._name(name).startswith("default_") or self._name(name) in self._makers:
            body = node.child_by_field_name("body")
            inside = body.children[1:-1] if body else []
            written = [each for each in inside if each.type not in _COMMENTS]
        else:
            return
        if written:
            last = written[-1]
            text, span = self._tree.text(written[0], last), self._tree.span(name, last)
            yield Initial("", self._name(name), text, span)
