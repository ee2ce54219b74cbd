"""An action is not as fair in a model as the document says.

What it means
    The document states how fairly an action is treated (weak, strong, none), and the model's
    specification has another fairness, or has it only for some values of the parameters, or only
    for several actions together. Liveness then holds of the one and may fail of the other.

    So does a sentence of another page, as README.md: *weak fairness of `AssignOffset`*.

Example
    | `AssignOffset(w)` | Strong |     beside     WF_vars(AssignOffset(w))

What to do
    The document decides. Where it does not say what it means, decide which fairness the liveness
    properties need, and correct the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from conform.check.cf204_undocumented_construct import names_in_column
from conform.check.cf217_property_kind import LIVENESS, sort_of
from conform.check.cf227_fairness_section import left_out
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


class _Difference(Struct, frozen=True):
    """An action `name` of a model whose fairness, found at a place, is not the stated one."""

    name: str
    statement: FairnessStatement
    kind: str
    where: str


def differing_fairness(context: Context) -> Iterator[Finding]:
    """Yield a finding for each action whose fairness in some model is not the stated one."""
    differences: list[_Difference] = []
    unsaid: dict[str, list[FairnessStatement]] = {}
    for role, artefact in context.formal.items():
        assumed = [each for each in artefact.spec.fairness if each.kind != "none"]
        stated = stated_fairness(context, role, artefact)
        together = [each for each in context.document.fairness if each.is_joint]
        if together and not stated:
            yield from _of_all_together(context, role, artefact, together[0])
        elif any(each.kind != "none" for found in stated.values() for each in found):
            if not assumed or all(each.is_joint for each in assumed):
                yield from _of_none_alone(context, role, artefact, stated)
                continue
            differences += _differences(artefact, assumed, stated)
            yield from _of_parameters(context, role, artefact, stated)
            for each in _unsaid(context, role, artefact, stated):
                unsaid.setdefault(each.action, []).append(each)
        elif assumed and not stated and not context.mentions_any("fair"):
            yield _finding(
                context,
                f"{artefact.spec.path} assumes fairness, and no document speaks of it",
                assumed[0].span,
            )
    yield from _told_once(context, differences)
    for name, several in unsaid.items():
        message = f"`{name}` is {several[0].kind}ly fair, and the document does not say so"
        details = tuple(f"{each.kind}ly fair at {each.span}" for each in several[1:])
        yield replace(_finding(context, message, several[0].span), details=details)


def _told_once(context: Context, differences: Sequence[_Difference]) -> Iterator[Finding]:
    """Yield a finding for each action of the document, with the places in all models."""
    by_statement: dict[tuple[str, Span], list[_Difference]] = {}
    for each in differences:
        key = each.statement.action, each.statement.span
        by_statement.setdefault(key, []).append(each)
    for several in by_statement.values():
        first = several[0]
        places: dict[str, list[str]] = {}
        for each in several:
            named = "" if each.name == first.name else f"for `{each.name}` "
            places.setdefault(_worded(each.kind), []).append(named + each.where)
        found = ", ".join(f"{kind} {' and '.join(where)}" for kind, where in places.items())
        message = f"`{first.name}` has {_worded(first.statement.kind)} in the document, but {found}"
        yield replace(_finding(context, message, first.statement.span), subject=first.name)


def stated_fairness(context: Context, role: Role, artefact: FormalArtefact) -> Stated:
    """Return the document's statements by the names that a model has for the actions."""
    actions = {action.name for action in artefact.spec.actions}
    stated: dict[str, list[FairnessStatement]] = {}
    for statement in (each for each in context.document.fairness if not each.is_joint):
        for name in _names_in_model(context, role, artefact, statement.action):
            if name in actions:
                stated.setdefault(name, []).append(statement)
    return stated


def _names_in_model(
    context: Context, role: Role, artefact: FormalArtefact, name: str
) -> tuple[str, ...]:
    """Return what a model calls an action of the document, or one that a row of its names."""
    for action in context.document.actions:
        if action.name == name and action.outcomes:
            leaves = action.leaves()
            return tuple({each: None for leaf in leaves for each in names_for(context, leaf, role)})
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


def _of_none_alone(
    context: Context, role: Role, artefact: FormalArtefact, stated: Stated
) -> Iterator[Finding]:
    """Yield the finding about a model in which no action is fair for itself."""
    fairness = [each for each in artefact.spec.fairness if each.kind != "none"]
    if role is Role.FIZZBEE and not fairness and not _checks_liveness(artefact):
        return  # fairness decides nothing there: that liveness is not checked is another finding
    fair = [name for name, found in stated.items() if any(each.kind != "none" for each in found)]
    what = "is fair only to several actions together" if fairness else "assumes no fairness"
    span = fairness[0].span if fairness else Span(artefact.spec.path, 1, 1, 1, 1)
    names = ", ".join(f"`{name}`" for name in fair)
    message = f"{artefact.spec.path} {what}; the document wants it for each of {names}"
    yield _finding(context, message, span)


def _of_all_together(
    context: Context, role: Role, artefact: FormalArtefact, stated: FairnessStatement
) -> Iterator[Finding]:
    """Yield the finding about a model the actions of which are not fair together, as `stated`."""
    assumed = [each for each in artefact.spec.fairness if each.kind != "none"]
    if role is Role.FIZZBEE:
        return  # it knows the fairness of single actions alone
    alone = [each for each in assumed if not each.is_joint]
    kinds = {each.kind for each in assumed}
    if alone or kinds != {stated.kind}:
        have = "has fairness of single actions" if alone else "has none"
        if kinds and not alone:
            have = f"has {_worded(min(kinds))}"
        message = (
            f"the document has {_worded(stated.kind)} of all actions together, and "
            f"{artefact.spec.path} {have}"
        )
        details = tuple(f"{_worded(each.kind)} at {each.span}" for each in assumed[:1])
        yield replace(_finding(context, message, stated.span), details=details)


def _of_one_mind(stated: Stated) -> Iterator[tuple[str, FairnessStatement]]:
    """Yield name and statement of each action of which the document says one kind of fairness."""
    for name, statements in stated.items():
        if len({statement.kind for statement in statements}) == 1:
            yield name, statements[0]


def _differences(
    artefact: FormalArtefact, assumed: Sequence[FairnessStatement], stated: Stated
) -> Iterator[_Difference]:
    for name, statement in _of_one_mind(stated):
        own = [each for each in assumed if each.action == name]
        strongest = max((each.kind for each in own), key=_STRENGTH.__getitem__, default="none")
        if strongest != statement.kind:
            where = f"at {own[0].span}" if own else f"in {artefact.spec.path}"
            yield _Difference(name, statement, strongest, where)


def _unsaid(
    context: Context, role: Role, artefact: FormalArtefact, stated: Stated
) -> Iterator[FairnessStatement]:
    """Yield the fairness of actions that the document leaves out, though it lists others as unfair.

    Actions of the document itself that are left out are the findings of CF227.
    """
    if not any(each.kind == "none" for found in stated.values() for each in found):
        return
    mapped = names_in_column(context, role, artefact)
    rowed = set(_in_rows_with(context, role, artefact, stated))
    told = {name for leaf in left_out(context) for name in names_for(context, leaf, role)}
    for found in artefact.spec.fairness:
        is_said = found.action in stated or found.action in told or found.action in rowed
        if found.kind != "none" and found.action in mapped and not is_said and not found.is_joint:
            yield found


def _in_rows_with(
    context: Context, role: Role, artefact: FormalArtefact, stated: Stated
) -> Iterator[str]:
    """Yield the names that cells have beside that of a fair action: its row is about them too.

    Names that the document has for actions of its own are left out: it could have said them.
    """
    own = {leaf.name for action in context.document.actions for leaf in action.leaves()}
    fair = {name for name, said in stated.items() if any(each.kind != "none" for each in said)}
    for row in context.rows():
        for cell in row.cells:
            if context.column(cell).role is role:
                names = {each.name for each in named_in(cell, row, artefact, context.document)}
                if not names.isdisjoint(fair):
                    yield from names - own


def _of_parameters(
    context: Context, role: Role, artefact: FormalArtefact, stated: Stated
) -> Iterator[Finding]:
    """Yield the finding about actions that a model has fair for fewer values than stated."""
    pairs = []
    for name, statement in _of_one_mind(stated):
        own = [each for each in artefact.spec.fairness if each.action == name]
        own = [each for each in own if each.kind != "none"]
        if _is_for_some(artefact, name, statement, own):
            pairs.append((statement, own[0]))
    if not pairs or (role is Role.FIZZBEE and not _checks_liveness(artefact)):
        return
    (first, own_first), *others = pairs
    given = ", ".join(own_first.parameters) or "none of them"
    each_of = ", ".join(first.parameters)
    yield CODE.finding(
        f"`{own_first.action}` is fair for each of {each_of} in the document, in the model for "
        f"{given}",
        own_first.span,
        excerpt=context.excerpt(own_first.span),
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
