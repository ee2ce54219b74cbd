r"""The actor of an action is named by a parameter that the action does not have.

What it means
    The line **Actor** of an action, or its cell in a column Actor, says `writer w`, and `w` is no
    parameter of the action. The line was copied from a neighbour, or the heading lacks a parameter.

Example
    ### Action 9: CompactReset
    - **Actor**: writer `w`

What to do
    Correct the actor, or the parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind

CODE = Code("CF265", "actor that is no parameter")

_ACTOR = re.compile(r"\s*(?:Actor|Role|Performed by|Who)\s*:", re.IGNORECASE)
_NAME = re.compile(r"[a-z][a-z0-9]{0,2}'?")
"""What a parameter looks like; a longer word in code is the name of a role."""


def actors_without_parameter(context: Context) -> Iterator[Finding]:
    """Yield a finding for each actor's name that the action around it does not have."""
    starts = sorted(
        (each.span.line, each.name, each.parameters)
        for action in context.document.actions
        for each in (action, *action.leaves())
        if each.span.path == context.document.path
    )
    headings = [heading.span().line for heading in context.page().headings()]
    for passage in context.page().of(PassageKind.ITEM, PassageKind.TEXT):
        if not _ACTOR.match(passage.text):
            continue
        line = passage.span().line
        above = [start for start in starts if start[0] <= line]
        heading = max((start for start in headings if start <= line), default=0)
        if above and above[-1][0] >= heading:
            yield from _in_actor(context, passage, above[-1][1], above[-1][2])


def _in_actor(
    context: Context, passage: Passage, name: str, parameters: tuple[str, ...]
) -> Iterator[Finding]:
    for start, code in passage.coded():
        if _NAME.fullmatch(code) and code not in parameters:
            span = passage.span(start, start + len(code))
            given = ", ".join(parameters) or "none"
            yield CODE.finding(
                f"`{code}` is no parameter of `{name}`: it has {given}",
                span,
                excerpt=context.excerpt(span),
                hint="correct the actor, or the parameters",
            )
