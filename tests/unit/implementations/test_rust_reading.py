"""What is read of a Rust source without compiling it."""

from __future__ import annotations

import pytest

from conform.domain.code_index import CodeFile
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('env::var("A_B").unwrap_or_else(|_| "x".into())', [("A_B", '"x".into()')]),
        ('std::env::var("A_B").ok().and_then(|v| v.parse().ok()).unwrap_or(7)', [("A_B", "7")]),
        ('env_or("A_B", 7)', [("A_B", "7")]),
        ('set_var("A_B", "7")', []),
        ('command.env("A_B", "7")', []),
        ('map.get("A_B").unwrap_or(7)', []),
        (
            'env::var("A_B").unwrap_or(env::var("B_C").unwrap_or(8))',
            [("A_B", 'env::var("B_C").unwrap_or(8)'), ("B_C", "8")],
        ),
    ],
)
def test_value_instead_of_a_variable_is_a_first_value(
    text: str, expected: list[tuple[str, str]]
) -> None:
    file = read_rust(Source("a.rs", f"fn f() {{ {text}; }}"))
    assert [(each.field, each.text) for each in file.initials] == expected


def test_comments_nest_and_texts_hold_no_comments() -> None:
    file = read_rust(Source("a.rs", TEXT))
    assert [each.text.strip() for each in file.comments] == ["one /* two */ three", "and a comment"]
    assert [each.text for each in file.literals] == ["camelCase", 'a "quoted" // text']


@pytest.mark.parametrize("end", range(0, len(TEXT), 7))
def test_text_that_ends_anywhere_is_read_as_far_as_it_goes(end: int) -> None:
    assert read_rust(Source("a.rs", TEXT[:end])).source.text == TEXT[:end]


BODIES = """trait Store { fn read(&self); fn write(&self) { self.read() } }
fn end(e: E) -> u8 {
    if e == E::Open { return 9; }
    match e { E::Shut | E::Torn { .. } => 2, _ => go(E::Lost, 1) }
}
fn late(e: &E) -> bool { matches!(e, E::Late) }
"""


def test_bodies_have_their_arms_and_calls_and_what_they_make() -> None:
    file = read_rust(Source("a.rs", BODIES))
    ((name, (read, write)),) = [(each.name, each.operations) for each in file.interfaces]
    assert (name, read[0], write[0]) == ("Store", "read", "write")
    (end,) = [each for each in file.functions if each.name == "end"]
    assert [(arm.cases, arm.value) for arm in end.arms] == [
        (("Shut", "Torn"), "2"),
        ((), "go(E::Lost, 1)"),
    ]
    assert [(call.name, call.arguments) for call in end.calls] == [("go", "(E::Lost, 1)")]
    assert {"Lost", "E::Lost"} <= file.used
    assert not file.used & {"Open", "Shut", "Torn", "Late", "E::Open"}


def test_deep_nesting_is_read() -> None:
    deep = "enum A { B(" + "(" * 20_000 + ")" * 20_000 + "), C }"
    (found,) = read_rust(Source("a.rs", deep)).enumerations
    assert [case.name for case in found.variants] == ["B", "C"]


def read(text: str) -> CodeFile:
    return read_rust(Source("a.rs", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"a \"b\" \\ c"', [r"a \"b\" \\ c"]),
        ('r##"a "# b"##', ['a "# b']),
        (r'b"\x00" br#"c"# c"d"', [r"\x00", "c", "d"]),
        ("""'"', b'"', '\\'', '\\u{22}', "a\"""", ["a"]),
        ('"over\n  lines"', ["over\n  lines"]),
        ('""', [""]),
        ('vec!["// in a macro", r"/* too"]', ["// in a macro", "/* too"]),
    ],
)
def test_texts_are_as_written_without_their_quotes(text: str, expected: list[str]) -> None:
    assert [each.text for each in read(f"fn f() {{ g({text}) }}").literals] == expected


def test_comments_keep_their_place_without_their_marks() -> None:
    file = read("//! a\r\n/// b\n/** c /* d */ */ fn f() {} // e")
    found = [(each.text, each.span.line, each.span.column) for each in file.comments]
    assert found == [
        ("    a", 1, 1),
        ("    b", 2, 1),
        ("    c /* d */   ", 3, 1),
        ("   e", 3, 28),
    ]
    assert [each.span.end_column for each in file.comments[:2]] == [5, 5]
    assert file.words == {"fn": 1, "f": 1}


def test_places_count_characters_and_the_lines_that_excerpts_show() -> None:
    text = "/* \u65e5\u672c\r*/ /* \U0001f980 */ enum Kind {\r\n\tA /* \u03c0 */, \u00dcber }"
    source = Source("a.rs", text)
    (kind,) = read_rust(source).enumerations
    assert kind.span == Span("a.rs", 2, 17, 2, 20)
    assert [case.span for case in kind.variants] == [
        Span("a.rs", 3, 9, 3, 9),
        Span("a.rs", 3, 20, 3, 23),
    ]
    assert source.excerpt(kind.variants[1].span).splitlines()[1].index("^") == len("3 | ") + 19


def test_lifetimes_are_neither_characters_nor_words() -> None:
    file = read("""fn f<'a>(x: &'a str) -> char { 'outer: loop { m!('b x); break 'outer } 'c' }""")
    assert not {"a", "outer", "b", "c"} & set(file.words)
    assert file.words["x"] == 2


def test_attributes_end_at_their_own_bracket() -> None:
    file = read(
        'enum E { #[error("] {x}")] #[serde(rename = "}")] A { #[arg(env = "]")] x: u8 }, B }'
        '#[a("]")] // #[b]\n#[c] pub(crate) struct S { x: [u8; { 1 + 1 }], r#type: u8 }'
    )
    (case, bare) = file.enumerations[0].variants
    assert case.attributes == '#[error("] {x}")] #[serde(rename = "}")]'
    assert case.fields[0].attributes == '#[arg(env = "]")]'
    assert (bare.name, bare.attributes) == ("B", "")
    assert file.records[0].attributes == '#[a("]")] #[c]'
    assert [field.name for field in file.records[0].fields] == ["x", "type"]


def test_braces_of_bounds_and_types_are_no_bodies() -> None:
    file = read(
        "struct Pair(u8, [u8; { 2 }]); struct Unit;"
        "struct S<const N: usize = { 1 + 1 }, F = fn(u8)> where F: Fn(u8) -> [u8; { N }] { x: F }"
        "enum E { A([u8; { 2 }], #[from] io::Error) }"
        "const fn f() { g() } const SIZES: [u8; { 2 }] = [1; 2];"
    )
    (record,) = file.records
    assert (record.name, [field.name for field in record.fields]) == ("S", ["x"])
    assert file.enumerations[0].variants[0].fields == ()
    assert [(each.field, each.text) for each in file.initials] == [("SIZES", "[1; 2]")]


def test_defaults_are_those_of_the_type_itself() -> None:
    file = read(
        "impl<T> std::default::Default for crate::S<T> { fn default() -> Self {"
        " let other = Other { x: 1 }; crate::S { x: { 2 }, y, r#in: Inner { x: 3 }, ..rest() } } }"
        "impl Debug for S { fn f() { S { x: 4 } } }"
        "fn default_x() -> u8 { /* why */ if a { 5 } else { 6 } } fn x() -> u8 { 7 }"
    )
    assert [(each.record, each.field, each.text) for each in file.initials] == [
        ("S", "x", "{ 2 }"),
        ("S", "in", "Inner { x: 3 }"),
        ("", "default_x", "if a { 5 } else { 6 }"),
    ]


def test_macros_declare_nothing_but_have_words_and_texts() -> None:
    file = read(
        'macro_rules! made { ($name:ident) => { enum $name { A } const B: &str = "text"; } }'
        "made! { struct Q { x: u8 } }"
    )
    assert (file.enumerations, file.records, file.initials) == ((), (), ())
    assert [each.text for each in file.literals] == ["text"]
    assert (file.words["name"], file.words["Q"], file.words["macro_rules"]) == (2, 1, 1)


def test_what_is_for_tests_is_left_out() -> None:
    file = read(
        "#[cfg(test)] use a::b; enum E { A, #[cfg( test )] B, C } struct S { x: u8, y: u8 }"
        '#[cfg(test)] /* note */ #[allow(x)] mod tests { enum F { A } const T: &str = "t"; }'
        "#[cfg(feature)] const N: u8 = 1;"
    )
    assert [case.name for kind in file.enumerations for case in kind.variants] == ["A", "C"]
    assert [each.field for each in file.initials] == ["N"]
    assert file.literals == ()
    assert not {"b", "B", "F", "tests", "allow"} & set(file.words)
    assert [each.text.strip() for each in file.comments] == ["note"]


def test_around_an_error_the_rest_is_read() -> None:
    file = read(
        "enum Before { A }\nenum Torn { A, B !! C, D }\nfn f( { }\n"
        "struct After { x: u8 }\n#[a] enum Last { B }\nstruct Open { y: u8"
    )
    assert [kind.name for kind in file.enumerations] == ["Before", "Last"]
    assert [record.name for record in file.records] == ["After"]
    assert {"Torn", "C", "D", "Open", "y"} <= set(file.words)


@pytest.mark.parametrize(
    "text", ["", "\n", "\0", "// a", "/* a", '"', 'r#"', "}{" * 999, "\ufeff'"]
)
def test_what_is_no_rust_declares_nothing(text: str) -> None:
    file = read(text)
    assert (file.enumerations, file.records, file.initials) == ((), (), ())


UNCLOSED = ("fn a() {", "impl Default for A { A {", "enum A ", "const X ", "#[cfg(test)]", "fn a(")


@pytest.mark.parametrize("piece", UNCLOSED)
def test_what_never_closes_is_read_once(piece: str) -> None:
    """Each of these would take minutes if every item looked for its own end."""
    assert read(piece * 8_000).source.path == "a.rs"


@pytest.mark.parametrize("piece", ["fn a() {", "impl Default for A { fn a() {"])
def test_items_within_items_are_read_once(piece: str) -> None:
    file = read(piece * 4_000 + "b" + "}" * (4_000 * piece.count("{")))
    assert [(each.name, "b" in each.words) for each in file.functions] == [("a", True)]


def test_brackets_in_texts_open_nothing() -> None:
    file = read('enum A { B("{"), C = f("("), D }\nenum E { F = f("("), G }\nfn g() { h("}") }')
    assert [case.name for case in file.enumerations[-1].variants] == ["F", "G"]
    assert [(each.name, sorted(each.words)) for each in file.functions] == [("g", ["h"])]


def test_functions_have_the_names_in_their_bodies_and_fields_their_types() -> None:
    file = read(
        "struct S { pub x: Option<Vec<u8>>, y: [u8; 2] }"
        "fn f<'a>(s: &'a S) -> u8 { /* c */ s.x + 'd' + \"e\" + m!(g, 'h) } trait T { fn k(); }"
        "impl S { fn z(&self) { #[cfg(test)] { i } self.y } }"
    )
    assert [field.type_text for field in file.records[0].fields] == ["Option<Vec<u8>>", "[u8; 2]"]
    assert [(each.name, sorted(each.words)) for each in file.functions] == [
        ("f", ["g", "m", "s", "x"]),
        ("z", ["self", "y"]),
    ]
