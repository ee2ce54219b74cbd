"""Helpers of a document against the module's operators of the same name, asked about its states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from msgspec.structs import replace

from conform.check.agreement.cf260_formulas_differ import CODE
from conform.check.columns import Role
from conform.check.context import Context, FormalArtefact
from conform.check.models.asked_guards import DocumentStates
from conform.check.models.borrowed_helpers import module_helpers
from conform.check.models.reached_values import values_of_slot
from conform.domain.finding import Finding
from conform.domain.values import FunctionValue, SetValue, Value, format_value, kind_of
from conform.errors import ConformError
from conform.explore.graph import StateGraph
from conform.languages.markdown.formal.document import FormalDocument, FormalHelper
from conform.languages.markdown.formal.evaluation.core import Code
from conform.languages.markdown.formal.partial import PartialDocument

SAMPLES = 60
"""States that a helper is asked about, spread over all."""

MAX_ARGUMENTS = 100
"""Combinations of arguments that it is asked for in each."""


def differing_helpers(
    context: Context,
    graph: StateGraph,
    document: FormalDocument,
    lines: PartialDocument,
    states: DocumentStates,
) -> Iterator[Finding]:
    """Yield a finding for each helper that has another value than the operator that it describes.

    What has no value in one of them, or values of other kinds, is not compared.
    """
    artefact = context.formal.get(Role.TLAPLUS)
    if artefact is None:
        return
    borrowed = {each.name: each for each in module_helpers(document, artefact)}
    every = {each.name: each for each in document.helpers} | borrowed
    theirs = lines.with_document(replace(document, helpers=tuple(every.values()))).helper_codes()
    candidates = list(_arguments(graph, lines.constants))
    stated = {each.name for each in context.document.helpers}
    for helper in document.helpers:
        name, arity = helper.name, len(helper.parameters)
        is_shared = name in stated & borrowed.keys() & theirs.keys()
        if helper.body is None or not is_shared or len(theirs[name][0]) != arity:
            continue
        mixed = tuple((every | {name: helper}).values())  # what it uses is the module's
        mine = lines.with_document(replace(document, helpers=mixed)).helper_codes()
        if name in mine:
            codes = mine[name][1], theirs[name][1]
            if told := _telling(graph, states, codes, candidates, arity):
                yield _finding(context, artefact, helper, told)


def _arguments(graph: StateGraph, constants: Mapping[str, Value]) -> dict[Value, None]:
    """Return what functions of the model are applied to, and the elements of sets of constants."""
    found: dict[Value, None] = {}
    for index, slot in enumerate(graph.slots):
        if slot.key is not None:
            found[slot.key] = None
        for value in values_of_slot(graph, index)[:1]:
            if isinstance(value, FunctionValue):
                found.update(dict.fromkeys(value.domain.elements))
    for value in constants.values():
        if isinstance(value, SetValue):
            found.update(dict.fromkeys(islice(value, MAX_ARGUMENTS)))
    return found


def _telling(
    graph: StateGraph,
    states: DocumentStates,
    codes: tuple[Code, Code],
    candidates: Sequence[Value],
    arity: int,
) -> tuple[tuple[Value, ...], Value, Value] | None:
    """Return arguments and the two values that differ for them, if some are found."""
    for number in range(0, graph.state_count, max(1, graph.state_count // SAMPLES)):
        state = states.of(graph.state(number))
        for arguments in islice(product(candidates, repeat=arity), MAX_ARGUMENTS):
            try:
                one, other = (code.run(state, arguments) for code in codes)
            except (ConformError, IndexError):
                continue
            if kind_of(one) == kind_of(other) and one != other:
                return arguments, one, other
    return None


def _finding(
    context: Context,
    artefact: FormalArtefact,
    helper: FormalHelper,
    told: tuple[tuple[Value, ...], Value, Value],
) -> Finding:
    arguments, one, other = told
    name = helper.name
    span = helper.body.span if helper.body is not None else helper.span
    call = f"{name}({', '.join(map(format_value, arguments))})" if arguments else name
    place = artefact.definitions[name].span
    return CODE.finding(
        f"helper `{name}` is defined differently in the document and {artefact.spec.path}",
        span,
        excerpt=context.excerpt(span),
        details=(
            f"the model: {place}",
            f"  in some state {call} is {format_value(one)} here, and {format_value(other)} there",
        ),
        hint="the document decides; correct the other",
        subject=name,
    )
