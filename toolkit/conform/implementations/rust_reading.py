"""What a Rust source declares: types, first values, texts and comments.

Items are found by their keywords and brackets; what a macro makes is not seen. Modules under
`#[cfg(test)]` are left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from conform.domain.code_index import (
    CodeFile,
    Enumerated,
    Field,
    Function,
    Initial,
    Literal,
    Record,
    Variant,
)
from conform.implementations.rust_tokens import Kind, Places, Token, comment_text, tokens_of
from conform.text import Source, Span

_CLOSING = {"(": ")", "[": "]", "{": "}"}
MAX_HEAD = 200
"""Tokens that are looked through for the braces of an item, or for the end of a constant."""

_VISIBILITY = frozenset(("pub", "crate", "super"))


@lru_cache(maxsize=256)  # each rule asks for the same files
def read_rust(source: Source) -> CodeFile:
    """Return what a source declares; of one that is no Rust, what looks like it."""
    return _Reader(source).file()


class _Reader:
    """One source, its tokens without comments, and what was found so far."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._places = Places(source)
        every = tuple(tokens_of(source.text))
        self._comments = tuple(each for each in every if each.kind is Kind.COMMENT)
        self._tokens = _without_tests([each for each in every if each.kind is not Kind.COMMENT])
        self._closings = _closings(self._tokens)
        self._starts = [token.start for token in self._tokens]
        self._free_from = dict.fromkeys(("fn", "impl"), 0)

    def file(self) -> CodeFile:
        enumerations: list[Enumerated] = []
        records: list[Record] = []
        initials: list[Initial] = []
        functions: list[Function] = []
        for at, token in enumerate(self._tokens):
            if token.text == "enum" and token.kind is Kind.WORD:
                enumerations += self._enumerated(at)
            elif token.text == "struct" and token.kind is Kind.WORD:
                records += self._record(at)
            elif token.text == "impl" and self._is_free(at):
                initials += self._initials(at)
            elif token.text == "const" and token.kind is Kind.WORD:
                initials += self._constant(at)
            elif token.text == "fn" and self._is_free(at):
                initials += self._constant(at)
                functions += self._function(at)
        strings = (each for each in self._tokens if each.kind is Kind.STRING)
        words = Counter(each.text for each in self._tokens if each.kind is Kind.WORD)
        return CodeFile(
            self._source,
            tuple(enumerations),
            tuple(records),
            tuple(initials),
            tuple(functions),
            tuple(Literal(each.text, self._span(each)) for each in strings),
            tuple(Literal(comment_text(each), self._span(each)) for each in self._comments),
            words,
        )

    def _is_free(self, at: int) -> bool:
        """Whether the keyword at `at` is inside of no other item that begins with it.

        What it begins is then taken to reach to the end of its braces.
        """
        word = self._text(at)
        if self._tokens[at].kind is not Kind.WORD or at < self._free_from[word]:
            return False
        brace = at
        while brace < min(len(self._tokens), at + MAX_HEAD) and self._text(brace) not in ("{", ";"):
            brace += 1
        self._free_from[word] = self._closes(brace)
        return True

    def _span(self, first: Token, last: Token | None = None) -> Span:
        return self._places.span(first.start, (last or first).end)

    def _text(self, at: int) -> str:
        return self._tokens[at].text if 0 <= at < len(self._tokens) else ""

    def _closes(self, at: int) -> int:
        """Return where the bracket at `at` closes; `at` itself where there is none."""
        return self._closings.get(at, at)

    def _opening(self, at: int) -> int | None:
        """Return where the braces of an item open, None for one that has none."""
        end = min(len(self._tokens), at + MAX_HEAD)
        while at < end and self._text(at) not in ("{", ";", "("):
            at += 1
        return at if at in self._closings and self._text(at) == "{" else None

    def _enumerated(self, at: int) -> Iterator[Enumerated]:
        opening = self._opening(at + 1)
        if opening is None:
            return
        name = self._tokens[at + 1]
        variants = tuple(
            Variant(part[0].text, self._span(part[0]), attributes, self._fields_within(part))
            for attributes, part in self._parts(opening)
            if part[0].kind is Kind.WORD
        )
        yield Enumerated(name.text, self._span(name), self._attributes_before(at), variants)

    def _record(self, at: int) -> Iterator[Record]:
        opening = self._opening(at + 1)
        if opening is not None:
            name, fields = self._tokens[at + 1], self._fields(opening)
            yield Record(name.text, self._span(name), self._attributes_before(at), fields)

    def _fields_within(self, part: Sequence[Token]) -> tuple[Field, ...]:
        if len(part) < 2 or part[1].text != "{":
            return ()
        return self._fields(bisect_left(self._starts, part[1].start))

    def _fields(self, opening: int) -> tuple[Field, ...]:
        found = []
        for attributes, part in self._parts(opening):
            words = [token for token in part if token.text not in _VISIBILITY and token.text != "("]
            named = [token for token, after in pairwise(words) if after.text == ":"]
            if named and named[0].kind is Kind.WORD:
                colon = next(at for at, token in enumerate(part) if token.text == ":")
                typed = part[colon + 1 :]
                text = self._source.text[typed[0].start : typed[-1].end] if typed else ""
                found.append(Field(named[0].text, self._span(named[0]), attributes, text))
        return tuple(found)

    def _initials(self, at: int) -> Iterator[Initial]:
        """Yield the values in the first record that `impl Default for NAME` writes out."""
        opening = self._opening(at)
        head = [token.text for token in self._tokens[at:opening]] if opening else []
        if opening is None or "Default" not in head or "for" not in head:
            return
        name = head[head.index("for") + 1]
        end = self._closes(opening)
        for here in range(opening + 1, end):
            written = self._text(here - 1) in ("Self", name) and self._text(here - 2) != "->"
            if self._text(here) == "{" and written:
                for _attributes, part in self._parts(here):
                    if len(part) > 2 and part[1].text == ":":
                        text = self._source.text[part[2].start : part[-1].end]
                        yield Initial(name, part[0].text, text, self._span(part[0], part[-1]))
                return

    def _function(self, at: int) -> Iterator[Function]:
        """Yield the function that begins with the keyword at `at`, if it has a body."""
        opening = at + 1
        while opening < at + MAX_HEAD and self._text(opening) not in ("{", ";", ""):
            opening = self._closes(opening) + 1
        if opening in self._closings and self._text(opening) == "{":
            name, end = self._tokens[at + 1], self._closes(opening)
            words = (each.text for each in self._tokens[opening:end] if each.kind is Kind.WORD)
            yield Function(name.text, self._span(name), frozenset(words))

    def _constant(self, at: int) -> Iterator[Initial]:
        """Yield the value of `const NAME: T = value;`, or that of `fn default_name() -> T`."""
        name = self._tokens[at + 1] if at + 1 < len(self._tokens) else self._tokens[at]
        if self._text(at) == "fn" and not name.text.startswith("default_"):
            return
        opening, closing = ("=", ";") if self._text(at) == "const" else ("{", "}")
        first = last = at + 2
        while first < at + MAX_HEAD and self._text(first) not in (opening, "", ";"):
            first += 1
        last = first + 1
        while last < first + MAX_HEAD and self._text(last) not in (closing, ""):
            last += 1
        if self._text(first) == opening and first + 1 < last < len(self._tokens):
            text = self._between(first + 1, last - 1)
            yield Initial("", name.text, text, self._span(name, self._tokens[last - 1]))

    def _parts(self, opening: int) -> Iterator[tuple[str, Sequence[Token]]]:
        """Yield what commas divide inside of brackets, and the attributes in front of each."""
        end = self._closes(opening)
        at = start = opening + 1
        attributes = ""
        while at <= end:
            text = self._text(at)
            if text == "#" and self._text(at + 1) == "[" and at == start:
                after = self._closes(at + 1) + 1
                attributes += self._between(at, after - 1)
                at = start = after
                continue
            if text == "," or at == end:
                if start < at:
                    yield attributes, self._tokens[start:at]
                attributes, start = "", at + 1
            elif at in self._closings:
                at = self._closes(at)
            at += 1

    def _attributes_before(self, at: int) -> str:
        """Return the attributes in front of the keyword of an item, as text."""
        first = at
        while first > 0 and self._text(first - 1) in (*_VISIBILITY, "(", ")"):
            first -= 1
        end = first
        while self._text(first - 1) == "]":
            depth, first = 1, first - 2
            while depth and first > 0:
                depth += {"]": 1, "[": -1}.get(self._text(first), 0)
                first -= 1
        if first == end or first < 0:
            return ""
        return self._between(first, end - 1)

    def _between(self, first: int, last: int) -> str:
        """Return the text from one token through another."""
        return self._source.text[self._tokens[first].start : self._tokens[last].end]


def _closings(tokens: Sequence[Token]) -> dict[int, int]:
    """Return where each bracket closes, by where it opens; the last token if nowhere."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind is Kind.MARK and token.text in _CLOSING:
            waiting.append(at)
        elif token.kind is Kind.MARK and token.text in (")", "]", "}") and waiting:
            found[waiting.pop()] = at
    return {**dict.fromkeys(waiting, len(tokens) - 1), **found}


def _without_tests(tokens: Sequence[Token]) -> list[Token]:
    found: list[Token] = []
    closings = _closings(tokens)
    at = 0
    while at < len(tokens):
        if "".join(token.text for token in tokens[at : at + 7]) == "#[cfg(test)]":
            head = range(at, min(len(tokens), at + MAX_HEAD))
            opening = next((i for i in head if tokens[i].text == "{" and i in closings), None)
            if opening is not None:
                at = closings[opening] + 1
                continue
        found.append(tokens[at])
        at += 1
    return found
