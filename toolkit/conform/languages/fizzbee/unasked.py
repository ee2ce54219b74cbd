"""Assertions that call what is not treated: all others are checked without them."""

from __future__ import annotations

from msgspec.structs import replace

from conform.domain.model import Unchecked
from conform.languages.fizzbee.describing import KINDS
from conform.languages.fizzbee.execution.compiling import REFUSED
from conform.languages.fizzbee.restrictions import declared
from conform.languages.fizzbee.specification import Specification
from conform.languages.fizzbee.syntax import Assertion, Member
from conform.languages.fizzbee.syntax_expressions import Name
from conform.languages.fizzbee.walking import descendants


def without_unasked(
    specification: Specification,
) -> tuple[Specification, tuple[Unchecked, ...]]:
    """Return a specification without the assertions that cannot be asked, and why each cannot."""
    untreated = REFUSED.keys() - declared(specification)
    kept: list[Member] = []
    found = []
    for member in specification.module.members:
        called = _called(member, untreated) if isinstance(member, Assertion) else None
        if isinstance(member, Assertion) and called is not None:
            reason = f"{REFUSED[called.name]} in line {called.span.line} is not treated"
            found.append(Unchecked(member.name.name, KINDS[member.kind], reason, member.name.span))
        else:
            kept.append(member)
    module = replace(specification.module, members=tuple(kept))
    return replace(specification, module=module), tuple(found)


def _called(assertion: Assertion, untreated: set[str]) -> Name | None:
    for part in descendants(assertion.body):
        if isinstance(part, Name) and part.name in untreated:
            return part
    return None
