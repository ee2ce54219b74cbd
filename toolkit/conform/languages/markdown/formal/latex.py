"""Formulas set in LaTeX: its commands as the signs of the notation, each in its place."""

from __future__ import annotations

import re

from conform.languages.markdown.manuscript import Fragment

_SIGNS = {
    "forall": "\N{FOR ALL}",
    "exists": "\N{THERE EXISTS}",
    "in": "\N{ELEMENT OF}",
    "notin": "\N{NOT AN ELEMENT OF}",
    **dict.fromkeys(("lnot", "neg"), "\N{NOT SIGN}"),
    **dict.fromkeys(("land", "wedge"), "\N{LOGICAL AND}"),
    **dict.fromkeys(("lor", "vee"), "\N{LOGICAL OR}"),
    **dict.fromkeys(("Rightarrow", "implies", "Longrightarrow"), "\N{RIGHTWARDS DOUBLE ARROW}"),
    **dict.fromkeys(("iff", "Leftrightarrow"), "\N{LEFT RIGHT DOUBLE ARROW}"),
    "leadsto": "~>",
    **dict.fromkeys(("neq", "ne"), "\N{NOT EQUAL TO}"),
    **dict.fromkeys(("leq", "le"), "\N{LESS-THAN OR EQUAL TO}"),
    **dict.fromkeys(("geq", "ge"), "\N{GREATER-THAN OR EQUAL TO}"),
    **dict.fromkeys(("ldots", "dots", "cdots"), ".."),
    **dict.fromkeys(("Box", "square"), "\N{WHITE SQUARE}"),
    **dict.fromkeys(("Diamond", "lozenge"), "\N{WHITE DIAMOND}"),
    **dict.fromkeys(("quad", "qquad", ";", ",", ":", "!"), " "),
    **{sign: sign for sign in "{}_&#"},
}
_OWN = re.compile(
    r"\\(?:forall|exists|lnot|neg|land|wedge|lor|vee|Rightarrow|implies|leadsto|Box)\b"
)
"""Commands of which one shows that a text is LaTeX; `\\in` and `\\leq` are TLA+ as well."""

_COMMAND = re.compile(
    r"\\(?:text|math)(?:bf|sf|tt|it|rm|cal|normal)?\{(?P<inside>[^{}]*)\}"
    r"|\\(?P<command>[A-Za-z]+|[{}_&#;,:!])|\$+"
)


def without_latex(text: Fragment) -> Fragment:
    """Return a formula with the signs of the notation for LaTeX's; other text as it is."""
    if not _OWN.search(text.text):
        return text
    edits = []
    for match in _COMMAND.finditer(text.text):
        if match["inside"] is not None:
            edits.append((*match.span(), match["inside"]))
        elif match["command"] is None:
            edits.append((*match.span(), ""))
        elif match["command"] in _SIGNS:
            edits.append((*match.span(), _SIGNS[match["command"]]))
    return text.edited(edits)
