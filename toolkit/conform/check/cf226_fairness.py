"""An action is not as fair in a model as the document says.

What it means
    The document states how fairly an action is treated (weak, strong, none), and the model's
    specification has another fairness, or has it only for some values of the parameters, or only
    for several actions together. Liveness then holds of the one and may fail of the other.

Example
    | `AssignOffset(w)` | Strong |     beside     WF_vars(AssignOffset(w))

What to do
    The document decides. Where it does not say what it means, decide which fairness the liveness
    properties need, and correct the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from conform.check.cf204_undocumented_construct import names_in_column
from conform.check.cf217_property_kind import LIVENESS, sort_of
from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.linking import named_in, names_for
from conform.domain.finding import Code, Finding
from conform.domain.spec import FairnessStatement
from conform.text import Span

CODE = Code("CF226", "fairness differs")

_STRENGTH = {"none": 0, "weak": 1, "strong": 2}

Stated = Mapping[str, list[FairnessStatement]]
"""What the document says, by the name of a model's action."""


def differing_fairness(context: Context) -> Iterator[Finding]:
    """Yield a finding for each action whose fairness in a model is not the stated one."""
    for role, artefact in context.formal.items():
        assumed = [each for each in artefact.spec.fairness if each.kind != "none"]
        stated = stated_fairness(context, role, artefact)
        if any(each.kind != "none" for found in stated.values() for each in found):
            yield from _in_model(context, role, artefact, stated)
        elif assumed and not stated and not context.mentions_any("fair"):
            yield _finding(
                context,
                f"{artefact.spec.path} assumes fairness, and no document speaks of it",
                assumed[0].span,
            )


def stated_fairness(context: Context, role: Role, artefact: FormalArtefact) -> Stated:
    """Return the document's statements by the names that a model has for the actions."""
    actions = {action.name for action in artefact.spec.actions}
    stated: dict[str, list[FairnessStatement]] = {}
    for statement in context.document.fairness:
        for name in _names_in_model(context, role, artefact, statement.action):
            if name in actions:
                stated.setdefault(name, []).append(statement)
    return stated


def _names_in_model(
    context: Context, role: Role, artefact: FormalArtefact, name: str
) -> tuple[str, ...]:
    """Return what a model calls an action of the document, or one that a row of its names."""
    for action in context.document.actions:
        for leaf in (action, *action.leaves()):
            if leaf.name == name:
                return names_for(context, leaf, role)
    for row in context.rows():
        if any(
            getattr(found, "name", "") == name for cell in row.cells for found in cell.references
        ):
            cells = (cell for cell in row.cells if context.column(cell).role is role)
            named = [n.name for c in cells for n in named_in(c, row, artefact, context.document)]
            return (name,) if name in named else tuple(named)
    return (name,)


def _in_model(
    context: Context, role: Role, artefact: FormalArtefact, stated: Stated
) -> Iterator[Finding]:
    fairness = [each for each in artefact.spec.fairness if each.kind != "none"]
    fair = [name for name, found in stated.items() if any(each.kind != "none" for each in found)]
    if role is Role.FIZZBEE and not fairness and not _checks_liveness(artefact):
        return  # fairness decides nothing there: that liveness is not checked is another finding
    if not fairness or all(each.is_joint for each in fairness):
        what = "is fair only to several actions together" if fairness else "assumes no fairness"
        span = fairness[0].span if fairness else Span(artefact.spec.path, 1, 1, 1, 1)
        names = ", ".join(f"`{name}`" for name in fair)
        message = f"{artefact.spec.path} {what}; the document wants it for each of {names}"
        yield _finding(context, message, span)
        return
    for_some: list[tuple[FairnessStatement, FairnessStatement]] = []
    for name, statements in stated.items():
        kinds = {statement.kind for statement in statements}
        own = [each for each in fairness if each.action == name]
        if len(kinds) == 1:
            yield from _of_action(context, artefact, name, statements[0], own)
            if _is_for_some(artefact, name, statements[0], own):
                for_some.append((statements[0], own[0]))
    if for_some and (role is not Role.FIZZBEE or _checks_liveness(artefact)):
        yield _of_parameters(context, for_some)
    if any(each.kind == "none" for found in stated.values() for each in found):
        mapped = names_in_column(context, role, artefact)
        for found in fairness:
            if found.action in mapped and found.action not in stated and not found.is_joint:
                message = (
                    f"`{found.action}` is {found.kind}ly fair, and the document does not say so"
                )
                yield _finding(context, message, found.span)


def _of_action(
    context: Context,
    artefact: FormalArtefact,
    name: str,
    statement: FairnessStatement,
    own: list[FairnessStatement],
) -> Iterator[Finding]:
    strongest = max((each.kind for each in own), key=_STRENGTH.__getitem__, default="none")
    if strongest != statement.kind:
        where = f"at {own[0].span}" if own else f"in {artefact.spec.path}"
        message = (
            f"`{name}` has {_worded(statement.kind)} in the document, but "
            f"{_worded(strongest)} {where}"
        )
        yield _finding(context, message, statement.span)


def _of_parameters(
    context: Context, pairs: Sequence[tuple[FairnessStatement, FairnessStatement]]
) -> Finding:
    """Return the finding about actions that a model has fair for fewer values than stated."""
    (statement, own), *others = pairs
    given = ", ".join(own.parameters) or "none of them"
    each = ", ".join(statement.parameters)
    return CODE.finding(
        f"`{own.action}` is fair for each of {each} in the document, in the model for {given}",
        own.span,
        excerpt=context.excerpt(own.span),
        details=tuple(f"so is `{other.action}` at {other.span}" for _stated, other in others),
        hint="the document decides; correct the other",
    )


def _checks_liveness(artefact: FormalArtefact) -> bool:
    """Say whether a model has a property that fairness can decide."""
    return any(sort_of(found.kind) == LIVENESS for found in artefact.spec.properties)


def _is_for_some(
    artefact: FormalArtefact,
    name: str,
    statement: FairnessStatement,
    own: list[FairnessStatement],
) -> bool:
    if not own or max(own, key=lambda each: _STRENGTH[each.kind]).kind != statement.kind:
        return False
    definition = artefact.definitions.get(name)
    taken = len(definition.parameters) if definition else 0
    most = max(len(each.parameters) for each in own)
    return len(statement.parameters) == taken > most


def _worded(kind: str) -> str:
    return "no fairness" if kind == "none" else f"{kind} fairness"


def _finding(context: Context, message: str, span: Span) -> Finding:
    return CODE.finding(
        message,
        span,
        excerpt=context.excerpt(span),
        hint="the document decides; correct the other",
    )
