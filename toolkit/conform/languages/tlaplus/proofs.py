"""The levels of proof steps: where a list of steps begins, goes on and ends.

The structure followed is SANY's: a proof is one leaf (BY, OBVIOUS, OMITTED) or a list of steps that
ends with the proof of its QED step; steps of a deeper level are the proof of the step before. The
list reaches the grammar as BEGIN_STEPS STEP step … END_STEPS.
"""

from __future__ import annotations

from dataclasses import dataclass

from conform.parsing.tokens import ReadingError, Token

PROOF_WORDS = frozenset({"PROOF", "BY", "OBVIOUS", "OMITTED", "ONLY", "DEF", "QED"})
"""Types of the tokens that end an expression in a proof."""

UNIT_STARTERS = frozenset(
    {
        "HEAD",
        "HEAD_PREFIX",
        "LOCAL",
        "CONSTANT",
        "VARIABLE",
        "RECURSIVE",
        "INSTANCE",
        "ASSUME",
        "ASSUMPTION",
        "THEOREM",
        "USE",
        "HIDE",
        "SEPARATOR",
        "END_MODULE",
        "MODULE_HEADER",
        "EXTENDS",
    }
)
"""Types of the tokens with which a unit of a module begins."""

_STATEMENT = frozenset({"THEOREM", "STEP", "SUFFICES", "ASSUME", "DEFINES", "LABEL", "COMMA"})
_HYPOTHESIS = frozenset({"ASSUME", "COMMA", "NEW"})
_STEP_UNITS = frozenset({"HEAD", "HEAD_PREFIX", "USE", "HIDE", "INSTANCE"})
_MAX_DIGITS = 9  # a longer number of a level is cut: no proof is as deep


def continues(kind: str, previous: str, *, is_defining: bool) -> bool:
    """Return whether a token that may begin a unit belongs to the theorem or step it stands in."""
    match kind:
        case "ASSUME":
            return previous in _STATEMENT
        case "CONSTANT" | "VARIABLE":
            return previous in _HYPOTHESIS
        case "HEAD" | "HEAD_PREFIX" if is_defining:
            return True
        case "LOCAL":
            return is_defining
        case "INSTANCE" if previous == "DEFINES":
            return True
        case _:
            return previous == "STEP" and kind in _STEP_UNITS


def is_name(text: str) -> bool:
    """Return whether the text of a step token may stand for the step in a formula."""
    return text[-1] not in ".>"


@dataclass(slots=True)
class _Steps:
    level: int
    is_closed: bool = False  # its QED step has begun


class Levels:
    """The lists of steps that are open, outermost first."""

    def __init__(self) -> None:
        self._open: list[_Steps] = []

    def __len__(self) -> int:
        return len(self._open)

    def close(self) -> int:
        """Forget all lists; return how many there were."""
        count = len(self._open)
        self._open.clear()
        return count

    def qed(self) -> None:
        """Note the QED step of the innermost list."""
        if self._open:
            self._open[-1].is_closed = True

    def enter(self, token: Token, *, after_proof: bool) -> tuple[int, bool]:
        """Note a step; return how many lists end before it, and whether it begins one.

        Raises ReadingError where PROOF announces a deeper step than the one that stands there.
        """
        current = self._open[-1].level if self._open else -1
        level = self._level(token.text, current, after_proof=after_proof)
        if after_proof and level <= current:
            raise ReadingError(
                f"unexpected `{token.text}`: its level is not that of a proof of the step before",
                token.span,
                expected=f"a step of level <{current + 1}> or deeper",
            )
        ended = 0
        while self._open and (
            self._open[-1].level > level
            or (self._open[-1].level == level and self._open[-1].is_closed)
        ):
            self._open.pop()
            ended += 1
        if self._open and self._open[-1].level == level:
            return ended, False
        self._open.append(_Steps(level))
        return ended, True

    def _level(self, text: str, current: int, *, after_proof: bool) -> int:
        match text[1 : text.index(">")]:
            case "+":
                return current + 1
            case "*" if after_proof:
                return current + 1
            case "*":
                going_on = (s.level for s in reversed(self._open) if not s.is_closed)
                return next(going_on, self._open[0].level if self._open else 0)
            case digits:
                return int(digits[:_MAX_DIGITS])
