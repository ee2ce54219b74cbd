"""An unexpected token and what stands around it: what the rules of advice look at."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from conform.languages.fizzbee.words import CLOSERS, OPENERS
from conform.parsing.lalr import UnexpectedTokenError
from conform.parsing.tokens import Token

_NOTHING = Token("", "", "", 0, 0, 0)
_LINE_ENDS = frozenset({"NEWLINE", "INDENT", "DEDENT"})


class Situation(Struct, frozen=True):
    """An unexpected token, its neighbours, and the types of what could have stood there."""

    tokens: Sequence[Token]
    index: int
    accepted: frozenset[str]

    @classmethod
    def of(cls, unexpected: UnexpectedTokenError) -> Situation:
        """Return the situation of an error of the parser."""
        return cls(unexpected.tokens, unexpected.index, unexpected.accepted)

    def at(self, offset: int) -> Token:
        """Return the token `offset` places after the unexpected one, or an empty one."""
        index = self.index + offset
        return self.tokens[index] if 0 <= index < len(self.tokens) else _NOTHING

    @property
    def token(self) -> Token:
        """The token that cannot stand there."""
        return self.at(0)

    @property
    def before(self) -> Token:
        """The token before it."""
        return self.at(-1)

    @property
    def after(self) -> Token:
        """The token after it."""
        return self.at(1)

    @property
    def line(self) -> Sequence[Token]:
        """The tokens before it in its logical line, labels left out."""
        start = self.index
        while start and self.tokens[start - 1].type not in _LINE_ENDS:
            start -= 1
        return [token for token in self.tokens[start : self.index] if token.type != "LABEL"]

    @property
    def is_first_of_statement(self) -> bool:
        """Whether it begins a logical line."""
        return not self.line

    def opener(self) -> Token | None:
        """Return the innermost bracket that is open before the token."""
        depth = 0
        for token in reversed(self.tokens[: self.index]):
            if token.type in CLOSERS:
                depth += 1
            elif token.type in OPENERS:
                if depth == 0:
                    return token
                depth -= 1
        return None

    @property
    def is_first_of_its_line(self) -> bool:
        """Whether no token stands before it in its line of text."""
        return self.before.end_line < self.token.line
