"""A spec is read from its folder: options beside it, `.star` modules that it uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.errors import InputError, UnsupportedError
from conform.languages.fizzbee.model import build_model
from conform.languages.fizzbee.restrictions import refuse_untreated
from conform.languages.fizzbee.specification import read_specification, specification_of
from conform.text import Source

SPEC = "---\noptions:\n  max_actions: 4\n---\natomic action Init:\n    x = math3.half(4)\n"


def test_options_and_libraries_are_found_beside_the_spec(tmp_path: Path) -> None:
    (tmp_path / "Spec.fizz").write_text(SPEC)
    (tmp_path / "fizz.yaml").write_text("options:\n  max_concurrent_actions: 1\n")
    (tmp_path / "math3.star").write_text("N = 2\ndef half(n):\n    return n // N\n")
    (tmp_path / "other.star").write_text("this is not read")
    spec = read_specification(tmp_path / "Spec.fizz", "models/Spec.fizz")
    assert spec.name == "Spec"
    assert (spec.options.max_actions, spec.options.max_concurrent_actions) == (4, 1)
    assert [library.name for library in spec.libraries] == ["math3"]
    (library,) = spec.libraries
    assert str(library.module.members[1].span) == "models/math3.star:2:1"
    assert spec.excerpt(library.module.members[0].span).startswith("1 | N = 2")
    assert spec.excerpt(spec.module.actions[0].span if spec.module.actions else spec.module.span)


def test_a_library_holds_starlark_alone(tmp_path: Path) -> None:
    (tmp_path / "Spec.fizz").write_text(SPEC)
    (tmp_path / "math3.star").write_text("def half(n):\n    return n // 2\naction A:\n    pass\n")
    with pytest.raises(InputError) as caught:
        read_specification(tmp_path / "Spec.fizz")
    assert caught.value.span is not None and caught.value.span.line == 3


def test_an_option_of_the_front_matter_is_placed_in_the_file() -> None:
    with pytest.raises(InputError) as caught:
        specification_of(Source("a.fizz", "# note\n---\noptions:\n  max: 4\n---\n"))
    assert str(caught.value.span) == "a.fizz:4:3"
    assert "max: 4" in caught.value.excerpt


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("N = symmetry.nominal(3)\n", "1:5", "the kinds of symmetry"),
        ("action Init:\n    c = Channel()\n", "2:9", "channels"),
    ],
)
def test_what_is_not_treated_is_named_at_its_place(text: str, place: str, message: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        refuse_untreated(specification_of(Source("a.fizz", text)))
    assert str(caught.value.span) == f"a.fizz:{place}"
    assert caught.value.message.startswith(message)


def test_a_name_that_the_spec_declares_is_its_own() -> None:
    text = "def Channel():\n    return 1\naction Init:\n    c = Channel()\n"
    refuse_untreated(specification_of(Source("a.fizz", text)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "nothing"),
        ("# only a remark\n", "nothing"),
        ("---\noptions:\n  max_actions: 3\n---\n", "nothing"),
        ("N = 3\ndef half(n):\n    return n // 2\n", "constants and functions alone"),
    ],
)
def test_a_file_without_behaviour_says_what_is_missing(text: str, found: str) -> None:
    with pytest.raises(InputError) as caught:
        build_model(specification_of(Source("a.fizz", text)))
    assert caught.value.message == f"the specification has no behaviour: it declares {found}"
    assert caught.value.span is not None and caught.value.span.path == "a.fizz"
    assert "action Init:" in caught.value.expected


@pytest.mark.parametrize(
    "text", ["action Init:\n    x = 0\n", "always assertion A:\n    return True\n"]
)
def test_a_file_of_one_construct_is_explored(text: str) -> None:
    assert build_model(specification_of(Source("a.fizz", text))).name == "a"
