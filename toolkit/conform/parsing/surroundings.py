"""An unexpected token and its neighbours: what every front-end's advice begins with."""

from __future__ import annotations

from collections.abc import Container, Sequence

from msgspec import Struct

from conform.parsing.tokens import Token

_NOTHING = Token("", "", "", 0, 0, 0)


class Surroundings(Struct, frozen=True):
    """All tokens of a text, the index of the unexpected one, and the types of what could stand."""

    tokens: Sequence[Token]
    index: int
    accepted: frozenset[str]

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

    def innermost(self, openers: Container[str], closers: Container[str]) -> Token | None:
        """Return the innermost bracket that is open before the token, given types of brackets."""
        depth = 0
        for token in reversed(self.tokens[: self.index]):
            if token.type in closers:
                depth += 1
            elif token.type in openers:
                if depth == 0:
                    return token
                depth -= 1
        return None
