"""Divergences put into words: which variables differ, what was raised, which promise was broken.

Runs once a divergence is certain or likely; the fast comparison only says that something is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from conform.domain.difference import Difference, narrowed, same
from conform.domain.values import Value
from conform.replay.divergence import Divergence, DivergenceKind
from conform.replay.implementation import Raised, called
from conform.replay.observed import Expected, ObservedStates
from conform.text import nearest


class Place(Struct, frozen=True):
    """A step of a behaviour; fields as in Divergence."""

    source: str
    step: int
    action: str | None
    parameters: Mapping[str, object]
    is_probe: bool = False

    def diverges(
        self,
        kind: DivergenceKind,
        reason: str = "",
        differences: tuple[Difference, ...] = (),
        raised: Raised | None = None,
    ) -> Divergence:
        """Return the divergence at this place."""
        at = (self.source, self.step, self.action, self.parameters)
        return Divergence(*at, kind, differences, reason, raised)

    def breaks(self, reason: str, differences: tuple[Difference, ...] = ()) -> Divergence:
        """Return the divergence of an implementation that breaks the contract."""
        return self.diverges(DivergenceKind.CONTRACT, reason, differences)

    def raises(self, function: str, error: Raised) -> Divergence:
        """Return the divergence of a `function` of the implementation that raised `error`."""
        if function == "perform" and error.is_lookup:
            return self.diverges(DivergenceKind.UNKNOWN_ACTION, error.text, raised=error)
        return self.diverges(DivergenceKind.RAISED, function, raised=error)


def explain_creation(implementation: object, at: Place) -> Divergence | None:
    """Return why what `create` gave is no implementation, or None when it may be one."""
    if isinstance(implementation, Raised):
        return at.raises("create", implementation)
    for name in ("perform", "state"):
        if not callable(called(getattr, implementation, name, None)):
            kind = type(implementation).__name__
            return at.breaks(f"create returned a value of type {kind}, which has no method {name}")
    return None


def explain_answer(answer: object, at: Place) -> Divergence:
    """Return what is wrong with an `answer` of `perform` other than the one that was due."""
    if isinstance(answer, Raised):
        return at.raises("perform", answer)
    if type(answer) is not bool:
        return at.breaks(f"perform returned {answer!r:.80}, neither True nor False")
    return at.diverges(DivergenceKind.ACCEPTED if answer else DivergenceKind.DECLINED)


def explain_state(
    state: object, expected: Expected, states: ObservedStates, at: Place
) -> Divergence | None:
    """Return how a reported `state` differs from the expected one, or None when it does not."""
    if isinstance(state, Raised):
        return at.raises("state", state)
    if not isinstance(state, Mapping):
        return at.breaks(f"state returned {state!r:.80}, which maps no variables to values")
    copied: dict[str, object] | Raised = called(dict, state)
    if isinstance(copied, Raised):
        return at.raises("state", copied)
    if states.agrees(copied, expected):
        return None
    return _strange_variables(copied, expected, states, at) or _differing_values(
        copied, expected, states, at
    )


def _strange_variables(
    state: dict[str, object], expected: Expected, states: ObservedStates, at: Place
) -> Divergence | None:
    """Return the divergence of a state with other variables than the spec's."""
    missing = [name for name in states.variables if name not in state]
    unknown = [name for name in state if name not in states.variables]
    if not missing and not unknown:
        return None
    values = dict(zip(states.variables, expected, strict=True))
    absent = [Difference(name, values[name], None) for name in missing]
    words = [f"state lacks {name}" for name in missing]
    words += [_unknown_variable(str(name), missing) for name in unknown]
    return at.breaks("; ".join(words), tuple(absent))


def _unknown_variable(name: str, missing: list[str]) -> str:
    close = nearest(name, missing)
    reason = f"state has {name}, which is no variable of the spec"
    return f"{reason} (is it {close}?)" if close else reason


def _differing_values(
    state: dict[str, object], expected: Expected, states: ObservedStates, at: Place
) -> Divergence:
    pairs = zip(states.variables, expected, strict=True)
    read = [(name, value, called(states.value, state[name])) for name, value in pairs]
    for name, _, found in read:
        if isinstance(found, Raised):
            return at.breaks(f"the value of {name} is no plain data: {_reason(found)}")
    differences = tuple(_differences(read))
    if at.is_probe:
        return at.breaks("declined a step and changed its state", differences)
    return at.diverges(DivergenceKind.STATE, differences=differences)


def _reason(found: Raised) -> str:
    """Return what an error says, without the name of its class, which is ours."""
    return found.text.partition(": ")[2].partition("\n")[0] or found.text


def _differences(read: list[tuple[str, Value, Value | Raised]]) -> Iterator[Difference]:
    for name, expected, found in read:
        if not isinstance(found, Raised) and not same(expected, found):
            yield narrowed(name, expected, found)
