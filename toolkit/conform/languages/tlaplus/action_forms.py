"""Where actions stand in temporal formulas, and where they may not.

Source followed: SANY's level checking of operators (OpApplNode of tla2sany.semantic).
"""

from __future__ import annotations

from collections.abc import Collection

from conform.errors import InputError
from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.footprints import ACTION, TEMPORAL
from conform.languages.tlaplus.name_rules import bare


def check_actions(
    node: syntax.Node,
    operator: str,
    operands: tuple[syntax.Expression, ...],
    levels: Collection[int],
) -> None:
    """Raise InputError where an operand of a temporal formula is an action; `levels` are theirs."""
    if ACTION not in levels:
        return
    if operator in ("/\\", "\\/", "=>", "<=>") and TEMPORAL in levels:
        raise InputError(
            f"`{operator}` of an action and a temporal formula",
            span=node.span,
            hint="write [A]_v or <<A>>_v, inside [] or <>",
        )
    if operator in ("~>", "-+->"):
        raise InputError(
            f"an action beside `{operator}`",
            span=node.span,
            expected="a state predicate or a temporal formula",
        )
    boxed = {"[]": syntax.ActionBox, "<>": syntax.ActionDiamond}.get(operator)
    if boxed and not _has_form(bare(operands[0]), boxed):
        form = "[A]_v" if operator == "[]" else "<<A>>_v"
        raise InputError(
            f"`{operator}` of an action that is not of the form {form}",
            span=node.span,
            expected=f"a state predicate, a temporal formula, or {form}",
        )


def _has_form(node: syntax.Expression, form: type[syntax.Expression]) -> bool:
    """Whether a node is `[A]_v` or `<<A>>_v`; SANY takes `[A]_v.a` for a field of the action."""
    if not isinstance(node, syntax.ActionBox | syntax.ActionDiamond):
        return False
    return type(node) is form and not isinstance(node.subscript, syntax.Field | syntax.Application)
