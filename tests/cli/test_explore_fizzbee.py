"""`conform explore` on FizzBee specifications: exit codes, options beside the file, formats."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from conform.cli.frame import run
from conform.report import exploration_to_json

SCHEMA = Path(exploration_to_json.__file__).parent / "schema" / "exploration.schema.json"

COUNTER = """
action Init:
    n = 0

atomic action Count:
    require n < 3
    n += 1

atomic action Reset:
    require n == 3
    n = 0

always assertion Small:
    return n <= {}
"""


def _write(folder: Path, text: str, options: str = "") -> str:
    (folder / "counter.fizz").write_text(text, encoding="utf-8")
    if options:
        (folder / "fizz.yaml").write_text(options, encoding="utf-8")
    return str(folder / "counter.fizz")


def test_a_specification_that_holds_is_exit_code_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explore", _write(tmp_path, COUNTER.format(3))]) == 0
    assert "4 distinct, depth 4" in capsys.readouterr().out


def test_a_violation_is_exit_code_1_with_a_trace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path, COUNTER.format(1))
    assert run(["explore", path, "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["properties"] == {"Small": "FAIL"}
    assert [step["action"] for step in report["error_trace"]] == [None, "Count", "Count"]
    assert report["error_trace"][-1]["state_variables"] == {"n": 2}


def test_the_report_follows_the_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = COUNTER.format(3) + "exists assertion Full:\n    return n == 3\n"
    assert run(["explore", _write(tmp_path, text), "--format", "json"]) == 0
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(capsys.readouterr().out), schema)


def test_wrong_input_is_exit_code_2_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = COUNTER.format(3).replace("n += 1", "n += missing")
    assert run(["explore", _write(tmp_path, text)]) == 2
    assert "counter.fizz:7:10" in capsys.readouterr().out


def test_what_is_not_treated_is_exit_code_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "N = symmetry.nominal(3)\n" + COUNTER.format(3)
    assert run(["explore", _write(tmp_path, text)]) == 3
    assert "the kinds of symmetry are not treated" in capsys.readouterr().err


def test_options_are_read_beside_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path, COUNTER.format(3), "options:\n  max_actions: 2\n")
    assert run(["explore", path]) == 0
    output = capsys.readouterr().out
    assert "3 distinct" in output
    assert "warning CF370 max_actions 2 ended the search" in output


def test_a_search_that_nothing_bounds_has_no_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explore", _write(tmp_path, COUNTER.format(3))]) == 0
    assert "CF370" not in capsys.readouterr().out


def test_an_option_that_is_not_heeded_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path, COUNTER.format(3), "continue_on_invariant_failures: true\n")
    assert run(["explore", path]) == 0
    assert "CF371" in capsys.readouterr().out
    path = _write(tmp_path, COUNTER.format(3), "continue_on_invariant_failures: false\n")
    assert run(["explore", path]) == 0
    assert "CF371" not in capsys.readouterr().out


def test_a_bound_of_an_action_that_there_is_not_is_told_where_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bound = "action_options:\n  {}:\n    max_actions: 2\n"
    text = COUNTER.format(3)
    name = next(line for line in text.splitlines() if "action " in line and "Init" not in line)
    name = name.partition("action ")[2].rstrip(":")
    path = _write(tmp_path, text, bound.format(f"{name}x"))
    assert run(["explore", path]) == 0
    shown = capsys.readouterr().out
    assert f"CF371 `{name}x.max_actions` bounds nothing" in shown and "fizz.yaml:3:18" in shown
    assert f"did you mean {name}?" in shown
    path = _write(tmp_path, text, bound.format(name))
    assert run(["explore", path]) == 1
    shown = capsys.readouterr().out
    assert "CF371" not in shown and "deadlock reached" in shown
    assert f"max_actions of {name} 2" in shown


def test_an_assertion_that_says_nothing_of_the_state_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = COUNTER.format(3)
    silent = f"{text}\nalways assertion Silent:\n    n == 0\n"
    assert run(["explore", _write(tmp_path, silent)]) == 1
    shown = capsys.readouterr().out
    assert "CF377 Silent returns no value, and so is false in every state" in shown
    own = f"{text}\nalways assertion Own:\n    m = n\n    n = 0\n    return n == 0 and m == m\n"
    assert run(["explore", _write(tmp_path, own)]) == 0
    shown = capsys.readouterr().out
    assert "CF377 Own assigns to n, and asks about its own value of it" in shown
    assert shown.count("CF377") == 1
    assert run(["explore", _write(tmp_path, text)]) == 0
    assert "CF377" not in capsys.readouterr().out


SYMMETRIC = """KEYS = symmetric_values("k", 2)

action Init:
    {}
    s = set()

atomic action Add:
    oneof k in KEYS:
        s.add(k)
"""


def test_a_count_that_may_be_another_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where symmetric values are told apart all states are counted, else one of each orbit."""
    assert run(["explore", _write(tmp_path, SYMMETRIC.format("first = KEYS[0]"))]) == 0
    output = capsys.readouterr().out
    assert "4 distinct" in output
    assert "warning CF372" in output
    assert run(["explore", _write(tmp_path, SYMMETRIC.format("first = 0"))]) == 0
    output = capsys.readouterr().out
    assert "3 distinct" in output
    assert "CF372" not in output


LATE = """action Init:
    n = 0
    a = []
    b = []

atomic action Count:
    require n < 70
    n += 1

atomic action Share:
    require n == 70
    b = a
    a.append(1)
    n = 71

always assertion Same:
    return n < 71 or b == [1]
"""


def test_objects_that_come_to_be_shared_late_are_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Behind all states that are looked at before the search: it begins anew, knowing that."""
    path = _write(tmp_path, LATE)
    assert run(["explore", path, "--no-deadlock"]) == 0
    assert "72 distinct" in capsys.readouterr().out
    Path(path).write_text(LATE.replace("b == [1]", "b == []"))
    assert run(["explore", path, "--no-deadlock"]) == 1
    assert "Same: false in the last state" in capsys.readouterr().out


def test_a_configuration_is_none_of_its_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path, COUNTER.format(3), "options:\n  max_actions: 2\n")
    assert run(["explore", path, "-c", str(tmp_path / "fizz.yaml")]) == 2
    assert "takes no configuration" in capsys.readouterr().err


def test_random_behaviours_can_be_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _write(tmp_path, COUNTER.format(1))
    assert run(["explore", path, "--simulate", "--traces", "5", "--seed", "1"]) == 1
    assert "invariant Small is violated" in capsys.readouterr().out
