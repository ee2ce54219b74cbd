"""An example of a document, told as a sequence of batches, does not happen so in a model.

What it means
    The document says that after these batches have been written an action can be taken, or cannot,
    and the model does otherwise. The batches are written in the model in their order, others act as
    they like meanwhile, and the states in which all are written are looked at.

    Understood is a paragraph with one row of batches such as `[1,2],[3,4]` that begins at 1 and has
    no gap, the values of constants if they matter (`MaxBatch=2`), and a sentence behind it with the
    name of one action that fires, is enabled, does not fire, is never enabled, or "only fires when"
    all entries are contained in the range. What is not understood is no finding.

Example
    With `MaxBatch=2` and `CompactRangeEnd=3`, writes of `[1,2],[3,4]` have no boundary at 3. The
    guard of `CompactStart` only fires when all entries are contained in the range.

    In the model the guard asks where entries begin and not where they end.

What to do
    Read the trace: it leads to the state in question. Correct the guard, or the example.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.check.models.batch_runs import Run, indices, runs
from conform.check.models.explored import Explored
from conform.check.texts.belonging import folded
from conform.check.texts.claims import SequenceClaim, sequence_claims
from conform.domain.finding import Code, Finding
from conform.domain.values import Value
from conform.explore.graph import StateGraph

CODE = Code("CF360", "example does not happen so")


def contradicted_examples(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a finding for each claim about a sequence that a reading contradicts."""
    graph = explored.graph
    if graph is None:
        return
    actions = {instance.action for instance in explored.model.instances}
    constants = {one.name for document in context.documents for one in document.constants}
    constants |= {row.name for document in context.documents for row in document.parameters}
    known = _values(context, explored)
    for page in context.pages:
        for claim in sequence_claims(page, actions, constants | explored.constants.keys()):
            values = claim.values.items()
            if all(known.get(folded(name)) == value for name, value in values):
                yield from _judged(context, explored, graph, claim)


def _values(context: Context, explored: Explored) -> dict[str, Value]:
    """Return the values of the constants, those that a model gives itself included, by name.

    Names are without their case and their underscores: a model may write `MAX_BATCH`.
    """
    artefact = context.formal.get(explored.role) if explored.role else None
    bound = artefact.bindings if artefact else {}
    own: dict[str, Value] = {
        folded(name): int(each.value) for name, each in bound.items() if each.value.isdigit()
    }
    return own | {folded(name): value for name, value in explored.constants.items()}


def _judged(
    context: Context, explored: Explored, graph: StateGraph, claim: SequenceClaim
) -> Iterator[Finding]:
    for variable in indices(graph):
        is_reached = False
        found: tuple[Run, int] | None = None
        for run in runs(graph, variable, claim.batches):
            is_reached = True
            edge = _edge(graph, run.state, claim.action)
            if edge is not None:
                found = (run, edge)
                break
        if is_reached and (found is not None) is not claim.can_be_taken:
            yield _finding(context, explored, graph, claim, found)


def _edge(graph: StateGraph, state: int, action: str) -> int | None:
    """Return an edge by which an action leaves a state for another.

    A step that changes nothing is none: in FizzBee an assignment to a local name in front of a
    guard makes one.
    """
    return next(
        (
            edge
            for edge in graph.edges_of(state)
            if graph.instances[graph.edge_instances[edge]].action == action
            and graph.targets[edge] != state
        ),
        None,
    )


def _finding(
    context: Context,
    explored: Explored,
    graph: StateGraph,
    claim: SequenceClaim,
    found: tuple[Run, int] | None,
) -> Finding:
    span = claim.passage.span(claim.start, claim.end)
    does = "can be taken" if found else "cannot be taken"
    says = "it can" if claim.can_be_taken else "it cannot"
    rows = ", ".join(f"[{first},{last}]" for first, last in claim.batches)
    definition = next(
        (action.span for action in explored.spec.actions if action.name == claim.action), None
    )
    edges = [*found[0].edges, found[1]] if found else []
    taken = [graph.instances[graph.edge_instances[edge]] for edge in edges]
    return CODE.finding(
        f"after the batches {rows}, `{claim.action}` {does} in {explored.spec.path} "
        f"({explored.configuration}), and the text says that {says}",
        span,
        excerpt=context.excerpt(span),
        details=(
            f"the text:  {claim.said}",
            *((f"the model: {definition}",) if definition else ()),
            *(f"  {number}. {one.label}" for number, one in enumerate(taken, start=1)),
        ),
        hint=f"compare the guard of `{claim.action}` with the text, and correct one",
    )
