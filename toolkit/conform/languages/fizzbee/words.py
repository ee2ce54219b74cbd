"""The words and signs of FizzBee, and the types of their tokens.

Follows FizzLexer.g4: reserved words are reserved everywhere, after a dot too; `any`, `True` and
`False` are let back in as names (`choices` settles what an `any` is).
"""

from __future__ import annotations

FLOWS = ("atomic", "serial", "parallel", "oneof")

KEYWORDS = {
    word: word.upper()
    for word in (
        *FLOWS,
        *("any", "exists", "action", "func", "fair", "require", "init", "role", "symmetric"),
        *("assertion", "invariants", "always", "eventually", "transition", "compose", "refine"),
        *("and", "or", "not", "in", "if", "elif", "else", "for", "while", "lambda", "def"),
        *("pass", "break", "continue", "return", "True", "False", "None"),
    )
}
"""Words with a place in the grammar."""

REFUSED_WORDS = {
    "assert": "write an assertion, or `require` for a guard",
    "async": "actions are concurrent by themselves",
    "await": "actions are concurrent by themselves; a false `require` waits",
    "class": "a `role` has state and actions; `record(...)` has fields",
    "del": "use the method pop() or remove() of the collection",
    "except": "FizzBee has no exceptions; test the condition before",
    "finally": "FizzBee has no exceptions",
    "from": "functions shared by specs stand in a .star file beside them",
    "global": "a name first assigned in Init is a state variable, and every action may assign it",
    "import": "functions shared by specs stand in a .star file beside them",
    "is": "Starlark compares by value: write `==` or `!=`",
    "nonlocal": "a Starlark function cannot assign the variables of another; return the value",
    "params": "constants are assigned at the top level: N = 3",
    "raise": "FizzBee has no exceptions; `require` abandons a step, an assertion reports it",
    "try": "FizzBee has no exceptions; test the condition before",
    "with": "write the block without it",
    "yield": "a serial block yields between its statements by itself",
}
"""Reserved words that FizzBee's grammar may admit and nothing executes, and what to do instead."""

SIGNS = {
    "(": "LPAR",
    ")": "RPAR",
    "[": "LSQB",
    "]": "RSQB",
    "{": "LBRACE",
    "}": "RBRACE",
    ",": "COMMA",
    ":": "COLON",
    ".": "DOT",
    ";": "SEMICOLON",
    "@": "AT",
    "=": "EQUAL",
    "<": "LESS",
    ">": "GREATER",
    "==": "COMPARISON",
    "!=": "COMPARISON",
    "<=": "COMPARISON",
    ">=": "COMPARISON",
    "+": "PLUS",
    "-": "MINUS",
    "*": "STAR",
    "/": "SLASH",
    "//": "SLASH",
    "%": "SLASH",
    "**": "POWER",
    "&": "AMPERSAND",
    "|": "PIPE",
    "^": "CARET",
    "~": "TILDE",
    "<<": "SHIFT",
    ">>": "SHIFT",
} | dict.fromkeys(
    ("+=", "-=", "*=", "/=", "//=", "%=", "&=", "|=", "^=", "<<=", ">>="), "AUGMENTED"
)
"""Signs and the types of their tokens; `/`, `//` and `%` bind alike, as `<<` and `>>` do."""

FOREIGN_SIGNS = {
    "**=": "Starlark has no power operator; multiply",
    "@=": "Starlark has no matrix product",
    "->": "types are not written in FizzBee",
    ":=": "an assignment is written with `=`",
    "...": "leave a body empty with `pass`",
    "<>": "not equal is written `!=`",
    "===": "equality is written `==`",
    "!==": "not equal is written `!=`",
    "&&": "write `and`",
    "||": "write `or`",
    "!": "write `not`",
    "=>": "an implication is written `not a or b`",
    "∧": "write `and`",
    "∨": "write `or`",
    "¬": "write `not`",
    "≤": "write `<=`",
    "≥": "write `>=`",
    "≠": "write `!=`",
    "∈": "write `in`",
    "“": 'quote strings with `"`',
    "”": 'quote strings with `"`',
    "‘": "quote strings with `'`",
    "’": "quote strings with `'`",
    "\u2013": "write `-`",  # dashes, and the minus of typography
    "\u2014": "write `-`",
    "\u2212": "write `-`",
    "\u00d7": "write `*`",
    "\u00f7": "write `//`",
    "\uff1a": "write `:`",
    "\uff0c": "write `,`",
    "\uff08": "write `(`",
    "\uff09": "write `)`",
    "\u00a0": "a space that does not break: type a plain one",
    "\u200b": "delete this character, which cannot be seen",
    "\ufeff": "delete this character, which cannot be seen",
    "\\": "a backslash joins lines only as the last character of one",
    "`": "a label is closed by a backtick on its own line",
    "$": "",
    "?": "a conditional value is written `a if c else b`",
}
"""Signs that are none of FizzBee's, habits of other languages, and what to write instead."""

OPENERS = {"LPAR": "RPAR", "LSQB": "RSQB", "LBRACE": "RBRACE"}
"""The types of brackets that open, with those that close them."""

CLOSERS = frozenset(OPENERS.values())
