"""What is read of a Rust source without compiling it."""

from __future__ import annotations

import pytest

from conform.implementations.rust_reading import read_rust
from conform.text import Source, Span

TEXT = """/* one /* two */ three */
pub(crate) enum Kind<'a, T> where T: Copy { Plain, Held(&'a str, T), Named { left: u8 } }
#[derive(Clone)]
struct Unit;
#[derive(Clone)] #[serde(rename_all = "camelCase")]
pub struct Pair { pub left: Option<Vec<(u8, u8)>>, #[arg(long)] pub(crate) right: char }
impl Default for Pair { fn default() -> Self { Self { left: None, right: '}' } } }
const WIDTH: usize = 20;
fn default_wait_ms() -> u64 { 5_000 }
const TEXT: &str = r#"a "quoted" // text"#; // and a comment
"""


def test_types_have_their_cases_fields_and_attributes() -> None:
    file = read_rust(Source("a.rs", TEXT))
    (kind,) = file.enumerations
    assert [case.name for case in kind.variants] == ["Plain", "Held", "Named"]
    assert [field.name for field in kind.variants[2].fields] == ["left"]
    assert kind.span == Span("a.rs", 2, 17, 2, 20)
    (pair,) = file.records
    assert [field.name for field in pair.fields] == ["left", "right"]
    assert pair.fields[1].attributes == "#[arg(long)]"
    assert pair.attributes == '#[derive(Clone)] #[serde(rename_all = "camelCase")]'


def test_first_values_are_those_of_defaults_and_constants() -> None:
    found = [
        (each.record, each.field, each.text) for each in read_rust(Source("a.rs", TEXT)).initials
    ]
    assert found == [
        ("Pair", "left", "None"),
        ("Pair", "right", "'}'"),
        ("", "WIDTH", "20"),
        ("", "default_wait_ms", "5_000"),
        ("", "TEXT", 'r#"a "quoted" // text"#'),
    ]


def test_comments_nest_and_texts_hold_no_comments() -> None:
    file = read_rust(Source("a.rs", TEXT))
    assert [each.text.strip() for each in file.comments] == ["one /* two */ three", "and a comment"]
    assert [each.text for each in file.literals] == ["camelCase", 'a "quoted" // text']


@pytest.mark.parametrize("end", range(0, len(TEXT), 7))
def test_text_that_ends_anywhere_is_read_as_far_as_it_goes(end: int) -> None:
    assert read_rust(Source("a.rs", TEXT[:end])).source.text == TEXT[:end]


def test_deep_nesting_is_read() -> None:
    deep = "enum A { B(" + "(" * 20_000 + ")" * 20_000 + "), C }"
    (found,) = read_rust(Source("a.rs", deep)).enumerations
    assert [case.name for case in found.variants] == ["B", "C"]


UNCLOSED = ("fn a() {", "impl Default for A { A {", "enum A ", "const X ", "#[cfg(test)]", "fn a(")


@pytest.mark.parametrize("piece", UNCLOSED)
def test_what_never_closes_is_read_once(piece: str) -> None:
    """Each of these took minutes while every item looked for its own end."""
    assert read_rust(Source("a.rs", piece * 8_000)).source.path == "a.rs"


def test_brackets_in_texts_open_nothing() -> None:
    file = read_rust(Source("a.rs", 'enum A { B("{"), C = f("("), D }\nfn g() -> u8 { h("}") }'))
    assert [case.name for case in file.enumerations[0].variants] == ["B", "C", "D"]
    assert [(each.name, sorted(each.words)) for each in file.functions] == [("g", ["h"])]
