"""Actions that code defines as TLA+ does: a head, and below it conjuncts with and without primes.

Send(w) ==
    /\\ state[w] = "IDLE"
    /\\ state' = [state EXCEPT ![w] = "SENT"]
    /\\ UNCHANGED log
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from conform.languages.markdown.blocks import Block, Fence
from conform.languages.markdown.clause_kinds import ClauseKind
from conform.languages.markdown.clauses import Clause
from conform.languages.markdown.manuscript import Fragment

_HEAD = re.compile(r"(?P<name>[^\W\d]\w*)(?:\([^()]*\))?\s*(?:==|\u225c|\u225d)\s*")
_CONJUNCT = re.compile(r"\s*(?:/\\|\N{LOGICAL AND})")
_CHANGES = re.compile(r"[\w\])]['\N{PRIME}]|\bUNCHANGED\b")


def defined_clauses(blocks: Sequence[Block], name: str) -> list[Clause]:
    """Return the guard and the effect in the code that defines an action; none without such code.

    A conjunct with a prime, or with UNCHANGED, belongs to the effect. The first such code counts.
    """
    for block in blocks:
        if isinstance(block, Fence) and (conjuncts := _conjuncts(block, name)):
            clauses = {kind: Clause(kind, 0) for kind in (ClauseKind.GUARD, ClauseKind.EFFECT)}
            for lines in conjuncts:
                changes = any(_CHANGES.search(line.text) for line in lines)
                clause = clauses[ClauseKind.EFFECT if changes else ClauseKind.GUARD]
                clause.code_parts.update(range(len(clause.parts), len(clause.parts) + len(lines)))
                clause.parts += lines
            return list(clauses.values())
    return []


def _conjuncts(block: Fence, name: str) -> list[list[Fragment]]:
    """Return the lines of each conjunct of a definition; none where its body is another."""
    head, *body = block.lines
    match = _HEAD.fullmatch(head.text)
    if match is None or match["name"] != name or not body:
        return []
    return list(_listed(body))


def _listed(body: Sequence[Fragment]) -> Iterator[list[Fragment]]:
    outer = min(line.indentation for line in body)
    starts = [place for place, line in enumerate(body) if line.indentation == outer]
    if starts[0] == 0 and all(_CONJUNCT.match(body[start].text) for start in starts):
        for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
            yield list(body[start:end])
