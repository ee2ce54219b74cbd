"""Where a frame is in its code, as values of the domain and back."""

from __future__ import annotations

from collections.abc import Hashable

from conform.domain.values import FunctionValue, Value, sequence
from conform.languages.fizzbee.encoding import NONE, Decoder, Encoder
from conform.languages.fizzbee.execution.code import BlockCode, Program
from conform.languages.fizzbee.execution.process import Activation
from conform.languages.fizzbee.syntax import Flow

MAX_KNOWN = 50_000
"""Values that are kept to be used again before they are forgotten."""


class Positions:
    """The places of a program where threads wait.

    A value that comes again is the same object, which is compared at once.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._places: dict[Hashable, Value] = {}
        self._read: dict[Value, tuple[Flow, BlockCode, int | None, tuple[int, ...]]] = {}
        self._same: dict[FunctionValue, FunctionValue] = {}

    def same(self, value: FunctionValue) -> FunctionValue:
        """Return the first value that equals this one."""
        if len(self._same) > MAX_KNOWN:
            self._same.clear()
        return self._same.setdefault(value, value)

    def encode(self, activation: Activation, encoder: Encoder) -> Value:
        """Return the value of a block, or loop, that is being run."""
        flow, loop = activation.flow, activation.loop
        if loop is not None:
            rest = [encoder.encode(each) for each in activation.rest]
            return self.same(sequence(("for", str(flow), loop.number, *rest)))
        block: BlockCode | None = activation.block
        assert block is not None, "what is no loop is a block"
        place = (flow, block.number, activation.index, activation.done)
        known = self._places.get(place)
        if known is None:
            index = NONE if activation.index is None else activation.index
            parts = ("block", str(flow), block.number, index, *activation.done)
            known = self._places[place] = sequence(parts)
        return known

    def decode(self, value: Value, decoder: Decoder) -> Activation:
        """Return the block or loop that was encoded as `value`, for a thread to go on with."""
        known = self._read.get(value)
        if known is None:
            assert isinstance(value, FunctionValue), "a sequence is a function"
            tag, flow, number, *rest = value.values
            if tag == "for":
                loop = self._program.loops[_integer(number)]
                return Activation(Flow(str(flow)), None, loop, map(decoder.decode, rest))
            index, *done = rest
            known = self._read[value] = (
                Flow(str(flow)),
                self._program.blocks[_integer(number)],
                None if index == NONE else _integer(index),
                tuple(map(_integer, done)),
            )
        flow, block, place, finished = known
        activation = Activation(flow, block)
        activation.index, activation.done = place, finished
        return activation


def _integer(value: Value) -> int:
    assert isinstance(value, int), "an integer"
    return value
