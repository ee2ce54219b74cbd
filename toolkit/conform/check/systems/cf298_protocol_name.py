"""The specification of a system names a part of the protocol otherwise than the protocol does.

What it means
    A page that says how a system carries out the protocol gives the number of an action or the
    label of a property a name that the protocol's document has not for it, or speaks of `S1-S8`
    where the document has nine. The protocol has gone on, and the page has not.

    Or a column of actions has a name, without marks of code, that is none of the document's.

    Looked at are pages on which three names or more, and most of them, are those of the document,
    and which name no other protocol's document.

Example
    | Action 8: `MoveCursor` | ... |     where action 8 of the document is `UpdateCursor`.

What to do
    Correct the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.check.context import Context
from conform.check.systems.page_tables import tables_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, Prose
from conform.domain.spec import Action
from conform.text import nearest

CODE = Code("CF298", "part of the protocol has another name")

_ACTION = re.compile(r"\bAction\s+(?P<label>\d{1,2}[a-z]?)\s*[:(]?\s*(?P<name>[A-Z]\w+)")
_PROPERTY = re.compile(r"\b(?P<label>[A-Z]\d{1,2})\b\s*[:(]?\s*(?P<name>[A-Z]\w+)")
_RANGE = re.compile(
    r"\b(?P<series>[A-Z])1\s*(?:-|\N{EN DASH}|to|through)\s*(?P<again>[A-Z]?)(?P<last>\d{1,2})\b"
)
_ABOUT = re.compile(r"\b(?:propert(?:y|ies)|invariants?)\b", re.IGNORECASE)
_COLUMN = r"(?:protocol |abstract |spec )?actions?"
_CAMEL = r"[A-Z]+[a-z]+(?:[A-Z][A-Za-z]*)*"
_LEAST = 3


class _Said(Struct, frozen=True):
    """A label and the name that a page has for it."""

    label: str
    name: str
    passage: Passage
    start: int


def protocol_names(context: Context) -> Iterator[Finding]:
    """Yield a finding for each label whose name or number is not the document's."""
    known = _known(context)
    own = {document.path for document in context.documents}
    actions = {each.name for one in context.document.actions for each in (one, *one.leaves())}
    for page in context.pages if actions else ():
        if page.path not in own:
            yield from _in_columns(context, page, actions)
    for page in context.pages:
        said = [each for each in _labelled(page) if each.label in known]
        right = [each for each in said if each.name in known[each.label]]
        if (
            page.path in own
            or _names_another(context, page)
            or len(right) < _LEAST
            or 2 * len(right) <= len(said)
        ):
            continue
        for each in said:
            if each not in right:
                yield _finding(context, each, sorted(known[each.label]))
        yield from _ranges(context, page, known)


def _in_columns(context: Context, page: Prose, actions: set[str]) -> Iterator[Finding]:
    """Yield the names without marks of code in a column of actions that no document has.

    Most of the column has to be actions of the document; names in code are another rule's.
    """
    for rows in tables_of(page):
        cells = [cell for row in rows if (cell := row.under(_COLUMN))]
        named = [cell for cell in cells if re.fullmatch(_CAMEL, cell.text.strip())]
        wrong = [cell for cell in named if not cell.codes and cell.text.strip() not in actions]
        for cell in wrong if 2 * len(wrong) < len(named) and len(named) >= _LEAST else ():
            name = cell.text.strip()
            close = nearest(name, sorted(actions))
            yield CODE.finding(
                f"`{name}` is no action of {context.document.path}",
                cell.span(),
                excerpt=context.excerpt(cell.span()),
                hint=f"did you mean `{close}`?" if close else "correct the page",
            )


def _names_another(context: Context, page: Prose) -> bool:
    """Say whether a page names or links to the document of another protocol."""
    files = {each.path.rpartition("/")[2] for each in context.neighbours}
    return any(
        name in passage.text or any(name in link.target for link in passage.links)
        for passage in page.passages
        for name in files
    )


def _known(context: Context) -> dict[str, set[str]]:
    """Return the names by the numbers of actions and the labels of properties."""
    found: dict[str, set[str]] = {}

    def add(action: Action) -> None:
        if action.number:
            found.setdefault(action.number, set()).update(
                (action.name, *(each.name for each in action.leaves()))
            )
        for outcome in action.outcomes:
            add(outcome)

    for action in context.document.actions:
        add(action)
    for stated in context.document.properties:
        if stated.label:
            found.setdefault(stated.label, set()).add(stated.name)
    return found


def _labelled(page: Prose) -> Iterator[_Said]:
    for passage in page.running():
        for pattern in (_ACTION, _PROPERTY):
            for match in pattern.finditer(passage.text):
                if passage.is_code(match.start("name")):
                    yield _Said(match["label"], match["name"], passage, match.start("name"))


def _ranges(context: Context, page: Prose, known: dict[str, set[str]]) -> Iterator[Finding]:
    for passage in page.running():
        for match in _RANGE.finditer(passage.text) if _ABOUT.search(passage.text) else ():
            series = match["series"]
            numbers = [int(label[1:]) for label in known if re.fullmatch(rf"{series}\d+", label)]
            if numbers and match["again"] in ("", series) and int(match["last"]) != max(numbers):
                span = passage.span(match.start("last"), match.end("last"))
                yield CODE.finding(
                    f"the last of these is {series}{max(numbers)} in {context.document.path}",
                    span,
                    excerpt=context.excerpt(span),
                    hint="correct the range",
                )


def _finding(context: Context, said: _Said, names: list[str]) -> Finding:
    span = said.passage.span(said.start, said.start + len(said.name))
    there = " or ".join(f"`{name}`" for name in names)
    return CODE.finding(
        f"{said.label} is {there} in {context.document.path}, and `{said.name}` here",
        span,
        excerpt=context.excerpt(span),
        hint="correct the page",
    )
