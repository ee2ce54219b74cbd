"""Reading FizzBee: from a source to its syntax tree.

The road: `front_matter` (what is YAML), `scanning` (characters to tokens), `choices` (what an `any`
is), `conform.parsing` with `grammar.lark` and `building` (tokens to nodes), `placement` (statements
that need a loop around them).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from conform.errors import InputError
from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.advice import explain
from conform.languages.fizzbee.building import Builder
from conform.languages.fizzbee.choices import settle_choices
from conform.languages.fizzbee.depth import check_depth
from conform.languages.fizzbee.front_matter import cut_front_matter
from conform.languages.fizzbee.placement import check_placement
from conform.languages.fizzbee.scanning import Scanner
from conform.languages.fizzbee.syntax_expressions import Expression
from conform.parsing.lalr import UnexpectedTokenError, load_tables, run
from conform.parsing.tokens import ReadingError
from conform.text import Source

GRAMMAR = Path(__file__).with_name("grammar.lark")

MAX_CHARACTERS = 2 * 1024 * 1024
"""Longer files are refused before they are read; the longest specs known have some 50,000."""


def parse_module(source: Source) -> syntax.Module:
    """Return what a `.fizz` file is.

    Raises InputError, with its place, where FizzBee or Starlark would refuse the text, and
    UnsupportedError for a construct that has no node. Names are not resolved.
    """
    _refuse_long(source)
    try:
        front_matter, rest = cut_front_matter(source)
    except ReadingError as fault:
        raise fault.located_in(source) from None
    module: syntax.Module = _parse(rest, "module", Builder(source.path, front_matter))
    return module


def parse_library(source: Source) -> syntax.Module:
    """Return what a `.star` file is: Definitions and simple statements alone."""
    _refuse_long(source)
    module: syntax.Module = _parse(source, "library", Builder(source.path))
    return module


def parse_expression(source: Source) -> Expression:
    """Return the expression that the whole of a source is, or raise InputError."""
    _refuse_long(source)
    expression: Expression = _parse(source, "formula", Builder(source.path))
    return expression


def _refuse_long(source: Source) -> None:
    if len(source.text) > MAX_CHARACTERS:
        raise InputError(
            f"the file is longer than {MAX_CHARACTERS} characters",
            span=source.whole(),
            hint="check that this is the file you meant",
        )


def _parse(source: Source, start: str, builder: Builder) -> Any:
    tokens = settle_choices(Scanner(source).tokens())
    try:
        node = run(load_tables(GRAMMAR), tokens, start, builder)
        check_depth(node)
        check_placement(node)
        return node
    except ReadingError as fault:
        raise fault.located_in(source) from None
    except UnexpectedTokenError as unexpected:
        raise explain(unexpected).located_in(source) from None
