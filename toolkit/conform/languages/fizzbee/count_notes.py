"""Why the number of states of a model may not be FizzBee's."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from conform.languages.fizzbee.specification import Specification
from conform.text import Span


class CountNote(Struct, frozen=True):
    """Why the number of states may not be FizzBee's, and where."""

    reason: str
    span: Span


def crash_notes(specification: Specification) -> Iterator[CountNote]:
    """Yield a note for each role whose instances crash: when FizzBee lets them is not known."""
    if specification.options.crash_on_yield:
        for role in specification.module.roles:
            for decorator in role.decorators:
                reason = f"instances of {role.name.name} crash in each state, in FizzBee maybe not"
                yield CountNote(reason, decorator.span)
