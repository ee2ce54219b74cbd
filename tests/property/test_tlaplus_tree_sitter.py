"""What we print and accept, tree-sitter-tlaplus accepts too: a grammar written by others."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
import tree_sitter_tlaplus
from hypothesis import HealthCheck, assume, given, settings
from tree_sitter import Language, Parser

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.operators import INFIX, POSTFIX, PREFIX
from conform.languages.tlaplus.printing import print_module
from conform.languages.tlaplus.reading import parse_module
from conform.languages.tlaplus.scanning import KEYWORDS
from conform.text import Source, read_source
from tests.property.tlaplus_trees import Sample, sample_modules
from tests.unit.languages.tlaplus.sketches import nodes

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path for folder in ("tlaplus", "tests", "toolkit") for path in (ROOT / folder).rglob("*.tla")
)


def _parser() -> Parser:
    with warnings.catch_warnings():
        # the grammar's wheel still gives the address of its tables as a number
        warnings.simplefilter("ignore", DeprecationWarning)
        return Parser(Language(tree_sitter_tlaplus.language()))


PARSER = _parser()


def accepts(text: str) -> bool:
    """Return whether tree-sitter reads a text without an error."""
    return not PARSER.parse(text.encode()).root_node.has_error


def is_known_difference(node: syntax.Node) -> bool:
    """Return whether tree-sitter refuses what SANY accepts: it knows less of the language."""
    match node:
        case syntax.FieldValue(name=name) | syntax.Field(name=name):
            return name in KEYWORDS  # a reserved word as a field
        case syntax.FieldSelector(name=name):
            return name in KEYWORDS
        case syntax.Segment(name=name, arguments=()):
            return name in {*INFIX, *PREFIX, *POSTFIX}  # an operator as the end of a path
        case syntax.Except(function=function):
            lists = [below for below in nodes(function) if isinstance(below, syntax.Junction)]
            return bool(lists)  # a bulleted list that EXCEPT ends
        case syntax.OperatorSymbol(operator="/\\" | "\\/"):
            return True  # a connective that is passed on
        case syntax.Name(name="TRUE") | syntax.Call(operator="TRUE"):
            return True  # a name like others, here, that may be bound
        case _:
            return False


@settings(
    derandomize=True,  # what tree-sitter refuses is found by its authors, not by our CI
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(sample_modules())
def test_a_printed_module_is_one_for_tree_sitter(sample: Sample[syntax.Module]) -> None:
    assume(not any(map(is_known_difference, nodes(sample.tree))))
    text = print_module(sample.tree)
    assert parse_module(Source("Sample.tla", text))
    assert accepts(text)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_of_the_repository_is_one_for_all(path: Path) -> None:
    source = read_source(path)
    try:
        module = parse_module(source)
    except InputError:
        assert not accepts(source.text)
        return
    assert accepts(source.text)
    printed = print_module(module)
    assert print_module(parse_module(Source(source.path, printed))) == printed
