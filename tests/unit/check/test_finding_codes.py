"""The contract of the closed table of finding codes: each has one rule, one page and a test."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from pathlib import Path

import pytest

from conform.commands.explain import find_code, page
from conform.registry import FINDING_MODULES, resolve

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "toolkit" / "conform"
TESTS = ROOT / "tests"

SECTIONS = ("What it means", "Example", "What to do")


def modules_on_disk() -> list[str]:
    """Return the names of all modules that are named like a finding's."""
    return sorted(
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for path in PACKAGE.rglob("cf[0-9][0-9][0-9]_*.py")
    )


def test_every_module_of_a_finding_is_in_the_table() -> None:
    assert sorted(FINDING_MODULES.values()) == modules_on_disk()


def test_no_number_is_given_twice() -> None:
    numbers = Counter(name.rpartition(".")[2][:5] for name in modules_on_disk())
    assert [number for number, count in numbers.items() if count > 1] == []


def test_table_is_in_the_order_of_the_codes() -> None:
    assert list(FINDING_MODULES) == sorted(FINDING_MODULES)


@pytest.mark.parametrize("code", FINDING_MODULES)
def test_page_has_its_sections_in_order(code: str) -> None:
    module = resolve(FINDING_MODULES[code])
    text = inspect.cleandoc(module.__doc__ or "")
    heads = [line for line in text.splitlines() if line in SECTIONS]
    assert heads == list(SECTIONS)
    bodies = re.split(rf"(?m)^(?:{'|'.join(SECTIONS)})\n", text)
    assert all(body.strip() for body in bodies)


@pytest.mark.parametrize("code", FINDING_MODULES)
def test_first_line_is_a_sentence_without_the_code(code: str) -> None:
    first = (resolve(FINDING_MODULES[code]).__doc__ or "").splitlines()[0]
    assert not re.match(r"CF\d", first)
    assert first[0].isupper()
    assert first.endswith(".")


@pytest.mark.parametrize("code", FINDING_MODULES)
def test_title_is_a_phrase_in_lower_case(code: str) -> None:
    title = find_code(resolve(FINDING_MODULES[code]), code).title
    assert title[0].islower()
    assert not title.endswith(".")
    assert page(code).startswith(f"{code}: {title} (")


@pytest.mark.parametrize("code", FINDING_MODULES)
def test_some_test_produces_it(code: str) -> None:
    here = Path(__file__).name
    texts = (path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))
    naming = [text for text in texts if f'"{code}"' in text]
    assert naming, f"no test but {here} names {code}"
