"""A table of transitions leaves out one that an action in it takes.

What it means
    A table with columns such as From, Action and To lists how the values of a variable follow one
    another. A step of an action in the table takes the variable from one value to another, and no
    row says so: a case was forgotten, or the model does what was not meant.

    Looked at are tables of three rows or more, each of which can be read, about the values of one
    variable. Actions that no row names are left out, as a table may be about a part of them; but
    where the rows name all actions that change the variable but one, and at least four, that one is
    missing. In a table of states, a column *Entered by* or *Left by* that names all actions but one
    leaves that one out.

Example
    `| DONE | Finish | IDLE |` without a row from FAILED, where Finish is taken in FAILED as well.

What to do
    Add the row, or correct the model.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.check.models.action_changes import actions_called, changes_of, members_of
from conform.check.models.explored import Explored
from conform.check.models.transition_tables import Drawn, transition_tables, variants
from conform.domain.finding import Code, Finding
from conform.explore.graph import StateGraph

CODE = Code("CF285", "transition is missing in a table")

_FEWEST_ROWS = 3
_FEWEST_NAMED = 4


def missing_transitions(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each action in a table of transitions that takes one not listed."""
    graph = explored.graph
    for table in transition_tables(context.page()) if graph else ():
        if graph is None or not table.is_whole or len(table.rows) < _FEWEST_ROWS:
            continue
        among = table.rows[0].among
        of = [
            variable.name
            for variable in context.document.variables
            if among <= members_of(variable, graph)
        ]
        if len(of) == 1:
            yield from _in_table(context, explored, graph, table.rows, of[0])


def _in_table(
    context: Context,
    explored: Explored,
    graph: StateGraph,
    rows: tuple[Drawn, ...],
    variable: str,
) -> Iterator[Finding]:
    listed = {(row.before, row.after) for row in rows}
    last = {row.action: row for row in rows if row.action}
    called = {action: actions_called(context, explored, action) for action in last}
    yield from _left_out(context, explored, graph, rows, variable)
    for action, row in last.items():
        names = called[action]
        if any(names & own for other, own in called.items() if other != action):
            continue  # one action of the model does what several rows tell
        if names and row.is_case:
            names |= variants(explored, action)
        for before, after in sorted(changes_of(graph, variable, names) - listed) if names else ():
            span = row.passage.span(row.start, row.end)
            yield CODE.finding(
                f"a step of `{action}` in {explored.spec.path} takes `{variable}` from {before} to "
                f"{after}, and no row says so",
                span,
                excerpt=context.excerpt(span),
                hint="add the row, or correct the model",
            )


def _left_out(
    context: Context,
    explored: Explored,
    graph: StateGraph,
    rows: tuple[Drawn, ...],
    variable: str,
) -> Iterator[Finding]:
    """Yield a finding for the one action that changes the variable and that no row names."""
    named: set[str] = set()
    for row in rows:
        names = actions_called(context, explored, row.action)
        named |= names | (variants(explored, row.action) if row.is_case else frozenset())
    leaves = (leaf.name for action in context.document.actions for leaf in action.leaves())
    known = {name: actions_called(context, explored, name) for name in dict.fromkeys(leaves)}
    changing = [name for name, own in known.items() if own and changes_of(graph, variable, own)]
    missing = [name for name in changing if not known[name] & named]
    if len(missing) == 1 and len(changing) > _FEWEST_NAMED:
        span = rows[-1].passage.span(rows[-1].start, rows[-1].end)
        yield CODE.finding(
            f"`{missing[0]}` changes `{variable}` in {explored.spec.path}, and no row names it",
            span,
            excerpt=context.excerpt(span),
            hint="add the row, or correct the model",
        )
