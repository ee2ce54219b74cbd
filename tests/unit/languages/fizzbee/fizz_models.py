"""Small FizzBee models for tests: read from text, explored."""

from __future__ import annotations

import textwrap

from conform.domain.report import Verdict
from conform.explore.options import ExploreOptions
from conform.explore.result import ExplorationResult
from conform.explore.search import explore
from conform.languages.fizzbee.model import FizzModel, build_model
from conform.languages.fizzbee.specification import specification_of
from conform.text import Source


def model_of(text: str) -> FizzModel:
    """Return the model of a specification without files beside it."""
    return build_model(specification_of(Source("spec.fizz", textwrap.dedent(text).lstrip("\n"))))


def explored(text: str) -> ExplorationResult:
    """Return what a search without deadlock checks finds; each state's answers are checked."""
    options = ExploreOptions(check_deadlock=False, self_check=1, keep_graph=True)
    return explore(model_of(text), options)


def judged(text: str) -> ExplorationResult:
    """Return what a search finds that checks what the specification asks for."""
    return explore(model_of(text), ExploreOptions(self_check=1))


def count(text: str) -> int:
    """Return the number of distinct states, which must all be found without trouble."""
    result = explored(text)
    assert not list(result.failures()), result.message
    return result.distinct_states


def verdict(text: str, name: str) -> Verdict:
    """Return the verdict on a property."""
    return judged(text).verdicts()[name]


def values(text: str, variable: str) -> set[str]:
    """Return all values of a variable in the states found, as traces write them."""
    model = model_of(text)
    result = explore(model, ExploreOptions(check_deadlock=False, self_check=1, keep_graph=True))
    assert result.graph is not None and result.failure is None, result.message
    place = [slot.variable for slot in model.slots].index(variable)
    graph = result.graph
    return {str(graph.state(number)[place]) for number in range(graph.state_count)}
