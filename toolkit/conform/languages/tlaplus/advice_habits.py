r"""Habits of other languages, as rules of advice: what the writer meant, and how TLA+ says it.

The rules are of the kind that `advice_rules` describes, and stand in its tables.
"""

from __future__ import annotations

from conform.languages.tlaplus.scanning import KEYWORDS
from conform.languages.tlaplus.situation import CLOSERS, ENDERS, Situation, is_name
from conform.parsing.tokens import Token

_COMMENTS = frozenset({"%", "%%", "//", "#", "##", "/", "--"})
_COMMENT = "a comment begins with \\* and ends with its line, or stands in (* and *)"

_WORDS = {
    "return": "there is no `return`: the body of a definition is its value",
    "while": "there are no loops: a step of Next is one turn, recursion and sets do the rest",
    "for": "there are no loops: write \\A x \\in S : p, {e : x \\in S} or [x \\in S |-> e]",
    "begin": "there are no blocks: a list of conditions is written with bullets `/\\`",
    "end": "nothing closes an IF, a CASE or a LET: END is not written",
    "def": "a definition is written Name(x) == …, without a word before it",
    "define": "a definition is written Name(x) == …, without a word before it",
    "function": "a definition is written Name(x) == … or f[x \\in S] == …",
    "func": "a definition is written Name(x) == … or f[x \\in S] == …",
    "fun": "a definition is written Name(x) == … or f[x \\in S] == …",
    "var": "a variable is declared with VARIABLE x",
    "const": "a constant is declared with CONSTANT N",
    "import": "a module is read with EXTENDS M or INSTANCE M",
    "elif": "write ELSE IF … THEN … ELSE …",
    "elseif": "write ELSE IF … THEN … ELSE …",
    "elsif": "write ELSE IF … THEN … ELSE …",
    "switch": "write CASE p -> a [] q -> b [] OTHER -> c",
    "xor": "exclusive or of two formulas is `#`: (p) # (q)",
    "iff": "`iff` is written `<=>` in TLA+",
}


def _near(at: Situation) -> tuple[Token, Token]:
    return at.token, at.before


def foreign_word(at: Situation) -> str:
    for token in _near(at):
        if is_name(token) and token.text.lower() in _WORDS:
            return _WORDS[token.text.lower()]
    return ""


def foreign_comment(at: Situation) -> str:
    """`// text`: words in a row behind a sign that begins comments elsewhere."""
    if at.token.text in _COMMENTS and "HEAD" in at.accepted and at.token.line > at.before.line:
        return _COMMENT
    for offset in range(-1, -6, -1):
        token = at.at(offset)
        if token.line != at.token.line:
            return ""
        if token.text in _COMMENTS and is_name(at.at(offset + 1)) and is_name(at.token):
            return _COMMENT
    return ""


def negation_mark(at: Situation) -> str:
    if at.token.type == "BANG" and "NUMBER" in at.accepted:
        return "`!` is written `~` in TLA+"
    return ""


def empty_box(at: Situation) -> str:
    for token in _near(at):
        if token.text == "[]" and token.type in ("PREFIX", "CASE_SEPARATOR"):
            return "`[]` is 'always': the empty sequence is << >>, an element of f is f[x]"
    return ""


def implication_arrow(at: Situation) -> str:
    if at.token.type == "ARROW" and "INFIX" in at.accepted and not at.last("CASE"):
        return "`->` stands in [S -> T] and in the arms of CASE; implication is `=>`"
    return ""


def case_arm(at: Situation) -> str:
    if "ARROW" in at.accepted and "MAPSTO" not in at.accepted and at.last("CASE"):
        return "an arm of CASE reads condition -> value"
    return ""


def mixed_record(at: Situation) -> str:
    """`[a : 1, b |-> 2]`."""
    if at.token.type in ("MAPSTO", "COLON") and at.opener(frozenset({"LSQB"})) and at.accepted:
        if at.before.type == "FIELD" and at.accepted == {"COLON"}:
            return "a set of records has `:` for every field, a record `|->`"
        if at.accepted == {"MAPSTO"} and at.before.type == "FIELD":
            return "a record is written with `|->`, a set of records with `:`, for every field"
    return ""


def declared_value(at: Situation) -> str:
    if "HEAD" not in at.accepted or at.token.text not in ("=", ":=", "\\in", "∈", "=="):
        return ""
    for offset in range(-1, -40, -1):
        kind = at.at(offset).type
        if kind == "VARIABLE":
            return "a variable has no value where it is declared: say in Init what it is"
        if kind == "CONSTANT":
            return "a constant has its value from the configuration, or is a definition: N == …"
        if kind not in ("NAME", "COMMA"):
            break
    return ""


def missing_comma(at: Situation) -> str:
    starts_operand = is_name(at.token) or at.token.type in ("NUMBER", "STRING", "LANGLE", "LBRACE")
    if not starts_operand or "COMMA" not in at.accepted:
        return ""
    if at.opener() is not None and at.token.line == at.before.line:
        return "what stands side by side is separated by a comma, or joined by an operator"
    return ""


def declared_names(at: Situation) -> str:
    """`VARIABLES x y`."""
    offset = -1
    while at.at(offset).type in ("NAME", "COMMA"):
        offset -= 1
    if is_name(at.token) and at.at(offset).type in ("VARIABLE", "CONSTANT") and offset < -1:
        return "the names of a declaration are separated by commas"
    return ""


def quantifier_colon(at: Situation) -> str:
    r"""`\A x : S : p` and `\E x \in S . p`."""
    if at.token.type == "COLON":
        before = [at.at(offset) for offset in range(-6, 0)]
        if any(t.type in ("QUANTIFIER", "CHOOSE") for t in before):
            return "a bound is written x \\in S; one `:` stands between the bounds and the formula"
    if "COLON" in at.accepted and at.opener() is None and at.last("QUANTIFIER", "CHOOSE"):
        return "a quantifier reads \\E x \\in S : p, with a `:` before the formula"
    return ""


def quoted_string(at: Situation) -> str:
    if at.before.text == "'" and at.before.type == "SYMBOL":
        return "a string stands in double quotes; `'` is the prime"
    return ""


def applied_twice(at: Situation) -> str:
    if at.token.type == "LPAR" and at.before.type in ("RPAR", "RSQB", "NUMBER", "STRING"):
        return "an operator is applied as Op(a, b), a function as f[a][b]"
    if at.token.type == "LPAR" and at.at(-2).type == "DOT":
        return "a field is no operator: a function in a record is applied as r.f[x]"
    return ""


def assignment(at: Situation) -> str:
    """`x++` and `x += 1`."""
    is_step = at.before.text in ("++", "--") and at.token.line > at.before.line
    if is_step or (at.before.text == "=" and at.at(-2).text in ("+", "-", "*", "/", "%")):
        return "TLA+ assigns nothing: write x' = x + 1"
    return ""


def bare_formula(at: Situation) -> str:
    """`x' = x + 1` or `M!Op` where a unit should begin."""
    starts_line = at.token.line > at.before.line
    goes_on = at.after.type in ("INFIX", "BANG", "POSTFIX")
    if at.token.type == "NAME" and "HEAD" in at.accepted and starts_line and goes_on:
        return "a formula stands in a definition: Name == formula"
    return ""


def angle_brackets(at: Situation) -> str:
    opener = at.opener()
    if at.before.text == "<" and at.before.type == "SYMBOL":
        return "a tuple stands in << and >>"
    if opener and opener.type == "LANGLE" and at.before.text == ">":
        return "a tuple stands in << and >>: this one ends with a single `>`"
    return ""


def number_form(at: Situation) -> str:
    if at.token.type == "UNDERSCORE" and at.before.type == "NUMBER":
        return "digits stand without separators: 1000"
    if at.before.type == "DOT" and at.at(-2).type == "NUMBER":
        return "a decimal number has digits on both sides of its point"
    if at.token.type == "DOT" and at.after.type == "NUMBER" and "NUMBER" in at.accepted:
        return "a decimal number has digits on both sides of its point"
    if at.before.type == "DOT" and at.token.type == "NUMBER":
        return "an element of a tuple is t[1]; a name follows the point"
    return ""


def bound_tuple(at: Situation) -> str:
    is_binder = at.before.type in ("QUANTIFIER", "CHOOSE", "COMMA") and "LANGLE" in at.accepted
    if at.token.type == "LPAR" and is_binder and "NUMBER" not in at.accepted:
        return "names that are bound together stand in << >>: \\A <<x, y>> \\in S : p"
    return ""


def except_form(at: Situation) -> str:
    if at.token.type == "EXCEPT":
        return "an update stands in brackets: [f EXCEPT ![x] = e]"
    if at.accepted == {"BANG"}:
        return "an update begins with `!`, which stands for the function: ![x] = e"
    if at.before.type == "BANG" and {"LSQB", "DOT"} <= at.accepted:
        return "`!` stands for the function itself: ![x] = e or !.field = e"
    if {"EQUAL", "LSQB", "DOT"} <= at.accepted and "INFIX" not in at.accepted:
        return "an update is written ![x] = e"
    return ""


def unchanged(at: Situation) -> str:
    """`UNCHANGED x, y`, and UNCHANGED without `/\\` before it."""
    if at.token.type == "COMMA" and at.opener() is None:
        offset = -1
        while at.at(offset).type in ("NAME", "COMMA"):
            offset -= 1
        if at.at(offset).text == "UNCHANGED":
            return "UNCHANGED takes one expression: a tuple for several, UNCHANGED <<x, y>>"
        if at.last("BULLETS", "BULLET"):
            return "items of a bulleted list have no comma between them"
    if at.token.type == "PREFIX" and at.token.text in KEYWORDS and "INFIX" in at.accepted:
        return f"`{at.token.text}` begins a formula: join it with `/\\`"
    return ""


def round_tuple(at: Situation) -> str:
    opener = at.opener()
    if at.token.type == "COMMA" and opener and opener.type == "LPAR":
        return "a tuple stands in << >>; parentheses enclose one expression"
    return ""


def not_equal(at: Situation) -> str:
    if at.token.text in ("<>", "~") and "INFIX" in at.accepted:
        return f"`{at.token.text}` stands before a formula; 'not equal' is `#` or `/=`"
    return ""


def split_symbol(at: Situation) -> str:
    """`\\subset=`, `/\\\\` and `> =`: one symbol in two pieces."""
    first, second = at.at(-2), at.before
    is_word = first.type in ("INFIX", "ELEMENT") and first.text[0] == "\\"
    if second.type == "SYMBOL" and second.text == "=" and is_word:
        return f"`{first.text}=` is one symbol in TLA+: `{first.text}eq`"
    if second.text == "\\" and second.type == "SYMBOL" and first.text in ("/\\", "\\/"):
        return f"`{first.text}` has one backslash"
    return ""


def sequence_part(at: Situation) -> str:
    opener = at.opener(frozenset({"LSQB"}))
    if at.token.type == "COLON" and opener and {"RSQB", "COMMA"} <= at.accepted:
        return "a part of a sequence is SubSeq(s, m, n)"
    return ""


def instance_form(at: Situation) -> str:
    if at.accepted == {"LARROW"}:
        return "a substitution is written with `<-`: INSTANCE M WITH x <- e"
    if at.token.type == "LPAR" and at.at(-2).type == "INSTANCE":
        return "substitutions follow WITH: INSTANCE M WITH x <- e"
    return ""


def local_form(at: Situation) -> str:
    if at.before.type == "LOCAL":
        return "LOCAL stands before a definition or an INSTANCE"
    return ""


def declared_parameters(at: Situation) -> str:
    if at.before.type == "LPAR" and at.accepted == {"UNDERSCORE"}:
        return "a declaration has `_` for each parameter: F(_, _)"
    return ""


def slot(at: Situation) -> str:
    if at.token.type == "UNDERSCORE":
        return "`_` stands in declarations only: CONSTANT Op(_, _), RECURSIVE f(_)"
    return ""


def missing_field(at: Situation) -> str:
    if at.before.type == "DOT" and "NAME" in at.accepted:
        return "the name of a field follows the point: r.name"
    return ""


def misaligned(at: Situation) -> str:
    """A line that a list ends at, though it begins no unit."""
    bullet = at.last("BULLETS", "BULLET")
    first_on_line = at.token.line > at.before.line
    is_text = at.token.type not in CLOSERS and at.token.type not in ENDERS
    if bullet and first_on_line and is_text and at.token.column <= bullet.column:
        return (
            f"this line ends the list whose bullets stand in column {bullet.column}: "
            "indent it further, or begin a definition"
        )
    return ""


EARLY = (
    foreign_comment,
    quoted_string,
    assignment,
    split_symbol,
    angle_brackets,
    number_form,
    declared_value,
    except_form,
    unchanged,
    instance_form,
    local_form,
    declared_parameters,
    foreign_word,
)
"""Rules that know a habit for certain: they are asked before those about words and symbols."""

LATE = (
    negation_mark,
    slot,
    missing_field,
    empty_box,
    implication_arrow,
    mixed_record,
    sequence_part,
    bound_tuple,
    round_tuple,
    applied_twice,
    not_equal,
    declared_names,
    quantifier_colon,
    bare_formula,
    case_arm,
    misaligned,
    missing_comma,
)
"""Rules that guess: they are asked last."""
