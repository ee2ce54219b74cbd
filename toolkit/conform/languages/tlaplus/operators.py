"""The operators of TLA+: their ranges of precedence, fixity, and the one spelling of each.

The ranges are SANY's (its `Operators` table), ten times those of "Specifying Systems", chapter 15:
the higher binds tighter. Of two operators around an operand the left one wins if its low end lies
above the right one's high end, the right one in the opposite case; if the ranges overlap, the
expression is ill-formed unless both are the same left-associative operator.
"""

from __future__ import annotations

from msgspec import Struct


class Operator(Struct, frozen=True):
    """An operator in one fixity: canonical spelling, range of precedence, left-associativity."""

    spelling: str
    low: int
    high: int
    is_associative: bool = False


def _table(*rows: tuple[int, int, bool, str]) -> dict[str, Operator]:
    return {
        spelling: Operator(spelling, low, high, is_associative)
        for low, high, is_associative, spellings in rows
        for spelling in spellings.split()
    }


LEFT, NONE = True, False

INFIX = _table(
    (10, 10, NONE, "=>"),
    (20, 20, NONE, "<=> ~> -+->"),
    (30, 30, LEFT, r"/\ \/"),
    (50, 50, NONE, r"= # < > <= >= \in \notin \subseteq \subset \supseteq \supset"),
    (50, 50, NONE, r"\prec \preceq \succ \succeq \sqsubset \sqsubseteq \sqsupset \sqsupseteq"),
    (50, 50, NONE, r"\ll \gg \sim \simeq \approx \cong \doteq \propto \asymp"),
    (50, 50, NONE, "|- |= -| =| := ::="),
    (50, 140, LEFT, r"\cdot"),
    (60, 60, LEFT, "@@"),
    (70, 70, NONE, ":> <:"),
    (80, 80, NONE, "\\"),
    (80, 80, LEFT, r"\cup \cap"),
    (90, 90, NONE, ".. ..."),
    (90, 130, LEFT, r"$ $$ ?? ## \uplus \sqcap \sqcup"),
    (90, 130, NONE, "!!"),
    (90, 140, NONE, r"\wr"),
    (100, 100, LEFT, "+ ++ (+)"),
    (100, 110, NONE, "%"),
    (100, 110, LEFT, "%% | ||"),
    (100, 130, LEFT, r"\X"),
    (110, 110, LEFT, "- -- (-)"),
    (130, 130, LEFT, r"* ** & && \o (.) (\X) \bigcirc \bullet \star"),
    (130, 130, NONE, r"/ // \div (/)"),
    (140, 140, NONE, "^ ^^"),
)

PREFIX = _table(
    (40, 40, NONE, "~"),
    (40, 150, NONE, "[] <> ENABLED UNCHANGED"),
    (100, 130, NONE, "SUBSET UNION DOMAIN"),
    (120, 120, NONE, "-."),
)

POSTFIX = _table((150, 150, NONE, "' ^+ ^* ^#"))

MINUS = PREFIX["-."]

_SYNONYMS = {
    "/\\": r"\land ∧",
    "\\/": r"\lor ∨",
    "~": r"\lnot \neg ¬",
    "=": "",
    "#": "/= ≠",
    "<=": r"=< \leq ≤",
    ">=": r"\geq ≥",
    "=>": "⇒",
    "<=>": r"\equiv ⇔ ⟺ ≡",
    "~>": "↝",
    "-+->": "⇸",
    "[]": "□",
    "<>": "◇",
    "\\in": "∈",
    "\\notin": "∉",
    "\\subseteq": "⊆",
    "\\subset": "⊂",
    "\\supseteq": "⊇",
    "\\supset": "⊃",
    "\\sqsubseteq": "⊑",
    "\\sqsubset": "⊏",
    "\\sqsupseteq": "⊒",
    "\\sqsupset": "⊐",
    "\\cap": r"\intersect ∩",
    "\\cup": r"\union ∪",
    "\\uplus": "⊎",
    "\\sqcap": "⊓",
    "\\sqcup": "⊔",
    "\\o": r"\circ ∘",
    "\\X": r"\times ×",
    "\\cdot": "⋅",
    "\\bullet": "●",
    "\\bigcirc": "◯",
    "\\star": "⋆",
    "\\div": "÷",
    "\\wr": "≀",
    "\\prec": "≺",
    "\\preceq": "⪯",
    "\\succ": "≻",
    "\\succeq": "⪰",
    "\\ll": "≪",
    "\\gg": "≫",
    "\\sim": "∼",
    "\\simeq": "≃",
    "\\approx": "≈",
    "\\cong": "≅",
    "\\doteq": "≐",
    "\\propto": "∝",
    "\\asymp": "≍",
    "(+)": r"\oplus ⊕",
    "(-)": r"\ominus ⊖",
    "(.)": r"\odot ⊙",
    "(/)": r"\oslash ⊘",
    "(\\X)": r"\otimes ⊗",
    "..": "‥",
    "...": "…",
    "|-": "⊢",
    "-|": "⊣",
    "|=": "⊨",
    "=|": "⫤",
    ":=": "≔",
    "::=": "⩴",
    "||": "‖",
    "!!": "‼",
    "??": "⁇",
    "^+": "⁺",
    "\\A": r"\forall ∀",
    "\\E": r"\exists ∃",
}

CANONICAL = {
    spelling: canonical for canonical, others in _SYNONYMS.items() for spelling in others.split()
}
"""Each other spelling of an operator or quantifier, and the canonical one."""


def canonical(spelling: str) -> str:
    """Return the canonical spelling of an operator: `/\\` for `\\land`, `#` for `/=`."""
    return CANONICAL.get(spelling, spelling)


def spellings() -> list[str]:
    """Return every spelling of every operator, keywords such as ENABLED included."""
    return [*INFIX, *PREFIX, *POSTFIX, *CANONICAL]


BEFORE_OPERAND = frozenset(
    {
        "",
        "LPAR",
        "LSQB",
        "LBRACE",
        "LANGLE",
        "COMMA",
        "COLON",
        "LABEL",
        "ARROW",
        "LARROW",
        "MAPSTO",
        "DEFINES",
        "INFIX",
        "EQUAL",
        "MINUS",
        "ELEMENT",
        "PREFIX",
        "BULLETS",
        "BULLET",
        "IF",
        "THEN",
        "ELSE",
        "CASE",
        "CASE_SEPARATOR",
        "IN",
        "PROVE",
        "ASSUME",
        "ASSUMPTION",
        "THEOREM",
        "RSQB_SUB",
        "RANGLE_SUB",
        "FAIR",
        "STEP",
        "BY",
        "USE",
        "HIDE",
        "ONLY",
        "DEF",
        "SUFFICES",
        "HAVE",
        "WITNESS",
        "PROOF_CASE",
    }
)
"""Types of the tokens after which an operand stands."""
