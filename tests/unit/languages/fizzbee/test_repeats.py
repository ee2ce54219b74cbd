"""A loop that chooses may go round for ever inside one step: FizzBee merges what is alike in it."""

from __future__ import annotations

import textwrap

import pytest

from conform.commands.fizz_artefact import FizzArtefact, artefact_of
from conform.domain.exploration import ExplorationStatus
from conform.domain.report import Verdict
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.languages.fizzbee.repeats import EndlessChoiceError
from conform.languages.fizzbee.specification import specification_of
from conform.text import Source
from tests.unit.languages.fizzbee.fizz_models import count, judged, model_of, values, verdict

FAIR_TOSS = """
    atomic func Toss():
        oneof:
            return "heads"
            return "tails"

    action Init:
        tossed = 0

    atomic action Fair:
        first = Toss()
        second = Toss()
        while first == second:
            first = Toss()
            second = Toss()
        return first
"""


def test_a_pair_of_tosses_is_repeated_until_they_differ() -> None:
    assert count(FAIR_TOSS) == 3  # before, and either outcome
    returned = {"<<>>", '[Fair |-> "heads"]', '[Fair |-> "tails"]'}
    assert values(FAIR_TOSS, "__returns__") == returned


LOOP = """
    action Init:
        x = 0
    atomic action Again:
        x = 0
        while x < {end}:
            oneof:
                x = 1
                x = 2
                x = 3
    {more}
"""


def test_a_choice_that_goes_on_may_stand_first() -> None:
    assert values(LOOP.format(end=2, more=""), "x") == {"0", "2", "3"}


def test_what_a_loop_has_done_tells_its_rounds_apart() -> None:
    text = """
        action Init:
            x = 0
        atomic action Climb:
            while x < 4:
                oneof:
                    x = x + 1
                    x = x + 3
                    x = x
    """
    assert values(text, "x") == {"0", "4", "5", "6"}


def test_a_local_variable_tells_rounds_apart() -> None:
    text = """
        action Init:
            x = 0
        atomic action Climb:
            n = 0
            x = 0
            while n < 3 and x == 0:
                n = n + 1
                x = oneof [0, n]
    """
    assert values(text, "x") == {"0", "1", "2", "3"}


def test_two_names_for_one_list_are_not_two_lists() -> None:
    text = """
        action Init:
            ones = [0]
            twos = [0]
        atomic action Share:
            require ones == [0] and twos == [0]
            n = len(ones) - len(twos)
            other = [0]
            while n < 2:
                n = n + 1
                if n == 1:
                    oneof:
                        other = ones
                        other = twos
                else:
                    oneof:
                        other.append(1)
                        other.append(2)
    """
    assert values(text, "ones") == {"<<0>>", "<<0, 1>>", "<<0, 2>>"}
    assert values(text, "twos") == {"<<0>>", "<<0, 1>>", "<<0, 2>>"}


def test_init_may_choose_until_it_likes_what_it_has() -> None:
    text = """
        action Init:
            x = 0
            while x < 2:
                oneof:
                    x = 1
                    x = 0
                    x = 3
        atomic action Rest:
            pass
    """
    assert values(text, "x") == {"3"}


def test_an_instance_of_a_role_tells_rounds_apart() -> None:
    text = """
        role Die:
            action Init:
                self.shows = 0
            atomic action Roll:
                self.shows = 0
                while self.shows < 3:
                    oneof:
                        self.shows = self.shows * 2 + 1
                        self.shows = (self.shows * 2 + 2) % 6
        action Init:
            die = Die()
    """
    assert count(text) == 4  # 0 at first, then 3, 4 and 5


def test_a_step_that_only_goes_round_is_an_error() -> None:
    text = """
        action Init:
            x = 0
        atomic action For_ever:
            while True:
                x = oneof [0, 1]
    """
    result = judged(text)
    assert result.status is ExplorationStatus.ERROR
    assert "chooses again and again" in result.message


@pytest.mark.parametrize(
    "more",
    [
        "always eventually assertion P:\n        return x != 1",
        "eventually always assertion P:\n        return x != 1",
        "transition assertion P:\n        return after.x != 1",
    ],
)
def test_what_is_asked_about_ways_without_end_is_not_decided(more: str) -> None:
    text = LOOP.format(end=2, more=more + "\n    always assertion Small:\n        return x < 4")
    result = judged(text)
    assert result.status is ExplorationStatus.INCOMPLETE
    assert result.verdicts() == {"P": Verdict.INCOMPLETE, "Small": Verdict.PASS}
    assert any("choose for ever" in each.reason for each in model_of(text).unchecked)


def test_a_step_without_end_may_come_late() -> None:
    late = """
        action Init:
            n = 0
            x = 0
        atomic action Count:
            require n < 80
            n += 1
        atomic action Again:
            require n == 80
            x = 0
            while x < 2:
                x = oneof [1, 2]
        always eventually assertion P:
            return x == 2
    """
    specification = specification_of(Source("late.fizz", textwrap.dedent(late)))
    artefact: FizzArtefact | None = artefact_of(specification)
    assert artefact is not None
    with pytest.raises(EndlessChoiceError) as raised:
        explore(artefact.model, ExploreOptions())
    artefact = artefact.revised(raised.value)
    assert artefact is not None
    result = explore(artefact.model, ExploreOptions())
    assert result.distinct_states == 82 and result.verdicts() == {"P": Verdict.INCOMPLETE}


def test_a_loop_that_ends_whatever_it_chooses_is_judged_in_full() -> None:
    more = "always eventually assertion P:\n        return x != 0"
    text = LOOP.format(end=1, more=more).replace("atomic action", "atomic fair action")
    assert verdict(text, "P") is Verdict.PASS
