"""However a text is made, reading ends soon, with a tree or with an error that has a place."""

from __future__ import annotations

import pytest

from conform.errors import InputError
from tests.unit.languages.fizzbee.sketches import expression, module

NESTED_IFS = "".join(f"{'    ' * level}if a:\n" for level in range(1, 150))


@pytest.mark.parametrize(
    "text",
    [
        "N = " + "(" * 5000 + ")" * 5000,
        "N = " + "[" * 5000,
        "N = " + "-" * 5000 + "1",
        "N = " + "not " * 5000 + "a",
        "N = a" + ".b" * 5000,
        "N = a" + "()" * 5000,
        "N = a" + "[0]" * 5000,
        "N = a" + " + 1" * 5000,
        "N = " + "a if b else " * 5000 + "c",
        "N = " + "lambda: " * 5000 + "c",
        "(" * 5000 + "a" + ",)" * 5000 + " = 1",
        "N = [e" + " for x in s" * 3 + " if " * 5000 + "]",
        "action A:\n" + NESTED_IFS + "    " * 150 + "pass\n",
        "action A:\n" + "    if a:\n" * 5000,
        "def f():\n" + "".join(f"{' ' * level}def f():\n" for level in range(1, 500)),
        "#" * 3_000_000,
        "N = 1\n" * 2_000_000,
        "x" * 100_000 + " y",
        "N = " + "9" * 100_000,
        "N = '" + "\\" * 100_001,
        "`" * 100_001,
        "---\n" * 3,
        "\x00",
        "N = 1\r\x0c\x0b\x1c",
        "\ufeffN = 1",
    ],
    ids=range(25),
)
def test_a_hostile_text_is_refused_at_a_place(text: str) -> None:
    with pytest.raises(InputError) as caught:
        module(text)
    assert caught.value.span is not None
    assert len(str(caught.value)) < 1500


@pytest.mark.parametrize(
    "text",
    [
        "a" + " and b" * 20_000,
        "a" + " or b" * 20_000,
        "[" + "1, " * 20_000 + "]",
        "f(" + "1, " * 20_000 + ")",
        '"' + "x" * 100_000 + '"',
    ],
    ids=range(5),
)
def test_what_is_only_long_is_read(text: str) -> None:
    assert expression(text)


def test_a_long_chain_of_elifs_is_read() -> None:
    text = "if a:\n        pass\n" + "    elif a:\n        pass\n" * 2000
    assert module("action A:\n    " + text).actions
