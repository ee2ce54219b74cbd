r"""Statements with ENABLED in the document and in the module, compared sign by sign.

A document that is not executed has no meaning for ENABLED, so its statement is read as text: where
it has as many signs as the module's formula and all but one of them are the same, the two say
different things. Of others nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.agreement.cf260_formulas_differ import CODE
from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import names_for
from conform.domain.finding import Finding

_COMMENT = re.compile(r"\\\*[^\n]*|\(\*.*?\*\)", re.DOTALL)
_SIGN = re.compile(r"\"[^\"]*\"|\w+'?|\\[A-Za-z]+|/\\|\\/|<=>|=>|<=|=<|>=|/=|<>|\[\]|~>|\S")
_SAME = {
    "\N{LOGICAL AND}": "/\\",
    "\N{LOGICAL OR}": "\\/",
    "\N{RIGHTWARDS DOUBLE ARROW}": "=>",
    "\N{NOT SIGN}": "~",
    "\N{FOR ALL}": "\\A",
    "\N{THERE EXISTS}": "\\E",
    "\N{ELEMENT OF}": "\\in",
    "\N{NOT EQUAL TO}": "#",
    "/=": "#",
    "\N{LESS-THAN OR EQUAL TO}": "<=",
    "=<": "<=",
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
}


def enabled_statements(context: Context) -> Iterator[Finding]:
    """Yield a finding for each statement with ENABLED that differs from the module's in one sign.

    An executed document is compared with the module state by state instead.
    """
    artefact = context.formal.get(Role.TLAPLUS)
    if artefact is None or (context.formulas is not None and context.formulas.is_executable):
        return
    for stated in context.document.properties:
        names = names_for(context, stated, Role.TLAPLUS)
        definition = next(
            (artefact.definitions[n] for n in names if n in artefact.definitions), None
        )
        if definition is None or "ENABLED" not in stated.formal:
            continue
        _name, _, text = _COMMENT.sub(" ", context.text_of(definition.span)).partition("==")
        mine, theirs = _signs(stated.formal), _signs(text)
        if "ENABLED" not in theirs or len(mine) != len(theirs):
            continue
        unlike = [(one, other) for one, other in zip(mine, theirs, strict=True) if one != other]
        if len(unlike) == 1:
            ((one, other),) = unlike
            yield CODE.finding(
                f"property `{stated.name}` is stated differently in the document and "
                f"{definition.span.path}: {one} here, {other} there",
                stated.span,
                excerpt=context.excerpt(stated.span),
                details=(f"the model: {definition.span}",),
                hint="the document decides; correct the other",
                subject=stated.name,
            )


def _signs(text: str) -> list[str]:
    """Return the signs of a formula in ASCII; a string is its word, as a model value is."""
    signs = [_SAME.get(sign, sign).strip('"') for sign in _SIGN.findall(text.strip("` \n"))]
    return signs[1:] if signs[:1] == ["/\\"] else signs
