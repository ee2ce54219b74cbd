"""A property speaks of steps in words, and its formula speaks of single states.

What it means
    "Never decreases", "only grows" and "monotonic" are about a state and the next one. A formula
    without a prime or a box around an action cannot say it: what is checked is weaker than what is
    claimed. So it is where the document's formula has primes, and a model checks an invariant.

Example
    **Statement**: `sequenceCounter` never decreases.
    **Formal**: `sequenceCounter >= 1`

What to do
    State it as an action property, `[][sequenceCounter' >= sequenceCounter]_vars`, and list it
    under PROPERTIES; or weaken the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import cells_about, named_in
from conform.check.texts.remarks import remarks
from conform.domain.finding import Code, Finding
from conform.domain.model import PropertyKind
from conform.domain.spec import Property

CODE = Code("CF240", "formula of states for a statement of steps")

_STEPS = re.compile(
    r"\b(?:never|not|cannot|can't|does\s+not)\s+(?:decreas|go(?:es)?\s+(?:down|back)|fall|shrink"
    r"|drop|move\s+back|revert|rewind)|\bnon-?decreasing|\bmonoton|\bonly\s+(?:ever\s+)?(?:grow"
    r"|increas|advanc|move\s+forward)|\bstrictly\s+increas|\balways\s+(?:grow|increas|advanc)",
    re.IGNORECASE,
)
_BELOW = re.compile(r"\w*\s+(?:below|under)\b", re.IGNORECASE)
_OF_STEPS = re.compile(
    r"\w\]?'|′|\]_|\[\]\[|□\[|\[\]\s*\[|\bprev|\bold\b|\bnext\b|\bbefore\b", re.I
)
_PRIMED = re.compile(r"\w\]?(?:'|′)|\]_\w|\]_<")
_WEAKER = re.compile(
    r"\bweaker\b|\bstate part\b|\bhalf\b|\baction property\b|\bcannot be (?:stated|expressed)\b",
    re.IGNORECASE,
)


def statements_of_steps(context: Context) -> Iterator[Finding]:
    """Yield a finding for each property whose statement needs two states and whose formula has one.

    The formula is the document's own; without one, that of the models which check it.
    """
    for stated in context.document.properties:
        if stated.formal and _PRIMED.search(stated.formal):
            yield from _of_states_in_models(context, stated)
        about = f"{stated.name}: {stated.statement}"
        matches = _STEPS.finditer(about)
        match = next((found for found in matches if not _BELOW.match(about, found.end())), None)
        if match is None:
            continue
        if any(_WEAKER.search(passage.text) for passage in remarks(context, stated.name)):
            continue
        if stated.formal:
            if not _OF_STEPS.search(stated.formal):
                yield _finding(context, stated, match[0], stated.formal)
        else:
            yield from _in_models(context, stated, match[0])


def _of_states_in_models(context: Context, stated: Property) -> Iterator[Finding]:
    """Yield a finding for each model that checks single states where a formula has primes."""
    if any(_WEAKER.search(passage.text) for passage in remarks(context, stated.name)):
        return
    for found in _checking_states(context, stated):
        yield CODE.finding(
            f"`{stated.name}` is about steps in the document, and about single states at "
            f"{found.span}",
            stated.span,
            excerpt=context.excerpt(stated.span),
            details=(f"formal: {stated.formal}",),
            hint="state it of steps in the model: [][...]_vars in TLA+, `transition assertion` in "
            "FizzBee",
        )


def _in_models(context: Context, stated: Property, words: str) -> Iterator[Finding]:
    for found in _checking_states(context, stated):
        yield _finding(context, stated, words, f"{found.name} at {found.span}")


def _checking_states(context: Context, stated: Property) -> Iterator[Property]:
    """Yield the first property of each model that has nothing but invariants for a stated one."""
    for role in (Role.TLAPLUS, Role.FIZZBEE):
        artefact = context.formal.get(role)
        if artefact is None:
            continue
        names = {
            named.name
            for row, cell, _column in cells_about(context, stated, role)
            for named in named_in(cell, row, artefact)
        } or {stated.name}
        checked = [found for found in artefact.spec.properties if found.name in names]
        if checked and all(found.kind == PropertyKind.INVARIANT for found in checked):
            yield checked[0]


def _finding(context: Context, stated: Property, words: str, formal: str) -> Finding:
    return CODE.finding(
        f"`{stated.name}` says \N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"
        " of steps, and its formula is about single states",
        stated.span,
        excerpt=context.excerpt(stated.span),
        details=(f"stated: {stated.statement or stated.name}", f"formal: {formal}"),
        hint="state it as an action property, or weaken the words",
    )
