"""States as packed integers: each slot's values interned to small codes, each in its own bits.

A slot starts with a few bits. When its values outgrow them it gets as many again above all bits in
use, so words packed before stay right as they are: their bits in the new place are zero. Only
masks change, and whoever holds a `Mask` sees that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from enum import Enum
from itertools import compress
from operator import is_not
from typing import TypeVar

from conform.domain.acceleration import Reached
from conform.domain.states import State
from conform.domain.values import Domain, FunctionValue, SetValue, Value

FIRST_BITS = 4
"""Bits a slot starts with: most slots of most models hold at most sixteen values."""

_Part = TypeVar("_Part")

KEPT_STATES = 16_384
"""Unpacked states at hand: a new state is checked, and soon expanded. Some 5 MB at most."""


class _Boolean(Enum):
    """Stand-ins for TRUE and FALSE as keys of a dict, where Python takes 1 and True for one key."""

    TRUE = True
    FALSE = False


class Mask:
    """The bits that some slots occupy; they grow as those slots do."""

    __slots__ = ("bits", "slots")

    def __init__(self, slots: frozenset[int], bits: int) -> None:
        self.slots = slots
        self.bits = bits


class _Changed(dict[int, _Part]):
    """What a function makes of the values of one slot, by their codes."""

    def __init__(self, values: Mapping[int, Value], change: Callable[[Value], _Part]) -> None:
        super().__init__()
        self._values = values
        self._change = change

    def __missing__(self, code: int) -> _Part:
        found = self[code] = self._change(self._values[code])
        return found


class Packing:
    """The code of each value in each slot, both ways. Codes are given in order of appearance."""

    def __init__(self, slot_count: int) -> None:
        """Lay out `slot_count` slots that hold no values yet."""
        self.slot_count = slot_count
        self._codes: list[dict[Hashable, int]] = [{} for _ in range(slot_count)]
        self._values: list[dict[int, Value]] = [{} for _ in range(slot_count)]
        self._domains: list[Domain | None] = [None] * slot_count
        self._images: list[dict[tuple[Value, ...], int]] = [{} for _ in range(slot_count)]
        self._places: list[list[tuple[int, int]]] = [[] for _ in range(slot_count)]
        self._slot_masks = [0] * slot_count
        self._parts: dict[Value, Value] = {}
        self._slots = range(slot_count)
        self._masks: list[Mask] = []
        self._width = 0
        self._unpacked: dict[int, State] = {}
        for slot in range(slot_count):
            self._grow(slot, FIRST_BITS)

    @property
    def width(self) -> int:
        """How many bits a word has."""
        return self._width

    def places(self, slot: int) -> tuple[tuple[int, int], ...]:
        """Return where a slot's number lies in a word, its lowest bits first: shift and bits."""
        return tuple(self._places[slot])

    def mask(self, slots: Iterable[int]) -> Mask:
        """Return the mask of `slots`."""
        chosen = frozenset(slots)
        mask = Mask(chosen, sum(self._slot_masks[slot] for slot in chosen))
        self._masks.append(mask)
        return mask

    def pack(self, state: State) -> int:
        """Return the word of `state`."""
        return sum(self.code(slot, value) for slot, value in enumerate(state))

    def pack_slots(self, state: State, slots: Iterable[int]) -> int:
        """Return the word of `state` with the bits of all slots but `slots` left zero."""
        return sum(self.code(slot, state[slot]) for slot in slots)

    def pack_near(self, after: State, before: State, word: int) -> int:
        """Return the word of `after`, given that of `before`, which shares most of its values."""
        for slot in compress(self._slots, map(is_not, after, before)):
            value = after[slot]
            code = None if type(value) is bool else self._codes[slot].get(value)
            if code is None:
                code = self.code(slot, value)
            word += code - (word & self._slot_masks[slot])
        return word

    def pack_reached(self, reached: Iterable[Reached], before: State, word: int) -> list[int]:
        """Return the words of several successors of the state `before`, whose word is `word`."""
        domains, images, codes, masks = self._domains, self._images, self._codes, self._slot_masks
        words: list[int] = []
        for _, changed, after in reached:
            target = word
            for slot in changed:
                value = after[slot]
                if value is before[slot]:
                    continue
                if type(value) is FunctionValue and value.domain is domains[slot]:
                    is_exact = value.lacks_booleans or not value.has_booleans
                    code = images[slot].get(value.values) if is_exact else None
                else:
                    code = None if type(value) is bool else codes[slot].get(value)
                if code is None:
                    code = self.code(slot, value)
                target += code - (word & masks[slot])
            words.append(target)
        return words

    def unpack(self, word: int) -> State:
        """Return the state whose word this is; the latest answers are kept for the next asker."""
        known = self._unpacked.get(word)
        if known is not None:
            return known
        parts = zip(self._values, self._slot_masks, strict=True)
        state = tuple([values[word & mask] for values, mask in parts])
        if len(self._unpacked) >= KEPT_STATES:
            self._unpacked.clear()
        self._unpacked[word] = state
        return state

    def reader(self, change: Callable[[Value], _Part]) -> Callable[[int], tuple[_Part, ...]]:
        """Return what gives, for a word, what `change` makes of the value in each slot.

        Each value of a slot is changed once. No slot may grow meanwhile.
        """
        changed = [_Changed(values, change) for values in self._values]
        parts = list(zip(changed, self._slot_masks, strict=True))
        return lambda word: tuple([values[word & mask] for values, mask in parts])

    def code(self, slot: int, value: Value) -> int:
        """Return the bits that stand for `value` in `slot`, new ones if it was never seen there."""
        if type(value) is bool:
            found = self._codes[slot].get(_Boolean(value))
        else:
            found = self._codes[slot].get(value)
        return self._intern(slot, value) if found is None else found

    def _intern(self, slot: int, value: Value) -> int:
        key: Hashable = _Boolean(value) if type(value) is bool else value
        self._share(value)
        number = len(self._codes[slot])
        width = sum(bits for _, bits in self._places[slot])
        if number >> width:
            self._grow(slot, width)
        code = self._place(slot, number)
        self._values[slot][code] = value
        self._codes[slot][key] = code
        if type(value) is FunctionValue:
            self._intern_image(slot, value, code)
        return code

    def _intern_image(self, slot: int, value: FunctionValue, code: int) -> None:
        """Have functions without booleans over the first domain of a slot found by their values.

        Python hashes and compares a tuple of values more quickly than a function.
        """
        domain = self._domains[slot]
        if domain is None:
            domain = self._domains[slot] = value.domain
        if domain == value.domain and not value.has_booleans:
            self._images[slot][value.values] = code

    def _share(self, value: Value) -> None:
        """Exchange the parts of a value for equal ones that came before."""
        if type(value) is FunctionValue:
            if type(value.values) is tuple:
                value.values = tuple(map(self._shared, value.values))
        elif type(value) is SetValue and type(value.elements) is frozenset:
            value.elements = frozenset(map(self._shared, value.elements))

    def _shared(self, part: Value) -> Value:
        if type(part) is not FunctionValue and type(part) is not SetValue:
            return part
        known = self._parts.get(part)
        if known is None:
            self._share(part)
            known = self._parts[part] = part
        return known

    def _place(self, slot: int, number: int) -> int:
        code = 0
        for shift, bits in self._places[slot]:
            code |= (number & ((1 << bits) - 1)) << shift
            number >>= bits
        return code

    def _grow(self, slot: int, bits: int) -> None:
        added = ((1 << bits) - 1) << self._width
        self._places[slot].append((self._width, bits))
        self._slot_masks[slot] |= added
        self._width += bits
        for mask in self._masks:
            if slot in mask.slots:
                mask.bits |= added
