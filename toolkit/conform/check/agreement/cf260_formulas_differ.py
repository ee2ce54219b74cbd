"""Two readings state a property differently, though it holds in both.

What it means
    There is a state in which the formula of one reading is true and that of the other is false. No
    behaviour gets there, so both verdicts are PASS; but they are about different promises, and one
    of them may be weaker than what was meant.

    The formulas are asked about states that are mixed from reachable ones: each value in them is
    reached, all of them together perhaps not. That finds differences, and cannot show that there
    are none. A property that speaks of a variable without a counterpart in both readings is not
    compared: the variable may have two names.

Example
    compactionCursor <= sequenceCounter in the document, and in the module
    compactionCursor <= sequenceCounter + 1

What to do
    Decide what is meant, and state it in both: the document is the source of truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conform.check.agreement.comparison import JointWalk
from conform.check.agreement.correspondence import Side
from conform.check.agreement.formula_meanings import Meaning, StatedProperty, stated_property
from conform.check.agreement.images import slots_of, value_of
from conform.check.agreement.mixed_states import MixedStates, Pair, mixed_states
from conform.check.agreement.pairing import Comparison
from conform.check.agreement.property_agreement import Judgement
from conform.domain.finding import Code, Finding
from conform.domain.report import Verdict
from conform.domain.states import State
from conform.domain.values import format_value
from conform.errors import ConformError

CODE = Code("CF260", "readings state a property differently")

STATES = 300
"""Mixed states that two formulas are asked about; a weaker bound shows within the first few."""


def formulas_differ(
    comparison: Comparison, judged: dict[str, tuple[Judgement, ...]]
) -> Iterator[tuple[str, Finding]]:
    """Yield each property that neither reading fails and both state differently, with a finding."""
    walk = comparison.walk
    if walk is None:
        return
    mixture: MixedStates | None = None
    states: tuple[Pair, ...] = ()
    for name, several in judged.items():
        sides = _sides(comparison, several)
        if sides is None:
            continue
        stated = {
            side: stated_property(each.reading.model, {result.name for result in each.results})
            for side, each in sides.items()
        }
        if stated[Side.LEFT].shape() != stated[Side.RIGHT].shape():
            continue
        if mixture is None:
            mixture = mixed_states(walk)
            states = tuple(mixture.mixed(STATES))
        if not _is_compared(walk, mixture, stated) or _is_one_of_several(sides, stated, states):
            continue
        for pair in _differing(states, stated):
            yield name, _finding(name, sides, mixture, stated, pair)


def _is_one_of_several(
    sides: dict[Side, Judgement], stated: dict[Side, StatedProperty], states: tuple[Pair, ...]
) -> bool:
    """Whether one reading has several properties for it, and the other states one of these."""
    for side, each in sides.items():
        names = {result.name for result in each.results}
        for name in names if len(names) > 1 else ():
            one = {**stated, side: stated_property(each.reading.model, {name})}
            alike = one[Side.LEFT].shape() == one[Side.RIGHT].shape()
            if alike and not any(_differing(states, one)):
                return True
    return False


def _sides(comparison: Comparison, several: Sequence[Judgement]) -> dict[Side, Judgement] | None:
    """Return what both readings of a pair say of a property that neither fails, or None."""
    found = {
        side: each
        for side in Side
        for each in several
        if each.reading is comparison.reading(side)
        and each.verdict in (Verdict.PASS, Verdict.INCOMPLETE)
    }
    return found if len(found) == len(Side) else None


def _differing(
    states: Sequence[Pair], stated: dict[Side, StatedProperty]
) -> Iterator[tuple[Pair, Pair]]:
    """Yield the first step on which two statements differ, if one is found."""
    for before, after in zip(states, [*states[1:], *states[:1]], strict=True):
        meanings = [_meaning(stated[side], before[side], after[side]) for side in Side]
        if None not in meanings and meanings[0] != meanings[1]:
            yield before, after
            return


def _meaning(stated: StatedProperty, before: State, after: State) -> tuple[Meaning, ...] | None:
    try:
        return stated.meaning(before, after)
    except ConformError:
        return None


def _is_compared(walk: JointWalk, mixture: MixedStates, stated: dict[Side, StatedProperty]) -> bool:
    """Whether either statement speaks of a variable that is mixed.

    Where both speak of a variable that is theirs alone, it may be one that has two names.
    """
    mixed, alone = False, []
    for side in Side:
        slots, reads = walk.graph(side).graph.slots, stated[side].reads()
        own = {slots[place].variable for place in (range(len(slots)) if reads is None else reads)}
        common = {each.common.own(side) for each in mixture.variables}
        mixed = mixed or bool(own & common)
        alone.append(bool(own - common))
    return mixed and not all(alone)


def _finding(
    name: str,
    sides: dict[Side, Judgement],
    mixture: MixedStates,
    stated: dict[Side, StatedProperty],
    pair: tuple[Pair, Pair],
) -> Finding:
    before, after = pair
    left, right = sides[Side.LEFT], sides[Side.RIGHT]
    details = [
        f"{each.reading.name:<9} {_shown(stated[side].meaning(before[side], after[side]))}, "
        f"{each.span}"
        for side, each in sides.items()
    ]
    slots = mixture.graphs[Side.LEFT].slots
    speaks_of = stated[Side.LEFT].reads()
    places = range(len(slots)) if speaks_of is None else sorted(speaks_of)
    for variable in dict.fromkeys(slots[place].variable for place in places):
        value = value_of(slots, slots_of(slots, variable), before[Side.LEFT])
        details.append(f"  {variable} = {format_value(value)}")
    return CODE.finding(
        f"property `{name}` is stated differently in {left.reading.name} and "
        f"{right.reading.name}: there are values of which one is true and the other is not",
        right.span,
        excerpt=right.reading.excerpt(right.span),
        details=tuple(details),
        hint="the document decides; correct the other",
        subject=name,
    )


def _shown(meanings: Sequence[Meaning]) -> str:
    return " and ".join(map(_text, meanings))


def _text(meaning: Meaning) -> str:
    if isinstance(meaning, bool):
        return str(meaning).upper()
    word, parts = meaning
    shown = [_text(part) for part in parts]
    if word == "always":
        return shown[0]
    return f" {word} ".join(shown) if len(shown) > 1 else f"{word} {shown[0]}"
