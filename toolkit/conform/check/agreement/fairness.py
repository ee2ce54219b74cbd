"""The fairness of each action as the readings state it, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conform.check.agreement.naming import Naming
from conform.check.agreement.reading import Reading
from conform.domain.fairness import FairnessKind

_STRENGTH = ("none", "weak", "strong")


def fairness_of(reading: Reading, naming: Naming) -> dict[str, str]:
    """Return none, weak or strong for each action, by the document's name of it.

    It is what the model assumes, or where it assumes nothing, what the artefact states.
    """
    found = dict.fromkeys(
        (leaf for action in reading.actions for leaf in naming.action(action)), "none"
    )
    stated = [
        (each.action, "weak" if each.kind is FairnessKind.WEAK else "strong")
        for each in reading.model.fairness
    ]
    if not stated and reading.spec is not None:
        stated = [(each.action, each.kind) for each in reading.spec.fairness]
    for action, kind in stated:
        for leaf in naming.action(action):
            if kind in _STRENGTH:
                found[leaf] = max(kind, found.get(leaf, "none"), key=_STRENGTH.index)
    return found


def differing_fairness(readings: Sequence[tuple[Reading, Naming]]) -> Iterator[str]:
    """Yield aligned lines for each action to which the readings give different fairness."""
    stated = [(reading.name, fairness_of(reading, naming)) for reading, naming in readings]
    actions = dict.fromkeys(action for _name, kinds in stated for action in kinds)
    differing = [
        action
        for action in actions
        if len({kinds.get(action, "none") for _name, kinds in stated}) > 1
    ]
    heads = [f"fairness of {action}" for action in differing]
    width = max(map(len, heads), default=0)
    names = max((len(name) for name, _kinds in stated), default=0)
    for action, head in zip(differing, heads, strict=True):
        for number, (name, kinds) in enumerate(stated):
            shown = head if number == 0 else ""
            yield f"{shown:<{width}}  {name:<{names}}  {kinds.get(action, 'none')}"
