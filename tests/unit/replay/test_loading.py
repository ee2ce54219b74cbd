"""Implementations found by their entry in conform.yaml."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conform.errors import InputError
from conform.replay.loading import load


def project(root: Path, text: str, name: str = "loaded_here.py") -> Path:
    """Write a module into a project and return the project's root."""
    root.mkdir(exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    return root


def test_factory_is_found_below_the_root(tmp_path: Path) -> None:
    before = list(sys.path)
    factory = load("loaded_here:create", project(tmp_path, "def create(constants): return 7\n"))
    assert factory({}) == 7  # type: ignore[comparison-overlap]  # not an implementation
    assert sys.path == before


def test_projects_with_modules_of_the_same_name_are_kept_apart(tmp_path: Path) -> None:
    for number in (1, 2):
        text = f"def create(constants): return {number}\n"
        factory = load("loaded_here:create", project(tmp_path / str(number), text))
        assert factory({}) == number  # type: ignore[comparison-overlap]  # not an implementation


FAULTS = [
    ("create", "", "'create' names no implementation"),
    ("loaded_here:create:x", "", "names no implementation"),
    ("loaded_heer:create", "", "there is no module loaded_heer\nhint: did you mean loaded_here?"),
    (
        "loaded_here.more:create",
        "",
        "there is no module loaded_here.more\nhint: modules are looked",
    ),
    ("loaded_here:create", "def craete(c): ...", "has no create\nhint: did you mean craete?"),
    ("loaded_here:create", "create = 3", "create is of type int, not callable"),
    ("loaded_here:create", "def create(): ...", "cannot be called with the constants alone"),
    ("loaded_here:create", "def create(a, b): ...", "it takes (a, b)"),
    ("loaded_here:create", "x = 1\nraise ValueError('no')", "importing loaded_here raised Value"),
    ("loaded_here:create", "import sys\nsys.exit(0)", "importing loaded_here raised SystemExit: 0"),
    ("loaded_here:create", "import not_there", "raised ModuleNotFoundError"),
    ("loaded_here:create", "def create(:", "raised SyntaxError"),
]


@pytest.mark.parametrize(("entry", "text", "message"), FAULTS, ids=[row[2] for row in FAULTS])
def test_entry_that_cannot_be_loaded_says_why(
    tmp_path: Path, entry: str, text: str, message: str
) -> None:
    sys.modules.pop("loaded_here", None)
    with pytest.raises(InputError) as caught:
        load(entry, project(tmp_path, text))
    assert message in str(caught.value)


def test_exception_in_the_module_is_located(tmp_path: Path) -> None:
    sys.modules.pop("loaded_here", None)
    with pytest.raises(InputError) as caught:
        load("loaded_here:create", project(tmp_path, "x = 1\nraise ValueError('no')\n"))
    assert caught.value.span is not None
    assert (Path(caught.value.span.path).name, caught.value.span.line) == ("loaded_here.py", 2)
