"""A search with edges that a limit ends takes no more memory for its end than it held."""

from __future__ import annotations

import tracemalloc

import pytest
from msgspec.structs import replace

from conform.domain.report import Verdict
from conform.explore.columns.engine import Columns
from conform.explore.limits import LimitReachedError
from conform.explore.options import ExploreOptions, Limit
from conform.explore.result import ExplorationResult
from conform.explore.safety import SafetySearch
from conform.explore.search import explore
from tests.property.test_explore_columns import ROOT, tla_model

LOG = ROOT / "tlaplus" / "LeaderlessLog.tla"
OPTIONS = ExploreOptions(columns_from=0, self_check=0)
STATES = 6000
"""States after which the limit is reached: most of them were found in columns."""


def cut_by(
    limit: Limit, monkeypatch: pytest.MonkeyPatch, *, keep_graph: bool
) -> tuple[ExplorationResult, int]:
    """Return what a search gives that meets a limit, and the bytes that its end took besides."""
    held: list[int] = []

    def heed(search: SafetySearch) -> None:
        if len(search.space) >= STATES:
            assert search.edges is not None
            assert len(search.edges) > STATES
            held.append(tracemalloc.get_traced_memory()[0])
            tracemalloc.reset_peak()
            raise LimitReachedError(limit)

    monkeypatch.setattr(SafetySearch, "_heed_clock", heed)
    tracemalloc.start()
    try:
        result = explore(tla_model(LOG), replace(OPTIONS, keep_graph=keep_graph))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert result.limit is limit
    assert result.distinct_states >= STATES
    assert {row.verdict for row in result.properties} == {Verdict.INCOMPLETE}
    return result, most - held[0]


def test_no_state_is_packed_that_nobody_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Columns, "settle", lambda _self: pytest.fail("states were packed"))
    result, more = cut_by(Limit.TIMEOUT, monkeypatch, keep_graph=False)
    assert more < 16 * result.distinct_states, "a packed state and its place take 150 and more"


def test_a_graph_is_not_kept_where_memory_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    result, more = cut_by(Limit.MEMORY, monkeypatch, keep_graph=True)
    assert result.graph is None
    assert more < 16 * result.distinct_states


def test_a_graph_is_kept_where_another_limit_ends_the_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result, _ = cut_by(Limit.TIMEOUT, monkeypatch, keep_graph=True)
    graph = result.graph
    assert graph is not None
    assert not graph.is_complete
    states = [graph.state(number) for number in range(graph.state_count)]
    assert len(set(states)) == len(states) == result.distinct_states
