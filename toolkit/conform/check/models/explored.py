"""A reading of a protocol with all that it can do: its model and the states that it reaches."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from conform.check.columns import Role
from conform.domain.model import Model
from conform.domain.spec import Spec
from conform.domain.values import Value
from conform.explore.graph import StateGraph
from conform.explore.result import ExplorationResult


class Explored(Struct, frozen=True):
    """One reading (a formal model, or a document that is executed) explored under a configuration.

    `spec` is what the reading says and where; `configuration` the file, or the word, for the values
    of `constants`, which are by name. `role` is that of its columns, None for a document.
    """

    role: Role | None
    spec: Spec
    configuration: str
    model: Model
    constants: Mapping[str, Value]
    result: ExplorationResult

    @property
    def graph(self) -> StateGraph | None:
        """All reachable states, None where the exploration kept none or ended early."""
        graph = self.result.graph
        return graph if graph is not None and graph.is_complete else None
