"""Actions by cases: `Effect (success)` and `Effect (failure)` in the section of one action.

The step is taken in one of the cases, so each is an outcome of the action. Lines of a guard or an
effect without a case belong to all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from conform.domain.spec import Action, Line

_SHARED_LETTERS = 4
"""So many first letters of a case make an ending of a name the same word: Fail of failure."""

_WORD = re.compile(r"[^\W_]+")


_LAST_WORD = re.compile(r"(?<=[a-z0-9])[A-Z][a-z0-9]*$")


def by_cases(action: Action, names: Iterable[str]) -> Action:
    """Return an action with an outcome for each case that several labels of its effect name.

    An outcome is called as the document calls it elsewhere, among `names`, or by action and case.
    """
    cases = dict.fromkeys(line.case for line in action.effect if line.case)
    if action.outcomes or len(cases) < 2:
        return action
    given = _given_names(action.name, names)
    ordered = given if len(given) == len(cases) else []
    outcomes = tuple(
        _outcome(action, case, names, ordered[place] if ordered else "")
        for place, case in enumerate(cases)
    )
    return replace(action, guard=(), effect=(), outcomes=outcomes)


def _given_names(action: str, names: Iterable[str]) -> list[str]:
    """Return the names that begin with that of an action and go on with another word."""
    longer = (name for name in dict.fromkeys(names) if name.startswith(action))
    return [name for name in longer if name[len(action) : len(action) + 1].isupper()]


def _outcome(action: Action, case: str, names: Iterable[str], given: str) -> Action:
    guard = tuple(_of_case(action.guard, case))
    effect = tuple(_of_case(action.effect, case))
    span = next(line.span for line in effect if line.case == case)
    name = _name_of(action.name, case, names, given)
    return replace(action, name=name, number="", guard=guard, effect=effect, span=span)


def _of_case(lines: Iterable[Line], case: str) -> Iterator[Line]:
    return (line for line in lines if line.case in ("", case))


def _name_of(action: str, case: str, names: Iterable[str], given: str) -> str:
    """Return the name of an outcome: as its case, as a name with the same word, or as `given`."""
    words = _WORD.findall(case)
    if case[:1].isupper() and sum(character.isupper() for character in case) > 1:
        return case
    ending = words[0][:_SHARED_LETTERS].lower()
    for name in names:
        rest = name.removeprefix(action).lower()
        if name.startswith(action) and rest and rest[:_SHARED_LETTERS] == ending[: len(rest)]:
            return name
    stem = _LAST_WORD.sub("", action)
    others = [name for name in dict.fromkeys(names) if _is_variant(name, stem, action, ending)]
    if len(others) == 1:
        return others[0]
    return given or action + "".join(word.capitalize() for word in words)


def _is_variant(name: str, stem: str, action: str, ending: str) -> bool:
    """Say whether a name has the case for the action's last word: TrySuccess beside TryLock."""
    rest = name.removeprefix(stem)
    is_longer = stem != action and name.startswith(stem) and rest[:1].isupper()
    return is_longer and rest[:_SHARED_LETTERS].lower() == ending[: len(rest)]
