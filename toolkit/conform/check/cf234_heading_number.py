"""The numbers of headings have a gap, occur twice, or contradict the headings above them.

What it means
    A section was removed, moved or added and the numbers were not: a reference by number then leads
    to another thing than its author meant, or to nothing. The numbers of actions and the labels of
    properties are CF224.

Example
    `## 7. Properties` with `### 6.2 Liveness` below it; or a section 7 that follows section 5.

What to do
    Number anew, and correct the references.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.check.texts.numbering import Number, numbers_of
from conform.check.texts.words_for_actions import word_for_actions
from conform.domain.finding import Code, Finding
from conform.domain.prose import Prose

CODE = Code("CF234", "number of a heading")

_LEAST = 3
"""So many numbered headings show that a document numbers them; fewer may be numbers by chance."""

_CONSTRUCTS = ("Action", "Outcome", "Safety", "Liveness", "Property", "Invariant")
"""Series that CF224 judges, as it knows the constructs behind them."""


def heading_numbers(context: Context) -> Iterator[Finding]:
    """Yield a finding for each number that is out of order among its siblings."""
    for page in context.pages:
        if "changelog" in page.path.lower():
            continue  # its numbers are versions
        numbers = numbers_of(page)
        own = word_for_actions(context.document).title() if page == context.page() else ""
        for series in dict.fromkeys(number.series for number in numbers):
            members = [number for number in numbers if number.series == series]
            is_construct = series.partition(" ")[0] in (*_CONSTRUCTS, own)
            if len(members) >= _LEAST and not is_construct:
                yield from _in_series(context, page, members)


def _in_series(context: Context, page: Prose, members: list[Number]) -> Iterator[Finding]:
    seen: dict[tuple[object, str], Number] = {}
    parents = _parents(page)
    previous: dict[tuple[int, object, tuple[int, ...]], Number] = {}
    above: list[Number] = []
    told: set[tuple[int, tuple[int, ...]]] = set()
    written = {(*number.parts[:-1], value) for number in members for value in _values(number)}
    for number in members:
        while above and above[-1].heading.level >= number.heading.level:
            above.pop()
        place = None if len(number.parts) > 1 else parents.get(number.heading.span().line)
        if (place, number.text) in seen:
            first = seen[place, number.text].heading.span().line
            yield _finding(context, number, f"{_name(number)} occurs twice, first in line {first}")
        elif above and len(number.parts) > 1 and _differs(above[-1], number):
            below = (above[-1].heading.span().line, number.parts[:-1])
            if below not in told:  # all of a part that is misnumbered are one mistake
                yield _finding(context, number, f"{_name(number)} stands below {_name(above[-1])}")
            told.add(below)
        else:
            key = (number.heading.level, place, number.parts[:-1])
            yield from _after(context, previous.get(key), number, written)
            previous[key] = number
        seen.setdefault((place, number.text), number)
        above.append(number)


def _parents(page: Prose) -> dict[int, int]:
    """Return, for the line of each heading, that of the heading it lies under; 0 at the top.

    Numbers of one part begin anew under each: `Protocol 1` of the results, of the mapping.
    """
    found: dict[int, int] = {}
    above: list[tuple[int, int]] = []
    for heading in page.headings():
        while above and above[-1][0] >= heading.level:
            above.pop()
        line = heading.span().line
        found[line] = above[-1][1] if above else 0
        above.append((heading.level, line))
    return found


def _values(number: Number) -> range:
    return range(number.parts[-1], number.last + 1)


def _differs(above: Number, number: Number) -> bool:
    shared = min(len(above.parts), len(number.parts) - 1)
    return above.parts[:shared] != number.parts[:shared]


def _after(
    context: Context, before: Number | None, number: Number, written: set[tuple[int, ...]]
) -> Iterator[Finding]:
    """Yield a finding if a number does not follow the one before it at its level."""
    if before is None:
        return
    value = number.parts[-1]
    expected = (*number.parts[:-1], before.last + 1)
    if value < before.parts[-1] or (value, number.letter) < (before.parts[-1], before.letter):
        yield _finding(context, number, f"{_name(number)} follows {_name(before)}")
    elif value > before.last + 1 and expected not in written:
        missing = ".".join(map(str, expected))
        message = f"{_name(number)} follows {_name(before)}; there is no {missing}"
        yield _finding(context, number, message)


def _name(number: Number) -> str:
    word, _, label = number.series.partition(" ")
    return f"{word.lower()} {label}{number.text}"


def _finding(context: Context, number: Number, message: str) -> Finding:
    span = number.heading.span(number.start, number.end)
    return CODE.finding(
        message, span, excerpt=context.excerpt(span), hint="number anew, and correct the references"
    )
