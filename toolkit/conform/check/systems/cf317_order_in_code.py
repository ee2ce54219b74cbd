"""A function does two things in another order than the pseudo-code of the specification.

What it means
    Pseudo-code writes one object before it reads or writes another one, or before it calls a
    function, and the sources do it the other way round, or without that call: what a crash or
    another process between the two may see is not what the document argues about.

    Looked at are operations of an interface on keys whose form is known, and functions that both
    call, each of them once in both; two reads may change places. The function is the one of the
    pseudo-code's name, else one that does all of it and calls no other that does, if that is three
    things or more. A call that is missing is told of functions of the same name alone.

Example
    put(data_key, message)     above     state = get({topic}/meta/log-state)     and a function that
    reads the state first.

What to do
    Bring the steps in the order of the document, or correct it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from conform.check.context import Context
from conform.check.systems.operations_in_order import Event, Label, Operations, Procedure
from conform.check.systems.system import System, level, systems_of
from conform.domain.code_index import Function
from conform.domain.finding import Code, Finding

CODE = Code("CF317", "order of operations differs between text and code")

_LEAST = 3
_READS = frozenset(("get", "list", "head", "read"))


def order_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each piece of pseudo-code whose function does it in another order."""
    for system in systems_of(context):
        operations = Operations(system)
        told = set()
        for procedure in (each for page in system.pages for each in operations.procedures(page)):
            for finding in _compared(context, system, operations, procedure):
                if finding.span not in told:  # several functions may come to one place
                    told.add(finding.span)
                    yield finding


def _compared(
    context: Context, system: System, operations: Operations, procedure: Procedure
) -> Iterator[Finding]:
    wanted = frozenset(event.label for event in procedure.events)
    if not any(form for _operation, form in wanted):
        return
    own = operations.functions.get(level(procedure.name))
    for function in [own] if own else _all_of(operations, wanted):
        done = operations.events(function, wanted)
        details = (f"`{procedure.name}` is at {procedure.passage.span()}",)
        if swapped := _swapped(procedure.events, done):
            first, then = swapped
            yield CODE.finding(
                f"`{function.name}` comes to {_named(then)} before {_named(first)}, and "
                f"`{procedure.name}` in {procedure.passage.path} the other way round",
                then.span,
                excerpt=system.excerpt(context, then.span),
                details=details,
                hint="bring the steps in one order",
            )
        elif own and (lacking := _lacking(procedure.events, done)):
            call, before = lacking
            yield CODE.finding(
                f"`{function.name}` comes to {_named(before)} without {_named(call)} before it, "
                f"which `{procedure.name}` has in {procedure.passage.path}",
                before.span,
                excerpt=system.excerpt(context, before.span),
                details=details,
                hint="call it there, or correct the document",
            )


def _all_of(operations: Operations, wanted: frozenset[Label]) -> list[Function]:
    """Return the functions that do all of a piece of pseudo-code and call no other that does."""
    every = operations.functions.values() if len(wanted) >= _LEAST else ()
    found = {
        level(function.name): function
        for function in every
        if wanted <= {event.label for event in operations.events(function, wanted)}
    }
    return [
        function
        for name, function in found.items()
        if not {level(call.name) for call in function.calls} & (found.keys() - {name})
    ]


def _lacking(stated: tuple[Event, ...], done: list[Event]) -> tuple[Event, Event] | None:
    """Return a call that stands before an event in the text alone, and that event as done."""
    counts = Counter(event.label for event in stated), Counter(event.label for event in done)
    place = {event.label: at for at, event in enumerate(done)}
    for at, event in enumerate(stated):
        if event.label[0] in _READS or counts[0][event.label] != 1 or counts[1][event.label] != 1:
            continue
        earlier = {each.label for each in done[: place[event.label]]}
        for call in stated[:at]:
            if not call.label[1] and call.label not in earlier:
                return call, done[place[event.label]]
    return None


def _swapped(stated: tuple[Event, ...], done: list[Event]) -> tuple[Event, Event] | None:
    """Return the first two events, as done, that stand the other way round in the text."""
    counts = Counter(event.label for event in stated), Counter(event.label for event in done)
    once = [each for each in stated if counts[0][each.label] == counts[1][each.label] == 1]
    place = {event.label: (at, event) for at, event in enumerate(done)}
    for first, then in combinations(once, 2):
        if first.label[0] in _READS and then.label[0] in _READS:
            continue
        if place[first.label][0] > place[then.label][0]:
            return place[first.label][1], place[then.label][1]
    return None


def _named(event: Event) -> str:
    operation, form = event.label
    return f"`{operation} {form}`" if form else f"`{operation}`"
