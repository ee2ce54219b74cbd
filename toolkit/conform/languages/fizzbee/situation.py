"""An unexpected token and what stands around it: what the rules of advice look at."""

from __future__ import annotations

from collections.abc import Sequence

from conform.languages.fizzbee.words import CLOSERS, OPENERS
from conform.parsing.lalr import UnexpectedTokenError
from conform.parsing.surroundings import Surroundings
from conform.parsing.tokens import Token

_LINE_ENDS = frozenset({"NEWLINE", "INDENT", "DEDENT"})


class Situation(Surroundings, frozen=True):
    """An unexpected token, its neighbours, and the types of what could have stood there."""

    @classmethod
    def of(cls, unexpected: UnexpectedTokenError) -> Situation:
        """Return the situation of an error of the parser."""
        return cls(unexpected.tokens, unexpected.index, unexpected.accepted)

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
        return self.innermost(OPENERS, CLOSERS)

    @property
    def is_first_of_its_line(self) -> bool:
        """Whether no token stands before it in its line of text."""
        return self.before.end_line < self.token.line
