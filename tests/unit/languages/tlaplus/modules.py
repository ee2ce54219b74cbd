"""Tiny modules for tests: loaded, built, evaluated and explored from text."""

from __future__ import annotations

from typing import Any

from conform.domain.values import format_value
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import Formula, constant_value
from conform.languages.tlaplus.configuration import parse_configuration
from conform.languages.tlaplus.constants import bind_constants
from conform.languages.tlaplus.evaluation.compiler import Compiler
from conform.languages.tlaplus.model import TlaModel, build_model
from conform.languages.tlaplus.specification import Specification, load_specification
from conform.text import Source

EXTENDED = "Integers, Sequences, FiniteSets, TLC"


def specification(body: str, *, extends: str = EXTENDED, **others: str) -> Specification:
    """Load a module M whose body begins in line 3; `others` are further modules by name."""
    head = f"EXTENDS {extends}" if extends else ""

    def find(name: str) -> Source | None:
        return Source(f"{name}.tla", others[name]) if name in others else None

    text = f"---- MODULE M ----\n{head}\n{body}\n====\n"
    return load_specification(Source("M.tla", text), find)


def model(body: str, configuration: str = "INIT Init\nNEXT Next", **options: str) -> TlaModel:
    """Build the model of a module's body under a configuration."""
    loaded = specification(body, **options)
    return build_model(loaded, parse_configuration(Source("M.cfg", configuration)))


def run(
    body: str, configuration: str = "INIT Init\nNEXT Next", *, everything: bool = False
) -> ExplorationResult:
    """Explore a module's body; with `everything` beyond the first violation."""
    options = ExploreOptions(stop_at_first=not everything)
    return explore(model(body, configuration), options)


def counts(body: str, configuration: str = "INIT Init\nNEXT Next") -> tuple[int, int, int]:
    """Return generated, distinct and depth of an exploration without violations."""
    result = run(body, configuration)
    return result.states_generated, result.distinct_states, result.depth


def value(expression: str, definitions: str = "", constants: str = "") -> Any:
    """Evaluate a constant expression behind some definitions; `constants` as in a .cfg."""
    loaded = specification(f"{definitions}\nresult ==\n  {expression}")
    settings = f"CONSTANTS {constants}" if constants else ""
    bind_constants(loaded, parse_configuration(Source("M.cfg", settings)))
    compiler = Compiler(tuple(name.name for name in loaded.variables), loaded.analysis)
    use = syntax.Name(loaded.definitions["result"].span, "result")
    return constant_value(compiler, Formula(use, loaded.scope))


def shown(expression: str, definitions: str = "", constants: str = "") -> str:
    """Evaluate a constant expression and print its value as TLC does."""
    return format_value(value(expression, definitions, constants))


def steps(body: str, state: tuple[Any, ...] | None = None) -> list[str]:
    """Return the successors of a state (the first initial one) in the order of the model."""
    found = model(body)
    start = next(found.initial_states()) if state is None else state
    return [
        ", ".join(map(format_value, successor.state))
        for instance in found.instances
        for successor in found.successors(instance, start)
    ]
