"""What the documentation shows is what happens; its links lead somewhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.docs.console import ROOT, Shell, Typed, Written, agrees, steps_of

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "tests/README.md"])
_NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "build", "dist")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
_CODE = re.compile(r"^(`{3,}).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def has_steps(page: Path) -> bool:
    return any(True for _ in steps_of(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", [page for page in PAGES if has_steps(page)], ids=name_of)
def test_commands_on_a_page_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "repository"
    shutil.copytree(ROOT, scratch, ignore=_NOT_COPIED)
    shell = Shell(scratch)
    for step in steps_of(page.read_text(encoding="utf-8")):
        if isinstance(step, Written):
            shell.write(step)
            continue
        actual = shell.run(step.command)
        if not agrees(step.output, actual):
            pytest.fail(_difference(page, step, actual))


def _difference(page: Path, step: Typed, actual: str) -> str:
    place = f"{name_of(page)}:{step.line}: $ {step.command}"
    return f"{place}\n--- the page shows\n{step.output}\n--- it prints\n{actual}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files(page: Path) -> None:
    text = _CODE.sub("", page.read_text(encoding="utf-8"))
    targets = [target for target in _LINK.findall(text) if "://" not in target]
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


def test_readme_test_command_is_the_one_that_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    script = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in script if line.startswith("make ")]
    assert commands == ["make test", "make check"]
    assert re.search(r"^make test$", readme, re.MULTILINE)
