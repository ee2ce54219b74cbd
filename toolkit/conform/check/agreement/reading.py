"""A reading: one artefact as a model that was explored, ready to be compared with another."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from conform.check.columns import Role
from conform.domain.model import Model
from conform.domain.spec import Action, Spec, Variable
from conform.explore.graph import StateGraph
from conform.explore.result import PropertyResult
from conform.text import Source, Span


class Reading(Struct, frozen=True, eq=False):
    """What one artefact does and says, under the name that reports give it: "TLA+", "document".

    `role` is the column of the mapping tables that has its names, None for one that uses the
    document's own. `graph` is None where it was not explored; `why_not` then says why. `properties`
    are the results of its exploration. `span` is where a finding about all of it points; `sources`
    are by path as shown.
    """

    name: str
    model: Model
    graph: StateGraph | None
    properties: tuple[PropertyResult, ...]
    span: Span
    spec: Spec | None = None
    role: Role | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    why_not: str = ""

    def excerpt(self, span: Span) -> str:
        """Return the line that `span` points to with a caret, empty for an unknown source."""
        source = self.sources.get(span.path)
        return source.excerpt(span) if source else ""

    def source_line(self, span: Span) -> str:
        """Return the text of the line that `span` begins on, empty for an unknown source."""
        source = self.sources.get(span.path)
        return source.line(span.line).strip() if source else ""

    def place_of(self, name: str) -> Span:
        """Return where a variable or an action of this name is declared, else `span`."""
        if self.spec is not None:
            constructs: list[Variable | Action] = [*self.spec.variables, *self.spec.leaf_actions()]
            for construct in (*constructs, *self.spec.actions):
                if construct.name == name:
                    return construct.span
        spans = (instance.span for instance in self.model.instances if instance.action == name)
        return next(spans, self.span)

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the state variables, in the model's order."""
        return tuple(dict.fromkeys(slot.variable for slot in self.model.slots))

    @property
    def actions(self) -> tuple[str, ...]:
        """The names of the actions that the model has instances of, in its order."""
        return tuple(dict.fromkeys(instance.action for instance in self.model.instances))
