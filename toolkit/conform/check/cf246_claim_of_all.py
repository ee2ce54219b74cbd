"""A document claims that every construct is in every model, and its own tables say otherwise.

What it means
    A sentence promises that all variables, actions or properties have their counterpart in both
    models, or that all properties pass in both, and a mapping or results table of the same page has
    a dash in the column of one of them. Or it says that the protocol is verified in both against
    safety and liveness properties, and one of the models has no liveness property.

Example
    "Every property has a construct in both TLA+ and FizzBee", above a row with `— (TLA+ only)`.

What to do
    Weaken the sentence, or write what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.check.context import Context, FormalArtefact
from conform.check.models.configurations_apart import apart_from_in_use
from conform.check.texts.page_topics import has_title_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose

CODE = Code("CF246", "claim of all is contradicted by a table")

_NOUN = r"(?P<noun>variable|action|propert|invariant|liveness|safety|construct|verdict)"
_CLAIM = re.compile(
    rf"\b(?:every|each|all)\b[^.!?;]{{0,80}}?\b{_NOUN}[^.!?;]{{0,100}}?\b(?:both|each|all|either|the)\b"
    r"[^.!?;]{0,40}?\b(?:tla\+?|fizz\w*|models?|tools?|artefacts?)",
    re.IGNORECASE,
)
_VERIFIED = re.compile(
    r"\b(?:verified|checked|proved|proven|validated)\b[^.!?;]{0,60}?\b(?:tla\+?[^.!?;]{1,30}?\bfizz\w*"
    r"|fizz\w*[^.!?;]{1,30}?\btla\+?)[^.!?;]{0,60}?\bliveness\b",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(r"\b(?:except|unless|but|where|apart|that can|which|only)\b", re.IGNORECASE)
_EXCEPTION_BEHIND = re.compile(r"\b(?:except|unless|apart from|other than)\b", re.IGNORECASE)
_END = re.compile(r"[.!?;](?:\s|$)")
_MODEL = re.compile(r"tla|fizz", re.IGNORECASE)
_MODELS = re.compile(r"\b(?:models?|tools?|artefacts?)\b", re.IGNORECASE)
_DASH = re.compile(r"\s*[\N{EM DASH}\N{EN DASH}-](?!\w)")
_SHOWN = 5


class _Dash(Struct, frozen=True):
    """A cell with a dash: the first cell of its row, its header, all of the row in lower case."""

    subject: str
    header: str
    row: str
    line: int


def claims_of_all(context: Context) -> Iterator[Finding]:
    """Yield a finding for each sentence of that kind on a page with a dash in such a column."""
    own = {document.path for document in context.documents}
    for page in context.pages:
        if page.path not in own:
            continue
        about_protocol = _lines_about(context, page.path)
        dashes = [dash for dash in _dashes(page) if dash.line in about_protocol]
        for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
            match = _CLAIM.search(passage.text)
            if match is None or _EXCEPTION.search(match[0]):
                continue
            rest = _END.split(passage.text[match.end() :], maxsplit=1)[0]
            if _EXCEPTION_BEHIND.search(rest):
                continue
            named = _models_named(match[0][match.end("noun") - match.start() :] + rest)
            about = [
                dash
                for dash in dashes
                if _is_about(match, dash) and named in ("", *_MODEL.findall(dash.header.lower()))
            ]
            if about:
                yield _finding(context, passage, match, about)
        yield from _verified(context, page)


def _models_named(text: str) -> str:
    """Return `tla` or `fizz` where a claim is about that model alone; else nothing."""
    named = {name.lower() for name in _MODEL.findall(text)}
    return named.pop() if len(named) == 1 and not _MODELS.search(text) else ""


def _verified(context: Context, page: Prose) -> Iterator[Finding]:
    """Yield the sentences that say liveness is verified in both, where a model states none."""
    if not has_title_of(context, page):
        return
    for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
        match = _VERIFIED.search(passage.text)
        if match is None or _EXCEPTION.search(match[0]):
            continue
        for artefact in context.formal.values():
            if artefact.spec.properties and not _has_liveness(artefact):
                span = passage.span(*match.span())
                yield CODE.finding(
                    f"the text says that both verify liveness, and {artefact.spec.path} has no "
                    "liveness property",
                    span,
                    excerpt=context.excerpt(span),
                    hint="weaken the sentence, or write what is missing",
                )


def _has_liveness(artefact: FormalArtefact) -> bool:
    """Whether the model checks liveness, as far as its configurations tell."""
    kinds = (each.kind.lower() for each in artefact.spec.properties)
    apart = any(file.names("PROPERTY") for file in apart_from_in_use(artefact))
    return apart or any("liveness" in kind for kind in kinds)


def _lines_about(context: Context, path: str) -> set[int]:
    """Return the lines of a page with rows of tables about this protocol."""
    spans = [row.span for row in context.rows()]
    spans += (row.span for each in context.documents for row in each.results)
    return {span.line for span in spans if span.path == path}


def _dashes(page: Prose) -> Iterator[_Dash]:
    """Yield each dash in the column of a model."""
    headers = {
        (cell.block, cell.column): cell.text
        for cell in page.of(PassageKind.HEADER)
        if _MODEL.search(cell.text)
    }
    rows: dict[tuple[int, int], list[str]] = {}
    for cell in page.of(PassageKind.CELL):
        rows.setdefault((cell.block, cell.row), []).append(cell.text)
    for cell in page.of(PassageKind.CELL):
        header = headers.get((cell.block, cell.column))
        if header is not None and _DASH.match(cell.text):
            row = rows[cell.block, cell.row]
            yield _Dash(row[0], header, " ".join(row).lower(), cell.span().line)


def _is_about(match: re.Match[str], dash: _Dash) -> bool:
    """Say whether a dash contradicts a claim, by what kind of construct its row is about."""
    claim = match[0].lower()
    named = {kind for kind in ("liveness", "safety") if kind in claim}
    if len(named) == 1:
        return named.pop() in dash.row
    subject = dash.subject.lower()
    if subject.startswith(("state", "variable")):
        return "variable" in claim or "construct" in claim
    if subject.startswith("action"):
        return "action" in claim or "construct" in claim
    return not subject.startswith("helper") and bool(re.search("propert|invariant|verdict", claim))


def _finding(
    context: Context, passage: Passage, match: re.Match[str], about: list[_Dash]
) -> Finding:
    span = passage.span(*match.span())
    shown = [f"line {dash.line}: {dash.subject} has none under {dash.header}" for dash in about]
    more = [f"and {len(about) - _SHOWN} more"] if len(about) > _SHOWN else []
    return CODE.finding(
        f"the text claims it of all, and a table has {len(about)} without",
        span,
        excerpt=context.excerpt(span),
        details=(*shown[:_SHOWN], *more),
        hint="weaken the sentence, or write what is missing",
    )
