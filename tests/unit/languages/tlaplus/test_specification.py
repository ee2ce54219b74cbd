"""Loading a root module with what it EXTENDS."""

from __future__ import annotations

import pytest

from conform.errors import InputError, UnsupportedError
from conform.languages.tlaplus.evaluation.scope import Builtin, Definition
from conform.languages.tlaplus.specification import Specification, load_specification
from conform.text import Source
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
    with pytest.raises(UnsupportedError, match="ShiViz"):
        specification("A == 1", extends="ShiViz")


def test_a_file_of_the_user_defines_a_community_module_anew() -> None:
    own = "---- MODULE Functions ----\nRange(f) == 7\n===="
    body = "VARIABLE x\nInit == x = Range(<<1>>)\nNext == x' = x"
    found = model(body, extends="Functions", Functions=own)
    assert [state[0] for state in found.initial_states()] == [7]


def test_local_definitions_are_hidden_from_those_that_extend() -> None:
    base = "---- MODULE Base ----\nLOCAL h == 1\nvisible == h\n===="
    body = "h == 2\nVARIABLE x\nInit == x = <<h, visible>>\nNext == x' = x"
    found = model(body, extends="Base", Base=base)
    assert [str(state[0]) for state in found.initial_states()] == ["<<2, 1>>"]
    with pytest.raises(InputError, match="unknown operator or identifier `h`"):
        specification("A == h", extends="Base", Base=base)


def standard(name: str) -> Source | None:
    text = (
        f"---- MODULE {name} ----\nLOCAL INSTANCE Naturals\nLOCAL two == 1 + 1\n"
        "Twice(n) == n * two\nLen(s) == 0\n===="
    )
    return Source(f"<standard>/{name}.tla", text) if name in ("Doubling", "Sequences") else None


def load(body: str) -> Specification:
    return load_specification(Source("M.tla", body), lambda _name: None, standard)


def test_a_standard_module_may_be_a_text_whose_local_names_are_hidden() -> None:
    found = load("---- MODULE M ----\nEXTENDS Doubling\ntwo == Twice(2)\n====")
    assert list(found.definitions) == ["two"]
    with pytest.raises(InputError, match="unknown operator or identifier `\\*`"):
        load("---- MODULE M ----\nEXTENDS Doubling\na == 1 * 2\n====")


def test_a_builtin_takes_the_place_of_a_definition_of_its_module() -> None:
    found = load("---- MODULE M ----\nEXTENDS Sequences\na == Len(<<1, 2>>)\n====")
    assert isinstance(found.scope.find("Len"), Builtin)
    assert isinstance(found.scope.find("Append"), Builtin)
    assert isinstance(found.scope.find("Twice"), Definition)


def test_a_file_beside_the_module_comes_before_a_standard_module() -> None:
    mine = "---- MODULE Doubling ----\nTwice(n) == n\n===="
    found = specification("A == Twice(1)", extends="Doubling", Doubling=mine)
    assert list(found.definitions) == ["Twice", "A"]


def test_modules_that_need_each_other_are_refused() -> None:
    one = "---- MODULE One ----\nEXTENDS Two\n===="
    two = "---- MODULE Two ----\nI == INSTANCE One\n===="
    with pytest.raises(InputError, match="in a circle: One -> Two -> One"):
        specification("A == 1", extends="One", One=one, Two=two)


@pytest.mark.parametrize("needs", ["EXTENDS M{}", "I == INSTANCE M{}"])
def test_a_chain_of_too_many_modules_is_refused_at_its_place(needs: str) -> None:
    modules = {
        f"M{number}": f"---- MODULE M{number} ----\n{needs.format(number + 1)}\n===="
        for number in range(500)
    }
    with pytest.raises(InputError, match="in a chain of more than 30") as caught:
        specification("A == 1", extends="M0", **modules)
    assert caught.value.span is not None


def test_an_error_in_an_extended_module_shows_that_module() -> None:
    broken = "---- MODULE Broken ----\nA == B\n===="
    with pytest.raises(InputError) as caught:
        specification("C == 1", extends="Broken", Broken=broken)
    assert caught.value.span is not None
    assert caught.value.span.path == "Broken.tla"
    assert "A == B" in caught.value.excerpt
