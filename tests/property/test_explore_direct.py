r"""Instances whose answers hardly ever come twice are asked about each state, beside tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.explore.columns import engine, expansion, instance_steps, table_of_steps, tables
from conform.explore.columns.direct_steps import DirectSteps
from conform.explore.columns.instance_steps import AnyRows, InstanceSteps
from conform.explore.columns.layout import Words
from conform.explore.search import explore
from tests.property.test_explore_columns import OPTIONS, seen, tla_model
from tests.property.test_explore_levels import KEYS, PLAIN

MODULE = r"""---- MODULE Asked ----
EXTENDS Integers, FiniteSets, Sequences
VARIABLES x, flag, known, log, bag, odd
P == {1, 2, 3}
Init == /\ x = [p \in P |-> 0] /\ flag = FALSE /\ known = {} /\ log = <<>>
        /\ bag = [n \in {} |-> 0] /\ odd = 0
Count(p) == x[p] < 3 /\ x' = [x EXCEPT ![p] = @ + 1] /\ UNCHANGED <<flag, known, log, bag, odd>>
Note(p) == /\ x[p] = 2 /\ Cardinality(known) < 4 /\ known' = known \cup {<<p, flag>>}
           /\ UNCHANGED <<x, flag, log, bag, odd>>
\* All of the state decides, in several ways, and every variable may change.
Mix == \E p \in {q \in P : x[q] >= 0}, b \in BOOLEAN :
  /\ x[p] + Cardinality(known) + Len(log) + Cardinality(DOMAIN bag) # 3 * x[1] /\ b # flag
  /\ flag' = b
  /\ known' = IF b THEN {k \in known : k[1] # p} ELSE known
  /\ log' = IF Len(log) < 2 THEN Append(log, <<p, b>>) ELSE Tail(log)
  /\ bag' = IF b THEN [n \in DOMAIN bag \cup {p} |-> b] ELSE [n \in DOMAIN bag \ {p} |-> bag[n]]
  /\ x' = [x EXCEPT ![p] = 0] /\ odd' = IF p = 1 THEN b ELSE IF b THEN 1 ELSE 0
Forget == Cardinality(known) = 4 /\ known' = {} /\ UNCHANGED <<x, flag, log, bag, odd>>
Break == /\ x = [p \in P |-> 3] /\ Cardinality(known) = 3 /\ 1 \div Len(log) > 0
         /\ log' = <<>> /\ UNCHANGED <<x, flag, known, bag, odd>>
Next == (\E p \in P : Count(p) \/ Note(p)) \/ Mix \/ Forget BREAK
Few == Len(log) < 3
====
"""


@pytest.fixture
def direct(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let instances be asked each time once three answers came once; tell when they are.

    Or tables are tried again.
    """
    monkeypatch.setattr(table_of_steps, "EARLY_TRIAL", 3)
    monkeypatch.setattr(tables, "EARLY_SHARE", 1.6)
    monkeypatch.setattr(expansion, "MOST_DIRECT", 1)
    monkeypatch.setattr(engine, "BLOCK", 8)
    told: list[str] = []
    ask, begin = DirectSteps._ask, tables.Table.begin_trial

    def asking(self: DirectSteps, states: list[tuple[object, ...]]) -> object:
        told.append("asked")
        return ask(self, states)  # type: ignore[arg-type]  # states they are

    def trying(self: tables.Table[int]) -> None:
        told.append("tried again")
        begin(self)

    monkeypatch.setattr(DirectSteps, "_ask", asking)
    monkeypatch.setattr(tables.Table, "begin_trial", trying)
    return told


@pytest.mark.parametrize("breaks", [False, True])
@pytest.mark.parametrize("returns", [False, True])
@pytest.mark.parametrize("options", [OPTIONS, KEYS], ids=["rows", "keys"])
def test_what_is_asked_each_time_is_what_tables_would_say(
    options: object,
    returns: bool,
    breaks: bool,
    direct: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where it has an error too, and whether or not a table is tried again."""
    if returns:
        monkeypatch.setattr(instance_steps, "WIDE", 4)
        monkeypatch.setattr(instance_steps, "SAME", 1)
    module = tmp_path / "Asked.tla"
    module.write_text(MODULE.replace("BREAK", r"\/ Break" if breaks else ""))
    module.with_suffix(".cfg").write_text("INIT Init NEXT Next INVARIANT Few\n")
    chosen, plain = (OPTIONS, OPTIONS) if options is OPTIONS else (KEYS, PLAIN)
    chosen = replace(chosen, self_check=0, max_states=500, columns_from=0)
    plain = replace(plain, self_check=0, max_states=500, columns_from=None)
    found, wanted = (seen(explore(tla_model(module), each)) for each in (chosen, plain))
    assert found == wanted
    assert repr(found.get("states")) == repr(wanted.get("states"))  # True and 1 differ there
    assert "asked" in direct
    assert ("tried again" in direct) == returns


def test_where_most_are_asked_each_time_columns_are_given_up(
    direct: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expansion, "MOST_DIRECT", 0.0)
    blocks: list[int] = []
    rows = InstanceSteps.rows

    def noting(self: InstanceSteps, words: Words) -> AnyRows:
        blocks.append(len(words))
        return rows(self, words)

    monkeypatch.setattr(InstanceSteps, "rows", noting)
    module = tmp_path / "Asked.tla"
    module.write_text(MODULE.replace("BREAK", ""))
    module.with_suffix(".cfg").write_text("INIT Init NEXT Next INVARIANT Few\n")
    options = replace(OPTIONS, self_check=0, max_states=500, columns_from=0)
    found = explore(tla_model(module), options)
    assert direct
    assert sum(blocks) < found.distinct_states


@pytest.mark.parametrize(("each", "is_asked"), [(2, True), (4, False)])
def test_an_instance_whose_answers_come_seldom_is_asked_each_time(
    each: int, is_asked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To fill a table costs ten times as much as to ask: answers are to come thrice at least."""
    defaults = tables.Table.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "trial", 8)
    told: list[str] = []
    ask = DirectSteps._ask

    def asking(self: DirectSteps, states: list[tuple[object, ...]]) -> object:
        told.append("asked")
        return ask(self, states)  # type: ignore[arg-type]  # states they are

    monkeypatch.setattr(DirectSteps, "_ask", asking)
    module = tmp_path / "Seldom.tla"
    module.write_text(
        "---- MODULE Seldom ----\nEXTENDS Naturals\nVARIABLES a, b\n"
        f"Init == a \\in 1..40 /\\ b \\in 1..{each}\n"
        "Turn == a' = (a * 7) % 41 /\\ UNCHANGED b\n"
        "Step == b' = 1 /\\ UNCHANGED a\nNext == Turn \\/ Step\n====\n"
    )
    module.with_suffix(".cfg").write_text("INIT Init NEXT Next\n")
    found = explore(tla_model(module), replace(OPTIONS, self_check=0, columns_from=0))
    assert found.distinct_states == 40 * each
    assert bool(told) == is_asked
