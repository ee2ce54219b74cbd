"""The cells of mapping tables: from their text, by the grammar in `cells.lark`, to References."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from conform.domain.spec import (
    Absent,
    Cell,
    ConstructReference,
    RangeReference,
    Reference,
    SameNames,
    SymbolReference,
)
from conform.errors import InputError
from conform.languages.markdown.inline import code_ranges, marked
from conform.languages.markdown.manuscript import Fragment
from conform.parsing.kept_parsers import Grammar, kept_parser
from conform.text import Span

GRAMMAR = Grammar(
    Path(__file__).with_name("cells.lark"), ("marked_cell", "plain_cell", "subject"), "contextual"
)
"""The grammar of the cells of mapping tables."""

MAX_CELL_CHARACTERS = 8192
"""Longer cells of mapping tables are refused; fifty links with long paths fit."""

CELL_FORMS = (
    "a construct in code (`A(w)`, several with / between), `X` through `Y`,"
    " a link to a file, Same action names, or a dash with a reason"
)

_LINK_PARTS = re.compile(
    r"\[(?P<text>(?:`[^`]*`|[^`])*)\]\(\s*(?P<target><[^<>]*>|\S+?)(?:\s.*)?\)"
)
_LINE_ANCHOR = re.compile(r"(?P<path>.*)#L(?P<line>\d{1,9})(?:C\d+)?(?:-L?\d+(?:C\d+)?)?")
_SYMBOL = re.compile(r"(?:\w+ +){0,3}?(?P<name>[^\W\d]\w*(?:(?:\.|::|#)\w+)*)(?:\([^()]*\))?")
_WHOLE_PARENTHESIS = re.compile(r"\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)")


def read_cell(content: Fragment, column: str) -> Cell:
    """Return what a cell of a mapping table says; an empty cell has no references.

    Raises InputError, pointing at the first character that fits no form, for an unreadable cell.
    """
    references: tuple[Reference, ...] = ()
    if content.text:
        cell = marked(content)
        start = "marked_cell" if "`" in cell.text or "](" in cell.text else "plain_cell"
        references = tuple(_references(parse_cell(cell, start, CELL_FORMS), cell))
    return Cell(column, content.text, references, content.span())


def parse_cell(cell: Fragment, start: str, expected: str) -> Tree[Token]:
    """Return the tree of a cell's text by the rule `start`, or raise InputError."""
    if len(cell.text) > MAX_CELL_CHARACTERS:
        raise cell.refuse(
            f"the cell has more than {MAX_CELL_CHARACTERS:,} characters",
            expected=expected,
            hint="move the prose out of the table",
        )
    try:
        return _parser().parse(cell.text, start=start)
    except UnexpectedInput as error:
        raise _unreadable(cell, error, expected) from None


@functools.cache
def _parser() -> Lark:
    return kept_parser(GRAMMAR)


# ------------------------------------------------------------------------------------ references


def _references(tree: Tree[Token], cell: Fragment) -> Iterator[Reference]:
    match tree.data:
        case "absent":
            dash, *reason = tokens_of(tree)
            shown = "" if len(dash) <= len("---") or dash.lower() == "none" else str(dash)
            yield Absent(" ".join(filter(None, [shown, *map(plain_note, reason)])), cell.span())
        case "same_names":
            yield SameNames(cell.span())
        case _:
            for entry in subtrees_of(tree):
                yield from _entry(entry, cell)


def _entry(tree: Tree[Token], cell: Fragment) -> Iterator[Reference]:
    match tree.data:
        case "range":
            first, last = (_single(part, cell) for part in subtrees_of(tree))
            yield RangeReference(first, last, first.span.through(last.span))
        case "link":
            yield _link(tokens_of(tree)[0], cell)
        case "path":
            token = tokens_of(tree)[0]
            yield _symbol_reference("", token.strip("<>"), token_span(token, cell))
        case _:
            yield from _constructs(tree, cell)


def _constructs(tree: Tree[Token], cell: Fragment) -> Iterator[Reference]:
    """Yield what one code span (or plain word) and the note behind it give."""
    body = subtrees_of(tree)[0]
    note = " ".join(map(plain_note, [*tokens_of(tree, "NOTE"), *tokens_of(tree, "PLAIN_NOTE")]))
    match body.data:
        case "construct":
            yield _construct(body, cell, note=note)
        case "code_path":
            path, *symbol = tokens_of(body)
            name = symbol[0].lstrip(":#").removesuffix("()") if symbol else ""
            span = token_span(path, cell).through(token_span([path, *symbol][-1], cell))
            yield _symbol_reference(name, str(path), span)
        case "code_range":
            first, last = (_construct(part, cell) for part in subtrees_of(body))
            yield RangeReference(first, last, first.span.through(last.span))
        case _:
            outside = tokens_of(body, "KEYWORD")
            *others, final = subtrees_of(body)
            for part in others:
                yield _construct(part, cell, outside=outside)
            yield _construct(final, cell, outside=outside, note=note)


def _single(tree: Tree[Token], cell: Fragment) -> ConstructReference:
    """Return the one construct that an end of a range has to be."""
    constructs = subtrees_of(tree) if tree.data == "code" else [tree]
    if len(constructs) != 1 or constructs[0].data != "construct":
        raise cell.refuse(
            "an end of a range has to be one construct",
            start=tree.meta.start_pos,
            end=tree.meta.end_pos,
            expected="`X` through `Y`",
            hint="write ranges and alternatives apart, a / between them",
        )
    outside = tokens_of(tree, "KEYWORD") if tree.data == "code" else []
    return _construct(constructs[0], cell, outside=outside)


def _construct(
    tree: Tree[Token], cell: Fragment, *, outside: Sequence[Token] = (), note: str = ""
) -> ConstructReference:
    """Return a construct; `outside` are the keywords that stand before its code span."""
    keywords = [*outside, *tokens_of(tree, "KEYWORD")]
    tails = [*tokens_of(tree, "CODE_TAIL"), *tokens_of(tree, "PLAIN_TAIL")]
    parameters = [parameters_of(part) for part in subtrees_of(tree)]
    return ConstructReference(
        name=str(tokens_of(tree, "NAME")[0]),
        parameters=parameters[0] if parameters else None,
        keyword=" ".join(keywords),
        note="; ".join(filter(None, [*(tail.strip() for tail in tails), note])),
        span=tree_span(tree, cell),
    )


def parameters_of(tree: Tree[Token]) -> tuple[str, ...]:
    """Return the arguments of a `parameters` tree as written."""
    return tuple(" ".join(token.split()) for token in tokens_of(tree))


def _link(token: Token, cell: Fragment) -> Reference:
    match = _LINK_PARTS.fullmatch(token)
    if match is None:
        raise _unreadable_link(token, cell)
    return _symbol_reference(
        _link_symbol(match["text"], token, cell),
        match["target"].strip("<>"),
        token_span(token, cell),
    )


def _link_symbol(text: str, token: Token, cell: Fragment) -> str:
    """Return the dotted name in the first code span of a link's text; empty without code."""
    for start, end, ticks in code_ranges(text):
        match = _SYMBOL.fullmatch(text[start + ticks : end - ticks].strip())
        if match is None:
            raise _unreadable_link(token, cell)
        return match["name"]
    return ""


def _symbol_reference(symbol: str, target: str, span: Span) -> SymbolReference:
    anchor = _LINE_ANCHOR.fullmatch(target)
    if anchor is None:
        return SymbolReference(symbol, target, None, span)
    return SymbolReference(symbol, anchor["path"], int(anchor["line"]), span)


# ---------------------------------------------------------------------------- trees, notes, errors


def tokens_of(tree: Tree[Token], kind: str | None = None) -> list[Token]:
    """Return the tokens directly in a tree, those of one terminal when `kind` is given."""
    tokens = [child for child in tree.children if isinstance(child, Token)]
    return [
        token for token in tokens if kind in (None, token.type) and "SEPARATOR" not in token.type
    ]


def subtrees_of(tree: Tree[Token]) -> list[Tree[Token]]:
    """Return the trees directly in a tree."""
    return [child for child in tree.children if isinstance(child, Tree)]


def tree_span(tree: Tree[Token], cell: Fragment) -> Span:
    """Return the place of a tree in its document."""
    return cell.span(tree.meta.start_pos, tree.meta.end_pos)


def token_span(token: Token, cell: Fragment) -> Span:
    """Return the place of a token in its document."""
    return cell.span(token.start_pos or 0, token.end_pos)


def plain_note(token: Token) -> str:
    """Return a note without ticks, parentheses around it, and punctuation in front of it."""
    text = " ".join(token.replace("`", "").split()).lstrip(":;,.\N{EM DASH}\N{EN DASH}- ")
    whole = _WHOLE_PARENTHESIS.fullmatch(text)
    return whole["inside"].strip() if whole else text


def _unreadable(cell: Fragment, error: UnexpectedInput, expected: str) -> InputError:
    if (tick := _lone_tick(cell.text)) is not None:
        return cell.refuse(
            "this tick has no partner",
            start=tick,
            end=tick + 1,
            expected=expected,
            hint="close the code span with another tick",
        )
    start, end = _trouble(error, len(cell.text))
    found = cell.text[start:end].split()
    return cell.refuse(
        f"cannot read the cell at {found[0]!r}" if found else "the cell ends too early",
        start=start,
        end=end,
        expected=expected,
        hint=_hint(cell.text),
    )


def _trouble(error: UnexpectedInput, length: int) -> tuple[int, int]:
    """Return the range of the text that the parser stopped at; empty at the end of the cell."""
    if isinstance(error, UnexpectedCharacters):
        start = error.pos_in_stream or 0
        return start, start + 1
    if isinstance(error, UnexpectedToken) and error.token.type != "$END":
        return error.token.start_pos or 0, error.token.end_pos or length
    return length, length


def _lone_tick(text: str) -> int | None:
    """Return where a tick stands that opens no code span; None when there is none."""
    position = 0
    for start, end, _ in [*code_ranges(text), (len(text), len(text), 0)]:
        if (tick := text.find("`", position, start)) >= 0:
            return tick
        position = end
    return None


def _hint(text: str) -> str:
    if text.count("(") != text.count(")"):
        return "a parenthesis has no partner"
    return "name constructs first, in code; put prose behind them, in parentheses"


def _unreadable_link(token: Token, cell: Fragment) -> InputError:
    return cell.refuse(
        "cannot read this link",
        start=token.start_pos or 0,
        end=token.end_pos,
        expected="[`Writer.append`](path/to/file.py#L10), or plain text for a whole file",
        hint="the code in a link's text is one name, dots between its parts",
    )
