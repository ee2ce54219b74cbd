"""Tokens, and what stops the reading of them.

A token's type is the name of a terminal in a grammar. Lines and columns are 1-based; a column
counts code points, tabs expanded (`conform.text`).
"""

from __future__ import annotations

from conform.errors import ConformError, InputError
from conform.text import Source, Span


class Token:
    """A token and its place. Mutable: later phases refine its type."""

    __slots__ = ("column", "end_column", "end_line", "line", "path", "text", "type")

    def __init__(
        self, kind: str, text: str, path: str, line: int, column: int, end_column: int
    ) -> None:
        self.type = kind
        self.text = text
        self.path = path
        self.line = line
        self.column = column
        self.end_line = line
        self.end_column = end_column

    @property
    def span(self) -> Span:
        """The span of the token."""
        return Span(self.path, self.line, self.column, self.end_line, self.end_column)

    def __repr__(self) -> str:
        return f"Token({self.type}, {self.text!r}, {self.line}:{self.column})"

    def virtual(self, kind: str) -> Token:
        """Return a token without text of its own, standing where this one stands."""
        return Token(kind, self.text, self.path, self.line, self.column, self.end_column)


class ReadingError(Exception):
    """An ill-formed input, before its excerpt is drawn: the front-end makes the error of it.

    `error` is UnsupportedError where the input is well-formed and not treated.
    """

    def __init__(
        self,
        message: str,
        span: Span,
        *,
        expected: str = "",
        hint: str = "",
        error: type[ConformError] = InputError,
    ) -> None:
        super().__init__(message)
        self.error = error
        self.message = message
        self.span = span
        self.expected = expected
        self.hint = hint

    def located_in(self, source: Source) -> ConformError:
        """Return the error that a user sees, with its line drawn."""
        return self.error(
            self.message,
            span=self.span,
            excerpt=source.excerpt(self.span),
            expected=self.expected,
            hint=self.hint,
        )


class FaultToken(Token):
    """A place where the tokens cannot be read on; the fault is raised when the parser is there.

    So the first error of a text is reported first, be it one of characters or of grammar.
    """

    __slots__ = ("fault",)

    def __init__(self, fault: ReadingError) -> None:
        span = fault.span
        super().__init__("FAULT", "", span.path, span.line, span.column, span.end_column)
        self.fault = fault
