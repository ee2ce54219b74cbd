"""Actions as programs: lines that end it where it cannot be taken, and assignments behind them.

    Release(n):
        if holder != n: return
        holder = NONE

So are assignments that all stand below one `if`. What else a program may do is left unread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from conform.languages.markdown.blocks import Block, Fence
from conform.languages.markdown.clause_kinds import ClauseKind
from conform.languages.markdown.clauses import Clause
from conform.languages.markdown.manuscript import Fragment

_HEAD = re.compile(
    r"\s*(?:(?:def|fn|func|function|procedure|action)\s+)?[^\W\d]\w*\([^()]*\)\s*:?\s*\{?\s*"
)
_LEAVES = re.compile(r"\s*if\b.*(?::|\bthen\b)\s*(?:return|abort|stop|exit|skip)\b[^=]*", re.I)
_OPENS = re.compile(r"\s*if\s+(?P<test>.+?)\s*(?::|\bthen)\s*", re.I)
_ASSIGNS = re.compile(
    r"\s*[^\W\d]\w*(?:\[[^=]*\]|\.\w+)*\s*(?::=|=|\+=|-=|\N{LEFTWARDS ARROW})(?!=)\s*\S"
)


def programmed_clauses(blocks: Sequence[Block]) -> list[Clause]:
    """Return the guard and the effect of a program; nothing beside another block of code."""
    fences = [block for block in blocks if isinstance(block, Fence)]
    if len(fences) != 1:
        return []
    lines = [line for line in fences[0].lines if line.text.strip()]
    if lines and _HEAD.fullmatch(lines[0].text):
        lines = lines[1:]
    leaving = [line for line in lines if _LEAVES.fullmatch(line.text)]
    acting = lines[len(leaving) :]
    if leaving and leaving == lines[: len(leaving)]:
        return _clauses(leaving, acting)
    opening = _OPENS.fullmatch(lines[0].text) if lines else None
    if opening and all(line.indentation > lines[0].indentation for line in lines[1:]):
        return _clauses([lines[0].part(*opening.span("test"))], lines[1:])
    return []


def _clauses(guard: Sequence[Fragment], effect: Sequence[Fragment]) -> list[Clause]:
    if not effect or not all(_ASSIGNS.match(line.text) for line in effect):
        return []
    return [_coded(ClauseKind.GUARD, guard), _coded(ClauseKind.EFFECT, effect)]


def _coded(kind: ClauseKind, lines: Sequence[Fragment]) -> Clause:
    return Clause(kind, 0, list(lines), set(range(len(lines))))
