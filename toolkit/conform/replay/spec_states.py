"""States of a model as values of the spec's variables: slots that share a variable are joined."""

from __future__ import annotations

from collections.abc import Sequence

from conform.domain.states import Slot, State
from conform.domain.values import Bindings, Domain, FunctionValue, Value, in_order


class SpecStates:
    """Knows how the slots of a model make up its variables."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self.variables = tuple(dict.fromkeys(slot.variable for slot in slots))
        self._parts = tuple(_Part(name, slots) for name in self.variables)

    def values(self, state: State) -> tuple[Value, ...]:
        """Return the value of each variable in `state`."""
        return tuple(part.value(state) for part in self._parts)

    def bindings(self, state: State) -> Bindings:
        """Return the variables with their values in `state`."""
        return tuple(zip(self.variables, self.values(state), strict=True))


class _Part:
    """One variable: the slot that holds it, or those that hold its function's values."""

    def __init__(self, variable: str, slots: Sequence[Slot]) -> None:
        places = {s.key: place for place, s in enumerate(slots) if s.variable == variable}
        self._whole = places.get(None)
        keys = in_order(key for key in places if key is not None)
        self._domain = Domain(keys)
        self._places = tuple(places[key] for key in keys)

    def value(self, state: State) -> Value:
        if self._whole is not None:
            return state[self._whole]
        return FunctionValue(self._domain, tuple(state[place] for place in self._places))
