"""Variables that lines in words speak of without their names: *the lock is free*, of `lockState`.

A formal line names what it is about. Prose may use part of a name, a word made of it, a value that
no other variable has, or a word by which the document's table explains the variable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.models.explored import Explored
from conform.check.models.footprints import WORD, Linked, words_of
from conform.check.models.reached_values import names_in_variable
from conform.check.texts.name_parts import parts_of
from conform.domain.spec import Line
from conform.languages.markdown.formal.truths import adjectives_of

_TELLING = 5
"""Letters that a part of a name needs to be taken for the whole: `log` or `is` tell nothing."""

_SPOKEN = 4
"""Letters that such a part needs in a line of prose, where a longer word may begin with it."""

_COMMON = frozenset({"state", "status", "value", "count", "number", "current", "list", "name"})
"""Parts of names that many words begin with, and that tell no variable from another."""

_SHARED = 3
"""Variables that a part may not be common to: `worker` tells none of three from the others."""

_BOOLEAN = re.compile(r"\bbool(?:ean)?s?\b|\btrue\b|\N{MATHEMATICAL DOUBLE-STRUCK CAPITAL B}", re.I)
_IS = r"\b(?:is|are|be|becomes?|goes|comes|not|still|an?|every|each|no)\s+(?:not\s+|back\s+)?{}\b"
"""*`c` is up*, *an up client*."""

_ENDING = re.compile(r"(?:er|or|ed|ing|ry|y|e)$")
"""What may be cut off a part of a name, so that other forms of the word begin with the rest."""

_SENDING = ("send", "sent", "broadcast", "receiv", "deliver", "message")
_WHERE_MESSAGES_ARE = frozenset(
    {"msg", "msgs", "message", "messages", "network", "inbox", "mailbox", "channel", "channels"}
)
"""Who sends or receives speaks of the variable that has the messages."""

_WORDED = re.compile(
    r"\b(?!(?:if|then|else|let|set|for|all|each|every|some|choose|and|or|not|in|is|mod|div)\b)[a-z]{3,}\s+"
    r"(?!(?:if|then|else|for|and|or|not|in|is|mod|div)\b)[a-z]{2,}\b"
)
"""Two words side by side, neither of them one of the notation."""

_EXPLAINED = re.compile(
    r"(?P<what>[^.;:]{3,120}?)\b(?:when|if|iff|means|stands for|is short for)\b(?P<by>[^;:]{3,120})"
)
"""Words that a sentence explains, and what by."""


def is_meant(variable: str, words: set[str]) -> bool:
    """Say whether words name a variable, or a telling part of it: the counter, the cursor."""
    if variable in words:
        return True
    lower = {word.lower() for word in words}
    return any(part in lower for part in parts_of(variable) if len(part) >= _TELLING)


def is_spoken_of(context: Context, explored: Explored, linked: Linked, variable: str) -> bool:
    """Say whether a line of prose speaks of a variable of the document in other words.

    It has a word made of a part of the name: `t` is unlocked, of `lockState`, or the one who holds
    the lease, of `holder`; a value that this variable alone has: a leader becomes stale, of `role`;
    or a word by which the table explains this variable alone: the first message, of `inbox`. Who
    sends or receives speaks of what has the messages.
    """
    stated = linked.stated
    lines = [line for line in (*stated.guard, *stated.effect) if _is_in_words(line)]
    if any(_is_told_of(context, variable, line) for line in lines):
        return True
    spoken = {word.lower() for word in words_of(lines) - linked.names.keys()}
    if not spoken:
        return False
    telling = (
        *_forms_of(linked, variable),
        *_values_of(explored, linked, variable),
        *_words_about(context, variable),
        *(_SENDING if _holds_messages(context, variable) else ()),
    )
    return any(word.startswith(telling) for word in spoken)


def _is_told_of(context: Context, variable: str, line: Line) -> bool:
    """Say whether a line tells by an adjective what a variable of booleans says: *`c` is up*."""
    types = (each.type_text for each in context.document.variables if each.name == variable)
    adjectives = adjectives_of(variable) if any(map(_BOOLEAN.search, types)) else ()
    return any(re.search(_IS.format(re.escape(word)), line.text, re.I) for word in adjectives)


def _is_in_words(line: Line) -> bool:
    """Say whether a line is no formula: a line of code may be a sentence, *w holds no lock*."""
    return not line.is_formal or _WORDED.search(line.text) is not None


def _forms_of(linked: Linked, variable: str) -> Iterator[str]:
    """Yield how words may begin that are made of a part of a name.

    No part that is common to many variables tells any of them.
    """
    for part in parts_of(variable):
        shared = sum(part in parts_of(name) for name in linked.names)
        if len(part) >= _SPOKEN and part not in _COMMON and shared < _SHARED:
            yield from (part, f"un{part}")
            stem = _ENDING.sub("", part)
            if len(stem) >= _SPOKEN:
                yield stem


def _values_of(explored: Explored, linked: Linked, variable: str) -> Iterator[str]:
    """Yield the words for values that a variable has in some state, and no other variable has."""
    graph = explored.graph
    if graph is None:
        return
    others = {
        value.lower()
        for name, modelled in linked.names.items()
        if name != variable
        for value in names_in_variable(graph, modelled)
    }
    for value in names_in_variable(graph, linked.names[variable]):
        if len(value) >= _SPOKEN and value.isalpha() and value.lower() not in others | _COMMON:
            yield value.lower()


def _holds_messages(context: Context, variable: str) -> bool:
    """Say whether the name or the type of a variable tells that it has messages on their way."""
    types = (each.type_text for each in context.document.variables if each.name == variable)
    words = {*parts_of(variable), *(word.lower() for text in types for word in WORD.findall(text))}
    return not words.isdisjoint(_WHERE_MESSAGES_ARE)


def _words_about(context: Context, variable: str) -> Iterator[str]:
    """Yield the long words in the type of a variable that are in no other variable's."""
    about = {
        each.name: {word.lower().rstrip("s") for word in WORD.findall(each.type_text)}
        for each in context.document.variables
    }
    others = set().union(*(words for name, words in about.items() if name != variable))
    for word in about.get(variable, set()) - others:
        if len(word) >= _TELLING and word not in _COMMON:
            yield word


def is_defined_in_words(context: Context, linked: Linked, variable: str) -> bool:
    """Say whether a line of prose has a word that the document explains by the variable.

    *A worker owns a task when `lockState[t].owner = w`*, and a guard that asks for no task owned.
    """
    stated = linked.stated
    lines = [line for line in (*stated.guard, *stated.effect) if not line.is_formal]
    parts = {part for name in linked.names for part in parts_of(name)}
    spoken = {word.lower() for word in words_of(lines)} - parts
    telling = {word.rstrip("s") for word in spoken if len(word) >= _SPOKEN}
    for passage in context.page().passages if telling else ():
        for match in _EXPLAINED.finditer(passage.text):
            if re.search(rf"\b{re.escape(variable)}\b", match["by"]):
                words = {word.lower().rstrip("s") for word in WORD.findall(match["what"])}
                if telling & words - parts:
                    return True
    return False
