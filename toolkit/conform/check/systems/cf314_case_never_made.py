"""The sources declare an error, a result or a state of the specification and never make it.

What it means
    The document lists how something can end, or where it can stand, and nothing in the sources
    ends so or goes there: the condition that leads to it is not looked at.

    Looked at are types most of whose cases a page lists, or sets in code with the first word of the
    type in front, `AckDone` for `AckResult::Done`, and most of whose cases the sources make.
    Those that a derived reader makes, or a conversion, are left out. A comparison with a case, or a
    branch on it, does not make it.

Example
    | `AlreadyDone` | below the cursor |     and no line of the sources that returns it.

What to do
    Make the case where the document says so, or take it out of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.systems.cf288_cases_in_code import is_alike, lists_of
from conform.check.systems.system import System, level, systems_of
from conform.domain.code_index import Enumerated
from conform.domain.finding import Code, Finding

CODE = Code("CF314", "case is never made")

_MADE = re.compile(
    r"\b(?:Deserialize|ValueEnum|Subcommand|Parser|Args|Enum(?:String|Iter)|FromPrimitive|FromRepr)\b"
)


def cases_never_made(context: Context) -> Iterator[Finding]:
    """Yield a finding for each listed case that stands in the sources without being made."""
    for system in systems_of(context):
        used = frozenset[str]().union(*(file.used for file in system.files))
        lists = [listed for page in system.pages for listed in lists_of(page)]
        for enumerated in system.enumerations():
            listed = {
                name for each in lists if is_alike(each, enumerated) for name in each.levelled()
            }
            listed |= _prefixed(system, enumerated)
            cases = [each for each in enumerated.variants if not each.is_converted]
            paths = [{f"{of}::{each.name}" for of in (enumerated.name, "Self")} for each in cases]
            if _MADE.search(enumerated.attributes) or 2 * sum(
                bool(path & used) for path in paths
            ) < len(cases):
                continue
            for variant in cases:
                if level(variant.name) in listed and variant.name not in used:
                    yield CODE.finding(
                        f"nothing in the sources makes `{variant.name}` of `{enumerated.name}`",
                        variant.span,
                        excerpt=system.excerpt(context, variant.span),
                        hint="make it where the document says so, or take it out of both",
                    )


def _prefixed(system: System, enumerated: Enumerated) -> set[str]:
    """Return the cases that the pages have with the first word of the type, if these are most."""
    first = re.match(r"[A-Z][a-z0-9]+", enumerated.name)
    cases = {level(each.name) for each in enumerated.variants}
    coded = {
        level(text)
        for page in system.pages
        for passage in page.running()
        for _start, text in passage.coded()
    }
    found = {case for case in cases if first and first[0].lower() + case in coded}
    return found if 3 * len(found) >= 2 * len(cases) else set()
