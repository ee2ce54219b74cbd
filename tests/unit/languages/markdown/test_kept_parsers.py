"""The parsers kept beside the grammars of documents are those of the grammars."""

from __future__ import annotations

import json
from pathlib import Path

import lark
import pytest

from conform.languages.markdown.formal.junctions import Junctions
from conform.languages.markdown.formal.parsing import GRAMMAR as FORMAL_LINES
from conform.languages.markdown.grammars import GRAMMARS
from conform.parsing.kept_parsers import Grammar, kept_parser, kept_text, write_kept
from conform.parsing.lalr import tables_path

LINE = "if x \\in {1, 2} then y' = <<x, z>> else y' = [n \\in 1..3 |-> n * 2]; z := x"


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda grammar: grammar.path.name)
def test_kept_parsers_are_fresh(grammar: Grammar) -> None:
    kept = tables_path(grammar.path).read_text(encoding="utf-8")
    is_used = json.loads(kept)["lark"] == lark.__version__  # a newer Lark does without
    assert not is_used or kept == kept_text(grammar), "run `make tables`"


def test_a_parser_kept_by_another_lark_is_not_used(tmp_path: Path) -> None:
    grammar = Grammar(tmp_path / "small.lark", ("line",), "basic")
    grammar.path.write_text('line: "a"+ -> old\n', encoding="utf-8")
    write_kept(grammar)
    grammar.path.write_text('line: "a"+ -> new\n', encoding="utf-8")
    assert kept_parser(grammar).parse("aa").data == "old"
    kept = tables_path(grammar.path)
    text = kept.read_text(encoding="utf-8")
    version = json.loads(text)["lark"]
    kept.write_text(text.replace(f'"lark": "{version}"', '"lark": "0.1"'), encoding="utf-8")
    assert kept_parser(grammar).parse("aa").data == "new"


def test_a_kept_parser_gives_the_tree_that_the_grammar_gives(tmp_path: Path) -> None:
    copy = Grammar(tmp_path / "grammar.lark", FORMAL_LINES.starts, FORMAL_LINES.lexer)
    copy.path.write_text(FORMAL_LINES.path.read_text(encoding="utf-8"), encoding="utf-8")
    tables_path(copy.path).write_text('{"lark": "0.1"}', encoding="utf-8")
    made, kept = (
        kept_parser(grammar, postlex=Junctions()).parse(LINE, start="effect_line")
        for grammar in (copy, FORMAL_LINES)
    )
    assert kept == made
    places = [
        [(each.meta.line, each.meta.column, each.meta.end_column) for each in tree.iter_subtrees()]
        for tree in (kept, made)
    ]
    assert places[0] == places[1]
