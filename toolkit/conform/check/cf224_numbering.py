"""A number, label or name is given twice, or one is left out.

What it means
    Two actions have the number 3, two properties the label S1, a table two rows for one name, or
    the numbers go from 3 to 5. References by number then mean the wrong thing, or nothing; often
    something was removed, or copied and not renamed. Or a table whose rows have the numbers of the
    actions has no row for one or two of them.

Example
    ### Action 3: AssignOffset(w)     and     ### Action 3: AppendComplete(w)

What to do
    Renumber, or remove the duplicate. A number with a letter (3b) goes with its number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from conform.check.context import Context
from conform.check.texts.belonging import tables_of
from conform.check.texts.shown_tables import protocol_tables
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind
from conform.domain.spec import Action, Spec
from conform.text import Span

CODE = Code("CF224", "number or name twice, or left out")

_NUMBER = re.compile(r"(\d+)[a-z]?")
_LABEL = re.compile(r"([A-Z]+)-?(\d+)[a-z]?")

_NEXT_BUT_ONE = 2

_ROW = re.compile(r"\s*(?:action\s+)?(?P<number>\d+[a-z]?)[.:)]?\s+(?P<name>[^\W\d]\w*)", re.I)

MOST_LEFT_OUT = 2
"""A table that has more actions not is one of some of them."""

FEWEST = 3
"""Of fewer numbers than that, none is called left out: they may have another meaning."""


def misnumbered(context: Context) -> Iterator[Finding]:
    """Yield a finding for each repetition, and for each gap in the numbers of a document."""
    document = context.document
    actions = list(_with_outcomes(document.actions))
    numbered = [(action.number, action.span) for action in actions if action.number]
    labelled = [(found.label, found.span) for found in document.properties if found.label]
    yield from _repeated(context, "action number", numbered)
    yield from _repeated(context, "label", labelled)
    yield from _gaps(context, "action ", _in_series(numbered, _NUMBER))
    for letters in sorted({m[1] for label, _at in labelled if (m := _LABEL.fullmatch(label))}):
        own = [(label, at) for label, at in labelled if re.match(rf"{letters}-?\d", label)]
        yield from _gaps(context, f"property {letters}", _in_series(own, _LABEL))
    yield from _repeated_names(context, document, actions)
    yield from _repeated_rows(context)
    yield from _repeated_labels(context)
    yield from _actions_without_row(context)


def _actions_without_row(context: Context) -> Iterator[Finding]:
    """Yield a finding for each table with the numbers of nearly all actions, a row each."""
    numbers = {action.number: action for action in context.document.actions if action.number}
    if len(numbers) < MOST_LEFT_OUT * FEWEST:
        return
    for table in protocol_tables(context):
        listed = [_numbered_action(row, numbers) for row in table.rows if row]
        if None in listed or len({*listed}) != len(listed):
            continue
        left = [number for number in numbers if number not in listed and number.isdecimal()]
        if listed and 0 < len(left) <= MOST_LEFT_OUT:
            named = " and ".join(f"{number} (`{numbers[number].name}`)" for number in left)
            yield _finding(
                context,
                f"the table has the actions by their numbers, and no row for {named}",
                table.rows[-1][0].span(),
            )


def _numbered_action(row: Sequence[Passage], numbers: Mapping[str, Action]) -> str | None:
    """Return the number of an action that a row begins with, its name behind it; else None."""
    match = _ROW.match(" ".join(cell.text for cell in row[:2]))
    action = numbers.get(match["number"]) if match else None
    return action.number if match and action and action.name == match["name"] else None


def _with_outcomes(actions: Iterable[Action]) -> Iterator[Action]:
    for action in actions:
        yield action
        yield from _with_outcomes(action.outcomes)


def _in_series(named: list[tuple[str, Span]], pattern: re.Pattern[str]) -> list[tuple[int, Span]]:
    matches = [(pattern.fullmatch(name), span) for name, span in named]
    return [(int(match[match.lastindex or 1]), span) for match, span in matches if match]


def _gaps(context: Context, what: str, series: list[tuple[int, Span]]) -> Iterator[Finding]:
    """Yield a finding at the number behind each gap; `what` ends so that a number may follow."""
    numbers = sorted({number for number, _span in series})
    if len(numbers) < FEWEST:
        return
    places = dict(reversed(series))
    start = 0 if numbers[0] == _NEXT_BUT_ONE else numbers[0] - 1
    for before, after in pairwise([start, *numbers]):
        if after - before == _NEXT_BUT_ONE:
            yield _finding(context, f"there is no {what}{before + 1}", places[after])
        elif after - before > _NEXT_BUT_ONE:
            message = f"there is no {what}{before + 1} to {after - 1}"
            yield _finding(context, message, places[after])


def _repeated_names(context: Context, document: Spec, actions: list[Action]) -> Iterator[Finding]:
    for what, named in (
        ("constant", document.constants),
        ("variable", document.variables),
        ("action", actions),
        ("helper", document.helpers),
        ("property", document.properties),
    ):
        yield from _repeated(context, what, [(found.name, found.span) for found in named])


def _repeated_rows(context: Context) -> Iterator[Finding]:
    for document in context.documents:
        for parameters in tables_of(document.parameters):
            rows = [(row.name, row.span) for row in parameters]
            yield from _repeated(context, "row of parameters", rows)
        for results in tables_of(document.results):
            yield from _repeated(context, "row of results", [(r.property, r.span) for r in results])
    for table in context.document.mapping:
        rows = [(row.subject.text, row.subject.span) for row in table.rows]
        yield from _repeated(context, "mapping row", rows)


def _repeated_labels(context: Context) -> Iterator[Finding]:
    """Yield what tables of other pages have twice in a first column that holds labels alone.

    Or numbers alone, one more in each row, but for those that are there twice.
    """
    own = {document.path for document in context.documents}
    for page in context.pages:
        for cells in page.blocks(PassageKind.CELL) if page.path not in own else ():
            labels = [(cell.text.strip(), cell.span()) for cell in cells if cell.column == 0]
            if all(_LABEL.fullmatch(label) for label, _span in labels):
                yield from _repeated(context, "label", labels)
            elif all(label.isdecimal() for label, _span in labels) and len(labels) > FEWEST:
                misplaced = sum(int(label) != at for at, (label, _) in enumerate(labels, 1))
                if misplaced == 1:
                    yield from _repeated(context, "number", labels)


def _repeated(context: Context, what: str, named: list[tuple[str, Span]]) -> Iterator[Finding]:
    counts = Counter(name for name, _span in named)
    seen: dict[str, Span] = {}
    for name, span in named:
        first = seen.setdefault(name, span)
        if counts[name] > 1 and first != span:
            yield _finding(context, f"the {what} {name} is there twice: here and at {first}", span)


def _finding(context: Context, message: str, span: Span) -> Finding:
    return CODE.finding(
        message,
        span,
        excerpt=context.excerpt(span),
        hint="renumber, or remove what is there twice",
    )
