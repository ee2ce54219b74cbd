"""How the variables and actions of two readings correspond, and what has no counterpart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from conform.check.agreement.naming import Naming
from conform.check.agreement.reading import Reading


class Side(StrEnum):
    """The two readings of a pair."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The other one."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class CommonVariable(Struct, frozen=True):
    """A variable that both readings have: the document's name of it, and each one's own.

    `is_list` when a mapping row says that one of the two has a list in place of a function.
    """

    name: str
    left: str
    right: str
    is_list: bool = False

    def own(self, side: Side) -> str:
        """Return the name that one reading has for it."""
        return self.left if side is Side.LEFT else self.right


class ActionClass(Struct, frozen=True):
    """Actions that correspond: together, those of one reading do what those of the other do.

    One of the two may be empty for actions without counterpart. `document` has the document's names
    of what they do.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    document: tuple[str, ...] = ()

    def own(self, side: Side) -> tuple[str, ...]:
        """Return the actions of one reading."""
        return self.left if side is Side.LEFT else self.right


class Gap(Struct, frozen=True):
    """A variable or action of the reading at `side` without counterpart in the other.

    `taken_by` are the other's actions that take the steps of one beside their own, if any do.
    """

    kind: str
    name: str
    side: Side
    taken_by: tuple[str, ...] = ()


class Correspondence(Struct, frozen=True):
    """How two readings correspond.

    `unmatched` are the actions without counterpart: each a class of its own where one side alone
    has some, and one class for all where both do, as they may be the same under other names.
    `left_out` says of each variable that one reading lacks by decision that it is not compared.
    """

    variables: tuple[CommonVariable, ...]
    classes: tuple[ActionClass, ...]
    unmatched: tuple[ActionClass, ...]
    gaps: tuple[Gap, ...]
    left_out: tuple[str, ...]


def correspondence_of(
    left: Reading, right: Reading, left_naming: Naming, right_naming: Naming
) -> Correspondence:
    """Return how `left` and `right` correspond by the document's names for their constructs."""
    pair = _Pair(left, right, left_naming, right_naming)
    variables, gaps, left_out = pair.variables()
    classes, unmatched = pair.actions()
    for side in Side:
        gaps += [Gap("action", name, side) for each in unmatched for name in each.own(side)]
    return Correspondence(
        tuple(variables), tuple(classes), tuple(unmatched), tuple(gaps), tuple(left_out)
    )


class _Pair(Struct, frozen=True):
    left: Reading
    right: Reading
    left_naming: Naming
    right_naming: Naming

    def variables(self) -> tuple[list[CommonVariable], list[Gap], list[str]]:
        left = _by_name(self.left.variables, self.left_naming.variable)
        right = _by_name(self.right.variables, self.right_naming.variable)
        gaps: list[Gap] = []
        for names, side in ((left, Side.LEFT), (right, Side.RIGHT)):
            for name in [name for name, own in names.items() if len(own) > 1]:
                gaps.extend(Gap("variable", own, side) for own in names.pop(name))
        pairs = dict(_paired(left, right))
        found = [
            CommonVariable(name, left[name][0], right[to][0], self._is_list(left[name], right[to]))
            for name, to in pairs.items()
        ]
        left_out: list[str] = []
        for name in [name for name in left if name not in pairs]:
            self._lacking(name, left[name][0], Side.LEFT, gaps, left_out)
        for name in [name for name in right if name not in pairs.values()]:
            self._lacking(name, right[name][0], Side.RIGHT, gaps, left_out)
        return found, gaps, left_out

    def _lacking(
        self, name: str, own: str, side: Side, gaps: list[Gap], left_out: list[str]
    ) -> None:
        """Note a variable that the other reading does not have: by decision, or as a gap."""
        reading, naming = self.right, self.right_naming
        if side is Side.RIGHT:
            reading, naming = self.left, self.left_naming
        reason = naming.absent.get(name)
        if reason is None:
            gaps.append(Gap("variable", own, side))
        else:
            because = f": {reason}" if reason else ""
            left_out.append(f"without `{name}`, which {reading.name} lacks by decision{because}")

    def _is_list(self, left: list[str], right: list[str]) -> bool:
        notes = (
            *(self.left_naming.notes.get(name, "") for name in left),
            *(self.right_naming.notes.get(name, "") for name in right),
        )
        return any("list" in note.casefold() or "based" in note.casefold() for note in notes)

    def actions(self) -> tuple[list[ActionClass], list[ActionClass]]:
        left, right = self.left.actions, self.right.actions
        leaves = _Classes()
        for names, naming in ((left, self.left_naming), (right, self.right_naming)):
            for name in names:
                leaves.join(naming.action(name))
        lefts = _grouped(left, lambda name: leaves.of(min(self.left_naming.action(name))))
        rights = _grouped(right, lambda name: leaves.of(min(self.right_naming.action(name))))
        pairs = dict(_paired(lefts, rights))
        classes = [self._class(lefts[one], rights[two]) for one, two in pairs.items()]
        lone_left = [name for one in lefts if one not in pairs for name in lefts[one]]
        lone_right = [name for two in rights if two not in pairs.values() for name in rights[two]]
        if lone_left and lone_right:
            return classes, [self._class(lone_left, lone_right)]
        lone = [self._class([name], []) for name in lone_left]
        return classes, lone + [self._class([], [name]) for name in lone_right]

    def _class(self, left: list[str], right: list[str]) -> ActionClass:
        names = {each for name in left for each in self.left_naming.action(name)}
        names |= {each for name in right for each in self.right_naming.action(name)}
        return ActionClass(tuple(left), tuple(right), tuple(sorted(names)))


class _Classes:
    """Names that were joined, directly or by way of others, have one representative."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def of(self, name: str) -> str:
        """Return the representative of a name."""
        while name in self._parents:
            name = self._parents[name]
        return name

    def join(self, names: frozenset[str]) -> None:
        """Put names into one class."""
        first, *rest = sorted({self.of(name) for name in names})
        for name in rest:
            self._parents[name] = first


def _by_name(own: Iterable[str], name_of: Callable[[str], str]) -> dict[str, list[str]]:
    return _grouped(own, name_of)


def _grouped(names: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(key(name), []).append(name)
    return groups


def _paired(left: Iterable[str], right: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield equal names, then those that differ in case and underscores alone, if there is one."""
    rights = list(right)
    yield from ((name, name) for name in left if name in rights)
    lone = [name for name in left if name not in rights]
    lefts = set(left)
    loose = _grouped([name for name in rights if name not in lefts], _loosely)
    lone_groups = _grouped(lone, _loosely)
    for spelt, names in lone_groups.items():
        if len(names) == 1 and len(loose.get(spelt, ())) == 1:
            yield names[0], loose[spelt][0]


def _loosely(name: str) -> str:
    return name.replace("_", "").casefold()
