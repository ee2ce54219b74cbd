"""All readings of a protocol against one another: each pair of graphs, and every verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from conform.check.agreement.cf260_formulas_differ import formulas_differ
from conform.check.agreement.cf320_initial_states import initial_states_differ
from conform.check.agreement.cf321_possible_in_one import possible_in_one
from conform.check.agreement.cf322_effect import effect_differs
from conform.check.agreement.cf323_property_verdicts import verdicts_differ
from conform.check.agreement.cf324_lone_variable import lone_variable
from conform.check.agreement.cf325_lone_action import lone_action
from conform.check.agreement.cf326_unmatched_values import unmatched_values
from conform.check.agreement.cf327_not_compared import not_compared
from conform.check.agreement.cf328_property_kind import kinds_differ
from conform.check.agreement.comparison import DifferenceKind, GraphDifference, JointWalk
from conform.check.agreement.correspondence import ActionClass, Gap, Side
from conform.check.agreement.naming import naming_of
from conform.check.agreement.pairing import Comparison, compare
from conform.check.agreement.paths import accused_side
from conform.check.agreement.property_agreement import (
    DECIDED,
    Judgement,
    is_disputed,
    is_of_other_kind,
    judgements,
)
from conform.check.agreement.reading import Reading
from conform.check.context import Context
from conform.domain.finding import Finding
from conform.domain.report import Verdict, verdict_of, worst


class PairRow(Struct, frozen=True):
    """What comparing two readings gave, in one line; `left` and `right` are their names.

    `actions_differing` and `states_differing` count; `states` and `steps` are those in common.
    """

    left: str
    right: str
    verdict: Verdict
    summary: str
    states: int = 0
    steps: int = 0
    actions_differing: int = 0
    states_differing: int = 0


class AgreementOutcome(Struct, frozen=True):
    """What comparing all readings gave: a row for each pair, and the findings.

    `properties` counts the properties that at least two readings decide.
    """

    rows: tuple[PairRow, ...]
    findings: tuple[Finding, ...]
    properties: int

    @property
    def verdict(self) -> Verdict:
        """The gravest of the rows and the findings; INCOMPLETE without a pair."""
        of_pairs = worst(row.verdict for row in self.rows)
        return worst((of_pairs, verdict_of(self.findings)))

    @property
    def summary(self) -> str:
        """One line with counts."""
        if not self.rows:
            return "there is one reading alone: nothing to compare"
        equal = sum(row.verdict is Verdict.PASS for row in self.rows)
        pairs = "1 pair" if len(self.rows) == 1 else f"{len(self.rows)} pairs"
        return f"{equal} of {pairs} of readings agree; {self.properties} properties compared"


def agree(readings: Sequence[Reading], context: Context | None = None) -> AgreementOutcome:
    """Compare all readings of a protocol pairwise.

    `context` has the document with its mapping tables, and the models that its rows speak of;
    without it, names correspond where they are equal. The document comes first among the readings
    where there is one: what a pair with it shows is not reported again for other pairs.
    """
    namings = {reading.name: naming_of(reading, context) for reading in readings}
    comparisons = [
        compare(left, right, namings[left.name], namings[right.name])
        for left, right in combinations(readings, 2)
    ]
    judged = judgements(readings, namings)
    findings = [
        *_of_graphs(comparisons),
        *_of_gaps(comparisons),
        *(
            unmatched_values(each, (pair.left, pair.right))
            for pair in comparisons
            for each in pair.unmatched
        ),
        *(
            not_compared(pair.left, pair.right, pair.unfinished)
            for pair in comparisons
            if pair.unfinished
        ),
        *_of_properties(judged),
        *_of_formulas(comparisons, judged),
    ]
    rows = tuple(_row(pair, judged) for pair in comparisons)
    decided = sum(_is_decided_twice(several) for several in judged.values())
    return AgreementOutcome(rows, tuple(findings), decided)


# ---------------------------------------------------------------------------------------- findings


_Shown: TypeAlias = tuple[Comparison, GraphDifference | None]
"""A pair with a difference that it shows; None for the initial states."""

_INITIAL = ("initial states",)


def _of_graphs(comparisons: Sequence[Comparison]) -> Iterator[Finding]:
    """Yield the differences of all pairs.

    Readings that do not differ in the way that a difference says are of one mind about it. One pair
    is reported of each two minds, and the others are mentioned.
    """
    shown: dict[tuple[object, ...], list[_Shown]] = {}
    for pair in comparisons:
        walk = pair.walk
        if walk is None:
            continue
        if walk.initial:
            shown.setdefault(_INITIAL, []).append((pair, None))
        for each in walk.differences:
            if each.action.left and each.action.right:
                shown.setdefault(_key(walk, each), []).append((pair, each))
    for key in sorted(shown, key=lambda each: each != _INITIAL):
        minds = _minds(comparisons, [pair for pair, _difference in shown[key]])
        reported: dict[frozenset[str], list[_Shown]] = {}
        for pair, difference in shown[key]:
            between = frozenset((minds[pair.left.name], minds[pair.right.name]))
            reported.setdefault(between, []).append((pair, difference))
        yield from map(_graph_finding, reported.values())


def _minds(comparisons: Sequence[Comparison], differing: Sequence[Comparison]) -> dict[str, str]:
    """Return one reading for each, the same for those that do not differ."""
    minds = {name: name for pair in comparisons for name in (pair.left.name, pair.right.name)}
    for pair in comparisons:
        if pair.walk is not None and pair not in differing:
            one, other = minds[pair.left.name], minds[pair.right.name]
            minds = {name: one if mind == other else mind for name, mind in minds.items()}
    return minds


def _key(walk: JointWalk, difference: GraphDifference) -> tuple[object, ...]:
    """Return what two pairs have in common that differ in the same way."""
    label = walk.left.labels.all[difference.label]
    shown = tuple(str(each).replace('"', "") for each in label.parameters)  # w1 is "w1"
    return difference.kind, difference.action.document, difference.depth, shown


def _graph_finding(several: Sequence[_Shown]) -> Finding:
    """Return the finding for a difference of the first of several pairs that differ alike."""
    (pair, difference), *others = several
    walk = pair.walk
    assert walk is not None
    if difference is None:
        finding = initial_states_differ(walk, walk.initial[0])
    elif difference.kind is DifferenceKind.POSSIBLE:
        finding = possible_in_one(walk, difference, walk.by_action[difference.action])
    else:
        finding = effect_differs(walk, difference, walk.by_action[difference.action])
    if difference is None:
        finding = replace(finding, seen_in=_path_of_odd([each for each, _ in several]))
    if not others:
        return finding
    names = ", and between ".join(f"{each.left.name} and {each.right.name}" for each, _ in others)
    return replace(finding, details=(*finding.details, f"likewise between {names}"))


def _path_of_odd(pairs: Sequence[Comparison]) -> str:
    """Return the path of the reading that all the pairs have in common, else the accused one's."""
    common = set.intersection(*({pair.left.name, pair.right.name} for pair in pairs))
    walk = pairs[0].walk
    assert walk is not None
    accused = walk.graph(accused_side(walk)).reading
    both = (pairs[0].left, pairs[0].right)
    odd = next((each for each in both if common == {each.name}), accused)
    return odd.spec.path if odd.spec else ""


def _of_gaps(comparisons: Sequence[Comparison]) -> Iterator[Finding]:
    """Yield a finding for each variable and action that other readings lack: once for all."""
    lacking: dict[tuple[str, str, str], list[tuple[Comparison, Gap]]] = {}
    for pair in comparisons:
        for gap in pair.correspondence.gaps:
            key = (gap.kind, pair.reading(gap.side).name, gap.name)
            lacking.setdefault(key, []).append((pair, gap))
    for (kind, _reading, name), places in lacking.items():
        pair, gap = min(places, key=lambda each: bool(each[1].taken_by))
        side = gap.side
        others = [each.reading(at.side.other) for each, at in places]
        if kind == "variable":
            yield lone_variable(name, pair.reading(side), others)
        elif pair.walk is not None:
            first = _first_of(pair.walk.differences, name, side)
            yield lone_action(name, pair.reading(side), others, pair.walk, first, gap.taken_by)


def _first_of(
    differences: Iterable[GraphDifference], name: str, side: Side
) -> GraphDifference | None:
    """Return the first step by an action that is alone in its class."""
    alone = (name,)
    return next((each for each in differences if _is_alone(each.action, alone, side)), None)


def _is_alone(action: ActionClass, names: tuple[str, ...], side: Side) -> bool:
    return action.own(side) == names and not action.own(side.other)


def _of_properties(judged: dict[str, tuple[Judgement, ...]]) -> Iterator[Finding]:
    for name, several in judged.items():
        decided = [each for each in several if each.verdict in DECIDED]
        if is_disputed(decided):
            yield verdicts_differ(name, decided)
        if is_of_other_kind(several):
            yield kinds_differ(name, several)


def _of_formulas(
    comparisons: Sequence[Comparison], judged: dict[str, tuple[Judgement, ...]]
) -> Iterator[Finding]:
    """Yield each property that a reading states differently than the first one that states it."""
    found: dict[str, Finding] = {}
    for pair in comparisons:
        own = {name: each for name, each in judged.items() if each[0].reading is pair.left}
        for name, finding in formulas_differ(pair, own):
            if name in found:
                likewise = f"likewise in {pair.right.name}, {finding.span}"
                finding = replace(found[name], details=(*found[name].details, likewise))
            found[name] = finding
    yield from found.values()


# -------------------------------------------------------------------------------------------- rows


def _row(pair: Comparison, judged: dict[str, tuple[Judgement, ...]]) -> PairRow:
    names = (pair.left.name, pair.right.name)
    disputed = [name for name, several in judged.items() if _disputes(several, names)]
    walk = pair.walk
    verdict = Verdict.PASS if pair.is_whole else Verdict.INCOMPLETE
    if pair.differs or disputed:
        verdict = Verdict.FAIL
    parts = [_graphs(pair)]
    if disputed:
        parts.append(f"other verdicts on {', '.join(disputed)}")
    parts += pair.notes()
    return PairRow(
        *names,
        verdict,
        "; ".join(parts),
        states=walk.visited if walk else 0,
        steps=walk.common_steps if walk else 0,
        actions_differing=len(walk.differences) if walk else 0,
        states_differing=walk.nodes_differing if walk else 0,
    )


def _graphs(pair: Comparison) -> str:
    walk = pair.walk
    if walk is None:
        return f"not compared: {pair.unfinished}"
    counts = f"{walk.visited:,} states and {walk.common_steps:,} steps"
    loops = ", ".join(
        f"{walk.graph(side).self_loops:,} in {pair.reading(side).name}" for side in Side
    )
    if walk.initial:
        return f"initial states differ; {counts} in common"
    if walk.differences:
        actions = len(walk.differences)
        shown = "1 action differs" if actions == 1 else f"{actions} actions differ"
        return f"{shown}, in {walk.nodes_differing:,} states; {counts} in common"
    equal = "equal as far as compared" if pair.unfinished else "equal"
    return f"{equal}: {counts}, without steps that change nothing ({loops})"


def _disputes(several: Sequence[Judgement], names: tuple[str, str]) -> bool:
    return is_disputed([each for each in several if each.reading.name in names])


def _is_decided_twice(several: Sequence[Judgement]) -> bool:
    return sum(each.verdict in DECIDED for each in several) > 1
