"""Comments beside the declarations of variables, held against the states of the model."""

from __future__ import annotations

from functools import cache

import pytest

from conform.check.cf379_comment_on_declaration import comments_on_declarations
from conform.check.columns import Role
from conform.check.models.explored import Explored
from conform.domain.values import ModelValue, SetValue
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from tests.unit.check.lamps import Lamp

MODULE = """\
---- MODULE Lamp ----
EXTENDS Integers
CONSTANTS Jobs, Hands
VARIABLES
  last,  \\* {last}
  held   \\* {held}
Init == last = [j \\in Jobs |-> 0] /\\ held = "NONE"
Go == held' = "SOME" /\\ UNCHANGED last
Next == Go
====
"""
CONFIGURATION = (
    "INIT Init\nNEXT Next\nCONSTANTS Jobs = {j1, j2} Hands = {h1, h2}\nCHECK_DEADLOCK FALSE\n"
)
SETS = {
    "Jobs": SetValue([ModelValue("j1"), ModelValue("j2")]),
    "Hands": SetValue([ModelValue("h1"), ModelValue("h2")]),
}


@cache
def result() -> ExplorationResult:
    artefact = Lamp(module=MODULE, configuration=CONFIGURATION).artefact()
    return explore(artefact.model, ExploreOptions(stop_at_first=False, keep_graph=True), None)


def found(last: str = "when", held: str = "who") -> list[str]:
    module = MODULE.replace("{last}", last).replace("{held}", held)
    lamp = Lamp(module=module, configuration=CONFIGURATION)
    spec, model = lamp.artefact().spec, lamp.artefact().model
    explored = Explored(Role.TLAPLUS, spec, "small", model, SETS, result())
    findings = list(comments_on_declarations(lamp.context(), explored))
    assert {each.code for each in findings} <= {"CF379"}
    return [each.message for each in findings]


@pytest.mark.parametrize(
    "last",
    [
        "the last step (0 = none)",
        "0 means not yet; else the step",
        "the step, 0 if there is none",
        "Job -> number",
        "[Jobs -> 0..3]",
        "job -> number",
        "Key -> number (0 = none)",
        "takes -1 none too kindly",
        "the last step, 9 is not used",
        "the last step (9 = no longer valid)",
    ],
)
def test_comment_that_the_states_bear_out_is_no_finding(last: str) -> None:
    assert found(last) == []


@pytest.mark.parametrize(
    "last", ["the last step (-1 = none)", "-1 means not yet", "the step, 1 if there is none"]
)
def test_value_for_nothing_that_no_state_has_is_found(last: str) -> None:
    (message,) = found(last)
    assert message.startswith("`last` is ")
    assert message.endswith("in no reachable state")


def test_string_stands_for_nothing() -> None:
    assert found(held='"NONE" = nobody') == []
    assert found(held='"FREE" = nobody') == ['`held` is "FREE" in no reachable state']


@pytest.mark.parametrize("last", ["Hand -> number", "[Hands -> 0..3]", "hands → number"])
def test_map_of_something_else_is_found(last: str) -> None:
    assert found(last) == ["`last` is a map of Jobs, not of Hands"]


def test_map_of_what_is_no_map_is_left_alone() -> None:
    assert found(held="Hand -> number") == []
