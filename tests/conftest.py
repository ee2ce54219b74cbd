"""What every test can ask for: recorded outputs, and the options of the whole suite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("thorough", max_examples=2000)

GOLDEN = Path(__file__).parent / "golden"

Golden = Callable[[str, str], None]
"""Called with the name of a recorded output, relative to tests/golden, and the actual text."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-goldens`, the only thing that writes below tests/golden, and `--mutants`."""
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="record the actual outputs as the expected ones; read the diff before you commit it",
    )
    parser.addoption(
        "--mutants",
        type=int,
        default=240,
        metavar="N",
        help="how many mutated modules are explored (240; several thousands before a release)",
    )


@pytest.fixture
def mutants(request: pytest.FixtureRequest) -> int:
    """Give how many mutated modules are to be explored."""
    number: int = request.config.getoption("--mutants")
    return number


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Give the comparison of an actual output with the one recorded in tests/golden."""
    is_updating = bool(request.config.getoption("--update-goldens"))

    def compare(name: str, actual: str) -> None:
        path = GOLDEN / name
        if is_updating:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="\n")
        if not path.is_file():
            pytest.fail(f"no recorded output tests/golden/{name}: run pytest --update-goldens")
        assert actual == path.read_bytes().decode("utf-8")

    return compare
