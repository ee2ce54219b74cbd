"""How evaluation fails: the one way to raise a located EvaluationError."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import NoReturn

from conform.domain.values import format_value, kind_of
from conform.errors import EvaluationError
from conform.languages.tlaplus.evaluation.mismatch import Described, KindMismatchError
from conform.languages.tlaplus.evaluation.sets import LazySet, MixedKindsError, TooLargeError
from conform.text import Span


class Computed(ABC):
    """A value that is no plain Value and has not been computed as a whole."""

    __slots__ = ()

    @abstractmethod
    def describe(self) -> str:
        """Return how messages show it."""


class UnlistedError(EvaluationError):
    """The elements of a set were wanted that cannot be listed, being infinitely many or of kinds
    that cannot be compared; who needs no more than the set may keep it.
    """


SHOWN_WIDTH = 200
"""Characters of a value that a message shows."""


def fail(span: Span, message: str, hint: str = "") -> NoReturn:
    """Raise an EvaluationError at `span`."""
    raise EvaluationError(message, span=span, hint=hint)


def failing(
    span: Span, message: str, hint: str = ""
) -> Callable[[object, object, object], NoReturn]:
    """Return code that fails when it is evaluated: TLC meets what it cannot compute no sooner."""

    def code(_: object, __: object, ___: object) -> NoReturn:
        fail(span, message, hint)

    return code


def shown(value: object) -> str:
    """Return a value as messages show it, shortened."""
    return _shortened(value.describe() if isinstance(value, LazySet | Computed) else _plain(value))


def expect_failure(span: Span, wanted: str, value: object, where: str) -> NoReturn:
    """Raise the error for an operand of the wrong kind: what was wanted, what was found, where."""
    fail(span, expected_text(wanted, value, where))


def expected_text(wanted: str, value: object, where: str) -> str:
    """Return what is wrong with an operand of the wrong kind."""
    return f"{where} needs {wanted}, but found {_kind(value)}: {shown(value)}"


def raise_too_large(error: TooLargeError, span: Span) -> NoReturn:
    """Raise the EvaluationError for a set that cannot be enumerated, for whatever reason."""
    if isinstance(error, MixedKindsError):
        raise UnlistedError(error.what, span=span)
    what = f"cannot enumerate {_shortened(error.what)}"
    if error.size is None:
        raise UnlistedError(f"{what}: it has infinitely many elements", span=span)
    fail(span, f"{what}: it has more than {error.limit:,} elements")


def raise_mismatch(error: KindMismatchError, span: Span, question: str) -> NoReturn:
    """Raise the EvaluationError for values of other kinds; `question` has a gap for each."""
    fail(span, mismatch_text(error, question))


def mismatch_text(error: KindMismatchError, question: str) -> str:
    """Return what is wrong with values of other kinds; `question` has a gap for each."""
    sides = (error.left, error.right)
    texts = [side.text if isinstance(side, Described) else shown(side) for side in sides]
    return question.format(*map(_shortened, texts))


def _kind(value: object) -> str:
    match value:
        case LazySet():
            return "a set"
        case Computed():
            return "a function"
        case _:
            return kind_of(value)  # type: ignore[arg-type]  # every other result is a Value


def _plain(value: object) -> str:
    return format_value(value)  # type: ignore[arg-type]  # every other result is a Value


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_WIDTH else text[: SHOWN_WIDTH - 3] + "..."
