"""Text of a specification stays text: in docstrings, comments, literals and headers."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conform.domain.machine import python_literal
from conform.domain.spec import Action, Line, Property, Spec
from conform.generate.docstrings import docstring, harmless
from conform.generate.generating import SuiteOptions, generate
from conform.generate.header import SourceHash, read_header, with_header
from conform.generate.scenarios import Scenario, ScenarioStep
from conform.languages.tlaplus.configuration import parse_configuration
from conform.languages.tlaplus.model import build_model
from conform.languages.tlaplus.specification import load_specification
from conform.languages.tlaplus.translation.describing import describe_machine
from conform.languages.tlaplus.translation.naming import camel_case, local_name, snake_case
from conform.text import Source, Span

ATTACKS = [
    '"""\nimport os\nos.system("x")\n"""',
    "'''\nraise SystemExit\n'''",
    "ends with a backslash \\",
    'ends with a quote "',
    "\\N{BULLET} \\x41 \\",
    "line\u2028separator\x0bform\x0cfeed\x85next\rreturn\nnewline",
    "nul \x00 and bell \x07",
    "{{ 7 * 7 }}{% raw %}",
    "# comment\nraise SystemExit",
]


@given(st.text())
def test_literal_is_the_text(text: str) -> None:
    assert ast.literal_eval(python_literal(text)) == text


@pytest.mark.parametrize("text", ATTACKS)
def test_literal_of_an_attack_is_one_line(text: str) -> None:
    literal = python_literal(text)
    assert len(literal.splitlines()) == 1
    assert ast.literal_eval(literal) == text


@given(st.lists(st.text(), min_size=1, max_size=3), st.lists(st.text(), min_size=1, max_size=3))
def test_docstring_is_one_string(paragraphs: list[str], lines: list[str]) -> None:
    given_paragraphs: list[str | list[str]] = [*paragraphs, lines]
    if not paragraphs[0]:
        given_paragraphs[0] = "x"
    text = docstring(given_paragraphs, 0)
    body = ast.parse(f"{text}\n").body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)


@given(st.text())
def test_harmless_text_is_one_line_and_closes_nothing(text: str) -> None:
    assert len(harmless(text).splitlines()) <= 1
    assert '"""' not in harmless(text)


@given(st.from_regex(r"[A-Za-z0-9_]{1,12}", fullmatch=True))
def test_names_are_identifiers(name: str) -> None:
    for made in (snake_case(name), camel_case(name), local_name(name, ())):
        assert made.isidentifier()


@given(st.text(min_size=1))
def test_header_round_trips_whatever_the_path(path: str) -> None:
    source = SourceHash(harmless(path) or "x", "0" * 64)
    header = read_header(with_header("x = 1\n", [source]))
    assert header is not None
    assert header.is_intact
    assert header.sources == (source,)
    edited = read_header(with_header("x = 1\n", [source]) + "y = 2\n")
    assert edited is not None
    assert not edited.is_intact


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_document_adds_no_code(attack: str) -> None:
    """The module has the same statements, whatever the document says beside it."""
    assert _shape(attack) == _shape("harmless")


def _shape(text: str) -> str:
    """Return the generated code with every string in it blanked."""
    span = Span("spec.md", 1, 1, 1, 1)
    line = Line(text, True, span)
    document = Spec(
        "spec.md",
        text,
        actions=(Action("Up", (), "1", text, (line,), (line, line), (), span),),
        properties=(Property("Small", "S1", text, text, text, None, span),),
    )
    module = (
        "---- MODULE M ----\nEXTENDS Integers\nVARIABLE x\nInit == x = 0\n"
        "Up == x < 2 /\\ x' = x + 1\nNext == Up\nSpec == Init /\\ [][Next]_x\n"
        "Small == x \\in 0..2\n====\n"
    )
    configuration = parse_configuration(Source("M.cfg", "SPECIFICATION Spec INVARIANT Small"))
    model = build_model(load_specification(Source("M.tla", module), lambda _: None), configuration)
    machine = describe_machine(model, configuration, document)
    scenario = Scenario(text, "Up", (ScenarioStep("Up", {}),))
    files = generate(machine, [Source(text, text)], SuiteOptions("made.machine", text), [scenario])
    return "\n".join(ast.dump(_blanked(ast.parse(file.text))) for file in files)


def _blanked(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return tree
