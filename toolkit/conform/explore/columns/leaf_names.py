"""Leaves by the names that people know: a variable, the value of one at some arguments, a set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from conform.domain.states import Slot
from conform.domain.values import format_value
from conform.explore.columns.shapes import ByArgument, ByKey, ByMember, Shape, Shapes, Whole

FEW = 3
"""Leaves of one variable that are named one by one."""


def names_of(shapes: Shapes, slots: Sequence[Slot], leaves: Iterable[int]) -> tuple[str, ...]:
    """Return names for some leaves: of a variable that has many of them, how many."""
    chosen = set(leaves)
    found: list[str] = []
    for variable, slot in enumerate(slots):
        taken = [leaf for leaf in shapes.taken_leaves(variable) if leaf in chosen]
        found.extend(_names(shapes, variable, slot_name(slot), taken))
    return tuple(found)


def slot_name(slot: Slot) -> str:
    """Return a slot as people write it."""
    return slot.variable if slot.key is None else f"{slot.variable}[{format_value(slot.key)}]"


def _names(shapes: Shapes, variable: int, name: str, taken: Sequence[int]) -> list[str]:
    every = shapes.taken_leaves(variable)
    if not taken:
        return []
    if len(taken) == len(every):
        return [name]
    if len(taken) > FEW:
        return [f"{len(taken)} of {len(every)} parts of {name}"]
    named = dict(_named(shapes.roots[variable], name))
    return [named[leaf] for leaf in taken]


def _named(shape: Shape, name: str) -> Iterator[tuple[int, str]]:
    match shape:
        case Whole(leaf):
            yield leaf, name
        case ByArgument(form, parts):
            for argument, part in zip(form.domain.elements, parts, strict=True):
                yield from _named(part, f"{name}[{format_value(argument)}]")
        case ByKey(first=first, members=members):
            for leaf, member in enumerate(members, first):
                yield leaf, f"{name}[{format_value(member)}]"
        case ByMember(first=first, members=members):
            for leaf, member in enumerate(members, first):
                yield leaf, f"{format_value(member)} \\in {name}"
