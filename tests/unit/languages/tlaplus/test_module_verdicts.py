"""Names and levels in systems of modules: accepted as by SANY, and refused where it refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conform.errors import InputError
from conform.languages.tlaplus.specification import Specification, load_specification
from conform.text import Source

HERE = Path(__file__).parent
SYSTEMS = [
    (verdict, body)
    for kind in ("module", "level", "name", "error")
    for verdict, body in re.findall(
        r"^## ([^\n]+)\n(.*?)(?=^## |\Z)",
        (HERE / f"sany_{kind}_verdicts.txt").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
]
ACCEPTED = [body for verdict, body in SYSTEMS if verdict == "ok"]
REJECTED = [(body, verdict.split()) for verdict, body in SYSTEMS if verdict != "ok"]


def load(body: str) -> Specification:
    modules = dict(re.findall(r"^#### (\w+)\.tla\n(.*?)(?=^#### |\Z)", body, re.M | re.S))
    sources = {
        name: Source(name, f"---- MODULE {name} ----\n{text}====\n")
        for name, text in modules.items()
    }
    return load_specification(next(iter(sources.values())), sources.get)


def test_the_recorded_verdicts_are_all_there() -> None:
    assert len(ACCEPTED) > 75
    assert len(REJECTED) > 110


def test_proofs_are_accepted_where_the_theorems_of_provers_have_no_text() -> None:
    root, *_ = ACCEPTED[-1].split("#### TLAPS.tla")
    assert "FiniteSetTheorems" in root
    assert load(root)


@pytest.mark.parametrize("body", ACCEPTED)
def test_what_sany_accepts_is_accepted(body: str) -> None:
    assert load(body)


@pytest.mark.parametrize(("body", "places"), REJECTED)
def test_what_sany_rejects_is_rejected_in_one_of_its_places(body: str, places: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        load(body)
    span = caught.value.span
    assert span is not None
    assert f"{span.path}:{span.line}:{span.column}" in places
    assert caught.value.excerpt
