"""Packed states: exact, stable while slots grow."""

from __future__ import annotations

from conform.domain.values import FunctionValue, ModelValue, SetValue, Value, record, sequence
from conform.explore.packing import Packing

LOOKALIKES: list[Value] = [
    0,
    False,
    1,
    True,
    "1",
    ModelValue("1"),
    SetValue([1]),
    SetValue([True]),
    sequence([1]),
    sequence([True]),
    sequence([]),
    SetValue([]),
    record({"a": 1}),
    record({"a": True}),
]


def exact(value: Value) -> tuple[type, Value]:
    """Return a value with its type, as 1 == True."""
    return type(value), value


def test_values_that_python_takes_for_equal_have_codes_of_their_own() -> None:
    packing = Packing(1)
    words = [packing.pack((value,)) for value in LOOKALIKES]
    assert len(set(words)) == len(LOOKALIKES)
    assert [exact(packing.unpack(word)[0]) for word in words] == list(map(exact, LOOKALIKES))


def test_equal_values_share_their_code() -> None:
    packing = Packing(1)
    assert packing.pack((SetValue([1, 2]),)) == packing.pack((SetValue([2, 1]),))
    first, second = sequence([1, SetValue([2])]), sequence([1, SetValue([2])])
    assert isinstance(first, FunctionValue)
    assert packing.pack((first,)) == packing.pack((second,))


def test_words_and_masks_stay_right_while_slots_grow() -> None:
    packing = Packing(2)
    left, right = packing.mask([0]), packing.mask([1])
    states: list[tuple[Value, ...]] = [(n % 1000, n // 7) for n in range(5000)]
    words = [packing.pack(state) for state in states]
    assert len(set(words)) == len(states)
    assert [packing.unpack(word) for word in words] == states
    assert left.bits & right.bits == 0
    for state, word in zip(states, words, strict=True):
        swapped = packing.pack_slots(state, [0]) | (word & right.bits)
        assert swapped == word
        assert packing.pack_near(state, states[0], words[0]) == word


def test_successors_are_packed_as_they_are_alone() -> None:
    before: tuple[Value, ...] = (sequence([0, 1]), 0)
    made = sequence([0, 1]).replaced(0, False)
    assert isinstance(made, FunctionValue)
    values = [*LOOKALIKES, sequence([0, 1]), sequence([False, True]), made, made.replaced(0, 0)]
    for first in values:
        packing = Packing(2)
        word = packing.pack(before)
        packing.pack((first, 0))
        reached = [(0, (0,), (value, 0)) for value in values]
        words = packing.pack_reached(reached, before, word)
        assert words == [packing.pack((value, 0)) for value in values]
        unpacked = [exact(packing.unpack(each)[0]) for each in words]
        assert unpacked == list(map(exact, values))


def test_a_function_knows_its_booleans_however_it_was_made() -> None:
    plain = sequence([1, 2])
    assert not plain.has_booleans
    assert plain.replaced(0, True).has_booleans
    assert not plain.replaced(0, True).replaced(0, 1).has_booleans
    assert plain.replaced(0, True) != plain
    assert plain.replaced(0, True).replaced(0, 1) == plain


def test_parts_that_come_again_are_one_object() -> None:
    packing = Packing(2)

    def pair(number: int) -> FunctionValue:
        return sequence([record({"n": number}), SetValue([sequence([number, True])])])

    states = [(pair(1), SetValue([pair(2)])), (sequence([pair(1), pair(2)]), SetValue([pair(1)]))]
    (first, _), (second, _) = (packing.unpack(packing.pack(state)) for state in states)
    assert isinstance(first, FunctionValue)
    assert isinstance(second, FunctionValue)
    one, other = second.values
    assert isinstance(one, FunctionValue)
    assert isinstance(other, FunctionValue)
    assert one.values[0] is first.values[0]
    assert one.values[1] is first.values[1]
    assert one == pair(1)
    assert other == pair(2)


def test_parts_that_python_alone_takes_for_equal_stay_apart() -> None:
    packing = Packing(1)
    values = [sequence([SetValue([1])]), sequence([SetValue([True])])]
    words = [packing.pack((value,)) for value in values]
    assert [packing.unpack(word) for word in words] == [(value,) for value in values]
    assert repr(packing.unpack(words[1])[0]) == "<<{TRUE}>>"


def test_a_reader_changes_each_value_of_a_slot_once() -> None:
    packing = Packing(2)
    words = [packing.pack((left, right)) for left in range(20) for right in (True, False)]
    asked: list[Value] = []

    def shown(value: Value) -> str:
        asked.append(value)
        return repr(value)

    read = packing.reader(shown)
    assert [read(word) for word in words] == [
        (repr(left), repr(right)) for left in range(20) for right in (True, False)
    ]
    assert len(asked) == 22
