"""Random small expressions have the same value translated as evaluated, or fail on both sides."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from conform.errors import ConformError, InputError, UnsupportedError
from tests.unit.languages.tlaplus.translated import evaluated, model_of, translated

INTEGERS = st.sampled_from(["n", "0", "1", "2", "(-1)", 'f["x"]', "r.a", "t[1]", "Len(q)", "i"])
BOOLEANS = st.sampled_from(["b", "TRUE", "t[2]", "(n > 0)", "(i \\in s)"])
SETS = st.sampled_from(["s", "{}", "{1, 2}", "(0..n)", "DOMAIN q", "{n}"])
SEQUENCES = st.sampled_from(["q", "<<1, 2>>", "r.b", "<<n>>"])


def _of(*templates: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    filled = st.fixed_dictionaries(dict(parts))
    return st.builds(lambda form, found: form.format(**found), st.sampled_from(templates), filled)


def _expressions(depth: int) -> tuple[st.SearchStrategy[str], ...]:
    """Return strategies for integers, booleans, sets of integers and sequences of integers."""
    if depth == 0:
        return INTEGERS, BOOLEANS, SETS, SEQUENCES
    number, truth, elements, sequence = _expressions(depth - 1)
    parts = {"a": number, "c": number, "p": truth, "u": truth, "s": elements, "z": elements}
    integers = _of(
        "({a} + {c})", "({a} - {c})", "({a} * {c})", "({a} \\div {c})", "({a} % {c})",
        "(IF {p} THEN {a} ELSE {c})", "(CASE {p} -> {a} [] {u} -> {c})", "Cardinality({s})",
        "(CHOOSE j \\in {s} : j > {a})", "Head({q})", "{q}[{a}]", "(LET x == {a} IN x + {c})",
        "(LET x == {a} IN IF {p} THEN 1 ELSE x)", "Inc({a})", "Fact({a})",
        q=sequence, **parts,
    )  # fmt: skip
    booleans = _of(
        "({p} /\\ {u})", "({p} \\/ {u})", "({p} => {u})", "({p} <=> {u})", "(~{p})",
        "({a} < {c})", "({a} = {c})", "({a} # {c})", "({a} >= {c})", "({a} \\in {s})",
        "({a} \\notin {s})", "({a} \\in {c}..3)", "({s} \\subseteq {z})", "({s} = {z})",
        "(\\A i \\in {s} : {p})", "(\\E i \\in {s} : {p} /\\ {u})", "({q} = {y})",
        "({s} \\in SUBSET {z})", "(\\A i \\in {s} : {p} => {u})",
        q=sequence, y=sequence, **parts,
    )  # fmt: skip
    sets = _of(
        "({s} \\cup {z})", "({s} \\cap {z})", "({s} \\ {z})", "{{i \\in {s} : {p}}}",
        "{{i + {a} : i \\in {s}}}", "({a}..{c})", "{{{a}, {c}}}", "(IF {p} THEN {s} ELSE {z})",
        **parts,
    )  # fmt: skip
    sequences = _of(
        "Append({q}, {a})", "Tail({q})", "({q} \\o {y})", "SubSeq({q}, {a}, {c})",
        "[{q} EXCEPT ![{a}] = @ + {c}]", "[{q} EXCEPT ![{a}] = {c}]",
        "SelectSeq({q}, LAMBDA i : {p})", "(IF {p} THEN {q} ELSE {y})",
        q=sequence, y=sequence, **parts,
    )  # fmt: skip
    return integers | INTEGERS, booleans | BOOLEANS, sets | SETS, sequences | SEQUENCES


EXPRESSIONS = st.one_of(*_expressions(2)).map(lambda text: f"LET i == 1 IN {text}")


@settings(max_examples=150, derandomize=True, database=None, deadline=None)
@given(EXPRESSIONS)
def test_random_expression_has_the_value_of_the_evaluator(expression: str) -> None:
    try:
        model = model_of(expression)
    except InputError:
        return  # a name bound twice: not TLA+
    try:
        found = translated(model)
    except UnsupportedError:
        return
    except ConformError as error:
        raise AssertionError(f"{expression}: {error}") from error
    assert found == evaluated(model), expression
