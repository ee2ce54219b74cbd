"""Parsing formal lines: from a fragment of the document to its syntax, or the error in it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.parsers.lalr_interactive_parser import InteractiveParser
from msgspec import Struct

from conform.errors import InputError
from conform.languages.markdown.abbreviations import THROUGHOUT
from conform.languages.markdown.before_and_after import after_in_signs, before_in_signs
from conform.languages.markdown.formal.building import Builder
from conform.languages.markdown.formal.junctions import Junctions
from conform.languages.markdown.formal.moves import move_as_assignment, move_as_condition
from conform.languages.markdown.formal.phrases import (
    definition_in_order,
    effect_in_order,
    formula_in_order,
    ranges_in_order,
    required_in_order,
)
from conform.languages.markdown.formal.statements import StatementBuilder
from conform.languages.markdown.formal.syntax import (
    Binary,
    Bound,
    Choose,
    Condition,
    Expression,
    Let,
    Statement,
)
from conform.languages.markdown.formal.worded_effects import effect_in_signs, with_assignment
from conform.languages.markdown.formal.worded_formulas import formula_in_signs
from conform.languages.markdown.manuscript import Fragment, Manuscript
from conform.parsing.kept_parsers import Grammar, kept_parser
from conform.text import Source, Span

GRAMMAR = Grammar(
    Path(__file__).with_name("grammar.lark"),
    ("formula_line", "let_line", "choose_line", "effect_line"),
    "basic",
)
"""The grammar of formal lines."""

MAX_LINE_CHARACTERS = 8192
"""Longer formulas are refused; the longest invariant of a published specification has 2,000."""

_LET = re.compile(
    rf"(?:(?:let|with|where|reads?|loads?)\b[:\s]*|{THROUGHOUT})(?=[^\W\d]\w*\s*(?:=|:=|←|≜))", re.I
)
_WHERE = re.compile(r"[\s,;]+where\s+(?=[^\W\d]\w*\s*(?:=|:=|←|≜))", re.I)
_JOINING = frozenset({"/\\", "\\/", "=>", "<=>"})
_CHOOSE = re.compile(
    r"(?!(?-i:CHOOSE))(?:non-?deterministically\s+)?(?:choose|pick|select)\b"
    r"(?:\s+(?:some|any|an?|the)\b(?:\s+[a-z][a-z-]*){0,3}?)?[:\s]*"
    r"(?=[^\W\d]\w*(?:\s+(?:non-?deterministically|arbitrarily|freely))?"
    r"\s*(?:,|∈|\\in\b|in\b|from\b))",
    re.I,
)
_AT_WILL = re.compile(
    r"[^\W\d]\w*(?P<how>\s+(?:non-?deterministically|arbitrarily|freely))\b", re.I
)
"""A name and how it is chosen, where the set follows."""

_FROM = re.compile(r"[^\W\d]\w*\s+(?P<from>from)\s+(?=\S)", re.I)
_ANY_OF_THEM = re.compile(
    r"[\s,]+\(?(?:non-?\s?determinis(?:tic(?:ally)?|m)|arbitrarily|freely)\)?$", re.I
)
"""What a line may say behind a choice, and what every choice is."""

_LET_IN = re.compile(r"\bIN\b")
_LET_SOMEWHERE = re.compile(r"\bLET\b", re.I)
_MEMBER = re.compile(r"(?<=[\w\])\"'}]\s)((?:NOT\s+)?IN)(?=\s+[\w{(\[\"])")
"""Membership in capitals, as in *EXISTS o IN 1..Max*; behind a LET the word ends the names."""

_TAIL = re.compile(r"[\s.,;]+$")


def parse_formulas(text: Fragment) -> tuple[Expression, ...]:
    """Return the formulas of a text, one as a rule, several with commas between.

    Raises InputError with its place for what is no formula.
    """
    text = formula_in_order(_trimmed(text))
    try:
        return Builder(text).formulas(_tree(text, "formula_line"))
    except InputError as error:
        in_signs = formula_in_signs(text)
        try:
            return Builder(in_signs).formulas(_tree(in_signs, "formula_line"))
        except InputError:
            raise error from None


def parse_formula(text: Fragment) -> Expression:
    """Return the one formula of a text, or raise InputError."""
    formulas = parse_formulas(text)
    if len(formulas) > 1:
        raise text.refuse(
            f"there are {len(formulas)} formulas with commas between",
            expected="one formula",
            hint="join them with ∧",
        )
    return formulas[0]


def parse_guard(text: Fragment) -> tuple[Statement, ...]:
    """Return what a line of a guard says: conditions, a Let, or a choice; or raise InputError."""
    text = required_in_order(move_as_condition(before_in_signs(_trimmed(text))))
    opening = _named(text)
    if opening is not None:
        return (opening,)
    text, names = _apart(text)
    return (*names, *(Condition(formula.span, formula) for formula in parse_formulas(text)))


def parse_effect(text: Fragment) -> tuple[Statement, ...]:
    """Return the statements of a line of an effect; or raise InputError."""
    text = move_as_assignment(after_in_signs(_trimmed(text)))
    opening = _named(text)
    if opening is not None:
        return (opening,)
    text, names = _apart(text)
    text = ranges_in_order(text)
    try:
        return (*names, *_statements(effect_in_order(with_assignment(text))))
    except InputError as error:
        in_signs = effect_in_signs(text)
        try:
            return (*names, *_statements(effect_in_order(in_signs)))
        except InputError:
            raise error from None


def _statements(text: Fragment) -> tuple[Statement, ...]:
    return tuple(StatementBuilder(text).statements(_tree(text, "effect_line")))


def parse_range(text: Fragment) -> tuple[Bound, ...]:
    """Return the bounds that a text gives, as `w \\in Writers, off \\in Offsets`."""
    text = _trimmed(text)
    return Builder(text).bounds(_tree(text, "choose_line").children[0])


def parse_text(text: str, source: Source, span: Span) -> Expression:
    """Return the formula of a text whose own place is not known: all of it stands at `span`."""
    line = Manuscript(source).line(span.line - 1)
    start = line.offsets[min(span.column - 1, len(line.text))]
    try:
        return parse_formula(Fragment(line.manuscript, text, [start] * (len(text) + 1)))
    except InputError as error:
        raise InputError(
            f"{error.message} in `{text}`",
            span=span,
            excerpt=source.excerpt(span),
            expected=error.expected,
            hint=error.hint,
        ) from None


def _apart(text: Fragment) -> tuple[Fragment, tuple[Let, ...]]:
    """Return a line without the names that end it, as in `n ≤ Max where n = count + 1`.

    What such a name stands for is no `∧` of conditions: there, the line goes on behind it.
    """
    match = _WHERE.search(text.text)
    if match is None:
        return text, ()
    rest = text.part(match.end())
    definitions = Builder(rest).definitions(_tree(rest, "let_line"))
    for definition in definitions:
        if isinstance(definition.value, Binary) and definition.value.operator in _JOINING:
            raise rest.refuse(
                f"`{definition.name}` stands for conditions",
                end=len(rest.text),
                expected="`where` and its names at the end of the line",
                hint="say what the name stands for in a line of its own: Let …",
            )
    return _trimmed(text.part(0, match.start())), (Let(rest.span(), definitions),)


def _named(text: Fragment) -> Let | Choose | None:
    """Return the Let or the choice that a line is by its first word; None for other lines."""
    if (defined := definition_in_order(text)) is not None:
        return Let(text.span(), Builder(defined).definitions(_tree(defined, "let_line")))
    if (match := _LET.match(text.text)) and not _LET_IN.search(text.text):
        rest = text.part(match.end())
        return Let(text.span(), Builder(rest).definitions(_tree(rest, "let_line")))
    if match := _CHOOSE.match(text.text):
        end = _ANY_OF_THEM.search(text.text)
        rest = text.part(match.end(), end.start() if end else None)
        if (how := _AT_WILL.match(rest.text)) and not end:
            rest = rest.edited([(*how.span("how"), "")])
        if chosen := _FROM.match(rest.text):
            rest = rest.edited([(*chosen.span("from"), "\\in")])
        return Choose(text.span(), Builder(rest).bounds(_tree(rest, "choose_line").children[0]))
    return None


def _trimmed(text: Fragment) -> Fragment:
    """Return a text without the punctuation that ends it; refuse one that is too long."""
    if len(text.text) > MAX_LINE_CHARACTERS:
        raise text.refuse(
            f"the formula has more than {MAX_LINE_CHARACTERS:,} characters",
            end=1,
            expected="a shorter one",
            hint="name parts of it as helpers",
        )
    if not _LET_SOMEWHERE.search(text.text):
        text = text.edited(
            [(*each.span(1), each[1].lower()) for each in _MEMBER.finditer(text.text)]
        )
    tail = _TAIL.search(text.text)
    return text.part(0, tail.start()) if tail else text


@functools.cache
def _parser() -> Lark:
    return kept_parser(GRAMMAR, postlex=Junctions())


class _Fault(Struct, frozen=True):
    """Why a text is no formula: what is wrong with `text[start:end]`, and what could be there."""

    message: str
    start: int
    end: int | None
    expected: str
    hint: str


@functools.lru_cache(maxsize=4096)  # the same lines are read in several places, and words in ways
def _parsed(text: str, start: str) -> Tree[Token] | _Fault:
    try:
        return _parser().parse(text, start=start)
    except UnexpectedInput as error:
        return _fault(text, error)


def _tree(text: Fragment, start: str) -> Tree[Token]:
    found = _parsed(text.text, start)
    if isinstance(found, _Fault):
        raise text.refuse(
            found.message,
            start=found.start,
            end=found.end,
            expected=found.expected,
            hint=found.hint,
        )
    return found


def _fault(text: str, error: UnexpectedInput) -> _Fault:
    """Return what is wrong with the first token which fits nowhere."""
    match error:
        case UnexpectedCharacters():
            start = error.pos_in_stream or 0
            hint = "docs/reference/document-notation.md has the notation"
            message = f"unexpected character {text[start]!r}"
            return _Fault(message, start, start + 1, "a formula", hint)
        case UnexpectedToken(token=token, interactive_parser=InteractiveParser() as parser):
            return _unexpected(text, token, frozenset(_accepted(parser)))
        case _:  # Lark has a third kind, UnexpectedEOF, for other parsers
            return _Fault("the line ends too early", 0, None, "a formula", "complete it")


def _accepted(parser: InteractiveParser) -> Iterator[str]:
    """Yield the kinds of tokens that a message names and that could stand at a fault."""
    choices = parser.choices()  # type: ignore[no-untyped-call]  # Lark declares no types for these
    for kind in sorted(_NAMED_KINDS.intersection(choices)):
        trial = parser.copy(deepcopy_values=False)  # type: ignore[no-untyped-call]  # the same
        try:
            trial.feed_token(Token(kind, ""))
        except UnexpectedToken:
            continue
        yield kind


def _unexpected(text: str, token: Token, accepted: frozenset[str]) -> _Fault:
    is_end = token.type == "$END" or token.start_pos is None
    start = len(text) - 1 if is_end else int(token.start_pos or 0)
    end = len(text) if is_end else start + max(1, len(token))
    found = "the end of the line" if is_end else f"`{text[start:end]}`"
    return _Fault(
        f"unexpected {found}",
        max(0, start),
        max(1, end),
        _expectation(accepted, wants_operand="NAME" in accepted),
        "write it in the notation, or as prose: docs/reference/document-notation.md",
    )


_WORDS = {
    "ASSIGN": "`:=`",
    "RPAR": "`)`",
    "RSQB": "`]`",
    "RBRACE": "`}`",
    "RTUP": "`⟩`",
    "THEN": "THEN",
    "ELSE": "ELSE",
    "COLON": "`:`",
    "MAPSTO": "`↦`",
}

_NAMED_KINDS = frozenset({*_WORDS, "NAME", "$END"})


def _expectation(accepted: frozenset[str], *, wants_operand: bool) -> str:
    if wants_operand:
        return "a name or a value"
    words = [word for kind, word in _WORDS.items() if kind in accepted]
    return ", ".join(["an operator", *words]) + (
        " or the end of the line" if "$END" in accepted else ""
    )
