"""The scorecard: a row for each construct of the document, with what was seen in each artefact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import Construct, cells_about, constructs, named_in
from conform.check.texts.expectations import Judged
from conform.commands.model_artefact import DOCUMENT
from conform.commands.stages.replaying import ReplayOutcome
from conform.commands.stages.verdicts import Exploration
from conform.config import ProtocolEntry
from conform.domain.report import ScorecardRow, Verdict
from conform.domain.spec import (
    Absent,
    Action,
    ConstructKind,
    Property,
    SymbolReference,
)
from conform.languages.markdown.formal.document import FormalDocument
from conform.replay.replaying import ReplayResult
from conform.report.expectation import DIFFERS, MISSING, NONE, NOT_CHECKED, NOT_NAMED

_KINDS = (
    ConstructKind.VARIABLE,
    ConstructKind.ACTION,
    ConstructKind.HELPER,
    ConstructKind.PROPERTY,
)


class Seen(Struct, frozen=True):
    """What the stages saw: explorations and replays by name, empty where none took place.

    `formal` is what could be read of the document's formulas, `others` the explorations of the TLA+
    module under configurations that check what the one in use does not.
    """

    entry: ProtocolEntry
    context: Context
    formal: FormalDocument
    explorations: Mapping[str, Exploration]
    replays: Mapping[str, ReplayOutcome]
    others: tuple[Exploration, ...] = ()


def scorecard(seen: Seen) -> tuple[ScorecardRow, ...]:
    """Return a row for each variable, action, helper and property of the document."""
    return tuple(
        ScorecardRow(str(kind), construct.name, tuple(_cells(seen, kind, construct)))
        for kind in _KINDS
        for construct in constructs(seen.context.document, kind)
    )


def _cells(seen: Seen, kind: ConstructKind, construct: Construct) -> Iterator[tuple[str, str]]:
    yield "document", _document_cell(seen, construct)
    yield "TLA+", _formal_cell(seen, Role.TLAPLUS, construct)
    yield "FizzBee", _formal_cell(seen, Role.FIZZBEE, construct)
    for implementation in seen.entry.implementations:
        yield implementation.name, _implementation_cell(seen, implementation.name, kind, construct)
    if not seen.entry.implementations:
        yield "implementation", f"{NOT_NAMED} in conform.yaml"


def _document_cell(seen: Seen, construct: Construct) -> str:
    """Return where a construct is stated, and what became of it where the document is executed."""
    place = f"line {construct.span.line}"
    if not isinstance(construct, Action | Property):
        return place
    leaves = construct.leaves() if isinstance(construct, Action) else (construct,)
    names = [leaf.name for leaf in leaves]
    prose = sum(len(action.prose) for action in seen.formal.actions if action.name in names)
    if prose and isinstance(construct, Action):
        return f"{place}, {'1 line' if prose == 1 else f'{prose} lines'} prose, not executed"
    if construct.name in {each.name for each in seen.formal.properties if not each.formulas}:
        return f"{place}, prose, not executed"
    exploration = seen.explorations.get(DOCUMENT)
    if exploration is None:
        return place
    return f"{place}, {_formal_result(exploration, construct, names)}"


def _formal_cell(seen: Seen, role: Role, construct: Construct) -> str:
    artefact = seen.context.formal.get(role)
    if artefact is None:
        return NOT_CHECKED if _is_named(seen.entry, role) else f"{NOT_NAMED} in conform.yaml"
    if reason := _reason(seen.context, construct, role):
        return reason
    names = []
    for row, cell, _column in cells_about(seen.context, construct, role):
        found = [named.name for named in named_in(cell, row, artefact, seen.context.document)]
        alone = construct.name in found and not isinstance(construct, Property)
        names.extend([construct.name] if alone else found)
    known = artefact.known_names()
    present = [name for name in dict.fromkeys(names) if name in known]
    if not present:
        return MISSING
    others = seen.others if role is Role.TLAPLUS else ()
    return _formal_result(seen.explorations.get(str(role)), construct, present, others)


def _is_named(entry: ProtocolEntry, role: Role) -> bool:
    return bool(entry.fizzbee if role is Role.FIZZBEE else entry.tlaplus)


def _formal_result(
    exploration: Exploration | None,
    construct: Construct,
    names: list[str],
    others: tuple[Exploration, ...] = (),
) -> str:
    match construct:
        case Property():
            explored = (exploration, *others) if exploration else others
            judged = [row for each in explored for row in each.judged]
            rows = [row for name in names for row in judged if row.result.name == name]
            return " / ".join(map(_verdict, rows)) if rows else NOT_CHECKED
        case Action():
            if exploration is None:
                return NOT_CHECKED
            taken = Counter[str]()
            for count in exploration.result.instances:
                taken[count.instance.action] += count.taken
            times = sum(taken[name] for name in names)
            if not times:
                return NOT_CHECKED if exploration.result.limit else f"{DIFFERS}: never enabled"
            return f"taken {_counted(times)}"
        case _:
            return "declared" if construct.name in names else f"as {', '.join(names)}"


def _verdict(row: Judged) -> str:
    verdict = row.result.verdict
    return f"as expected: {verdict}" if row.expected is verdict is Verdict.FAIL else str(verdict)


def _implementation_cell(seen: Seen, name: str, kind: ConstructKind, construct: Construct) -> str:
    replay = seen.replays.get(name)
    if replay is None:
        return NOT_CHECKED
    result = replay.result
    match kind:
        case ConstructKind.ACTION:
            if any(divergence.action == construct.name for divergence in result.divergences):
                return f"{DIFFERS}: see the findings"
            return _times("replayed", result.exercised.get(construct.name, 0), result)
        case ConstructKind.VARIABLE:
            if construct.name in set(_differing(result)):
                return f"{DIFFERS}: see the findings"
            return _times("compared", sum(result.exercised.values()), result)
        case _:
            return _linked(seen.context, construct)


def _differing(result: ReplayResult) -> Iterator[str]:
    """Yield the variables that differed; a place in one is `logIndex[3].type`."""
    for divergence in result.divergences:
        for difference in divergence.differences:
            yield re.split(r"[.\[]", difference.place)[0]


def _times(what: str, count: int, result: ReplayResult) -> str:
    if result.divergences:
        return f"{NOT_CHECKED} to the end: {what} {_counted(count)} before the first difference"
    return f"{what} {_counted(count)}" if count else NOT_CHECKED


def _counted(times: int) -> str:
    return "once" if times == 1 else f"{times:,} times"


def _linked(context: Context, construct: Construct) -> str:
    symbols = [
        reference.symbol or reference.target
        for _row, cell, _column in cells_about(context, construct, Role.IMPLEMENTATION)
        for reference in cell.references
        if isinstance(reference, SymbolReference)
    ]
    if symbols:
        return f"as {', '.join(symbols)}"
    return _reason(context, construct, Role.IMPLEMENTATION) or f"{NOT_NAMED} in the document"


def _reason(context: Context, construct: Construct, role: Role) -> str | None:
    """Return why the document says that an artefact has no such construct, None if it does not."""
    for _row, cell, _column in cells_about(context, construct, role):
        for reference in cell.references:
            if isinstance(reference, Absent):
                return f"{NONE}: {reference.reason or 'no reason is given'}"
    return None
