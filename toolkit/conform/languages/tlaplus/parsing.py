"""LALR parsing: Lark's tables over tokens made by hand, nodes built as the parser reduces.

Construction of the tables takes about a tenth of a second, once a process; nothing is cached on
disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from lark import Lark, UnexpectedToken
from lark.lexer import Lexer

from conform.languages.tlaplus.tokens import FaultToken, Token


class UnexpectedTokenError(Exception):
    """A token that cannot continue the text: its index, and the types of what could."""

    def __init__(self, tokens: Sequence[Token], index: int, accepted: frozenset[str]) -> None:
        super().__init__(index)
        self.tokens = tokens
        self.index = index
        self.accepted = accepted

    @property
    def token(self) -> Token:
        """The token itself."""
        return self.tokens[self.index]


class _NoLexer(Lexer):
    """Stands where Lark wants a lexer: tokens are fed by hand."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object) -> Iterator[Any]:
        return iter(())


def build_parser(grammar: Path, starts: list[str], builder: object) -> Lark:
    """Return the parser of a grammar file; its rules call the methods of `builder`."""
    return Lark(
        grammar.read_text(encoding="utf-8"),
        parser="lalr",
        lexer=_NoLexer,
        start=starts,
        transformer=cast(Any, builder),
        keep_all_tokens=True,
        maybe_placeholders=False,
    )


def run(parser: Lark, tokens: Sequence[Token], start: str) -> Any:
    """Return what the builder makes of tokens that end with `$END`.

    Raises UnexpectedTokenError where the grammar does not go on, and what a FaultToken carries.
    """
    state = parser.parse_interactive(start=start)
    feed = cast(Callable[[Token], Any], state.feed_token)
    result = None
    try:
        for token in tokens:
            result = feed(token)
    except UnexpectedToken:
        if isinstance(token, FaultToken):
            raise token.fault from None
        accepted = frozenset(cast(Callable[[], set[str]], state.accepts)())
        raise UnexpectedTokenError(tokens, tokens.index(token), accepted) from None
    return result
