"""Sentences with their names marked: `only ‹A0› changes ‹V1›` for patterns to read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from msgspec import Struct

from conform.check.sentences.lexicon import Condition, Kind, Lexicon, Mention
from conform.check.texts.name_parts import owner_of
from conform.domain.prose import Passage
from conform.domain.values import Value
from conform.text import Span

_NUMBERS = (
    r"\d{1,3}[a-z]?(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|to|through)\s+"
    r"|\s*[\N{EN DASH}-]\s*)\d{1,3}[a-z]?)*"
)
_PLAIN = re.compile(
    rf"\b[Aa]ctions?\s+(?P<numbers>{_NUMBERS})(?!\w|\.\d)"
    r"|(?P<digits>(?<![\w.,-])\d{1,6}(?!\w|[,.-]\w))|(?P<word>[^\W\d]\w*)"
)
_NUMBER = re.compile(r"\d{1,3}[a-z]?|to|through|[\N{EN DASH}-]")
_CALL = re.compile(r"(?P<name>[^\W\d]\w*)(?:\([\w\s,]*\)|\[[^\[\]]*\])?")
_COMPARED = re.compile(
    r"(?P<name>[^\W\d]\w*)(?:\[[^\[\]]*\])?\s*"
    r"(?P<sign>=|==|:=|≠|/=|#|!=|≤|<=|=<|≥|>=|<|>|∈|\\in\b|∉|\\notin\b)\s*"
    r"(?P<value>\"?\w+\"?|\{[^{}]*\})"
)
_SIGNS = {
    **{
        ":=": ":=",
        "=": "=",
        "==": "=",
        "≠": "#",
        "/=": "#",
        "#": "#",
        "!=": "#",
        "≤": "<=",
        "<=": "<=",
    },
    **{"=<": "<=", "≥": ">=", ">=": ">=", "<": "<", ">": ">", "∈": "in", "\\in": "in"},
}
_BEHIND = re.compile(r"\s*,?\s+(?:the\s+|a\s+)?(?P<owner>[a-z]+)\b")
_BEFORE = re.compile(
    r"\b(?P<owner>[a-z]+) (?:never |not |always |then )?(?:is|are|stays|remains|becomes)$"
)
_FROM_TO = re.compile(r"\bfrom\s+(?P<first>[a-z]+)\s+(?:in)?to\s+(?P<second>[a-z]+)\b")
_NEAR = 80
"""Characters before `from idle to done` in which the sort of process has to be named."""

Moves = dict[tuple[int, int], frozenset[str]]
"""Words that stand near a value in small letters, by where the value begins and ends."""

_END = re.compile(r"[.!?;](?=\s)|\s[\N{EM DASH}]\s")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|cf|vs|etc|resp|approx|No|no|Sec|Fig)\.$")
_LONGEST = 8
"""Characters of the longest of these, and the one before it."""


class Sentence(Struct, frozen=True):
    """A sentence of a passage; each mention in it stands in `tagged` as `‹`, its kind, its number
    and `›`. `places` are pairs of where pieces begin in `tagged` and in the passage's text.
    `is_aside` where the section is about implementations, stores and the like."""

    passage: Passage
    tagged: str
    mentions: tuple[Mention, ...]
    places: tuple[tuple[int, int], ...]
    is_aside: bool = False

    def span(self, start: int, end: int) -> Span:
        """Return the place in the document of `tagged[start:end]`."""
        first, last = self._written(start), self._written(max(start, end - 1), is_end=True)
        return self.passage.span(first, last + 1)

    def mentioned(self, tags: str) -> list[Mention]:
        """Return what the tags in a piece of `tagged` stand for, in order."""
        return [self.mentions[int(number)] for number in re.findall(r"‹\w(\d+)›", tags)]

    def _written(self, position: int, *, is_end: bool = False) -> int:
        starts = [new for new, _old in self.places]
        at = max(0, bisect_right(starts, position) - 1)
        new, old = self.places[at]
        for each in self.mentions:
            if each.start == old and self.tagged.startswith("‹", new):
                return each.end - 1 if is_end else each.start
        return old + position - new


def sentences_of(passage: Passage, lexicon: Lexicon) -> Iterator[Sentence]:
    """Yield the sentences of a passage; `;` and a dash with spaces around it end one as well."""
    mentions = list(_mentions(passage, lexicon))
    starts = [each.start for each in mentions]
    start = 0
    for match in _END.finditer(passage.text):
        end = match.end() if match[0] in ".!?;" else match.start()
        last = bisect_left(starts, end)
        inside = last > 0 and end < mentions[last - 1].end
        if inside or passage.is_code(match.start()):
            continue
        if _ABBREVIATED.search(passage.text[max(start, end - _LONGEST) : end]):
            continue
        own = mentions[bisect_left(starts, start) : last]
        yield _sentence(passage, own, start, end)
        start = match.end()
    if passage.text[start:].strip():
        own = mentions[bisect_left(starts, start) :]
        yield _sentence(passage, own, start, len(passage.text))


def _sentence(passage: Passage, own: list[Mention], start: int, end: int) -> Sentence:
    start += len(passage.text[start:end]) - len(passage.text[start:end].lstrip())
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    kept: list[Mention] = []
    length, position = 0, start
    for each in own:
        between = passage.text[position : each.start]
        behind = passage.text[each.end : each.end + 1]
        if between.endswith("(") and behind == ")" and each.kind is Kind.ACTION and kept:
            # `AssignOffset (Action 3)`: said once
            between = between.removesuffix("(").rstrip()
            places.append((length, position))
            pieces.append(between)
            length += len(between)
            position = each.end + 1
            continue
        tag = f"‹{each.kind}{len(kept)}›"
        places += [(length, position), (length + len(between), each.start)]
        pieces += [between, tag]
        length += len(between) + len(tag)
        position = each.end
        kept.append(each)
    places.append((length, position))
    pieces.append(passage.text[position:end])
    return Sentence(passage, "".join(pieces), tuple(kept), tuple(places))


def _mentions(passage: Passage, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the names in a passage in order; a piece of code that is none of them is OTHER."""
    position = 0
    moves = _moves(passage.text)
    for start, end in (*passage.codes, (len(passage.text), len(passage.text))):
        yield from _in_words(passage, lexicon, moves, position, start)
        if start < end:
            yield _in_code(passage.text[start:end], start, end, lexicon)
        position = end


def _in_words(
    passage: Passage, lexicon: Lexicon, moves: Moves, start: int, end: int
) -> Iterator[Mention]:
    text = passage.text
    previous = ""
    for match in _PLAIN.finditer(text, start, end):
        at = match.start(), match.end()
        word = match["word"] or ""
        if match["numbers"]:
            names = _numbered(match["numbers"], lexicon)
            kind = Kind.ACTION if names else Kind.OTHER
            yield Mention(kind, match[0], *at, names or frozenset())
        elif match["digits"]:
            yield Mention(Kind.NUMBER, match[0], *at, value=int(match["digits"]))
        elif lexicon.is_name(word):
            yield _named(word, word, *at, lexicon)
        elif lexicon.is_value(word):
            yield _valued(word, *at, lexicon)
        else:
            found = _state(text, match, previous, lexicon, moves) or _word(
                text, match, previous, lexicon
            )
            if found is not None:
                yield found
        previous = " ".join([*previous.split()[-2:], word.lower()])


def _moves(text: str) -> Moves:
    """Return the words before each `from idle to done`, in small letters, by the places of both."""
    found: Moves = {}
    for match in _FROM_TO.finditer(text):
        near = text[max(0, match.start() - _NEAR) : match.start()].lower()
        words = frozenset(each.removesuffix("s") for each in re.findall(r"[a-z]+", near))
        found |= {match.span("first"): words, match.span("second"): words}
    return found


def _state(
    text: str, match: re.Match[str], before: str, lexicon: Lexicon, moves: Moves
) -> Mention | None:
    """Return the value that `an idle worker` or `the worker is idle` speaks of in small letters.

    Only the variables that belong to this sort of process are meant.
    """
    word = match["word"]
    having = lexicon.values.get(word.upper(), frozenset()) if word.islower() else frozenset()
    if not having:
        return None
    behind = _BEHIND.match(text, match.end())
    said = _BEFORE.search(before)
    owners = {found["owner"].lower().removesuffix("s") for found in (behind, said) if found}
    owners |= moves.get(match.span(), frozenset())
    names = frozenset(name for name in having if owner_of(name) in owners)
    if not names:
        return None
    value = lexicon.value_named(word.upper())
    return Mention(Kind.VALUE, word.upper(), match.start(), match.end(), names, value)


def _word(text: str, match: re.Match[str], previous: str, lexicon: Lexicon) -> Mention | None:
    """Return the variable that `the cursor` or `the sequence counter` stands for."""
    word = match["word"].lower()
    for words in (f"{previous.rpartition(' ')[2]} {word}", word):
        name = lexicon.words.get(words)
        if name is None or (words != word and not match["word"].islower()):
            continue
        start = match.end() - len(words)
        before = text[:start].rstrip().lower()
        if text[start : match.end()].lower() == words and before.endswith(("the", "its")):
            return Mention(Kind.VARIABLE, words, start, match.end(), frozenset((name,)))
    return None


def _numbered(text: str, lexicon: Lexicon) -> frozenset[str] | None:
    """Return the actions of a list of numbers and ranges, None if one of them is not known."""
    found: set[str] = set()
    order = list(lexicon.numbered)
    last, is_range = "", False
    for number in _NUMBER.findall(text):
        if number in ("to", "through", "-", "\N{EN DASH}"):
            is_range = True
            continue
        if number not in lexicon.numbered:
            return None
        chosen = [number]
        if is_range:
            chosen = order[order.index(last) : order.index(number) + 1]
        found.update(name for each in chosen for name in lexicon.numbered[each])
        last, is_range = number, False
    return frozenset(found)


def _in_code(text: str, start: int, end: int, lexicon: Lexicon) -> Mention:
    written = text.strip()
    call = _CALL.fullmatch(written)
    if call and (named := _named(call["name"], written, start, end, lexicon)).names:
        return named
    bare = written.strip("\"'")
    value = lexicon.value_named(bare)
    if value is not None:
        return _valued(bare, start, end, lexicon)
    if written in lexicon.constants:
        return _named(written, written, start, end, lexicon)
    if written.isdecimal():
        return Mention(Kind.NUMBER, written, start, end, value=int(written))
    condition = condition_in(written, lexicon)
    if condition is not None:
        return Mention(Kind.CONDITION, written, start, end, condition=condition)
    return Mention(Kind.OTHER, written, start, end)


def _named(name: str, text: str, start: int, end: int, lexicon: Lexicon) -> Mention:
    """Return an action, a variable, or a constant, which is a number where its value is one."""
    if name in lexicon.actions:
        return Mention(Kind.ACTION, text, start, end, lexicon.actions[name])
    if name in lexicon.variables:
        return Mention(Kind.VARIABLE, text, start, end, frozenset((lexicon.variables[name],)))
    value = lexicon.constants.get(name)
    if type(value) is int:
        return Mention(Kind.NUMBER, text, start, end, value=value)
    return Mention(Kind.OTHER, text, start, end)


def _valued(word: str, start: int, end: int, lexicon: Lexicon) -> Mention:
    of = lexicon.values.get(word, frozenset())
    return Mention(Kind.VALUE, word, start, end, of, lexicon.value_named(word))


def condition_in(text: str, lexicon: Lexicon) -> Condition | None:
    """Return the condition that a piece of code states, None where it is none of one variable."""
    match = _COMPARED.fullmatch(text.strip())
    if match is None or match["name"] not in lexicon.variables or match["sign"] not in _SIGNS:
        return None
    written = match["value"].strip("{}").split(",")
    values = [_value(each.strip().strip("\"'"), lexicon) for each in written]
    if any(value is None for value in values):
        return None
    variable = lexicon.variables[match["name"]]
    known = tuple(value for value in values if value is not None)
    return Condition(variable, _SIGNS[match["sign"]], known)


def _value(word: str, lexicon: Lexicon) -> Value | None:
    if word.isdecimal():
        return int(word)
    constant = lexicon.constants.get(word)
    return constant if constant is not None else lexicon.value_named(word)
