"""An unexpected token and what stands around it: what the rules of advice look at."""

from __future__ import annotations

from collections.abc import Sequence

from conform.parsing.lalr import UnexpectedTokenError
from conform.parsing.surroundings import Surroundings
from conform.parsing.tokens import Token

CLOSERS = {
    "RPAR": "LPAR",
    "RSQB": "LSQB",
    "RSQB_SUB": "LSQB",
    "RBRACE": "LBRACE",
    "RANGLE": "LANGLE",
    "RANGLE_SUB": "LANGLE",
}
OPENERS = frozenset(CLOSERS.values())
_VIRTUAL = frozenset({"END_BULLETS", "BEGIN_STEPS", "END_STEPS"})
ENDERS = frozenset({"HEAD", "HEAD_PREFIX", "END_MODULE", "SEPARATOR", "$END"})
"""Types of the tokens that begin the next unit or end the module."""


class Situation(Surroundings, frozen=True):
    """An unexpected token, its neighbours, and what could have stood there."""

    @classmethod
    def of(cls, unexpected: UnexpectedTokenError) -> Situation:
        """Return the situation; the virtual end of a list stands for the token after it."""
        last = unexpected.tokens[-1]
        tokens = _real(unexpected.tokens[: unexpected.index], last)
        index = len(tokens)
        tokens += _real(unexpected.tokens[unexpected.index :], last)
        return cls(tokens, index, unexpected.accepted)

    @property
    def is_empty_call(self) -> bool:
        """Whether the token closes the brackets of a call without arguments."""
        is_empty = self.token.type == "RPAR" and self.before.type == "LPAR"
        return is_empty and self.at(-2).type == "NAME"

    def opener(self, kinds: frozenset[str] = OPENERS) -> Token | None:
        """Return the innermost bracket that is open before the token, if it is of a type."""
        found = self.innermost(OPENERS, CLOSERS)
        return found if found is not None and found.type in kinds else None

    def since_opener(self, kind: str) -> bool:
        """Return whether a token of a type stands between the innermost bracket and here."""
        depth = 0
        for token in reversed(self.tokens[: self.index]):
            if token.type in CLOSERS:
                depth += 1
            elif token.type in OPENERS:
                if depth == 0:
                    return False
                depth -= 1
            elif token.type == kind and depth == 0:
                return True
        return False

    def before_brackets(self) -> Token:
        """Return the token before, or the one before the brackets that it closes."""
        offset, depth = -1, 0
        if self.before.type not in ("RPAR", "RSQB"):
            return self.before
        while self.index + offset > 0:
            kind = self.at(offset).type
            depth += (kind in CLOSERS) - (kind in OPENERS)
            if depth == 0:
                name = self.at(offset - 1)
                return name if kind in OPENERS and name.type == "NAME" else self.at(offset)
            offset -= 1
        return self.before

    def last_head(self) -> Token | None:
        """Return the first token of the definition before the token, if there is one."""
        return self.last("HEAD", "HEAD_PREFIX")

    def last(self, *kinds: str) -> Token | None:
        """Return the nearest token before of one of the types, if there is one."""
        before = reversed(self.tokens[: self.index])
        return next((token for token in before if token.type in kinds), None)

    def after_head(self) -> Token:
        """Return the token after the name, and the bracketed parameters if any, that stand here."""
        index, depth = self.index + 1, 0
        while index < len(self.tokens):
            kind = self.tokens[index].type
            depth += (kind in OPENERS) - (kind in CLOSERS)
            if depth <= 0 and kind not in CLOSERS:
                break
            index += 1
        return self.at(index - self.index)


def is_name(token: Token) -> bool:
    """Return whether a token is a name, be it that of a definition or of a field."""
    return token.type in ("NAME", "HEAD", "FIELD")


def _real(tokens: Sequence[Token], last: Token) -> list[Token]:
    """Return the tokens that stand in the text; a fault that is told later is none."""
    return [t for t in tokens if t.type not in _VIRTUAL and (t.type != "FAULT" or t is last)]
