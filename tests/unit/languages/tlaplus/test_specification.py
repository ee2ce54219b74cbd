"""Loading a root module with what it EXTENDS."""

from __future__ import annotations

import pytest

from conform.errors import InputError, UnsupportedError
from tests.unit.languages.tlaplus.modules import model, specification

COUNTER = "---- MODULE Counter ----\nEXTENDS Naturals\nVARIABLE x\nStart == x = 0\n===="


def test_an_extended_module_comes_first() -> None:
    found = specification("VARIABLE y\nGo == x + y", extends="Counter, Integers", Counter=COUNTER)
    assert [name.name for name in found.variables] == ["x", "y"]
    assert list(found.definitions) == ["Start", "Go"]


def test_a_module_that_is_extended_twice_is_loaded_once() -> None:
    middle = "---- MODULE Middle ----\nEXTENDS Counter\nTwice == x + x\n===="
    found = specification("A == Twice", extends="Counter, Middle", Counter=COUNTER, Middle=middle)
    assert [name.name for name in found.variables] == ["x"]


def test_recursion_of_an_extended_module_is_known_as_such() -> None:
    sums = (
        "---- MODULE Sums ----\nEXTENDS Naturals\nRECURSIVE Sum(_)\n"
        "Sum(n) == IF n = 0 THEN 0 ELSE n + Sum(n - 1)\n===="
    )
    body = "VARIABLE x\nInit == x = Sum(4)\nNext == x' = x"
    assert list(model(body, extends="Sums", Sums=sums).initial_states()) == [(10,)]


@pytest.mark.parametrize("line", ["INSTANCE FiniteSets", "LOCAL INSTANCE FiniteSets"])
def test_a_standard_module_can_be_instantiated(line: str) -> None:
    body = f"{line}\nVARIABLE x\nInit == x = Cardinality({{1, 2}})\nNext == x' = x"
    assert list(model(body, extends="").initial_states()) == [(2,)]


def test_an_unknown_module_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(InputError, match="unknown module `Integer`") as caught:
        specification("A == 1", extends="Integer")
    assert caught.value.hint == "did you mean `Integers`?"


def test_a_module_that_is_known_elsewhere_is_unsupported() -> None:
    with pytest.raises(UnsupportedError, match="Bags"):
        specification("A == 1", extends="Bags")


@pytest.mark.parametrize("unit", ["I == INSTANCE Counter", "INSTANCE Counter WITH x <- 1"])
def test_other_instances_are_unsupported_with_a_hint(unit: str) -> None:
    with pytest.raises(UnsupportedError, match="INSTANCE") as caught:
        specification(unit, Counter=COUNTER)
    assert caught.value.hint


def test_an_error_in_an_extended_module_shows_that_module() -> None:
    broken = "---- MODULE Broken ----\nA == B\n===="
    with pytest.raises(InputError) as caught:
        specification("C == 1", extends="Broken", Broken=broken)
    assert caught.value.span is not None
    assert caught.value.span.path == "Broken.tla"
    assert "A == B" in caught.value.excerpt
