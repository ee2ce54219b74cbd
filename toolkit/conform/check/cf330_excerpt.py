r"""An excerpt of a model in a document is not what the model has.

What it means
    A code block of the document has a definition of the module, `Name(w) ==` and what follows, or
    an action, an assertion or a function of the FizzBee model, and one of the two was changed
    since. Comments, line breaks and UNCHANGED do not count, nor does an excerpt with `...` in it,
    or one that is altogether other text than the model's. Blocks that are themselves the
    document's action, property or helper are compared by what they mean.

Example
    Allowed == open => Free > 0     in an appendix, where the module has     open => Free >= 0

What to do
    Copy the definition from the model again, or correct the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby, pairwise, takewhile
from typing import TypeAlias

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.texts.page_topics import is_about_it_alone
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind

CODE = Code("CF330", "excerpt differs from the model")

_HEADS = {
    Role.TLAPLUS: re.compile(r"(?P<name>[^\W\d]\w*)(?:\([^()]*\))?\s*=="),
    Role.FIZZBEE: re.compile(
        r"(?:atomic\s+|fair(?:<\w+>)?\s+|always\s+|eventually\s+|exists\s+|transition\s+)*"
        r"(?:action|assertion|def|func)\s+(?P<name>[^\W\d]\w*)"
    ),
}
_COMMENTS = {
    Role.TLAPLUS: re.compile(r"\\\*[^\n]*|\(\*.*?\*\)|^[-=]{4,}\s*$", re.DOTALL | re.MULTILINE),
    Role.FIZZBEE: re.compile(r"#[^\n]*"),
}
_UNCHANGED = re.compile(r"/\\\s*UNCHANGED\s+(?:<<[^<>]*>>|\w+)")
_TOKEN = re.compile(r"\"[^\"]*\"|\w+'?|[^\w\s]")
_ELIDED = re.compile(r"\.\.\.|\N{HORIZONTAL ELLIPSIS}")
_FAIR = re.compile(r"[WS]F_\w+ \( \w+(?: \( [\w ,]+ \))? \)")
_QUANTIFIER = re.compile(r"\\ A \w+(?: , \w+)* \\ in \w+ :")
"""Parts of a formula of fairness, a blank between each two words."""

_Conditions: TypeAlias = tuple[frozenset[str], frozenset[str]]
"""The conditions of fairness in a definition, and what they are quantified over."""

_NEAR = 0.7
"""Texts with a smaller share of common words are no excerpt of one another."""

_SHOWN = 8
"""So many words of each side are shown, from the first that differs."""


def excerpts_that_differ(context: Context) -> Iterator[Finding]:
    """Yield a finding for each definition in a document that is almost the model's."""
    stated = _stated_lines(context)
    for page in context.pages:
        if page.path != context.document.path and not is_about_it_alone(context, page):
            continue
        for _block, lines in groupby(page.of(PassageKind.CODE), lambda line: line.block):
            block = list(lines)
            if not stated & {(page.path, line.span().line) for line in block}:
                for role in context.formal:
                    yield from _in_block(context, role, block)


def _stated_lines(context: Context) -> set[tuple[str, int]]:
    """Return the lines that are the document's own statements, by path and number."""
    document = context.document
    lines = [line for leaf in document.leaf_actions() for line in (*leaf.guard, *leaf.effect)]
    lines += [line for helper in document.helpers for line in helper.lines]
    lines += [line for stated in document.properties for line in stated.lines]
    return {(line.span.path, line.span.line) for line in lines}


def _in_block(context: Context, role: Role, block: list[Passage]) -> Iterator[Finding]:
    artefact, head = context.formal[role], _HEADS.get(role)
    starts = [at for at, line in enumerate(block) if head and head.match(line.text)]
    for start, end in pairwise([*starts, len(block)]):
        first = block[start]
        match = head.match(first.text) if head else None
        definition = artefact.definitions.get(match["name"]) if match else None
        if match is None or definition is None:
            continue
        inner = takewhile(lambda line: not line.text[:1].strip(" )]}/\\"), block[start + 1 : end])
        ours = "\n".join(line.text for line in (first, *inner))
        theirs = context.text_of(definition.span)
        found = _difference(_words(role, ours), _words(role, theirs))
        if found is None or _ELIDED.search(ours):
            continue
        fair, other = _fairness(_words(role, ours)), _fairness(_words(role, theirs))
        if fair is not None and fair == other:
            continue
        span = first.span(*match.span("name"))
        yield CODE.finding(
            f"`{match['name']}` is not as in {artefact.spec.path}",
            span,
            excerpt=context.excerpt(span),
            details=(
                f"the document: {found[0]}",
                f"the model:    {found[1]}  at {definition.span}",
            ),
            hint="copy it from the model again, or correct the model",
            subject=_of_actions(fair, other) if fair and other else "",
        )


def _words(role: Role, text: str) -> list[str]:
    plain = _COMMENTS[role].sub(" ", text)
    if role is Role.TLAPLUS:
        plain = _UNCHANGED.sub(" ", plain)
    words = _TOKEN.findall(plain.replace("/\\", " ∧ ").replace("\\/", " ∨ "))
    return [word for at, word in enumerate(words) if not _opens_list(words, at)]


def _fairness(words: list[str]) -> _Conditions | None:
    """Return the conditions of fairness in a definition, and what they are quantified over.

    None for a definition that says anything else. How they are laid out, and under how many
    quantifiers of the same names, makes no difference: a quantifier goes through a conjunction.
    """
    text = " ".join(words)
    head, _equals, body = text.partition("= =")
    rest = _FAIR.sub(" ", _QUANTIFIER.sub(" ", body))
    if not head.strip() or re.search(r"[^\s∧()]", rest):
        return None
    quantified = frozenset(found[0] for found in _QUANTIFIER.finditer(body))
    return frozenset(found[0] for found in _FAIR.finditer(body)), quantified


def _of_actions(one: _Conditions, other: _Conditions) -> str:
    """Return the actions of conditions that one definition alone has, a comma between each two.

    Empty where anything else differs.
    """
    if one[1] != other[1]:
        return ""
    return ", ".join(sorted({text.split()[2] for text in one[0] ^ other[0]}))


def _opens_list(words: list[str], at: int) -> bool:
    """Say whether a word is the sign that begins a list, which one line has not."""
    return words[at] in ("∧", "∨") and words[max(0, at - 1)] in ("=", "∧", "∨", ":", "IN", "(")


def _difference(ours: list[str], theirs: list[str]) -> tuple[str, str] | None:
    """Return both texts from where they differ; None if they do not, or are not nearly the same."""
    if ours == theirs:
        return None
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.ratio() < _NEAR:
        return None
    _tag, one, _end, other, _last = next(op for op in matcher.get_opcodes() if op[0] != "equal")
    return _shown(ours, one), _shown(theirs, other)


def _shown(words: list[str], at: int) -> str:
    text = " ".join(words[max(0, at - 2) : at + _SHOWN]).replace("∧", "/\\").replace("∨", "\\/")
    return re.sub(r"(?<=[<>=/\\]) (?=[=>])|(?<=[.(\[]) | (?=[.,)\]\[])", "", text)
