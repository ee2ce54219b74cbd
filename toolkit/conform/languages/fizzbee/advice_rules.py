"""Rules that recognise a mistake by the token that cannot stand there and what is around it.

Each takes the situation and gives its advice, or None where it has nothing to say. The order of
RULES matters: what is certain comes before what is likely.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from conform.languages.fizzbee.choices import INSIDE, INSIDE_HINT
from conform.languages.fizzbee.situation import Situation
from conform.languages.fizzbee.words import FLOWS, FOREIGN_SIGNS, KEYWORDS, REFUSED_WORDS
from conform.parsing.tokens import Token
from conform.text import Span, nearest


class Advice(NamedTuple):
    """What a rule says: an empty part is filled in with the plain message's."""

    message: str = ""
    hint: str = ""
    span: Span | None = None
    expected: str = ""


_FLOW_TYPES = frozenset(flow.upper() for flow in FLOWS)
_DECLARES = frozenset(
    {"ACTION", "FUNC", "ROLE", "ASSERTION", "ALWAYS", "EVENTUALLY", "EXISTS", "TRANSITION"}
)
_COMPARES = frozenset({"COMPARISON", "LESS", "GREATER", "IN", "NOT"})
_HEADS = frozenset({"IF", "ELIF", "WHILE", "REQUIRE", "RETURN"})
_WORD_TYPES = frozenset(KEYWORDS.values())
_HABITS = {
    **dict.fromkeys(("let", "var", "val", "const", "int", "bool"), "a variable is assigned: x = 0"),
    **dict.fromkeys(("function", "fn", "fun", "method", "proc"), "a function begins with `func`"),
    **dict.fromkeys(
        ("invariant", "property", "safety", "liveness", "invariants"),
        "write `always assertion Name:`, or `always eventually assertion Name:`",
    ),
    **dict.fromkeys(("when", "guard", "wait", "assume", "pre"), "a guard is written `require c`"),
    **dict.fromkeys(("choose", "either", "some", "nondet"), "write `oneof x in S:`"),
    **dict.fromkeys(("switch", "match", "case"), "write `if`, `elif`, `else`"),
    **dict.fromkeys(("elsif", "elseif", "otherwise"), "write `elif` or `else`"),
    "enum": 'write M = enum("A", "B")',
    "unless": "write `if not`",
    "until": "write `while not`",
    "print": "FizzBee's print is a call: print(x)",
    "fairness": "write `fair action`",
    "process": "write `role Name:`",
}
"""First words of statements in other languages, and what FizzBee has in their place."""


def _refused_word(at: Situation) -> Advice | None:
    if at.token.type != "REFUSED":
        return None
    word = at.token.text
    if "NAME" in at.accepted and at.before.type in ("DOT", "ACTION", "FUNC", "DEF", "ROLE"):
        return _reserved(at.token)
    return Advice(f"nothing in FizzBee executes `{word}`", REFUSED_WORDS[word])


def _foreign_sign(at: Situation) -> Advice | None:
    if at.token.type != "FOREIGN":
        return None
    sign = at.token.text
    shown = f"`{sign}`" if sign.isprintable() and sign != "`" else f"U+{ord(sign[0]):04X}"
    shown = "a backtick" if sign == "`" else shown
    return Advice(f"{shown} is no sign of FizzBee", FOREIGN_SIGNS.get(sign, ""))


def _open_bracket(at: Situation) -> Advice | None:
    """A bracket that is never closed: seen at a word that begins a line, or at the end."""
    opener = at.opener()
    starts = _DECLARES | _FLOW_TYPES | {"DEF", "REQUIRE", "RETURN", "PASS", "FAIR"}
    if opener is None:
        return None
    is_start = at.token.type in starts and at.is_first_of_its_line
    if at.token.type != "$END" and not is_start:
        return None
    return Advice(f"this `{opener.text}` is never closed", span=opener.span)


def _semicolon(at: Situation) -> Advice | None:
    if at.token.type != "SEMICOLON":
        return None
    return Advice("two statements stand on one line", "give each a line of its own")


def _power(at: Situation) -> Advice | None:
    if at.token.type != "POWER" or "PLUS" not in at.accepted:
        return None
    return Advice("Starlark has no power operator", "multiply, or write the number")


def _two_strings(at: Situation) -> Advice | None:
    if at.token.type != "STRING" or at.before.type != "STRING":
        return None
    return Advice("two strings stand side by side", "Starlark does not join them: write `+`")


def _indentation(at: Situation) -> Advice | None:
    if at.token.type == "INDENT":
        return Advice(
            "this line is indented, though the line above opens no block",
            "a block opens with a line that ends with `:`",
            at.at(1).span if at.at(1).text else None,
        )
    if "INDENT" in at.accepted:
        line = at.at(-2).line
        return Advice(
            "a block is missing here",
            f"indent the statements under line {line}; a block that does nothing is `pass`",
            expected="an indented block",
        )
    return None


def _parameters(at: Situation) -> Advice | None:
    if at.token.type != "LPAR" or at.before.type != "NAME":
        return None
    if at.at(-2).type == "ACTION":
        return Advice("an action has no parameters", "choose inside of it: `oneof x in S:`")
    if at.at(-2).type == "ROLE":
        return Advice("a role has no parameters here", "give them to its instance: Name(k=v)")
    return None


def _order_of_modifiers(at: Situation) -> Advice | None:
    follows = at.before.type == "FAIR" or (at.before.type == "GREATER" and at.at(-4).type == "FAIR")
    if not follows or at.token.type not in _FLOW_TYPES:
        return None
    if at.token.type == "ONEOF":
        return Advice(
            "a choice block cannot be fair", "only `x = fair oneof S` can; use x after it"
        )
    return Advice(
        f"`{at.token.text}` stands after `fair`",
        f"the flow comes first: `{at.token.text} fair action Name:`",
    )


def _fair(at: Situation) -> Advice | None:
    if at.token.type != "FAIR":
        return None
    if at.before.type in ("ONEOF", "CHOICE"):
        return Advice("`fair` stands before `oneof`", "write `x = fair oneof S`")
    if at.is_first_of_statement:
        return Advice(
            "a choice block cannot be fair", "only `x = fair oneof S` can; use x after it"
        )
    return None


def _two_strongest(at: Situation) -> Advice | None:
    """`fair(strong)`: the level of a fairness in other brackets."""
    if at.token.type not in ("LPAR", "LSQB") or at.before.type != "FAIR":
        return None
    return Advice(hint="a level is written fair<strong> or fair<weak>")


def _assertion_without_modifier(at: Situation) -> Advice | None:
    if at.token.type != "ASSERTION" or not at.is_first_of_statement:
        return None
    return Advice(
        "an assertion says when it holds",
        "write `always assertion`, `exists assertion`, `always eventually assertion` …",
    )


def _invariant_without_modifier(at: Situation) -> Advice | None:
    modifiers = {"ALWAYS", "EVENTUALLY", "EXISTS", "TRANSITION"}
    if not modifiers <= at.accepted <= {*modifiers, "DEDENT"}:
        return None
    return Advice("an invariant says when it holds", "write `always` before it")


def _reserved_word(at: Situation) -> Advice | None:
    token = at.token
    if token.type not in _WORD_TYPES or "NAME" not in at.accepted or at.is_first_of_statement:
        return None
    if token.type == "INIT" and at.before.type == "ACTION":
        return Advice("`init` is a reserved word", "the action of the initial states is `Init`")
    is_name_alone = not {"NUMBER", "STRING"} <= at.accepted
    return _reserved(token) if is_name_alone or token.type not in _OPERAND_WORDS else None


def _reserved_first(at: Situation) -> Advice | None:
    """`role = 1`, `action.append(x)`: a reserved word that begins a simple statement."""
    if at.token.type not in _WORD_TYPES or not at.is_first_of_statement:
        return None
    return _reserved(at.token) if at.after.type in ("EQUAL", "AUGMENTED", "DOT", "LSQB") else None


def _reserved(token: Token) -> Advice:
    return Advice(
        f"`{token.text}` is a reserved word",
        "after a dot too: choose another name, or a dict with string keys",
    )


_OPERAND_WORDS = frozenset(
    {"IF", "ELSE", "FOR", "IN", "AND", "OR", "NOT", "FAIR", "ONEOF", "LAMBDA", "RETURN", "PASS"}
)


def _chained_comparison(at: Situation) -> Advice | None:
    if at.token.type not in _COMPARES or "AND" not in at.accepted:
        return None
    if not any(token.type in _COMPARES for token in at.line):
        return None
    return Advice("Starlark does not chain comparisons", "write `a < b and b < c`")


def _equals(at: Situation) -> Advice | None:
    if at.token.type != "EQUAL":
        return None
    line = at.line
    if line and line[0].type in _HEADS:
        return Advice("`=` assigns", "equality is written `==`")
    if any(token.type == "EQUAL" for token in line) and at.opener() is None:
        return Advice("one statement assigns once", "write a second statement, or `==` to compare")
    if "AND" in at.accepted:
        return Advice("`=` assigns", "equality is written `==`")
    return None


def _missing_colon(at: Situation) -> Advice | None:
    if "COLON" not in at.accepted or at.opener() is not None:
        return None
    if at.token.type == "NEWLINE":
        return Advice("`:` is missing", "the line that opens a block ends with `:`", expected="`:`")
    if at.token.type == "LBRACE" or at.token.text in ("then", "do"):
        return Advice(hint="a block opens with `:` and is indented")
    return None


def _else(at: Situation) -> Advice | None:
    if at.token.type == "IF" and at.before.type == "ELSE":
        return Advice(hint="write `elif`")
    if at.token.type in ("ELSE", "ELIF") and at.is_first_of_statement:
        return Advice(
            f"`{at.token.text}` belongs to no `if`",
            "it stands in the column of its `if`, after its block; loops have no `else`",
        )
    return None


def _loop_flow(at: Situation) -> Advice | None:
    if at.token.type not in ("FOR", "WHILE") or at.before.type not in _FLOW_TYPES:
        return None
    return Advice(
        f"`{at.before.text} {at.token.text}` does not exist", "write the flow block inside"
    )


def _declaration_inside(at: Situation) -> Advice | None:
    """What stands at the top level, met inside a block."""
    is_declaration = at.token.type in _DECLARES or at.token.type == "DEF"
    if not is_declaration or not (at.is_first_of_statement or at.before.type in _FLOW_TYPES):
        return None
    return Advice(
        f"`{at.token.text}` cannot stand inside this block",
        "it begins in the first column, or that of its role's members",
    )


def _statement_outside(at: Situation) -> Advice | None:
    """A statement where only declarations and constants stand, or not a Starlark one in a def."""
    if not at.is_first_of_statement or at.token.type in ("NAME", "LABEL", "$END", "DEDENT"):
        return None
    if {"DEF", "RETURN"} <= at.accepted and "REQUIRE" not in at.accepted:
        return Advice(
            f"`{at.token.text}` cannot stand in a `def`",
            "a def is Starlark: if, for, return, assignments; the rest stands in a `func`",
        )
    if "ACTION" in at.accepted or "DEF" in at.accepted:
        return Advice(
            f"`{at.token.text}` cannot stand outside of an action",
            "at this level stand constants and declarations; move it into an action or a def",
        )
    return None


def _choice_outside(at: Situation) -> Advice | None:
    """A choice assignment at the top level or in a def."""
    if at.before.type != "EQUAL" or at.token.type not in ("ONEOF", "CHOICE", "FAIR"):
        return None
    return Advice("a choice is made in an action or a func", "at this level a value is one value")


def _choice_inside(at: Situation) -> Advice | None:
    """A choice as a part of an expression: `1 + oneof S`, `f(any S)`."""
    is_any = at.before.type == "NAME" and at.before.text == "any" and at.token.type == "NAME"
    is_operand = {"NUMBER", "STRING"} <= at.accepted and not at.is_first_of_statement
    if is_any or (at.token.type == "ONEOF" and is_operand and at.before.type != "EQUAL"):
        return Advice(INSIDE, INSIDE_HINT)
    return None


def _decorator(at: Situation) -> Advice | None:
    if not {"AT", "ROLE", "SYMMETRIC"} <= at.accepted or "ACTION" in at.accepted:
        return None
    return Advice("only a role has decorators", expected="`role`")


def _tuple_in_comprehension(at: Situation) -> Advice | None:
    opener = at.opener()
    if at.token.type != "FOR" or opener is None or opener.type == "LPAR":
        return None
    return Advice(hint="the tuple of a comprehension stands in parentheses")


def _misspelt(at: Situation) -> Advice | None:
    """A name where only a few words can stand."""
    words = [word for word, kind in KEYWORDS.items() if kind in at.accepted]
    if at.token.type != "NAME" or {"NUMBER", "STRING"} <= at.accepted or "AND" in at.accepted:
        return None
    close = nearest(at.token.text, words)
    return Advice(hint=f"did you mean `{close}`?") if close else None


def _habit(at: Situation) -> Advice | None:
    """`let x = 1`, `acton A:`: a first word that is none of FizzBee's."""
    line = at.line
    if not line or line[0].type != "NAME" or at.before is not line[0]:
        return None
    if at.token.type not in _WORD_TYPES | {"NAME", "NUMBER", "STRING", "COLON", "LBRACE"}:
        return None
    word = line[0].text
    if word in _HABITS:
        return Advice(hint=_HABITS[word])
    close = nearest(word, KEYWORDS)
    return Advice(hint=f"did you mean `{close}`?" if close else "")


def _increment(at: Situation) -> Advice | None:
    if at.token.type != "NEWLINE" or at.before.type not in ("PLUS", "MINUS"):
        return None
    if all(token.type == "MINUS" for token in at.line):
        return Advice("a second front matter begins here", "one block between `---` is read")
    if at.at(-2).type != at.before.type:
        return None
    sign = at.before.text
    return Advice(hint=f"write `x {sign}= 1`")


RULES: tuple[Callable[[Situation], Advice | None], ...] = (
    _refused_word,
    _foreign_sign,
    _open_bracket,
    _semicolon,
    _power,
    _two_strings,
    _indentation,
    _parameters,
    _order_of_modifiers,
    _fair,
    _two_strongest,
    _assertion_without_modifier,
    _invariant_without_modifier,
    _loop_flow,
    _else,
    _choice_outside,
    _choice_inside,
    _decorator,
    _reserved_first,
    _reserved_word,
    _chained_comparison,
    _equals,
    _missing_colon,
    _declaration_inside,
    _statement_outside,
    _increment,
    _tuple_in_comprehension,
    _misspelt,
    _habit,
)
