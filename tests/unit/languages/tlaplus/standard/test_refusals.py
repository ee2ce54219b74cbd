"""What an input may not do: write, execute, read elsewhere, look at the environment unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.errors import EvaluationError, UnsupportedError
from conform.languages.tlaplus.evaluation.standard.modules import STANDARD_MODULES
from tests.unit.languages.tlaplus.standard.expressions import shown_with

REFUSED = [
    ("Json", 'JsonSerialize("out.json", 1)'),
    ("Json", 'ndJsonSerialize("out.json", <<1>>)'),
    ("CSV", 'CSVWrite("%1$s", <<1>>, "out.csv")'),
    ("IOUtils", 'IOExec(<<"touch", "out">>)'),
    ("IOUtils", 'Serialize("x", "out", [format |-> "TXT"])'),
    ("IOUtils", 'IODeserialize("in", FALSE)'),
    ("TLCExt", "Trace"),
    ("TLCExt", "TLCFP(1)"),
    ("TLCExt", "PickSuccessor(FALSE)"),
    ("Toolbox", "_TETrace"),
    ("SVG", "Circle(1, 1, 1, <<>>)"),
    ("GraphViz", "DotDiGraph(1, LAMBDA n : n, LAMBDA e : e)"),
    ("Statistics", 'ChiSquare(<<1>>, <<1>>, "0.1")'),
]


@pytest.mark.parametrize(("module", "expression"), REFUSED)
def test_a_refused_operator_says_so_where_it_is_used(
    module: str, expression: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnsupportedError, match="is not evaluated: it") as caught:
        shown_with(expression, module)
    assert caught.value.span is not None
    assert caught.value.hint
    assert not list(tmp_path.iterdir())


def test_a_refused_operator_may_stand_where_it_is_not_evaluated() -> None:
    assert shown_with('FALSE /\\ JsonSerialize("out.json", 1)', "Json") == "FALSE"


def test_each_refusal_tells_its_reason() -> None:
    refusals = [each for table in STANDARD_MODULES.values() for each in table.values()]
    assert any(each.refusal for each in refusals)
    assert all(not each.refusal.endswith(".") for each in refusals)


# ------------------------------------------------------------------------------------------ files


@pytest.fixture
def module(tmp_path: Path) -> str:
    """Give the path of a module that has files beside it."""
    folder = tmp_path / "spec"
    (folder / "logs").mkdir(parents=True)
    (folder / "log.json").write_text('{"a": [1, true, "x"], "b": {}}', encoding="utf-8")
    (folder / "logs" / "log.ndjson").write_text('{"n": 1}\n\n[2]\n', encoding="utf-8")
    (folder / "rows.csv").write_text("1;x\n2;y\n", encoding="utf-8")
    (folder / "bad.json").write_text('{"a": null, "b": 1.5}', encoding="utf-8")
    (folder / "broken.json").write_text("{", encoding="utf-8")
    (folder / "nan.json").write_text("NaN", encoding="utf-8")
    (folder / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (folder / "bytes.json").write_bytes(b"\xff\xfe")
    (tmp_path / "secret.json").write_text("1", encoding="utf-8")
    (folder / "link.json").symlink_to(tmp_path / "secret.json")
    return str(folder / "M.tla")


READ = [
    ("Json", 'JsonDeserialize("log.json")', '[a |-> <<1, TRUE, "x">>, b |-> <<>>]'),
    ("Json", 'ndJsonDeserialize("logs/log.ndjson")', "<<[n |-> 1], <<2>>>>"),
    (
        "CSV",
        'CSVRead(<<"n", "s">>, ";", "rows.csv")',
        '<<[n |-> "1", s |-> "x"], [n |-> "2", s |-> "y"]>>',
    ),
    ("CSV", 'CSVRecords("rows.csv")', "2"),
]


@pytest.mark.parametrize(("extends", "expression", "expected"), READ)
def test_a_file_beside_the_module_is_read(
    extends: str, expression: str, expected: str, module: str
) -> None:
    assert shown_with(expression, extends, module) == expected


@pytest.mark.parametrize("name", ["../secret.json", "/etc/hostname", "link.json"])
def test_a_file_elsewhere_is_not_read(name: str, module: str) -> None:
    with pytest.raises(UnsupportedError, match="elsewhere") as caught:
        shown_with(f'JsonDeserialize("{name}")', "Json", module)
    assert caught.value.span is not None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.json", "No such file"),
        ("logs", "cannot read"),
        ("bad.json", "null in a JSON document"),
        ("broken.json", "no JSON"),
        ("nan.json", "NaN in a JSON document"),
        ("deep.json", "too deep"),
        ("bytes.json", "UTF-8"),
    ],
)
def test_a_file_that_is_no_value_is_a_located_error(name: str, message: str, module: str) -> None:
    with pytest.raises(EvaluationError, match=message) as caught:
        shown_with(f'JsonDeserialize("{name}")', "Json", module)
    assert caught.value.span is not None


TEXTS = [
    ("ToJson(<<1, TRUE>>)", "[1,true]"),
    ('ToJson([a |-> {2, 1}, b |-> "x"])', '{"a":[1,2],"b":"x"}'),
    ("ToJson([n \\in {5} |-> n])", '{"5":5}'),
    ("ToJsonArray({1})", "[1]"),
    ("ToJsonObject(<<7>>)", '{"1":7}'),
]


@pytest.mark.parametrize(("expression", "expected"), TEXTS)
def test_a_value_becomes_json_text(expression: str, expected: str) -> None:
    quoted = expected.replace('"', '\\"')
    assert shown_with(expression, "Integers, Json") == f'"{quoted}"'


# ------------------------------------------------------------------------------------ environment


def test_an_allowed_variable_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NODES", "3")
    monkeypatch.setenv("CONFORM_IOENV", "OTHER,NODES")
    assert shown_with("atoi(IOEnv.NODES)", "IOUtils") == "3"
    assert shown_with('"NODES" \\in DOMAIN IOEnv', "IOUtils") == "TRUE"


def test_a_variable_that_is_not_set_is_in_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NODES", raising=False)
    assert shown_with('"NODES" \\in DOMAIN IOEnv', "IOUtils") == "FALSE"
    with pytest.raises(EvaluationError, match="outside its domain"):
        shown_with("IOEnv.NODES", "IOUtils")


@pytest.mark.parametrize(
    "expression",
    [
        "IOEnv.NODES",
        'IF "NODES" \\in DOMAIN IOEnv THEN 1 ELSE 2',
        "IOEnv = [a |-> 1]",
        "Cardinality({n \\in DOMAIN IOEnv : TRUE})",
    ],
)
def test_a_variable_that_is_not_allowed_is_never_passed_over(
    expression: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NODES", "3")
    monkeypatch.delenv("CONFORM_IOENV", raising=False)
    with pytest.raises(UnsupportedError, match=r"environment") as caught:
        shown_with(expression, "IOUtils, FiniteSets")
    assert "CONFORM_IOENV" in caught.value.hint


@pytest.mark.parametrize("text", ["", "x", "1.5", "99999999999", "1 2", "٣"])
def test_atoi_takes_numbers_alone(text: str) -> None:
    with pytest.raises(EvaluationError):
        shown_with(f'atoi("{text}")', "IOUtils")


def test_zeros_are_padded() -> None:
    assert shown_with("zeroPadValue(7, 3)", "IOUtils") == '"007"'


def test_chance_is_the_same_in_each_run() -> None:
    first = shown_with("RandomSubset(5, 1..1000)", "Integers, Randomization")
    assert shown_with("RandomSubset(5, 1..1000)", "Integers, Randomization") == first


def test_extensions_that_are_functions_of_their_arguments() -> None:
    row = "AssertEq(1, 1) /\\ ~ AssertEq(1, 2) /\\ TLCCache(TRUE, {1}) /\\ PickSuccessor(TRUE)"
    assert shown_with(row, "TLCExt") == "TRUE"
    assert shown_with('TLCModelValue("m") = 1', "TLCExt") == "FALSE"
