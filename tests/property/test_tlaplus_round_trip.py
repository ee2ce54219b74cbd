"""What is printed reads back as the same tree."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.printing import print_expression, print_module
from conform.languages.tlaplus.reading import parse_expression, parse_module
from conform.text import Source
from tests.property.tlaplus_trees import Sample, sample_expressions, sample_modules
from tests.unit.languages.tlaplus.sketches import nodes, unplaced

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(sample_modules())
def test_a_printed_module_reads_as_itself(sample: Sample[syntax.Module]) -> None:
    text = print_module(sample.tree)
    assert unplaced(parse_module(Source("Sample.tla", text))) == unplaced(sample.tree)


@SLOW
@given(sample_modules())
def test_spans_do_not_depend_on_how_often_a_module_was_printed(
    sample: Sample[syntax.Module],
) -> None:
    once = print_module(sample.tree)
    read = parse_module(Source("Sample.tla", once))
    assert print_module(read) == once
    assert all(node.span.line >= 1 for node in nodes(read))


@SLOW
@given(sample_expressions())
def test_a_printed_expression_is_one_line_that_reads(sample: Sample[syntax.Expression]) -> None:
    line = print_expression(sample.tree)
    assert "\n" not in line
    again = parse_expression(Source("Sample.tla", line))
    assert print_expression(again).replace("(", "").replace(")", "") == line.replace(
        "(", ""
    ).replace(")", "")
