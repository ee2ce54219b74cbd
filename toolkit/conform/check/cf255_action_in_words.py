"""A sentence describes one action and gives the number of another.

What it means
    `advance the cursor (Action 9)` stands in a sentence, and no word of it is in the name of action
    9, CompactReset; action 8 is CompactUpdateCursor. One of the two was renumbered.

    An action of another protocol, `(Protocol 1, Action 3)`, is held against the headings of that
    protocol's document; there the title of its part counts as well.

    Looked at are phrases directly before a number in parentheses, and phrases in parentheses behind
    a number. Words count that have four letters or more and stand in the name of one action alone.
    In a table with the number in a cell of its own, two such words of another action do.

Example
    delete the old entries (Action 8), advance the cursor (Action 9)

What to do
    Correct the number, or the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from conform.check.context import Context
from conform.check.texts.actions_elsewhere import actions_cited
from conform.check.texts.shown_tables import ShownTable, own_tables
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage
from conform.domain.spec import Spec

CODE = Code("CF255", "words of one action with the number of another")

_NUMBERED = re.compile(
    r"(?P<phrase>[^.,;:()\N{EM DASH}]{4,80})\(\s*Action\s+(?P<number>\d{1,3}[a-z]?)\s*\)"
    r"|\bAction\s+(?P<first>\d{1,3}[a-z]?)\s*\((?P<gloss>[^.,;:()\N{EM DASH}]{4,80})\)",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\s*Action\s+(?P<number>\d{1,3}[a-z]?)\s*", re.IGNORECASE)
_PIECE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z]+|[a-z]+|[A-Z]+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERS = 4


def misdescribed_actions(context: Context) -> Iterator[Finding]:
    """Yield a finding for each phrase whose words are those of an action with another number."""
    names = {each.number: each.name for each in context.document.actions if each.number}
    words = _words_by_number(context.document)
    own = own_words(context.document)
    for passage in context.page().running():
        yield from _in_passage(context, passage, names, words, own)
    for table in own_tables(context):
        for row in table.rows:
            yield from _in_row(context, table, row, names)
    yield from _elsewhere(context)


def _in_row(
    context: Context, table: ShownTable, row: Sequence[Passage], names: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield the number of an action in a cell of its own beside prose about another action.

    The prose has no word of the action's name, and two of those that are another's alone.
    """
    words, own = _words_by_number(context.document), own_words(context.document)
    numbered = [(cell, match) for cell in row if (match := _ALONE.fullmatch(cell.text))]
    if len(numbered) != 1 or numbered[0][1]["number"] not in words:
        return
    ((cell, match),) = numbered
    for prose in row:
        is_prose = prose.column < len(table.headers) and table.headers[prose.column].is_prose
        said = stems_of(prose.text) if is_prose else set()
        if _share(said, words[match["number"]]):
            return
        meant = [each for each, found in own.items() if len(said & found) > 1]
        if len(meant) == 1:
            yield _finding(context, cell, match.span("number"), meant[0], names)


def own_words(document: Spec) -> dict[str, frozenset[str]]:
    """Return the words of each numbered action that are in no other's name, by its number."""
    words = _words_by_number(document)
    return {number: found - _others(words, number) for number, found in words.items()}


def _words_by_number(document: Spec) -> dict[str, frozenset[str]]:
    """Return the words of each numbered action's name, and of those of its outcomes."""
    return {
        each.number: _words(each.name).union(*(_words(leaf.name) for leaf in each.leaves()))
        for each in document.actions
        if each.number
    }


def stems_of(text: str) -> set[str]:
    """Return the words of a phrase that count, without their endings."""
    return {_stem(word.lower()) for word in _WORD.findall(text)}


def _words(name: str) -> frozenset[str]:
    pieces = (piece.lower() for piece in _PIECE.findall(name))
    return frozenset(_stem(piece) for piece in pieces if len(piece) >= _LETTERS)


def _others(words: Mapping[str, frozenset[str]], number: str) -> frozenset[str]:
    return frozenset().union(*(found for each, found in words.items() if each != number))


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= _LETTERS:
            return word.removesuffix(ending)
    return word


def _share(said: set[str], words: frozenset[str]) -> bool:
    """Say whether a word is among the others, or part of one of them: lock, in unlock."""
    return any(one in other or one.startswith(other) for one in said for other in words)


def _elsewhere(context: Context) -> Iterator[Finding]:
    """Yield the numbers of another protocol's actions beside words of others of its actions.

    The title of the part that an action stands in counts as its own words.
    """
    for cited in actions_cited(context):
        said = stems_of(cited.phrase)
        words = {n: _words(name) | stems_of(part) for n, (name, part) in cited.titles.items()}
        if _share(said, frozenset(words[cited.number])):
            continue
        meant = [number for number, found in words.items() if said & found]
        if meant:
            named = cited.titles[cited.number][0]
            span = cited.passage.span(cited.start, cited.end)
            yield CODE.finding(
                f"action {cited.number} of {cited.path} is `{named}`; these words are of action "
                f"{' or '.join(meant[:3])}",
                span,
                excerpt=context.excerpt(span),
                hint="correct the number, or the words",
            )


def _in_passage(
    context: Context,
    passage: Passage,
    names: Mapping[str, str],
    words: Mapping[str, frozenset[str]],
    own: Mapping[str, frozenset[str]],
) -> Iterator[Finding]:
    for match in _NUMBERED.finditer(passage.text):
        group = "number" if match["number"] else "first"
        number = match[group]
        phrase = match["phrase"] or match["gloss"]
        said = stems_of(phrase)
        if number not in words or _share(said, words[number]):
            continue
        meant = [each for each, found in own.items() if said & found]
        if len(meant) == 1:
            yield _finding(context, passage, match.span(group), meant[0], names)


def _finding(
    context: Context,
    passage: Passage,
    place: tuple[int, int],
    meant: str,
    names: Mapping[str, str],
) -> Finding:
    number = passage.text[slice(*place)]
    span = passage.span(*place)
    return CODE.finding(
        f"action {number} is `{names[number]}`; these words are those of "
        f"`{names[meant]}`, action {meant}",
        span,
        excerpt=context.excerpt(span),
        hint="correct the number, or the words",
    )
