"""Assertions that call, or ask about, what is not treated: all others are checked without them."""

from __future__ import annotations

from msgspec.structs import replace

from conform.domain.model import Unchecked
from conform.languages.fizzbee.describing import KINDS
from conform.languages.fizzbee.execution.compiling import REFUSED
from conform.languages.fizzbee.repeats import CHOOSING_FOR_EVER, LOOKING_INSIDE
from conform.languages.fizzbee.restrictions import declared
from conform.languages.fizzbee.specification import Specification
from conform.languages.fizzbee.syntax import Assertion, Member
from conform.languages.fizzbee.syntax_expressions import Name
from conform.languages.fizzbee.walking import descendants


def without_unasked(
    specification: Specification, *, has_circles: bool = False
) -> tuple[Specification, tuple[Unchecked, ...]]:
    """Return a specification without the assertions that cannot be asked, and why each cannot.

    `has_circles` says that a step need not end.
    """
    untreated = REFUSED.keys() - declared(specification)
    kept: list[Member] = []
    found = []
    for member in specification.module.members:
        reason = None
        if isinstance(member, Assertion):
            reason = _reason(member, untreated, has_circles=has_circles)
        if isinstance(member, Assertion) and reason is not None:
            found.append(Unchecked(member.name.name, KINDS[member.kind], reason, member.name.span))
        else:
            kept.append(member)
    module = replace(specification.module, members=tuple(kept))
    return replace(specification, module=module), tuple(found)


def _reason(assertion: Assertion, untreated: set[str], *, has_circles: bool) -> str | None:
    called = _called(assertion, untreated)
    if called is not None:
        return f"{REFUSED[called.name]} in line {called.span.line} is not treated"
    return CHOOSING_FOR_EVER if has_circles and assertion.kind in LOOKING_INSIDE else None


def _called(assertion: Assertion, untreated: set[str]) -> Name | None:
    for part in descendants(assertion.body):
        if isinstance(part, Name) and part.name in untreated:
            return part
    return None
