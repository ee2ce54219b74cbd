"""Tokens: longest matches, comments, tabs, what is outside the module."""

from __future__ import annotations

import pytest

from conform.languages.tlaplus.scanning import Scanner, find_header
from conform.text import Source
from tests.unit.languages.tlaplus.sketches import expression, module, sketch


def types(text: str) -> str:
    """Return `type text` of each token, without the end."""
    tokens = Scanner(Source("s", text)).everything()
    return " ".join(f"{token.type}:{token.text}" for token in tokens[:-1])


TRAPS = [
    ("1..3", "NUMBER:1 INFIX:.. NUMBER:3"),
    ("1...3", "NUMBER:1 INFIX:... NUMBER:3"),
    ("1.5", "DECIMAL:1.5"),
    ("0x1F 1op _a", "NAME:0x1F NAME:1op NAME:_a"),
    ("_ _", "UNDERSCORE:_ UNDERSCORE:_"),
    (r"\b01 \o17 \hFF \B1", r"NUMBER:\b01 NUMBER:\o17 NUMBER:\hFF NUMBER:\B1"),
    (r"\o \oplus \bullet", r"INFIX:\o INFIX:\oplus INFIX:\bullet"),
    (
        r"\E \EE \A \AA",
        r"QUANTIFIER:\E TEMPORAL_QUANTIFIER:\EE QUANTIFIER:\A TEMPORAL_QUANTIFIER:\AA",
    ),
    (r"\Ex", r"QUANTIFIER:\E NAME:x"),
    (r"\inx \intersect \in", r"ELEMENT:\in NAME:x INFIX:\intersect ELEMENT:\in"),
    (r"\foo", "INFIX:\\ NAME:foo"),
    (r"\X \times", r"INFIX:\X INFIX:\times"),
    ("WF_vars SF_x WF SFx", "FAIR:WF_ NAME:vars FAIR:SF_ NAME:x NAME:WF NAME:SFx"),
    ("xWF_y", "NAME:xWF_y"),
    ("x<-1", "NAME:x LARROW:<- NUMBER:1"),
    ("x=<1", "NAME:x INFIX:=< NUMBER:1"),
    ("<= <=> => >= =<", "INFIX:<= INFIX:<=> INFIX:=> INFIX:>= INFIX:=<"),
    ("-> |-> -+-> <-", "ARROW:-> MAPSTO:|-> INFIX:-+-> LARROW:<-"),
    ("<<a>>_b", "LANGLE:<< NAME:a RANGLE_SUB:>>_ NAME:b"),
    ("[a]_b", "LSQB:[ NAME:a RSQB_SUB:]_ NAME:b"),
    ("[] [ ] <> ~>", "BOX:[] LSQB:[ RSQB:] PREFIX:<> INFIX:~>"),
    (":: : := ::= :>", "LABEL::: COLON:: INFIX::= INFIX:::= INFIX::>"),
    ("(+) (-) (.) (/) ( + )", "INFIX:(+) INFIX:(-) INFIX:(.) INFIX:(/) LPAR:( INFIX:+ RPAR:)"),
    (r"(\X)", r"INFIX:(\X)"),
    ("! !! a!b", "BANG:! INFIX:!! NAME:a BANG:! NAME:b"),
    ("x' ^+ ^* ^# ^", "NAME:x POSTFIX:' POSTFIX:^+ POSTFIX:^* POSTFIX:^# INFIX:^"),
    ("# ## /= / // /\\", "INFIX:# INFIX:## INFIX:/= INFIX:/ INFIX:// BULLET:/\\"),
    ("--- ----", "INFIX:-- MINUS:- SEPARATOR:----"),
    ("=== ====", "DEFINES:== EQUAL:= END_MODULE:===="),
    ("<1>2. <+>a <*> < 1>2", "STEP:<1>2. STEP:<+>a STEP:<*> INFIX:< NUMBER:1 INFIX:> NUMBER:2"),
    ("a \\* b (* c\nd", "NAME:a NAME:d"),
    ("a (* b (* c *) d *) e", "NAME:a NAME:e"),
    ("a (* \\* b *) c", "NAME:a NAME:c"),
    ('a (* " *) b', "NAME:a NAME:b"),
    ('"(* a *)" b', 'STRING:"(* a *)" NAME:b'),
    ('"\\"\\\\" "" b', 'STRING:"\\"\\\\" STRING:"" NAME:b'),
    ("LEMMA AXIOM HIDE", "THEOREM:LEMMA ASSUMPTION:AXIOM HIDE:HIDE"),
    ("TRUE BOOLEAN STRING", "NAME:TRUE NAME:BOOLEAN NAME:STRING"),
    ("≜ ∧ ∨ ¬ ∈ ∃ □", "DEFINES:≜ BULLET:∧ BULLET:∨ PREFIX:¬ ELEMENT:∈ QUANTIFIER:∃ BOX:□"),
    ("⟨a⟩_b ← ↦ →", "LANGLE:⟨ NAME:a RANGLE_SUB:⟩_ NAME:b LARROW:← MAPSTO:↦ ARROW:→"),
    ("---- MODULE A", "MODULE_HEADER:---- MODULE NAME:A"),
    ("---- MODULEx", "MODULE_HEADER:---- MODULE NAME:x"),
]


@pytest.mark.parametrize(("text", "expected"), TRAPS)
def test_the_longest_token_is_taken(text: str, expected: str) -> None:
    assert types(text) == expected


COLUMNS = [
    ("\ta", (1, 9)),
    ("  \ta", (1, 9)),
    ("12345678\ta", (1, 17)),
    ("x\t\ta", (1, 17)),
    ("∧∧ a", (1, 4)),
    ("\r\n  a", (2, 3)),
    ("\r  a", (2, 3)),
    ("(* \n\t *) a", (2, 13)),
    ("\\* x\n a", (2, 2)),
    ('"\t" a', (1, 11)),
]


@pytest.mark.parametrize(("text", "place"), COLUMNS)
def test_a_tab_goes_to_the_next_multiple_of_eight(text: str, place: tuple[int, int]) -> None:
    token = Scanner(Source("s", text)).everything()[-2]
    assert (token.line, token.column) == place


def test_a_string_with_a_tab_keeps_it_and_ends_in_its_column() -> None:
    token = Scanner(Source("s", '"\t"')).everything()[0]
    assert (token.text, token.column, token.end_column) == ('"\t"', 1, 9)


def test_text_around_the_module_is_not_read() -> None:
    text = 'don\'t (* "\n---- MODULE M ----\na == 1\n====\n(* " `;\n'
    scanned = Scanner(Source("s", text), find_header(text)).module()
    assert [token.type for token in scanned[-2:]] == ["END_MODULE", "$END"]


def test_the_first_module_of_several_is_read() -> None:
    text = "---- MODULE A ----\n====\n---- MODULE B ----\n====\n"
    scanned = Scanner(Source("s", text), find_header(text)).module()
    assert [token.text for token in scanned if token.type == "NAME"] == ["A"]


@pytest.mark.parametrize("text", ["--- MODULE M", "---- module M", "----  \nMODULE M", ""])
def test_what_is_no_header_is_not_found(text: str) -> None:
    assert find_header(text) == -1


SYNONYMS = [
    (r"a \land b", "a /\\ b"),
    (r"a \lor b", "a \\/ b"),
    (r"\lnot a", "~a"),
    (r"\neg a", "~a"),
    ("a /= b", "a # b"),
    ("a =< b", "a <= b"),
    (r"a \leq b", "a <= b"),
    (r"a \geq b", "a >= b"),
    (r"a \intersect b", r"a \cap b"),
    (r"a \union b", r"a \cup b"),
    (r"a \circ b", r"a \o b"),
    (r"a \times b", r"a \X b"),
    (r"a \equiv b", "a <=> b"),
    (r"a \oplus b", "a (+) b"),
    (r"a \otimes b", r"a (\X) b"),
    (r"\forall x \in S : P", r"\A x \in S : P"),
    (r"\exists x : P", r"\E x : P"),
    ("∀ x ∈ S : ¬P ∨ Q ⇒ x ≠ y", r"\A x \in S : ~P \/ Q => x # y"),
    ("□(a ∧ b) ↝ ◇c", r"[](a /\ b) ~> <>c"),
    ("⟨a, b⟩ × ℕ", r"<<a, b>> \X Nat"),
    ("ℤ ∪ ℝ", r"Int \cup Real"),
    ("[x ∈ S ↦ x ⋅ y]", r"[x \in S |-> x \cdot y]"),
]


@pytest.mark.parametrize(("spelling", "canonical"), SYNONYMS)
def test_synonyms_are_one_operator(spelling: str, canonical: str) -> None:
    assert sketch(expression(spelling)) == sketch(expression(canonical))


def test_unicode_bullets_make_lists_and_mix_with_ascii() -> None:
    read = module("A ≜ ∧ a\n    /\\ b")
    assert sketch(read) == sketch(module("A == /\\ a\n     /\\ b"))
