"""The reader accepts what SANY accepts and points where SANY points."""

from __future__ import annotations

from collections import Counter

import pytest

from conform.errors import InputError
from conform.languages.tlaplus.reading import parse_module
from conform.text import Source
from tests.sany_texts import HEADER, Text, texts

TEXTS = texts()


def ours(text: Text) -> str:
    """Return what the reader says of a text."""
    try:
        assert parse_module(Source("Sample.tla", text.source))
    except InputError as error:
        assert error.span is not None
        return text.place(error.span.line, error.span.column)
    return "ok"


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_the_verdict_is_the_recorded_one(text: Text) -> None:
    found = ours(text)
    if text.ours.endswith(":*"):
        assert found.split(":")[0] == text.ours.removesuffix(":*")
    else:
        assert found == text.ours


def test_the_texts_are_all_there_and_differences_are_few() -> None:
    agreed = Counter(text.sany == "ok" for text in TEXTS if text.sany == text.ours)
    assert agreed[True] > 1700
    assert agreed[False] > 1400
    assert sum(text.sany != text.ours for text in TEXTS) < 80


STRICTER = ["op == [a]", "op == [a, b]", "op == <<a, b>>_v", "op == <<>>_v", "op == [][x' = x]"]


@pytest.mark.parametrize("text", STRICTER)
def test_what_sany_refuses_only_after_parsing_is_refused_at_once(text: str) -> None:
    with pytest.raises(InputError):
        parse_module(Source("Sample.tla", f"{HEADER}{text}\n====\n"))
