"""Sections of RECURSIVE: what is defined before all that was declared has its definition.

SANY takes the definitions of a section for one: each of them, and what an INSTANCE in it gives,
has at least the level of the highest that was declared (ModuleNode.java and LetInNode.java,
levelCheck).
"""

from __future__ import annotations

from collections.abc import Iterable

from conform.languages.tlaplus import syntax

_DEFINITIONS = (syntax.OperatorDefinition, syntax.FunctionDefinition)


def recursive_sections(units: Iterable[syntax.Unit]) -> dict[int, tuple[syntax.Unit, ...]]:
    """Return, by the identity of each unit of a section, what defines the declared operators."""
    sections: dict[int, tuple[syntax.Unit, ...]] = {}
    waiting: set[str] = set()
    inside: list[syntax.Unit] = []
    declared: list[syntax.Unit] = []
    for unit in units:
        if isinstance(unit, syntax.Recursive):
            waiting.update(declaration.name for declaration in unit.declarations)
        elif waiting:
            inside.append(unit)
            if isinstance(unit, _DEFINITIONS) and unit.name.name in waiting:
                waiting.remove(unit.name.name)
                declared.append(unit)
        if inside and not waiting:
            sections.update(dict.fromkeys(map(id, inside), tuple(declared)))
            inside, declared = [], []
    return sections
