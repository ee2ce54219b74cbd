"""Evaluating constant expressions that use standard modules."""

from __future__ import annotations

from conform.domain.values import format_value
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.behaviour import Formula, constant_value
from conform.languages.tlaplus.configuration import parse_configuration
from conform.languages.tlaplus.constants import bind_constants
from conform.languages.tlaplus.evaluation.compiler import Compiler
from conform.languages.tlaplus.specification import load_specification
from conform.text import Source


def shown_with(expression: str, extends: str, path: str = "M.tla", definitions: str = "") -> str:
    """Evaluate an expression of a module that EXTENDS others, and print it as TLC does."""
    text = (
        f"---- MODULE M ----\nEXTENDS {extends}\n{definitions}\nresult ==\n  {expression}\n====\n"
    )
    loaded = load_specification(Source(path, text), lambda _name: None)
    bind_constants(loaded, parse_configuration(Source("M.cfg", "")))
    compiler = Compiler(tuple(name.name for name in loaded.variables), loaded.analysis)
    use = syntax.Name(loaded.definitions["result"].span, "result")
    return format_value(constant_value(compiler, Formula(use, loaded.scope)))
