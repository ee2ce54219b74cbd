"""Where each construct is described: in the document, and in the model."""

from __future__ import annotations

from conform.domain.machine import Citation
from conform.domain.spec import Action, Spec
from conform.languages.tlaplus.specification import Specification
from conform.text import Span


def place(span: Span | None) -> str:
    """Return `path:line`, empty for no span."""
    return f"{span.path}:{span.line}" if span else ""


class Citations:
    """Looks constructs up by their names; without a document only the model is cited."""

    def __init__(self, specification: Specification, document: Spec | None) -> None:
        self._specification = specification
        self._actions: dict[str, Action] = {}
        self._document = document or Spec("", "")
        for action in self._document.leaf_actions():
            self._actions.setdefault(action.name, action)

    def of_action(self, name: str, span: Span) -> tuple[Citation, Action | None]:
        """Return where an action is described, and what the document says of it."""
        action = self._actions.get(name)
        if action is None:
            return Citation(model=place(span)), None
        return Citation(action.section, place(action.span), place(span)), action

    def of_property(self, name: str, span: Span) -> tuple[Citation, str, str]:
        """Return where a property is described, its label and its statement."""
        for found in self._document.properties:
            if found.name == name:
                kind = f"{found.kind} {found.label}".strip()
                citation = Citation(f"{kind}: {name}", place(found.span), place(span))
                return citation, found.label, found.statement
        return Citation(model=place(span)), "", ""

    def of_helper(self, name: str, span: Span) -> tuple[Citation, str]:
        """Return where a helper is described, and its definition in the document."""
        for found in self._document.helpers:
            if found.name == name:
                citation = Citation(f"Helper: {name}", place(found.span), place(span))
                return citation, found.definition
        return Citation(model=place(span)), ""

    def of_constant(self, name: str) -> str:
        """Return what the document says of a constant, empty if nothing."""
        found = (each.description for each in self._document.constants if each.name == name)
        return next(found, "")

    def of_variable(self, name: str, span: Span) -> tuple[Citation, str]:
        """Return where a variable is described, and its type as the document has it."""
        for found in self._document.variables:
            if found.name == name:
                return Citation("", place(found.span), place(span)), found.type_text
        return Citation(model=place(span)), ""
