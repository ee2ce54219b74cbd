"""Counts that documents and configurations state: of which configuration, and how exactly."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from conform.check.columns import Role
from conform.check.context import ConfigurationFile, Context, FormalArtefact
from conform.check.texts.parameter_tables import words_for
from conform.check.texts.protocol_numbers import number_of_protocol
from conform.domain.spec import Spec, StatedCount

_PROTOCOL = re.compile(r"\bprotocol\s+(?P<number>\d{1,2})\b", re.IGNORECASE)
_FIZZBEE = re.compile(r"fizz", re.IGNORECASE)
_TLC = re.compile(r"\bTLC\b|\bTLA\+|\.cfg\b", re.IGNORECASE)
_STATES = re.compile(r"\d\s+(?:(?:distinct|unique)\s+)?states\b|\bdepth\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?<![\w^])(?P<value>\d[\d,_]*)\s+(?:(?:distinct|unique)\s+)?states\s+(?:for|in|of)\s+"
    r"protocol\s+(?P<number>\d{1,2})\b",
    re.IGNORECASE,
)

POWER_SLACK = 0.6
"""How far, in powers of ten, a count may be from a stated power: 10^5 is good for 30,000."""

ABOUT_SLACK = 0.25
"""How far, as a share of it, a count may be from one that is stated as approximate."""


def counts_of(context: Context, file: ConfigurationFile) -> Iterator[StatedCount]:
    """Yield the counts that are stated of a configuration: in its comments, and in documents.

    In a document the text around a count must name the configuration's file, or, in the canonical
    document, the configuration, and no other one; in others it names the module as well. Where
    there is one configuration alone, a count of the canonical document is its, and so is one that
    another document gives for this protocol.
    """
    yield from file.counts
    for document in context.documents:
        for count in document.counts:
            if _is_about(context, document, count, file):
                yield count


def _is_about(
    context: Context, document: Spec, count: StatedCount, file: ConfigurationFile
) -> bool:
    text = count.context
    if _FIZZBEE.search(text):
        return False
    files = set(re.findall(r"[\w.-]+\.cfg", text))
    if files:
        return files == {PurePosixPath(file.path).name}
    artefact = context.formal[Role.TLAPLUS]
    named = {each.name for each in artefact.configurations if _names(text, each, artefact)}
    if len(artefact.configurations) == 1 and not named:
        return document.path == context.document.path or _is_of_protocol(context, count)
    is_own = document.path == context.document.path or _names_module(artefact, text)
    is_own = is_own or _is_below_title(context, text)
    return is_own and named == {file.name}


def counts_of_fizzbee(context: Context) -> Iterator[StatedCount]:
    """Yield the distinct states that documents state of the FizzBee model, and of no other.

    The text around a count names FizzBee or the model's file, and not TLC, in the canonical
    document or below a title about its protocol.
    """
    artefact = context.formal.get(Role.FIZZBEE)
    for document in context.documents if artefact else ():
        for count in document.counts:
            text = count.context
            files = set(re.findall(r"[\w.-]+\.fizz\b", text))
            is_distinct = count.measure == "distinct states"  # others may be nodes
            if not is_distinct or not _FIZZBEE.search(text) or _TLC.search(text):
                continue
            if artefact and files:
                is_own = files == {PurePosixPath(artefact.spec.path).name}
            else:
                is_own = document.path == context.document.path or _is_below_title(context, text)
            if is_own:
                yield count


def _is_below_title(context: Context, text: str) -> bool:
    """Say whether the last line of a count's context is a title about the protocol, by number."""
    match = _PROTOCOL.match(text.rpartition("\n")[2])
    return match is not None and int(match["number"]) == number_of_protocol(context.page())


def _names(text: str, file: ConfigurationFile, artefact: FormalArtefact) -> bool:
    """Say whether a text names a configuration: by its name, or as that of its kind, `small`."""
    if _has_word(text, file.name):
        return True
    others = {each.name.casefold() for each in artefact.configurations if each is not file}
    return any(
        re.search(rf"\b{re.escape(word)}\s+(?:model|config(?:uration)?)\b", text, re.IGNORECASE)
        for word in words_for(file, artefact)
        if word.casefold() not in others
    )


def _names_module(artefact: FormalArtefact, text: str) -> bool:
    """Say whether a text names the module: by its file's name, a word with capitals inside."""
    stem = PurePosixPath(artefact.spec.path).stem
    return sum(character.isupper() for character in stem) > 1 and _has_word(text, stem)


def _is_of_protocol(context: Context, count: StatedCount) -> bool:
    """Say whether a count is given `for protocol 1`, and the document is the one of protocol 1."""
    number = number_of_protocol(context.page())
    numbers = {int(match["number"]) for match in _PROTOCOL.finditer(count.context)}
    directly = [
        match for match in _COUNTED.finditer(count.context) if _digits(match) == count.value
    ]
    if len(directly) == 1:
        return int(directly[0]["number"]) == number
    return numbers == {number} and len(_STATES.findall(count.context)) == 1


def _digits(match: re.Match[str]) -> int:
    return int(re.sub(r"\D", "", match["value"]))


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE) is not None


def agrees(count: StatedCount, actual: int) -> bool:
    """Whether a measured count is what was stated, as exactly as it was stated."""
    if count.is_power:
        low = math.log10(count.value) - POWER_SLACK
        high = math.log10(count.upper or count.value) + POWER_SLACK
        return low <= math.log10(max(actual, 1)) <= high
    if count.is_approximate:
        return abs(actual - count.value) <= ABOUT_SLACK * count.value
    return actual == count.value


def worded(count: StatedCount) -> str:
    """Return a stated count as it can be put into a sentence."""
    about = "about " if count.is_approximate else ""
    upper = f" to {count.upper:,}" if count.upper else ""
    return f"{about}{count.value:,}{upper}"
