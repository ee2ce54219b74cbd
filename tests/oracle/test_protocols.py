"""The project's protocols by the embedded engine and by TLC: the same counts and verdicts.

Safety in the small configurations that are shipped; all properties, the temporal ones included,
with smaller constants, as TLC needs minutes for these.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.tla_artefact import load_tla_artefact
from conform.domain.exploration import ExplorationStatus
from conform.explore.options import ExploreOptions
from conform.explore.search import explore
from conform.text import read_source
from conform.tlc.running import TlcOptions, run_tlc
from tests.oracle.outcomes import Counts

SHIPPED = Path(__file__).parents[2] / "tlaplus"
TIMEOUT = 300.0
"""Seconds for one run of TLC; each takes a few."""

SMALLER = {
    "LeaderlessLog": {
        "{w1, w2}": "{w1}",
        "MaxOffset          = 5": "MaxOffset = 3",
        "CompactRangeEnd    = 3": "CompactRangeEnd = 2",
        "CompactRange2Start = 4": "CompactRange2Start = 3",
        "CompactRange2End   = 5": "CompactRange2End = 3",
    },
    "TaskClaiming": {"{w1, w2, w3}": "{w1, w2}", "{t1, t2}": "{t1}"},
}
"""What is replaced in a configuration to make it small enough for TLC's liveness."""


def agreed_counts(jar: Path, module: Path, configuration: Path) -> Counts:
    """Return the counts of a search that both engines end without an error."""
    artefact = load_tla_artefact(
        read_source(module), module.parent, read_source(configuration), module.stem
    )
    ours = explore(artefact.model, ExploreOptions())
    theirs = run_tlc(jar, module, configuration, TlcOptions(timeout=TIMEOUT))
    assert ours.status is ExplorationStatus.NO_ERROR, ours.message
    assert theirs.output.is_success
    counts = Counts(ours.states_generated, ours.distinct_states, ours.depth)
    told = theirs.output.counts
    assert counts == Counts(told.generated, told.distinct, told.depth)
    return counts


def copied(name: str, folder: Path) -> tuple[Path, str]:
    """Copy a module; return where, and the text of its small configuration."""
    module = folder / f"{name}.tla"
    module.write_bytes((SHIPPED / f"{name}.tla").read_bytes())
    return module, (SHIPPED / f"{name}.cfg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("LeaderlessLog", Counts(357_207, 66_770, 33)),
        ("TaskClaiming", Counts(649_681, 133_912, 27)),
    ],
)
def test_engines_agree_on_the_states_of(
    name: str, counts: Counts, jar: Path, tmp_path: Path
) -> None:
    module, text = copied(name, tmp_path)
    safety, _temporal = text.split("PROPERTIES")
    module.with_suffix(".cfg").write_text(safety, encoding="utf-8")
    assert agreed_counts(jar, module, module.with_suffix(".cfg")) == counts


@pytest.mark.parametrize("name", sorted(SMALLER))
def test_engines_agree_on_all_properties_of(name: str, jar: Path, tmp_path: Path) -> None:
    module, text = copied(name, tmp_path)
    for shipped, smaller in SMALLER[name].items():
        assert shipped in text
        text = text.replace(shipped, smaller)
    module.with_suffix(".cfg").write_text(text, encoding="utf-8")
    assert agreed_counts(jar, module, module.with_suffix(".cfg")).distinct > 100
