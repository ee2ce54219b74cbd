"""Laid-out expressions mean what they meant, and are as ruff's formatter leaves them."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conform.generate.python_layout import WIDTH, argument, statement
from tests.unit.generate.specifications import ROOT

NAMES = st.sampled_from(["x", "self.state.log_index[o].type", "self.constants.max_offset", "off"])
LITERALS = st.sampled_from(["1", '"COMPACTED"', "()", "frozenset()", "True"])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    forms = [
        "({} and {})",
        "({} or {})",
        "(not {})",
        "({} == {})",
        "({} <= {} <= {})",
        "({} in {{1, 2, 3}})",
        "({} + {})",
        "({} | {})",
        "({} if {} else {})",
        "self.covers({}, {})",
        "all({} for o in self.offsets)",
        "any({} for o in {} if {})",
        "frozenset({{{}, {}}})",
        "LogIndexEntry(type={}, msg_count={})",
        "state.log_index.replaced({}, {})",
        "FrozenMapping({{o: {} for o in self.offsets}})",
        "({}, {})",
        "f(lambda old: {})",
    ]
    return st.sampled_from(forms).flatmap(
        lambda form: st.tuples(*[inner] * form.count("{}")).map(lambda parts: form.format(*parts))
    )


EXPRESSIONS = st.recursive(NAMES | LITERALS, _larger, max_leaves=12)


@given(EXPRESSIONS, st.sampled_from([0, 8, 16]))
def test_layout_keeps_the_meaning(source: str, indent: int) -> None:
    wanted = ast.dump(ast.parse(source, mode="eval").body)
    text = statement("return ", source, indent)
    assert ast.dump(ast.parse(text.strip()[len("return ") :], mode="eval").body) == wanted
    listed = ast.parse(f"f(\n{argument('', source, indent)}\n)", mode="eval").body
    assert isinstance(listed, ast.Call)
    assert ast.dump(listed.args[0]) == wanted


CASES = [
    "a" * 60 + " == " + "b" * 60,
    "self.writer_state[w] == 'WRITING_WAL' and self.log_state == 'OPEN' and self.off <= self.limit",
    "self.state.log_state != 'FENCED' or all(not self.can_assign_offset(w) for w in self.writers)",
    "all(self.covers(o, off) for o in self.offsets if o != off and self.state[o].type == 'WAL') "
    "and all(o < self.state.sequence_counter for o in self.offsets)",
    "not any(self.covers(o, self.range_start - 1) and self.covers(o, self.range_start) for o in s)",
    "FrozenMapping({o: self.empty if self.start <= o <= self.end else state.index[o] for o in s})",
    "state.log_index.replaced(end_off, LogIndexEntry(type='WAL', msg_count=state.batch_size[w]))",
    "self.start if self.state.compact_round == 1 else self.second_start if self.round == 2 else 0",
    "(self.first_operand_of_a_sum + self.second_operand_of_a_sum) * (self.third_operand + x)",
    "self.first_operand_of_a_sum + self.second_operand_of_a_sum - self.third_operand + self.fourth",
    "self.compactor_state in {'WRITING_COMPACTED_INDEX', 'DELETING_OLD', 'UPDATING', 'DONE'}",
    "(*(self.state.records if self.state.number > 0 else self.state.queue), self.field - 1, x)",
    "Unmet('a line of a guard with \"quotes\" in it that is much too long for a line', {})",
    "item_updated(self.state.queue, len(self.state.queue), lambda old: old + self.number + 1)",
    "(yes if it_is_so else no) != (another_yes_of_some_length if it_is_not else another_no)",
    "choose(j for j in sorted(self.elements) if j > len(self.queue)) != (a if self.is_so else b)",
    "self.state.number ** 2 + 2 ** self.state.other_number_with_a_name + f(x) ** 2 + g(y) ** 2",
]


def test_layout_is_what_the_formatter_makes_of_it(tmp_path: Path) -> None:
    lines: list[str] = []
    for place, source in enumerate(CASES):
        lines.append(statement(f"x{place} = ", source, 0))
        lines += ["call(", "    first,", argument("", source, 4), argument("key=", source, 4), ")"]
        lines += ["", "", f"def f{place}():", statement("return ", source, 4), "", ""]
        lines += [statement("if ", source, 0, ":"), "    pass"]
    path = tmp_path / "laid_out.py"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ruff = [str(Path(sys.executable).parent / "ruff"), "format", "--diff", "--no-cache"]
    done = subprocess.run(
        [*ruff, "--config", str(ROOT / "pyproject.toml"), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("source", CASES)
def test_lines_fit(source: str) -> None:
    assert all(len(line) <= WIDTH for line in statement("return ", source, 8).split("\n"))
