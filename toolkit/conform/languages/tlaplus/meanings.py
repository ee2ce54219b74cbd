"""What names in formulas stand for, and the operators that stand for themselves."""

from __future__ import annotations

from dataclasses import dataclass, field

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.symbols import InstanceSymbols, Symbol

_INFIX = ("/\\", "\\/", "=>", "<=>", "=", "#", "\\in", "\\notin", "~>", "-+->", "\\cdot")
_PREFIX = ("~", "ENABLED", "UNCHANGED", "SUBSET", "UNION", "DOMAIN", "[]", "<>")

BUILT_IN = frozenset((*_INFIX, *_PREFIX, "'"))
"""Operators of the language that nobody defines."""

PASSED_ON = dict.fromkeys(_INFIX, 2) | dict.fromkeys((*_PREFIX, "'"), 1)
"""Their arities where they stand alone, as arguments."""


@dataclass(slots=True, eq=False)
class Meanings:
    """What was found: the symbols that names stand for, by the identity of the node.

    A use through instances has the symbol of each of its segments. A unit or a LAMBDA has those of
    its parameters, and a unit that defines one its own.
    """

    uses: dict[int, tuple[Symbol, ...]] = field(default_factory=dict)
    parameters: dict[int, tuple[Symbol, ...]] = field(default_factory=dict)
    units: dict[int, Symbol] = field(default_factory=dict)
    instances: dict[int, InstanceSymbols] = field(default_factory=dict)

    def of_unit(self, symbol: Symbol) -> None:
        """Keep what a unit defines."""
        self.units[id(symbol.unit)] = symbol

    def of_parameters(self, node: syntax.Node, symbols: tuple[Symbol, ...]) -> None:
        """Keep the parameters of a unit or a LAMBDA."""
        self.parameters[id(node)] = symbols

    def of_instance(self, instance: InstanceSymbols) -> None:
        """Keep what an instance substitutes."""
        self.instances[id(instance.unit)] = instance
