"""The reader accepts what SANY accepts and points where SANY points."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conform.errors import InputError
from conform.languages.tlaplus.reading import parse_module
from conform.text import Source

HEADER = """---- MODULE Sample ----
CONSTANTS a,b,c,d,f,r,P,S,T,Q(_)
VARIABLES x,y,z,v
"""
VERDICTS = Path(__file__).with_name("sany_verdicts.txt").read_text(encoding="utf-8")
CASES = re.findall(r"^## (\S+)\n(.*?)\n(?=## |\Z)", VERDICTS, re.MULTILINE | re.DOTALL)
ACCEPTED = [text for verdict, text in CASES if verdict == "ok"]
REJECTED = [(text, verdict) for verdict, text in CASES if verdict != "ok"]


def source(text: str) -> Source:
    return Source("Sample.tla", f"{HEADER}{text}\n====\n")


def test_the_recorded_verdicts_are_all_there() -> None:
    assert len(ACCEPTED) > 350
    assert len(REJECTED) > 100


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_sany_accepts_is_accepted(text: str) -> None:
    assert parse_module(source(text)).name.name == "Sample"


@pytest.mark.parametrize(("text", "place"), REJECTED)
def test_what_sany_rejects_is_rejected_in_the_same_place(text: str, place: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_module(source(text))
    span = caught.value.span
    assert span is not None
    assert f"{span.line - HEADER.count(chr(10))}:{span.column}" == place


STRICTER = ["op == [a]", "op == [a, b]", "op == <<a, b>>_v", "op == <<>>_v", "op == [][x' = x]"]


@pytest.mark.parametrize("text", STRICTER)
def test_what_sany_refuses_only_after_parsing_is_refused_at_once(text: str) -> None:
    with pytest.raises(InputError):
        parse_module(source(text))
