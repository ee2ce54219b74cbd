"""The comparison that keeps the documentation true: it must not be easy to please."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.console import Shell, Typed, Written, agrees, steps_of


def test_page_is_taken_apart_into_files_and_commands() -> None:
    page = "# A\n```yaml file=a.yaml\nx: 1\n```\n\n```console\n$ conform x\none\n$ cd y\n```\n"
    assert [*steps_of(page)] == [
        Written("a.yaml", "x: 1\n"),
        Typed("conform x", "one", 7),
        Typed("cd y", "", 9),
    ]


def test_other_blocks_are_not_run() -> None:
    assert not [*steps_of("```sh\n$ rm -rf /\n```\n")]


@pytest.mark.parametrize(
    ("shown", "actual"),
    [
        ("", ""),
        ("a", "a\n"),
        ("a", "a   \n\n"),
        ("a\n...", "a\nb\nc\n"),
        ("...\nc", "a\nb\nc\n"),
        ("a\n...\nc", "a\nc\n"),
        ("took ... s", "took 1.3 s\n"),
        ("a.c", "a.c"),
    ],
)
def test_output_agrees(shown: str, actual: str) -> None:
    assert agrees(shown, actual)


@pytest.mark.parametrize(
    ("shown", "actual"),
    [
        ("", "a\n"),
        ("a", "a\nb\n"),
        ("a\nb", "a\n"),
        ("a.c", "abc"),
        ("took ... s", "took 1.3\ns\n"),
        ("...\nc", "a\nb\n"),
    ],
)
def test_output_differs(shown: str, actual: str) -> None:
    assert not agrees(shown, actual)


def test_page_runs_no_other_command(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pages run conform"):
        Shell(tmp_path).run("rm -rf x")
