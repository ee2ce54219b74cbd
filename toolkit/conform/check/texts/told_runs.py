"""Runs that are told in lists and in sentences: `Lock(w1)`, `Crash(w1)`, then `Expire(w1)`.

A run is a list each of whose items begins with a step, or several steps in a paragraph with nothing
but commas, arrows or *then* between them. A step names an action with arguments of the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from conform.domain.prose import Passage, PassageKind, Prose

STEP = re.compile(r"(?P<name>[^\W\d]\w*)\((?P<arguments>[^()]*)\)")
_BETWEEN = re.compile(
    r"[\s,;]*(?:(?:\N{RIGHTWARDS ARROW}|->|=>|\N{RIGHTWARDS DOUBLE ARROW}|then|and then|followed by"
    r"|and)\s*)?",
    re.I,
)
_NO_RUN = re.compile(
    r"\b(?:neither|either|none|any|each|both|all|or|whether|instead|cannot|not|never|unless|if"
    r"|could|would|may|might|suppose|assume|without)\b",
    re.I,
)
_ENDS = re.compile(r"\s*(?:[.:;]|$)")
_NUMBERED = re.compile(r"\W*step\s+(?P<number>\d{1,3})\b", re.I)
_BEGINS = re.compile(r"\s*(?:(?://|#|--|\\\*)|t?0\b|init|start|begin|\w+\s*=)", re.I)
"""A line of code before the first step: a comment, or the state that a run begins in."""

_LEFT_OUT = re.compile(
    r"\N{HORIZONTAL ELLIPSIS}|\.\.\.|\b(?:meanwhile|eventually|later|after a while|as before"
    r"|(?<!ed )again|repeat\w*|cannot|fails? to|disabled|not enabled|until)\b",
    re.I,
)
"""Words in an item that may stand for steps which are not named, or say that there is none."""

ToldStep = tuple[Passage, int, str]
"""A passage, where in it the code of a step begins, and that code."""


def told_runs(page: Prose) -> Iterator[tuple[ToldStep, ...]]:
    """Yield the steps of each run, in order."""
    yield from _in_lists(page)
    yield from _in_paragraphs(page)
    for lines in page.blocks(PassageKind.CODE):
        yield tuple(_in_code(lines))
    for passage in page.passages:
        if passage.kind in (PassageKind.TEXT, PassageKind.ITEM):
            yield from _in_sentence(passage)


def _in_lists(page: Prose) -> Iterator[tuple[ToldStep, ...]]:
    items: list[Passage] = []
    for passage in (*page.passages, None):
        is_item = passage is not None and passage.kind is PassageKind.ITEM
        if passage is not None and is_item and (not items or passage.level == items[0].level):
            items.append(passage)
            continue
        if len(items) > 1:
            yield from _of_items(items)
        items = [passage] if passage and is_item else []


def _in_paragraphs(page: Prose) -> Iterator[tuple[ToldStep, ...]]:
    """Yield the runs of paragraphs that are numbered: *Step 1. w1 takes `Lock(w1)`.*"""
    steps: list[ToldStep] = []
    for passage in page.of(PassageKind.TEXT, PassageKind.HEADING):
        match = _NUMBERED.match(passage.text) if passage.kind is PassageKind.TEXT else None
        number = int(match["number"]) if match else 0
        if number != len(steps) + 1:
            yield tuple(steps)
            steps = []
        named = [(at, text) for at, text in passage.coded() if STEP.fullmatch(text)]
        if number == len(steps) + 1 and len(named) == 1 and not _LEFT_OUT.search(passage.text):
            steps.append((passage, *named[0]))
    yield tuple(steps)


def _in_code(lines: Sequence[Passage]) -> Iterator[ToldStep]:
    """Yield the steps of code with one in each line; none where a line says something else."""
    found = [(line, list(STEP.finditer(line.text))) for line in lines if line.text.strip()]
    begun = [bool(steps) for _line, steps in found].index(True) if any(s for _, s in found) else 0
    run = found[begun:]
    if all(_BEGINS.match(line.text) for line, _ in found[:begun]) and all(
        len(steps) == 1 for _, steps in run
    ):
        yield from ((line, steps[0].start(), steps[0][0]) for line, steps in run)


def _of_items(items: Sequence[Passage]) -> Iterator[tuple[ToldStep, ...]]:
    steps: list[ToldStep] = []
    for item in items:
        own = list(_leading(item, 0))
        if not own or _LEFT_OUT.search(item.text):
            return
        steps += own
    yield tuple(steps)


def _leading(passage: Passage, start: int) -> Iterator[ToldStep]:
    """Yield the steps that stand at a place of a passage, one after the other."""
    for at, text in passage.coded():
        if at < start:
            continue
        if not _BETWEEN.fullmatch(passage.text[start:at]) or not STEP.fullmatch(text):
            return
        yield passage, at, text
        start = at + len(text)


def _in_sentence(passage: Passage) -> Iterator[tuple[ToldStep, ...]]:
    position = 0
    for at, _text in passage.coded():
        steps = tuple(_leading(passage, at)) if at >= position else ()
        if len(steps) > 1:
            _passage, last, code = steps[-1]
            position = last + len(code)
            begins = max(passage.text.rfind(".", 0, at), passage.text.rfind(":", 0, at)) + 1
            before = passage.text[begins:at]
            if _ENDS.match(passage.text, position) and not _NO_RUN.search(before):
                yield steps
