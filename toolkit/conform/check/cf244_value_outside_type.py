"""A document gives a variable a value that its own type does not list.

What it means
    A guard, an effect, a formula or the initial value has the variable equal to a name that is not
    among those of its type: one of the two is misspelt or out of date. So is the one name of a row
    of values with arrows between them, `IDLE → WRITING → DONE`, that the type does not list where
    it lists three others or more. An element of a function to records is no plain value either.

Example
    `compactorState := DELETING`, where the type is `{IDLE, DELETING_OLD, DONE}`.

What to do
    Correct the value, or add it to the type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from msgspec.structs import replace

from conform.check.cf245_drawn_transition import drawn_rows
from conform.check.context import Context
from conform.check.texts.enumerations import enumerations
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.domain.spec import Line
from conform.text import Span, nearest

CODE = Code("CF244", "value outside the type")

_COMPARED = re.compile(
    r"(?<![\w.])(?P<name>[^\W\d]\w*)(?:'|(?P<index>\[[^\[\]]*\]))?\s*(?:=|:=|≠|/=|#|==|!=|←|<-)\s*"
    r"(?P<value>\"\w+\"|'\w+'|[A-Z][A-Z0-9_]+)(?![\w(\[.'])"
)

_AMONG = re.compile(
    r"(?<![\w.])(?P<name>[^\W\d]\w*)(?:'|\[[^\[\]]*\])?\s*(?:\N{ELEMENT OF}|\N{NOT AN ELEMENT OF}|"
    r"\\(?:not)?in\b)\s*\{(?P<values>[^{}]*)\}"
)
_MEMBER = re.compile(r"(?<![\w.])(?:\"\w+\"|'\w+'|[A-Z][A-Z0-9_]+)(?![\w(\[.'])")

_PSEUDO = re.compile(r"start|begin|initial|init|end|stop|final|exit|any|crash(?:ed)?|dead", re.I)
"""Names of drawings for what is no value of a variable."""

_FEWEST_DRAWN = 3
"""So many values of a row are in the type of one variable before another name is asked for."""

_OF_RECORDS = re.compile(
    r"(?:→|->|\|->|↦)\s*[\[{(]\s*(?P<field>[^\W\d]\w*)\s*(?::(?!=)|∈)[^∪]*[\]})]\s*\]?\s*$"
)
"""A function whose elements are records, and the first field of them."""

_KEYWORDS = frozenset(("IF", "CASE", "LET", "CHOOSE", "TRUE", "FALSE", "ENABLED", "UNCHANGED"))


def values_outside_types(context: Context) -> Iterator[Finding]:
    """Yield a finding for each value that the type of its variable lacks, with all its places."""
    found: dict[str, list[Finding]] = {}
    for finding in _every_place(context):
        found.setdefault(finding.message, []).append(finding)
    for first, *others in found.values():
        places = dict.fromkeys(f"also at {other.span}" for other in others)
        yield replace(first, details=(*first.details, *places))


def _every_place(context: Context) -> Iterator[Finding]:
    """Yield a finding for each comparison or assignment with a value that the type lacks."""
    types = _types(context)
    constants = {one.name for document in context.documents for one in document.constants}
    allowed = constants | _KEYWORDS
    page = context.page()
    for passage in page.passages:
        for start, text in _formal(passage):
            for name, written, begin in _values(text):
                members = types.get(name)
                value = written.strip("\"'")
                if members and value not in members | allowed:
                    span = passage.span(start + begin, start + begin + len(written))
                    yield _finding(context, name, value, members, span)
    yield from _records(context, page)
    yield from _drawn(context, types, page, allowed)
    yield from _initial(context, types, page)


def _values(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield (name, value as written, where it begins) of each comparison and each list."""
    for match in _COMPARED.finditer(text):
        yield match["name"], match["value"], match.start("value")
    for match in _AMONG.finditer(text):
        for member in _MEMBER.finditer(text, *match.span("values")):
            yield match["name"], member[0], member.start()


def _types(context: Context) -> dict[str, frozenset[str]]:
    """Return the members of the one list that the type of a variable has, by variable."""
    types: dict[str, frozenset[str]] = {}
    for variable in context.document.variables:
        listed = list(enumerations(variable.type_text))
        if len(listed) == 1 and ":" not in variable.type_text:
            rest = variable.type_text[: listed[0].start] + variable.type_text[listed[0].end :]
            # A union has more values than the list.
            if not re.search(r"∪|\\union|\\cup|\bor\b", rest):
                types[variable.name] = frozenset(listed[0].members)
    return types


def _records(context: Context, page: Prose) -> Iterator[Finding]:
    """Yield a finding for each element of a function to records that is equal to a plain value.

    Where elements begin with a plain value, `all EMPTY`, it is short for a record. So it may be in
    a sentence: the lines of guards, effects, helpers and properties alone are asked.
    """
    lines = {line.span.line for line in _lines(context)}
    fields = {
        variable.name: match["field"]
        for variable in context.document.variables
        if (match := _OF_RECORDS.search(variable.type_text))
        and "∪" not in variable.type_text
        and re.search(r"[{\[(⟨]|<<", variable.initial_text)
    }
    for passage in page.passages:
        for start, text in _formal(passage):
            for match in _COMPARED.finditer(text):
                span = passage.span(start + match.start(), start + match.end())
                if match["name"] in fields and match["index"] and span.line in lines:
                    name, value = match["name"], match["value"]
                    yield CODE.finding(
                        f"an element of `{name}` is a record, and never {value}",
                        span,
                        excerpt=context.excerpt(span),
                        hint=f"name the field: `{name}[…].{fields[name]}`",
                    )


def _lines(context: Context) -> Iterator[Line]:
    document = context.document
    for action in document.leaf_actions():
        yield from (*action.guard, *action.effect)
    for helper in document.helpers:
        yield from helper.lines
    for stated in document.properties:
        yield from stated.lines


def _drawn(
    context: Context, types: dict[str, frozenset[str]], page: Prose, allowed: Set[str]
) -> Iterator[Finding]:
    """Yield a finding for the one name of a drawn row that is not in the type of the others."""
    known = frozenset[str]().union(*types.values(), allowed)
    for drawn in drawn_rows(page):
        others = [name for name in drawn.among if name not in known]
        rest = drawn.among.difference(others)
        of = [name for name, members in types.items() if rest <= members]
        if len(others) == len(of) == 1 and len(rest) >= _FEWEST_DRAWN:
            name = others[0]
            if _PSEUDO.fullmatch(name) or name.isupper() is not all(map(str.isupper, rest)):
                continue  # the start of the drawing, or words at its end
            place = re.search(rf"\b{name}\b", drawn.passage.text[drawn.start : drawn.end])
            start = drawn.start + (place.start() if place else 0)
            span = drawn.passage.span(start, start + len(name))
            yield _finding(context, of[0], name, types[of[0]], span)


def _formal(passage: Passage) -> Iterator[tuple[int, str]]:
    if passage.kind is PassageKind.CODE:
        yield 0, passage.text
    else:
        yield from passage.coded()


def _initial(context: Context, types: dict[str, frozenset[str]], page: Prose) -> Iterator[Finding]:
    for variable in context.document.variables:
        members = types.get(variable.name)
        words = re.findall(
            r"(?:^|↦|\|->|:)\s*\"?([A-Z][A-Z0-9_]+)\"?\s*\]?\s*$", variable.initial_text
        )
        for value in words if members else ():
            if members and value not in members:
                span = next(
                    (
                        passage.span(start, start + len(value))
                        for passage in page.of(PassageKind.CELL)
                        if passage.span().line == variable.span.line
                        and (start := passage.text.find(value)) >= 0
                    ),
                    variable.span,
                )
                yield _finding(context, variable.name, value, members, span)


def _finding(
    context: Context, name: str, value: str, members: frozenset[str], span: Span
) -> Finding:
    close = nearest(value, members)
    return CODE.finding(
        f"`{name}` has no value `{value}` in its type",
        span,
        excerpt=context.excerpt(span),
        details=(f"its type: {', '.join(sorted(members))}",),
        hint=f"did you mean `{close}`?" if close else "correct the value, or add it to the type",
    )
