"""The page of a finding is the docstring of its module."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from conform.commands.explain import find_code, listing, page
from conform.domain.finding import Code, Severity
from conform.errors import UsageError


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    rows = {}
    for code in (
        Code("CF203", "guards differ"),
        Code("CF301", "a limit was reached", Severity.INCOMPLETE),
    ):
        module = ModuleType(f"made_up_{code.identifier}", f"{code.title}.\n\n    Do this.\n")
        vars(module)["CODE"] = code
        monkeypatch.setitem(sys.modules, module.__name__, module)
        rows[code.identifier] = module.__name__
    return rows


def test_page_has_title_severity_and_text(modules: dict[str, str]) -> None:
    expected = "CF203: guards differ (error)\n\nguards differ.\n\nDo this."
    assert page("CF203", modules) == expected
    assert page("cf203", modules) == expected


def test_unknown_code_is_refused_with_the_nearest(modules: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="did you mean CF203"):
        page("CF204", modules)
    with pytest.raises(UsageError, match="--list"):
        page("nonsense", modules)


def test_listing_is_aligned(modules: dict[str, str]) -> None:
    assert listing(modules).splitlines() == [
        "CF203  error       guards differ",
        "CF301  incomplete  a limit was reached",
    ]
    assert listing({}) == ""


def test_module_without_its_code_is_a_defect() -> None:
    with pytest.raises(LookupError, match="defines no Code CF999"):
        find_code(ModuleType("empty"), "CF999")
