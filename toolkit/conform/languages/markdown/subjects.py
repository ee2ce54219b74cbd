"""The first cells of mapping rows: which constructs of the document a row is about."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from lark import Token, Tree
from msgspec import Struct, field

from conform.domain.spec import ConstructKind, Subject
from conform.errors import InputError
from conform.languages.markdown.cells import (
    parse_cell,
    subtrees_of,
    tokens_of,
)
from conform.languages.markdown.inline import marked, unlinked
from conform.languages.markdown.manuscript import Fragment
from conform.text import nearest

SUBJECT_FORMS = (
    "State: `x`, Constant: `C`, Action 3b: `Name`, Actions 5-9: Title, Helper: `H`,"
    " Safety S2, Liveness L1: `Name` or Invariant: `Name`"
)

MAX_NUMBER_RANGE = 1000
"""`Actions 5-9` may span so many numbers: no document has more actions."""

_NUMBER = re.compile(r"(?P<digits>\d{1,6}(?:\.\d{1,6})*)(?P<letter>[a-z]?)")
_PLAIN_NAMES = re.compile(
    r"\s*[^\W\d]\w*(?:\([^()]*\))?(?:\s*(?:,|/|and\b|&)\s*[^\W\d]\w*(?:\([^()]*\))?)*\s*(?:\(.*\)\s*)?"
)
_PLAIN_NAME = re.compile(r"(?:^|[,/&]|\band\b)\s*(?!and\b)(?P<name>[^\W\d]\w*)")
_SECOND_LABEL = re.compile(
    r"\s*(?:[,/&\N{EN DASH}-]|and\b|to\b|through\b)?\s*[A-Z]{1,4}-?\d+[a-z]?\b"
)


_LISTED = re.compile(r"\s*(?:,(?![^()]*\))|/|\N{HORIZONTAL ELLIPSIS}|\N{EN DASH}|\band\b)\s*")
_ACTION_LABELS = re.compile(
    r"(?:actions?|transitions?)?\s*(?P<labels>[A-Z]{1,3}-?\d{1,3}[a-z]?"
    r"(?:\s*(?:,|/|&|and|[\N{EN DASH}\N{EM DASH}-]|\.\.\.?|\N{HORIZONTAL ELLIPSIS}|to|through)\s*"
    r"[A-Z]{1,3}-?\d{1,3}[a-z]?)*)(?P<title>\s*[:.(`\N{EM DASH}\N{EN DASH}].*|)",
    re.I | re.S,
)
_ACTION_LABEL = re.compile(r"[A-Z]{1,3}-?\d{1,3}[a-z]?")
_WORDS_ALONE = re.compile(r"[a-z][a-z' -]*")
_TITLE_IN_WORDS = re.compile(r"[A-Z][a-z'-]+(?:\s+[A-Za-z][a-z'-]*)+")
"""*Compactor Crash*, in a row about what is no action of a number."""

_OF_MODELS = re.compile(
    r"(?P<mark>`?)(?:Init|Next|Spec|Init(?:ial|ialization)(?:\s+states?|\s+predicate)?"
    r"|Next[ -]state(?:\s+relation)?|Specification|Fairness(?:\s+(?:conditions?|assumptions?))?)"
    r"(?P=mark)"
)
"""What every model has, and no document declares."""


class Declarations(Struct, frozen=True):
    """What the document itself declares: its actions' numbers in order, and its names' kinds."""

    numbers: tuple[str, ...] = ()
    kinds: dict[str, ConstructKind] = field(default_factory=dict)

    def names_all(self, text: str) -> bool:
        """Say whether a text is a list of names or numbers that the document declares."""
        words = [word.partition("(")[0] for word in _LISTED.split(text.replace("`", "").strip())]
        return all(word in self.kinds or word in self.numbers for word in words)

    def of_kind(self, kind: ConstructKind) -> list[str]:
        """Return the names of one kind, in the order of the document."""
        return [name for name, own in self.kinds.items() if own is kind]


def read_subject(
    content: Fragment, declared: Declarations, beside: Collection[str] = ()
) -> Subject:
    """Return what the first cell of a mapping row names; `beside` are the names in its others.

    A range of numbers gives those of the document's actions, or all whole numbers between where the
    document has none there. Raises InputError for a cell that names nothing.
    """
    given, content = content, unlinked(content)
    if labelled := _labelled_actions(content, declared):
        return labelled
    if name := _joined(content.text, declared):
        return Subject(declared.kinds[name], (name,), (), "", content.text, content.span())
    is_idea = _WORDS_ALONE.fullmatch(content.text) or _OF_MODELS.fullmatch(content.text)
    if (is_idea or _joins_to(content.text, beside)) and content.text.strip(
        "`"
    ) not in declared.kinds:
        # Words for an idea, such as *is free*: no construct, but the cells beside it are checked.
        return Subject(ConstructKind.HELPER, (), (), "", content.text, content.span())
    cell = marked(content)
    tree = parse_cell(cell, "subject", SUBJECT_FORMS)
    reading = _SubjectReading(cell, tree, declared)
    subject = Subject(
        kind=reading.kind(),
        names=reading.names(),
        numbers=reading.numbers(),
        label=reading.label(),
        text=given.text,
        span=given.span(),
    )
    if not (subject.names or subject.numbers or subject.label):
        raise cell.refuse(
            "the cell names no construct",
            expected=SUBJECT_FORMS,
            hint="give the name as the document has it, in code",
        )
    return subject


def _joined(title: str, declared: Declarations) -> str:
    """Return the declared name that the words of a title make when joined; empty without one."""
    return _joins_to(title, declared.kinds)


def _joins_to(title: str, names: Collection[str]) -> str:
    if not _TITLE_IN_WORDS.fullmatch(title):
        return ""
    joined = "".join(title.split()).lower()
    return next((name for name in names if name.lower() == joined), "")


def _labelled_actions(content: Fragment, declared: Declarations) -> Subject | None:
    """Return what a list or a range of labels of actions, `T3, T3b` or `T5 to T9`, is about."""
    match = _ACTION_LABELS.fullmatch(content.text)
    labels = _ACTION_LABEL.findall(match["labels"]) if match else []
    if not any(label in declared.numbers for label in labels):
        return None
    assert match is not None
    numbers = list(dict.fromkeys(labels))
    if len(labels) == 2 and not re.search(r"[,/&]|\band\b", match["labels"]):
        places = [declared.numbers.index(each) for each in labels if each in declared.numbers]
        between = declared.numbers[places[0] : places[-1] + 1]
        numbers = list(dict.fromkeys([labels[0], *between, labels[1]]))
    return Subject(ConstructKind.ACTION, (), tuple(numbers), "", content.text, content.span())


class _SubjectReading(Struct, frozen=True):
    """The tree of a subject, and the questions that a Subject asks it."""

    cell: Fragment
    tree: Tree[Token]
    declared: Declarations

    def kind(self) -> ConstructKind:
        match self.tree.data:
            case "action_subject":
                return ConstructKind.ACTION
            case "property_subject" | "label_subject":
                return ConstructKind.PROPERTY
            case "construct_subject":
                return _kind_of_word(tokens_of(self.tree, "CONSTRUCT_KIND")[0])
        for name in self.names():
            if name in self.declared.kinds:
                return self.declared.kinds[name]
        raise self._unknown()

    def names(self) -> tuple[str, ...]:
        """Return the names in code; where there is no code, those of a plain list of names."""
        coded = [
            tokens_of(part, "NAME")[0]
            for part in subtrees_of(self.tree)
            if part.data == "subject_name"
        ]
        if coded or self.tree.data == "bare_subject":
            return tuple(str(name) for name in coded or tokens_of(self.tree, "NAME"))
        prose = " ".join(tokens_of(self.tree, "PROSE"))
        if len(self.numbers()) > 1 or not _PLAIN_NAMES.fullmatch(prose):
            return ()
        plain = re.sub(r"\([^()]*\)", "", prose)
        return tuple(match["name"] for match in _PLAIN_NAME.finditer(plain))

    def numbers(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for numbers in subtrees_of(self.tree):
            if numbers.data == "numbers":
                for part in subtrees_of(numbers):
                    found.update(dict.fromkeys(self._range(tokens_of(part, "NUMBER"))))
        return tuple(found)

    def label(self) -> str:
        labels = tokens_of(self.tree, "LABEL")
        for prose in tokens_of(self.tree, "PROSE"):
            if labels and _SECOND_LABEL.match(prose):
                raise self.cell.refuse(
                    "one row names several labels",
                    start=prose.start_pos or 0,
                    end=prose.end_pos,
                    expected="one label, as in Safety S2",
                    hint="give each property a row of its own",
                )
        return str(labels[0]) if labels else ""

    def _range(self, ends: list[Token]) -> Sequence[str]:
        first, last = ends[0], ends[-1]
        if len(ends) == 1:
            return [str(first)]
        numbers = numbers_between(first, last, self.declared.numbers)
        if numbers is None:
            raise self.cell.refuse(
                f"{first} to {last} is not a range of numbers",
                start=first.start_pos or 0,
                end=last.end_pos,
                expected=f"the smaller number first, at most {MAX_NUMBER_RANGE:,} in all",
                hint="check both ends",
            )
        return numbers

    def _unknown(self) -> InputError:
        name = self.names()[0]
        close = nearest(name, self.declared.kinds)
        return self.cell.refuse(
            f"{name} is nothing that this document declares",
            expected=SUBJECT_FORMS,
            hint=f"did you mean {close}?"
            if close
            else "say what it is: Action: `...`, State: `...`",
        )


def numbers_between(first: str, last: str, known: Sequence[str]) -> Sequence[str] | None:
    """Return the numbers from `first` to `last`, both included; None when that is no range.

    Those `known` (in their order) that lie between; letters only where an end has one. Without any
    known number there, the whole numbers.
    """
    low, high = _number_key(first), _number_key(last)
    if low > high or len(low[0]) != len(high[0]) or high[0][-1] - low[0][-1] > MAX_NUMBER_RANGE:
        return None
    lettered = bool(low[1] or high[1])
    between = [
        number
        for number in known
        if _NUMBER.fullmatch(number)
        and low <= (key := _number_key(number)) <= high
        and len(key[0]) == len(low[0])
        and (lettered or not key[1])
    ]
    if not between and not lettered and low[0][:-1] == high[0][:-1]:
        prefix = first[: first.rfind(".") + 1]
        between = [f"{prefix}{number}" for number in range(low[0][-1], high[0][-1] + 1)]
    return list(dict.fromkeys([first] * (first not in between) + between + [last]))


def _number_key(number: str) -> tuple[tuple[int, ...], str]:
    match = _NUMBER.fullmatch(number)
    if match is None:
        return (), number
    return tuple(int(part) for part in match["digits"].split(".")), match["letter"]


def _kind_of_word(word: str) -> ConstructKind:
    first = word.lower().split()[0]
    if first.startswith(("state", "var")):
        return ConstructKind.VARIABLE
    if first.startswith(("constant", "parameter")):
        return ConstructKind.CONSTANT
    return ConstructKind.HELPER
