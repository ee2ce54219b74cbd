"""The contract with an implementation, and how one is found and called.

An implementation is whatever `create(constants)` returns: it offers `perform` and `state` as in
`Implementation`. It is somebody else's code, and the only such code that this package calls.
Nothing it raises stops the tool: `called` turns it into `Raised`. Calls have no time limit; who
replays code that may hang does so in a child process.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Protocol, TypeAlias, TypeGuard, TypeVar

from msgspec import Struct

from conform.text import Span, draw_caret

_T = TypeVar("_T")


class Implementation(Protocol):
    """A system under test in one state; plain data is as in domain.plain."""

    def perform(self, action: str, parameters: Mapping[str, object]) -> bool:
        """Take the step and return True, or decline, change nothing and return False.

        `parameters` are the action's parameters and the values chosen inside it, by the spec's
        names, as plain data. Raises LookupError for an action it does not know.
        """

    def state(self) -> Mapping[str, object]:
        """Return every variable of the spec with its value as plain data."""


class Forkable(Implementation, Protocol):
    """An implementation that can be copied: many behaviours are then replayed from a common start.

    Optional. Without it every behaviour begins with a fresh implementation.
    """

    def fork(self) -> Forkable:
        """Return an implementation of its own in the same state."""


def is_forkable(implementation: object) -> TypeGuard[Forkable]:
    """Return whether an implementation offers `fork`."""
    return callable(getattr(implementation, "fork", None))


Factory: TypeAlias = Callable[[Mapping[str, object]], Implementation]
"""Makes an implementation in its initial state from the constants as plain data."""


class Raised(Struct, frozen=True):
    """An exception that came out of somebody's code, and the line of theirs where it began.

    `span` is None when no line of a file can be named (built-in code).
    """

    text: str
    span: Span | None
    excerpt: str
    is_lookup: bool
    """Whether it is a LookupError that `perform` may raise to say that it knows no such action."""


def called(function: Callable[..., _T], *arguments: object) -> _T | Raised:
    """Return what somebody's `function` returns, or what it raised."""
    try:
        return function(*arguments)
    # Their code may raise anything, and sys.exit(0) in it must not make a green run. Only
    # KeyboardInterrupt, which is the user's and not theirs, goes through.
    except (Exception, SystemExit) as error:  # noqa: BLE001
        return raised(error, arguments)


def raised(error: BaseException, arguments: tuple[object, ...] = ()) -> Raised:
    """Describe `error`, which came out of a call with `arguments`."""
    span = _place_of_syntax(error) or _innermost(error.__traceback__)
    lines = traceback.format_exception_only(error)
    excerpt = draw_caret(_line(span), span) if span else ""
    return Raised(_shortened(lines[-1].strip()), span, excerpt, _is_lookup(error, arguments))


def _is_lookup(error: BaseException, arguments: tuple[object, ...]) -> bool:
    """Whether `error` says that the action is unknown: a LookupError, or a KeyError on its name.

    Any other KeyError or IndexError is a slip inside the implementation.
    """
    if type(error) is LookupError:
        return True
    return isinstance(error, KeyError) and bool(arguments) and error.args == arguments[:1]


def _place_of_syntax(error: BaseException) -> Span | None:
    if not isinstance(error, SyntaxError) or not error.filename:
        return None
    line, column = error.lineno or 1, max(1, error.offset or 1)
    return Span(error.filename, line, column, line, column)


def _innermost(frames: TracebackType | None) -> Span | None:
    """Return the innermost line outside Python's own library, below the frame that called."""
    summary = traceback.extract_tb(frames)[1:]
    library = str(Path(inspect.__file__).parent)
    own = [frame for frame in summary if frame.filename and not frame.filename.startswith("<")]
    theirs = [frame for frame in own if not _is_library(frame.filename, library)] or own
    if not theirs:
        return None
    frame = theirs[-1]
    line, column, end = frame.lineno or 1, frame.colno or 0, frame.end_colno or 0
    return Span(frame.filename, line, column + 1, line, max(column + 1, end))


def _is_library(path: str, library: str) -> bool:
    return path.startswith(library) or "site-packages" in Path(path).parts


def _line(span: Span) -> str:
    try:
        lines = Path(span.path).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[span.line - 1] if span.line <= len(lines) else ""


def _shortened(text: str) -> str:
    return text if len(text) <= 500 else text[:500] + "…"
