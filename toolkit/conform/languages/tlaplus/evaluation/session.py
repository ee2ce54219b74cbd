"""What surrounds an evaluation: the run that asks for it, and the order in which sets are tried."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from conform.domain.run import RunContext
from conform.languages.tlaplus.evaluation.ordering import ValueOrder
from conform.languages.tlaplus.evaluation.scope import Builtin


class Session(Struct, frozen=True):
    """The surroundings of all evaluations of one specification; the impure operators get it."""

    run: RunContext = field(default_factory=RunContext)
    order: ValueOrder = field(default_factory=ValueOrder)

    def equipped(
        self, modules: Mapping[str, Mapping[str, Builtin]]
    ) -> dict[str, Mapping[str, Builtin]]:
        """Return tables of builtins, those that ask for a session given this one.

        What is one builtin in several tables stays one.
        """
        given: dict[int, Builtin] = {}
        return {module: self._table(builtins, given) for module, builtins in modules.items()}

    def _table(
        self, builtins: Mapping[str, Builtin], given: dict[int, Builtin]
    ) -> Mapping[str, Builtin]:
        if not any(builtin.in_session for builtin in builtins.values()):
            return builtins
        table = dict(builtins)
        for name, builtin in builtins.items():
            if builtin.in_session:
                if id(builtin) not in given:
                    apply = partial(builtin.apply, self)
                    given[id(builtin)] = replace(builtin, apply=apply, in_session=False)
                table[name] = given[id(builtin)]
        return table
