"""The order in which texts appear to TLC, and the order of values that follows from it."""

from __future__ import annotations

from conform.domain.values import ModelValue, SetValue, function, record
from conform.languages.tlaplus.appearances import appearances
from conform.languages.tlaplus.configuration import parse_configuration
from conform.languages.tlaplus.evaluation.ordering import ValueOrder
from conform.languages.tlaplus.evaluation.spaces import (
    FunctionSpace,
    PowerSet,
    RecordSpace,
)
from conform.text import Source, Span

HERE = Span("M.tla", 1, 1, 1, 1)

ROOT = """---- MODULE M ----
EXTENDS Base, Naturals
VARIABLE gamma
S == {"own", "gamma", "n"}
===="""

BASE = """---- MODULE Base ----
T == {"base", "own"}
===="""


def places(*texts: str, settings: str = "") -> list[str]:
    """Return texts in the order in which they appear in M, which extends Base."""
    sources = {"M": Source("M.tla", ROOT), "Base": Source("Base.tla", BASE)}
    found = list(appearances(sources, "M", parse_configuration(Source("M.cfg", settings))))
    return sorted(texts, key=found.index)


def test_names_come_before_strings_that_are_none() -> None:
    assert places("own", "gamma") == ["gamma", "own"]


def test_strings_of_an_extended_module_come_first() -> None:
    assert places("own", "base") == ["base", "own"]


def test_names_of_a_standard_module_come_before_strings() -> None:
    assert places("base", "n") == ["n", "base"]


def test_the_configuration_comes_first_of_all_in_its_own_order() -> None:
    settings = 'CONSTANTS A = {m2, m1} B = "text"'
    assert places("gamma", "text", "m1", "m2", settings=settings) == ["m2", "m1", "text", "gamma"]


def order(*texts: str) -> ValueOrder:
    """Return the order in which these texts appeared."""
    return ValueOrder(lambda: texts)


def test_texts_that_never_appeared_come_last_alphabetically() -> None:
    assert order("b").arranged(SetValue(["z", "a", "b"])) == ("b", "a", "z")


def test_model_values_come_before_numbers() -> None:
    found = order("m2", "m1").arranged(SetValue([3, ModelValue("m1"), ModelValue("m2")]))
    assert found == (ModelValue("m2"), ModelValue("m1"), 3)


def test_functions_are_compared_argument_by_argument() -> None:
    low, high = function({0: 1, 8: 9}), function({0: 5, 7: 0})
    assert ValueOrder().arranged(SetValue([high, low])) == (low, high)


def test_fields_are_compared_in_the_order_of_appearance() -> None:
    first, second = record({"a": 2, "z": 0}), record({"a": 1, "z": 1})
    assert order("z", "a").arranged(SetValue([second, first])) == (first, second)


def test_sets_of_sets_and_functions_come_in_the_order_that_sorts_them() -> None:
    names, tags = SetValue(["b", "a", "c"]), SetValue(["yes", "no"])
    ranking = order("c", "b", "a", "yes", "no")
    for many in (
        PowerSet(names),
        FunctionSpace(names, tags),
        RecordSpace({"b": names, "a": tags}),
    ):
        found = list(ranking.iterated(many, HERE, "a test"))
        assert found == sorted(found, key=ranking.key)
        assert SetValue(found) == many.explicit()


def test_following_other_appearances_forgets_what_was_arranged() -> None:
    ranking = order("b", "a")
    names = SetValue(["a", "b"])
    assert ranking.arranged(names) == ("b", "a")
    ranking.follow(lambda: ("a", "b"))
    assert ranking.arranged(names) == ("a", "b")
