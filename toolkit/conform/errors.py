"""What stops the tool: the ConformError family, and the exit codes of the command line."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conform.text import Span


class ExitCode(IntEnum):
    """The exit codes of every command (design, "Commands")."""

    CONFORMS = 0
    FINDINGS = 1
    INPUT = 2
    INCOMPLETE = 3
    DEFECT = 70


LONGEST_WORD = 300
"""Characters of a word that a message shows whole: a name of an input may have a million."""

_LONG_WORD = re.compile(rf"(\S{{60}})\S{{{LONGEST_WORD - 60},}}(?=\S{{8}})")


def shortened(text: str) -> str:
    """Return a text for people with the middle of overlong words elided."""
    return _LONG_WORD.sub(r"\1…", text) if len(text) > LONGEST_WORD else text


class ConformError(Exception):
    """Something that stops the tool: what is wrong, where, what was expected, what to do next.

    `excerpt` is the source line with its caret, drawn where the error was raised, as only there the
    source is at hand. Findings about a protocol are never raised; they are returned.
    """

    exit_code = ExitCode.INPUT

    def __init__(
        self,
        message: str,
        *,
        span: Span | None = None,
        excerpt: str = "",
        expected: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.message = shortened(message)
        self.span = span
        self.excerpt = excerpt
        self.expected = shortened(expected)
        self.hint = shortened(hint)

    def __str__(self) -> str:
        place = f"{self.span}: " if self.span else ""
        lines = [f"{place}{self.message}"]
        if self.excerpt:
            lines.append(self.excerpt)
        if self.expected:
            lines.append(f"expected: {self.expected}")
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)


class InputError(ConformError):
    """An input that is missing, unreadable or ill-formed."""


class UsageError(ConformError):
    """Words of the command line or of a configuration that make no sense together."""


class EvaluationError(ConformError):
    """A formula that has no value: the model, not the tool, is at fault (TLC's exit 75)."""


class TooDeepError(EvaluationError):
    """An evaluation that goes too deep for the stack at hand; on another it may have a value."""


class LimitError(ConformError):
    """A limit of time or memory was reached before there was anything to report on."""

    exit_code = ExitCode.INCOMPLETE


class UnsupportedError(ConformError):
    """A construct that is read but not treated yet: the answer is INCOMPLETE, never PASS."""

    exit_code = ExitCode.INCOMPLETE
