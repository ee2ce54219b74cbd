r"""A text says which actions have variants, and others have them.

What it means
    `Actions 2, 3 and 9 have variants` counts up the actions that the document splits: those with
    several outcomes, and those beside which there is a 3b. One of them has none, or another one is
    left out. An action was added, split or renumbered since. `(3b, 9b)` behind it counts up the
    variants themselves: those that have a number with a letter in the document.

Example
    Actions 2 and 4 have variants.     while 3b stands beside action 3, and 4 has one form only

What to do
    Correct the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.comments.model_comments import model_sources, remarks_of
from conform.check.context import Context
from conform.check.linking import names_for
from conform.check.texts.section_references import NUMBERS, each_number
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage
from conform.domain.spec import Spec
from conform.text import Span

CODE = Code("CF264", "variants of other actions")

_CLAIM = re.compile(
    rf"\b[Aa]ctions?\s+{NUMBERS}\s+(?:each\s+)?(?:has|have|come\s+in|are\s+split\s+into|split\s+into)\s+"
    r"(?:(?:two|three|several|2|3)\s+)?(?:sub-?actions|variants|outcomes|branches|cases)\b"
)
_NAMED = re.compile(r"\s*\((?P<labels>\d+[a-z](?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)\d+[a-z])*)\)")
_LABEL = re.compile(r"\d+[a-z]")
_LETTERED = re.compile(r"\b[Aa]ction\s+(?P<number>\d+)[a-z]\b")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def misnamed_variants(context: Context) -> Iterator[Finding]:
    """Yield a finding for each list of actions with variants that is not the document's."""
    own = _with_variants(context.document)
    alone = own - _with_headings(context)
    split = own | _split_in_models(context)
    leaves = (leaf.number for leaf in context.document.leaf_actions())
    lettered = {number for number in leaves if _LABEL.fullmatch(number)}
    for passage in context.page().running() if split else ():
        for match in _CLAIM.finditer(passage.text):
            named = _NAMED.match(passage.text, match.end())
            if named is not None and lettered:
                yield from _misnamed(context, match, named, lettered, passage)
            elif _said(match) not in (own, split, alone):
                yield _finding(context, match, split, passage.span(*match.span("numbers")))
    for source in model_sources(context) if split else ():
        for remark in remarks_of(source, context):
            for line in remark.lines:
                for match in _CLAIM.finditer(line.text):
                    if _said(match) not in (own, split, alone):
                        yield _finding(context, match, split, line.span(*match.span("numbers")))


def _misnamed(
    context: Context,
    match: re.Match[str],
    named: re.Match[str],
    lettered: set[str],
    passage: Passage,
) -> Iterator[Finding]:
    """Yield what is wrong in numbers of actions and the labels of their variants behind them."""
    stated = set(_LABEL.findall(named["labels"]))
    numbers = {label[:-1] for label in lettered}
    if stated != lettered:
        span = passage.span(*named.span("labels"))
        there = ", ".join(sorted(lettered, key=lambda label: (len(label), label)))
        yield CODE.finding(
            f"the variants are {there}, not {named['labels']}",
            span,
            excerpt=context.excerpt(span),
            hint="correct the labels",
        )
    elif _said(match) != numbers:
        yield _finding(context, match, numbers, passage.span(*match.span("numbers")))


def _with_headings(context: Context) -> set[str]:
    """Return the numbers beside which a 9b, say, has a heading of its own: it may be an action."""
    headings = (heading.text for heading in context.page().headings())
    return {match["number"] for text in headings for match in _LETTERED.finditer(text)}


def _with_variants(document: Spec) -> set[str]:
    """Return the numbers of the actions that the document splits: 3 where it has a 3b."""
    split = {action.number for action in document.actions if len(tuple(action.leaves())) > 1}
    lettered = {action.number.rstrip(_LETTERS) for action in document.actions if action.number}
    numbers = {action.number for action in document.actions}
    return {each.rstrip(_LETTERS) for each in (split | numbers - lettered) if each}


def _split_in_models(context: Context) -> set[str]:
    """Return the numbers of the actions for which a mapping row names several of one model."""
    found: set[str] = set()
    for action in context.document.actions:
        for role in (Role.TLAPLUS, Role.FIZZBEE):
            if action.number.isdigit() and len(names_for(context, action, role)) > 1:
                found.add(action.number)
    return found


def _said(match: re.Match[str]) -> set[str]:
    return {number for _start, number in each_number(match)}


def _finding(context: Context, match: re.Match[str], split: set[str], span: Span) -> Finding:
    stated = ", ".join(sorted(split, key=lambda number: (len(number), number)))
    return CODE.finding(
        f"what has variants is action {stated}, not {match['numbers']}",
        span,
        excerpt=context.excerpt(span),
        hint="correct the numbers",
    )
