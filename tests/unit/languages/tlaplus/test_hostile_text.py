"""Texts made to hurt are read or refused, in time that grows with their length."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.tla_artefact import open_module
from conform.errors import InputError
from conform.languages.tlaplus.configuration import parse_configuration
from conform.languages.tlaplus.reading import parse_expression, parse_module
from conform.text import Source
from tests.unit.languages.tlaplus.sketches import expression, module

MANY = 10_000

DEEP = [
    "(" * MANY + "1" + ")" * MANY,
    "(" * MANY,
    "{" * MANY,
    "<<" * MANY,
    "f[" * MANY,
    "~" * MANY + "a",
    "[]" * MANY + "a",
    "- " * MANY + "a",
    "f" + "[x]" * MANY,
    "r" + ".a" * MANY,
    "x" + "'" * MANY,
    "IF a THEN b ELSE " * MANY + "c",
    "LET a == 1 IN " * MANY + "c",
    "\\A x \\in S : " * MANY + "c",
    "CASE a -> " * MANY + "c",
    "l :: " * MANY + "a",
    "/\\ " * MANY + "a",
]


@pytest.mark.parametrize("text", DEEP, ids=[text[:12] for text in DEEP])
def test_what_is_nested_too_deeply_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(InputError, match="nested more than") as caught:
        expression(text)
    assert caught.value.span is not None
    assert caught.value.hint


DEEP_PROOFS = [
    "<1>1. {deep}\n<1> QED OBVIOUS",
    "BY {deep}",
    "<1> DEFINE a == {deep}\n<1> QED OBVIOUS",
    "<1>1. CASE {deep}\n<1> QED OBVIOUS",
    "<1>1. TAKE x \\in {deep}\n<1> QED OBVIOUS",
    "OBVIOUS\nUSE {deep}",
]


@pytest.mark.parametrize("proof", DEEP_PROOFS)
def test_what_is_nested_too_deeply_in_a_proof_is_refused(proof: str) -> None:
    with pytest.raises(InputError, match="nested more than"):
        module("THEOREM TRUE\n" + proof.replace("{deep}", "~" * MANY + "TRUE"))


def test_proofs_nested_too_deeply_are_refused() -> None:
    steps = "".join(f"<{level}>1. TRUE\n" for level in range(1000))
    ends = "".join(f"<{level}> QED OBVIOUS\n" for level in reversed(range(1000)))
    with pytest.raises(InputError, match="nested more than"):
        module("THEOREM TRUE\n" + steps + ends)


def test_ordinary_depth_is_read() -> None:
    assert expression("(" * 100 + "1" + ")" * 100)
    assert expression("IF a THEN b ELSE " * 100 + "c")


def test_nested_modules_are_bounded() -> None:
    with pytest.raises(InputError, match="nested more than"):
        module("---- MODULE A ----\n" * MANY + "====\n" * MANY)


WIDE = [
    "IF a THEN b ELSE (" * 20 + "c" + ")" * 20,
    "CASE a -> b" + " [] a -> b" * MANY,
    "(* " + "*( " * MANY + "*)1",
    " => ".join(["a - b * c + d"] * 2),
    " + ".join(["a - b * c"] * MANY),
    " + ".join("a" * MANY),
    " - ".join("a" * MANY),
    " /\\ ".join("a" * MANY),
    " \\/ ".join("a" * MANY),
    " \\cup ".join("a" * MANY),
    " \\o ".join("a" * MANY),
    "a = " + " * ".join("a" * MANY) + " + 1",
    "{" + ", ".join("a" * MANY) + "}",
    " \\X ".join("A" * MANY),
    "a" + "!b" * MANY,
    "/\\ a\n" * MANY,
    "CASE a -> b" + " [] c -> d" * MANY,
    "(*" * MANY + "*)" * MANY + "1",
    "\\* a\n" * MANY + "1",
    "{" + "\ta," * MANY + "a}",
    '"' + "\\t" * MANY + '"',
    "\r\n" * MANY + "1",
]


@pytest.mark.parametrize("text", WIDE, ids=[text[:12] for text in WIDE])
def test_what_is_long_and_flat_is_read(text: str) -> None:
    assert parse_expression(Source("s", text)).span.line >= 1


ENDLESS = [
    "_" * MANY,
    "_1" * MANY,
    "1" * MANY,
    "\\b" + "1" * MANY,
    "(*" * MANY,
    '"' + "a" * MANY,
    "a) == " * MANY,
    "f[" * MANY + "a" + "] == " * MANY,
    "a == " * MANY,
    "\\foo " * MANY,
    "<1>1. " * MANY,
    ")" * MANY,
]


@pytest.mark.parametrize("text", ENDLESS, ids=[text[:12] for text in ENDLESS])
def test_long_nonsense_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(InputError) as caught:
        expression(text)
    assert caught.value.span is not None


def test_a_long_token_is_not_repeated_in_full() -> None:
    with pytest.raises(InputError) as caught:
        expression("a " + "-" * MANY)
    assert len(str(caught.value)) < 1000


def test_a_long_name_is_not_repeated_in_full() -> None:
    with pytest.raises(InputError, match=r"unknown keyword `aaa.*…aaa.*`") as caught:
        parse_configuration(Source("s", "a" * 1_000_000))
    assert len(str(caught.value)) < 1000


CHARACTERS = [
    ("\0", "U+0000", "cannot be seen"),
    ("\v", "U+000B", "cannot be seen"),
    ("\u00a0", "U+00A0 NO-BREAK SPACE", "cannot be seen"),
    ("\u200b", "U+200B ZERO WIDTH SPACE", "cannot be seen"),
    ("\u2028", "U+2028 LINE SEPARATOR", "cannot be seen"),
    ("\ufeff", "U+FEFF", "cannot be seen"),
    ("\ud800", "U+D800", ""),
    ("\u0391", "GREEK CAPITAL LETTER ALPHA", "letters A to Z"),
    ("\uff1d", "FULLWIDTH EQUALS SIGN", "looks like `=`"),
    ("\u201c", "LEFT DOUBLE QUOTATION MARK", 'looks like `"`'),
    ("\u2013", "EN DASH", "looks like `-`"),
    ("\U0001f600", "GRINNING FACE", ""),
    (";", "`;`", "remove it"),
]


@pytest.mark.parametrize(("character", "name", "hint"), CHARACTERS)
def test_a_character_that_is_no_symbol_is_named(character: str, name: str, hint: str) -> None:
    with pytest.raises(InputError, match="is no symbol of TLA") as caught:
        expression(f"a {character} b")
    assert name in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.span is not None
    assert caught.value.span.column == 3


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_each_end_of_line_counts(end: str) -> None:
    with pytest.raises(InputError) as caught:
        module(f"A == 1{end}B = 2{end}")
    assert caught.value.span is not None
    assert (caught.value.span.line, caught.value.span.column) == (3, 1)


def test_a_form_feed_is_no_space() -> None:
    with pytest.raises(InputError, match="000C") as caught:
        module("A == 1\f+ 2")
    assert caught.value.span is not None
    assert (caught.value.span.line, caught.value.span.column) == (2, 7)


@pytest.mark.parametrize("text", ["-" * 100_000, "---- MODUL\n" * MANY, "-----" + " " * 100_000])
def test_a_text_that_almost_has_a_header_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no module begins"):
        parse_module(Source("s", text))


def test_a_large_module_is_read() -> None:
    read = module("".join(f"A{i}(x) == /\\ x = {i} \\* text\n" for i in range(20_000)))
    assert len(read.units) == 20_000


def test_a_deep_configuration_is_refused() -> None:
    with pytest.raises(InputError, match="nested more than"):
        parse_configuration(Source("s", "CONSTANT a = " + "{" * MANY))


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("\\* caf\u00e9\nVARIABLE x\nInit == x = 0\nNext == x' = x", None),
        ("VARIABLE x\nInit == x = \u00e9\nNext == x' = x", r"M\.tla:3:13: .*no symbol"),
    ],
)
def test_bytes_that_are_no_utf8_do_harm_in_formulas_alone(
    text: str, refused: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "M.tla"
    path.write_bytes(f"---- MODULE M ----\n{text}\n====\n".encode("latin-1"))
    path.with_suffix(".cfg").write_bytes("\\* caf\u00e9\nINIT Init\nNEXT Next".encode("latin-1"))
    if refused is None:
        assert list(open_module(path, None).model.initial_states()) == [(0,)]
    else:
        with pytest.raises(InputError, match=refused):
            open_module(path, None)


def test_a_module_in_utf_16_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "M.tla"
    path.write_text("---- MODULE M ----\n====\n", "utf-16")
    with pytest.raises(InputError, match="not UTF-8"):
        open_module(path, None)
