"""The statements on fairness do not fit the actions of the document.

What it means
    A statement is about an action that the document does not have, or, while the document lists
    the actions that are not fair as well, one of its actions is in none of the lists. Nobody can
    tell whether it was forgotten.

Example
    | `AppendDone(w)` | Weak |     in a document whose action is called AppendComplete

What to do
    Correct the name, or add the row.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.check.linking import names_for, subjects
from conform.domain.finding import Code, Finding
from conform.domain.spec import Action
from conform.text import nearest

CODE = Code("CF227", "fairness of other actions")


def unfit_fairness(context: Context) -> Iterator[Finding]:
    """Yield a finding for each statement without an action, and for each action without one."""
    document = context.document
    leaves = list(document.leaf_actions())
    own = {action.name for action in document.actions} | {leaf.name for leaf in leaves}
    elsewhere = {name for each in context.formal.values() for name in each.definitions}
    for statement in document.fairness:
        if statement.action not in own | elsewhere:
            close = nearest(statement.action, own)
            yield CODE.finding(
                f"the document has no action `{statement.action}`, whose fairness is stated here",
                statement.span,
                excerpt=context.excerpt(statement.span),
                hint=f"did you mean `{close}`?" if close else "correct the name",
            )
    for leaf in left_out(context):
        yield CODE.finding(
            f"nothing is said of the fairness of `{leaf.name}`",
            leaf.span,
            excerpt=context.excerpt(leaf.span),
            details=tuple(_in_models(context, leaf)),
            hint="state it where the fairness of the others is stated",
        )


def left_out(context: Context) -> Iterator[Action]:
    """Yield the actions of the document that are in none of its lists, one of which is unfair."""
    document = context.document
    if not any(statement.kind == "none" for statement in document.fairness):
        return
    spoken_of = {statement.action for statement in document.fairness} | _beside(context)
    for action in document.actions:
        for leaf in action.leaves():
            if leaf.name not in spoken_of and action.name not in spoken_of:
                yield leaf


def _in_models(context: Context, action: Action) -> Iterator[str]:
    for role, artefact in context.formal.items():
        names = names_for(context, action, role)
        for each in artefact.spec.fairness:
            if each.action in names and each.kind != "none" and not each.is_joint:
                yield f"{each.kind}ly fair at {each.span}"


def _beside(context: Context) -> set[str]:
    """Return the names in rows of one action that also name one whose fairness is stated."""
    stated = {statement.action for statement in context.document.fairness}
    names: set[str] = set()
    for row in context.rows():
        if len(subjects(context.document, row.subject)) != 1:
            continue
        found = {getattr(each, "name", "") for cell in row.cells for each in cell.references}
        found |= set(row.subject.names)
        if not stated.isdisjoint(found):
            names |= found
    return names
