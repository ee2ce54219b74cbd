"""State constraints of a configuration that bound the states of the document as well.

A configuration bounds what is explored, not what the protocol does. A document that states no
constraint of its own is explored within those of the TLA+ module, or its states might never end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from conform.domain.states import Predicate, Slot, Slots, State
from conform.text import Span


class BorrowedConstraint(Struct, frozen=True, eq=False):
    """A constraint over the slots of another model; `places` has ours for each of theirs.

    A slot that the constraint does not read has the place 0: its value is never asked for.
    """

    theirs: Predicate
    reads: Slots
    places: tuple[int, ...]

    @property
    def name(self) -> str:
        """The name of the constraint in its module."""
        return self.theirs.name

    @property
    def span(self) -> Span:
        """Its place in its module."""
        return self.theirs.span

    def holds(self, state: State) -> bool:
        """Return its value in a state of ours; raise EvaluationError if it has none."""
        return self.theirs.holds(tuple([state[place] for place in self.places]))


def borrowed(
    constraints: Sequence[Predicate], theirs: Sequence[Slot], ours: Sequence[Slot]
) -> Iterator[BorrowedConstraint]:
    """Yield the constraints all of whose variables have one of the same name among `ours`.

    One that comes as several conjuncts, which have its name, is taken whole or not at all.
    """
    places = {slot: place for place, slot in enumerate(ours)}
    taken = tuple(places.get(slot, 0) for slot in theirs)
    foreign = {each.name for each in constraints if not _is_within(each.reads, theirs, places)}
    for constraint in constraints:
        if constraint.reads is not None and constraint.name not in foreign:
            reads = frozenset(taken[each] for each in constraint.reads)
            yield BorrowedConstraint(constraint, reads, taken)


def _is_within(reads: Slots | None, theirs: Sequence[Slot], places: Mapping[Slot, int]) -> bool:
    return reads is not None and all(theirs[place] in places for place in reads)
