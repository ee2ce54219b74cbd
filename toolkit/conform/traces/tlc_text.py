"""TLC's textual error traces: its whole output, with or without -tool, or just the states.

Follows tlc2/output/StatePrinter and MP of TLC 2.18 (seen by running it), and later versions, which
print an action's parameters and the action that closes a lasso:

    State 2: <StartAppend(w1) line 10, col 5 to line 12, col 30 of module M>
    /\\ x = 1
    /\\ y = <<2, 3>>

One output may hold several traces (-continue): each begins at its state 1. Under -difftrace a state
shows only the variables that changed; the others are carried over. The text tells no names of
parameters, so a parameter is named after its place (`positional`), and no choices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.trace import Trace, TraceStep
from conform.domain.values import Bindings, Value, format_value
from conform.errors import InputError
from conform.text import Source
from conform.traces.places import error_at
from conform.traces.printed_values import IllPrinted, PrintedValues
from conform.traces.shapes import Shapes

UNNAMED_ACTION = "Action"
"""What TLC prints for an action that it has no name for (tlc2.tool.Action.UNNAMED_ACTION)."""

KEEPS_KINDS = True
"""Whether a value that is read has the kind that was written."""

_LINE = re.compile(r"[^\n]*\n?")
_MESSAGE = "@!@!@"
_HEADER = r"\s*{prefix}([0-9]{{1,9}}):(?: <(.*)>)?\s*$"
_LOOP = (
    r"\s*(?:{prefix}([0-9]{{1,9}}): Stuttering\s*$"
    r"|Back to state ([0-9]{{1,9}})\b|([0-9]{{1,9}}): Back to state\b)"
)
_LABEL = re.compile(  # possessive: a hostile label must not cost more than its length
    r"([A-Za-z0-9_!]++)(?:\s*+\((.*)\))?"
    r"(?:\s++line [0-9]+, col [0-9]+ to line [0-9]+, col [0-9]+ of module \S+)?\s*+$"
)
_INITIAL_LABEL = "Initial predicate"
_NAME = r"[ \t]*([A-Za-z0-9_!]+)[ \t\r\n]*=(?![>=])"
_CONJUNCT = re.compile(r"^[ \t]*/\\" + _NAME, re.MULTILINE)
_ONLY = re.compile(_NAME)


def positional(place: int) -> str:
    """Return the name that stands for the parameter at `place`, 1-based."""
    return f"_{place}"


def looks_like(text: str) -> bool:
    """Whether `text` holds anything that TLC prints around or in a trace."""
    return bool(re.search(r"^\s*State [0-9]+:|@!@!@STARTMSG|^TLC2 Version", text, re.MULTILINE))


def read(source: Source, shapes: Shapes | None = None) -> tuple[Trace, ...]:
    """Return the traces in `source`, none for an output without any; raise a located InputError.

    `shapes` are not needed: TLC's text tells all kinds apart.
    """
    drafts = list(_drafts(source))
    several = len(drafts) > 1
    return tuple(
        Trace(
            f"{source.path} (trace {place})" if several else source.path,
            tuple(draft.steps),
            draft.loop_to,
        )
        for place, draft in enumerate(drafts, start=1)
    )


def write(trace: Trace) -> str:
    """Return `trace` as TLC prints it, on one line a variable, ending in a newline.

    Lost: names of parameters, choices, and whether an action has no parameters or unknown ones.
    """
    blocks = [_state_text(step) for step in trace.steps]
    if trace.loop_to is not None:
        last = trace.steps[-1].number
        back = f"Back to state {trace.loop_to}\n"
        blocks.append(f"State {last + 1}: Stuttering\n" if trace.ends_in_stuttering else back)
    return "\n".join(blocks)


# --- Reading: lines, then blocks, then traces ----------------------------------------------------


class _Block(Struct, frozen=True):
    """One state as it stands in the text; offsets, `start` that of its header."""

    number: int
    label: str
    start: int
    label_start: int
    body_start: int
    body_end: int


class _Loop(Struct, frozen=True):
    """`Back to state n`, or stuttering in state n, and the offsets of the line that says so."""

    number: int
    start: int
    end: int


_Marker: TypeAlias = _Block | _Loop


@dataclass(slots=True)
class _Draft:
    """A trace while it is being read."""

    steps: list[TraceStep] = field(default_factory=list)
    loop_to: int | None = None


def _drafts(source: Source) -> Iterator[_Draft]:
    values = PrintedValues()
    draft = _Draft()
    for marker in _markers(source):
        if isinstance(marker, _Loop):
            _close(source, marker, draft)
            continue
        if marker.number == 1 and draft.steps:
            yield draft
            draft = _Draft()
        draft.steps.append(_step(source, marker, draft, values))
    if draft.steps:
        yield draft


def _close(source: Source, loop: _Loop, draft: _Draft) -> None:
    if not 1 <= loop.number <= len(draft.steps):
        message = f"a loop back to state {loop.number}, which the trace does not have"
        raise error_at(source, loop.start, loop.end, message)
    draft.loop_to = loop.number


def _markers(source: Source) -> Iterator[_Marker]:
    """Yield states and loops in the order of the text; what stands around them is passed over."""
    prefix = "" if f"{_MESSAGE}STARTMSG" in source.text else "State "
    header = re.compile(_HEADER.format(prefix=prefix))
    loop = re.compile(_LOOP.format(prefix=prefix))
    block: _Block | None = None
    for found in _LINE.finditer(source.text):
        line = found[0].rstrip("\r\n")
        marker = _marker(source, found, header.match(line), loop.match(line))
        if block and (marker or not line.strip() or line.startswith(_MESSAGE)):
            yield block
            block = None
        if isinstance(marker, _Loop):
            yield marker
        elif marker:
            block = marker
        elif block:
            block = replace(block, body_end=found.end())
    if block:
        yield block


def _marker(
    source: Source,
    line: re.Match[str],
    header: re.Match[str] | None,
    loop: re.Match[str] | None,
) -> _Marker | None:
    start, end = line.span()
    if loop:
        number = int(loop[1]) - 1 if loop[1] else int(loop[2] or loop[3])
        return _Loop(number, start, end)
    if not header:
        return None
    if header[2] is None:
        raise error_at(
            source, start, end, "a state without the action that led to it",
            expected="State 2: <Action line …>",
            hint="a dump of states (-dump) is no trace; take TLC's output instead",
        )  # fmt: skip
    return _Block(int(header[1]), header[2], start, start + header.start(2), end, end)


def _step(source: Source, block: _Block, draft: _Draft, values: PrintedValues) -> TraceStep:
    if block.number != len(draft.steps) + 1:
        message = f"state {block.number} where state {len(draft.steps) + 1} should follow"
        raise error_at(source, block.start, block.label_start, message)
    shown = dict(_variables(source, block, values))
    if not draft.steps:
        if not shown:
            raise error_at(source, block.start, block.body_start, "a state without variables")
        return TraceStep(1, None, (), (), tuple(shown.items()))
    variables = _carried_over(source, block, draft.steps[-1].variables, shown)
    action, parameters = _action(source, block, values)
    return TraceStep(block.number, action, parameters, (), variables)


def _carried_over(
    source: Source, block: _Block, before: Bindings, shown: dict[str, Value]
) -> Bindings:
    """Return the state that `shown` makes of the one `before`; -difftrace leaves out the rest."""
    names = {name for name, _ in before}
    for name in shown:
        if name not in names:
            message = f"the variable {name}, which the first state does not have"
            raise error_at(source, block.body_start, block.body_end, message)
    return tuple((name, shown.get(name, value)) for name, value in before)


def _action(
    source: Source, block: _Block, values: PrintedValues
) -> tuple[str | None, Bindings | None]:
    """Return the name and the parameters in a label, None where it tells none."""
    label = _LABEL.match(block.label)
    if label is None:
        end = block.label_start + len(block.label)
        message = f"{block.label[:60]!r} names no action"
        raise error_at(source, block.label_start, end, message)
    action = None if label[1] == UNNAMED_ACTION else label[1]
    if label[2] is None:
        return action, None
    try:
        arguments = values.arguments(label[2])
    except IllPrinted as error:
        raise _located(source, block.label_start + label.start(2), error) from None
    return action, tuple((positional(i), value) for i, value in enumerate(arguments, start=1))


def _variables(source: Source, block: _Block, values: PrintedValues) -> Iterator[tuple[str, Value]]:
    """Yield each variable that the block shows, in its order."""
    body = source.text[block.body_start : block.body_end]
    heads = list(_CONJUNCT.finditer(body)) or [*filter(None, [_ONLY.match(body)])]
    first = heads[0].start() if heads else len(body)
    if body[:first].strip():
        message = "no variable with its value"
        place = block.body_start
        raise error_at(source, place, place + first, message, expected="/\\ variable = value")
    starts = [*(head.start() for head in heads), len(body)]
    seen: set[str] = set()
    for head, end in zip(heads, starts[1:], strict=True):
        start = block.body_start + head.start(1)
        if head[1] in seen:
            raise error_at(source, start, start + len(head[1]), f"{head[1]} twice in one state")
        seen.add(head[1])
        try:
            yield head[1], values.value(body[head.end() : end])
        except IllPrinted as error:
            raise _located(source, block.body_start + head.end(), error) from None


def _located(source: Source, start: int, error: IllPrinted) -> InputError:
    place = (source, start + error.start, start + error.end)
    return error_at(*place, error.message, expected=error.expected)


# --- Writing -------------------------------------------------------------------------------------


def _state_text(step: TraceStep) -> str:
    conjuncts = [f"{name} = {format_value(value)}\n" for name, value in step.variables]
    lines = conjuncts if len(conjuncts) == 1 else [f"/\\ {line}" for line in conjuncts]
    return f"State {step.number}: <{_label(step)}>\n" + "".join(lines)


def _label(step: TraceStep) -> str:
    if step.number == 1:
        return _INITIAL_LABEL
    arguments = ",".join(format_value(value) for _, value in step.parameters or ())
    return (step.action or UNNAMED_ACTION) + (f"({arguments})" if arguments else "")
