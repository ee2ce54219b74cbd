"""Commands that are said to check all models, and recipes that leave one out."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf280_command_of_all import commands_of_all
from tests.unit.check.journal import messages_of

JOURNAL = "java -jar tla2tools.jar tlaplus/PageJournal.tla"
SEATS = "java -jar tla2tools.jar tlaplus/SeatBooking.tla"
BLOCK = "```sh\n# Check all {}\nmake {}\n```"


def found(folder: Path, recipe: str, said: str) -> list[str]:
    """Return what is found where a target of the Makefile has a recipe, and the README a text."""
    return messages_of(
        (commands_of_all,),
        folder,
        ("Makefile", "models: tools\n", f"checks: tools\n{recipe}\nmodels: tools\n"),
        ("README.md", "## Model checking\n", f"## Model checking\n\n{said}\n"),
    )


@pytest.mark.parametrize(
    ("recipe", "said"),
    [
        (f"\t{JOURNAL}\n\t{SEATS}\n", BLOCK.format("specs", "checks")),
        (f"\t{JOURNAL}\n", BLOCK.format("pages", "checks")),
        (f"\t{JOURNAL}\n", BLOCK.format("specs", "tools")),
        (
            "\tfor f in tlaplus/*.tla; do tlc $$f; done # PageJournal.tla\n",
            BLOCK.format("specs", "checks"),
        ),
        ("\tfizz fizzbee/SeatBooking.fizz\n", BLOCK.format("specs", "checks")),
        (f"\t{JOURNAL}\n", "Check all specs by hand. For the journal there is `make checks`."),
    ],
    ids=range(6),
)
def test_command_that_checks_what_is_said_is_no_finding(
    tmp_path: Path, recipe: str, said: str
) -> None:
    assert found(tmp_path, recipe, said) == []


@pytest.mark.parametrize(
    ("said", "line"),
    [(BLOCK.format("specs", "checks"), 31), ("`make checks` checks all models.", 30)],
)
def test_command_that_leaves_a_model_out_is_found(tmp_path: Path, said: str, line: int) -> None:
    (message,) = found(tmp_path, f"\t{JOURNAL}\n", said)
    assert message == (
        "CF280" + f" README.md:{line}: `make checks` does not check tlaplus/SeatBooking.tla"
    )
