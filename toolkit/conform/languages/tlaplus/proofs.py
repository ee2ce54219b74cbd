"""Where a proof ends: proofs are read past, not kept.

The structure followed is SANY's: a proof is one leaf (BY, OBVIOUS, OMITTED) or a list of steps that
ends with the proof of its QED step; steps of a deeper level are the proof of the step before.
"""

from __future__ import annotations

from conform.languages.tlaplus.tokens import BEFORE_OPERAND, ReadingError, Token

PROOF_STARTERS = frozenset({"PROOF", "BY", "OBVIOUS", "OMITTED", "STEP"})

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
        "SEPARATOR",
        "END_MODULE",
        "MODULE_HEADER",
        "EXTENDS",
    }
)
"""Types of the tokens with which a unit of a module begins."""

_BEFORE_FACTS = frozenset({"BY", "USE", "PROOF_WORD"})
_NEVER_IN_PROOFS = frozenset({"THEOREM", "END_MODULE", "MODULE_HEADER", "$END", "FAULT"})


def proof_end(tokens: list[Token], begin: int) -> int:
    """Return the index after the proof that begins at `begin`.

    Raises ReadingError where a list of steps lacks its QED, or goes on after it.
    """
    steps = _Steps()
    depth = 0
    begun = -1  # where the last step began
    index = begin
    while True:
        token = tokens[index]
        kind = token.type
        if kind == "STEP" and (index == begin or _is_step(tokens, index, begun)):
            steps.enter(token, is_qed=tokens[index + 1].type == "QED")
            begun = index
        elif kind == "LET":
            depth += 1
        elif kind == "IN" and depth:
            depth -= 1
        elif kind in _NEVER_IN_PROOFS or (kind in UNIT_STARTERS and not steps.levels and not depth):
            break
        index += 1
    if steps.levels and token.type != "FAULT":
        raise _missing_qed(token, steps.levels[-1])
    return index


def use_end(tokens: list[Token], begin: int) -> int:
    """Return the index after the USE or HIDE that begins at `begin`."""
    index = begin + 1
    while tokens[index].type not in UNIT_STARTERS and tokens[index].type not in _NEVER_IN_PROOFS:
        index += 1
    return index


def _is_step(tokens: list[Token], index: int, begun: int) -> bool:
    """Return whether a step begins here: its name may also stand as a fact in BY or a formula."""
    before = tokens[index - 1].type
    return index - 1 != begun and before not in BEFORE_OPERAND and before not in _BEFORE_FACTS


class _Steps:
    """The levels of steps whose QED is still to come, outermost first."""

    def __init__(self) -> None:
        self.levels: list[int] = []
        self._closed: int | None = None  # level of the last step, if it was a QED

    def enter(self, token: Token, *, is_qed: bool) -> None:
        level = self._level(token.text)
        levels = self.levels
        if levels and levels[-1] > level:
            raise _missing_qed(token, levels[-1])
        if not levels or levels[-1] < level:
            if self._closed is not None and level <= self._closed:
                raise ReadingError(
                    f"unexpected `{token.text}` after the QED step of its level",
                    token.span,
                    hint="QED is the last step of a proof",
                )
            levels.append(level)
        self._closed = None
        if is_qed:
            self._closed = levels.pop()

    def _level(self, text: str) -> int:
        digits = text[1 : text.index(">")]
        current = self.levels[-1] if self.levels else 0
        if digits == "*":
            return current
        return current + 1 if digits == "+" else int(digits[:9])


def _missing_qed(token: Token, level: int) -> ReadingError:
    found = "end of module" if token.type in ("END_MODULE", "$END") else f"`{token.text}`"
    return ReadingError(
        f"unexpected {found} inside a proof",
        token.span,
        expected=f"a QED step of level <{level}>",
        hint="a list of proof steps ends with a QED step",
    )
