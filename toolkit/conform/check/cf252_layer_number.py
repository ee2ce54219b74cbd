"""Two texts give one document different numbers of layer or protocol.

What it means
    A table of documents says that a document is layer 1, and the document itself, a drawn tree of
    files or another table says layer 2; or a file of protocol 1 is called an implementation of
    protocol 2; or the title of a document has another number than the name of its file; or the
    comment at the top of a model says protocol 1, or names the document of
    protocol 1 alone, and it is a model of protocol 2. Numbers of protocols come from titles
    (`# Protocol 2: Leases`) and from the names of documents (`2-leases.md`).

Example
    | 2 | [2-leases.md](specs/2-leases.md) | ... |     and     **Layer**: 1     in 2-leases.md

What to do
    Correct the number that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from conform.check.comments.model_comments import model_sources, remarks_of
from conform.check.context import Context
from conform.check.texts.protocol_numbers import number_of_protocol
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span

CODE = Code("CF252", "different numbers of layer or protocol")

_OWN = re.compile(
    r"\s*(?:Layer\s*:?\s+(?P<number>\d{1,2})\b|(?:a\s+)?Layer\s+(?P<other>\d{1,2})\s+(?:protocol|spec))",
    re.IGNORECASE,
)
_OWN_LINES = 12
"""The layer of a document stands in so many lines at its top."""

_TREE = re.compile(
    r"(?P<file>[\w-]+\.(?:md|tla|cfg|fizz))\b"
    r"(?:.*?(?:--|#|\N{EM DASH}|<-|\N{LEFTWARDS ARROW})\s*|\s{2,20})(?P<note>\S.*)"
)
_LAYER = re.compile(r"\bLayer\s+(?P<number>\d{1,2})\b", re.IGNORECASE)
_PROTOCOL = re.compile(r"\bProtocol\s+(?P<number>\d{1,2})\b", re.IGNORECASE)
_CALLED = re.compile(
    r"\s*Protocol\s+(?P<number>\d{1,2})\s*(?:[,:.(\N{EM DASH}\N{EN DASH}-]|$)", re.IGNORECASE
)
_AS = re.compile(r"\w\s+\(Protocol\s+(?P<number>\d{1,2})\)", re.IGNORECASE)
_TITLE_LINES = 2
"""The title of a model is in so many lines of the comment at its top."""

_NUMBERED = re.compile(
    r"(?<![\w/])(?:\.\./)*(?P<path>(?:[\w-]+/)*0{0,2}(?P<number>\d{1,2})-[\w-]+\.md)"
)
_ON_ANOTHER = re.compile(
    r"\b(?:extend|builds?|built|based|unlike|see also|compare|refine|instantiat|compos)", re.I
)
_NUMBER = re.compile(r"(?:Layer\s+)?(?P<number>\d{1,2})", re.IGNORECASE)
_FILE = re.compile(r"(?:^|/)(?P<file>[\w-]+\.md)(?:#.*)?$")


class _Claim(Struct, frozen=True):
    """What a text says of a document, named by its file: its layer, and where."""

    file: str
    number: int
    passage: Passage
    start: int
    end: int

    @property
    def span(self) -> Span:
        return self.passage.span(self.start, self.end)


def differing_numbers(context: Context) -> Iterator[Finding]:
    """Yield a finding for each layer or protocol number that another text contradicts."""
    yield from _layers(context)
    yield from _title(context)
    yield from _protocols(context)
    yield from _in_comments(context)


def _layers(context: Context) -> Iterator[Finding]:
    """Yield a finding for each document that texts give several layers, with all other places."""
    first: dict[str, _Claim] = {}
    others: dict[str, list[_Claim]] = {}
    for claim in _claims(context):
        known = first.setdefault(claim.file, claim)
        if claim.number != known.number:
            others.setdefault(claim.file, []).append(claim)
    for file, (claim, *further) in others.items():
        message = f"{file} is layer {claim.number} here, and layer {first[file].number}"
        finding = _finding(context, claim, f"{message} at {first[file].span}")
        places = tuple(f"layer {each.number} at {each.span} as well" for each in further)
        yield replace(finding, details=(*finding.details, *places))


def _claims(context: Context) -> Iterator[_Claim]:
    """Yield what documents say of themselves, then what others say of them."""
    for page in context.pages:
        yield from _own(page)
    for page in context.pages:
        yield from _in_tables(page)
        yield from _in_trees(page)


def _own(page: Prose) -> Iterator[_Claim]:
    name = PurePosixPath(page.path).name
    if name.lower() == "readme.md":
        return
    for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
        match = _OWN.match(passage.text) if passage.span().line <= _OWN_LINES else None
        if match is not None and not _is_about_link(passage, match.end(), name):
            group = "number" if match["number"] else "other"
            yield _Claim(name, int(match[group]), passage, *match.span(group))
            return


def _is_about_link(passage: Passage, end: int, name: str) -> bool:
    """Say whether a layer is that of the document linked right behind: *Layer 0 (pattern): […]*."""
    link = next((each for each in passage.links if each.start >= end), None)
    file = _FILE.search(link.target) if link else None
    is_other = file is not None and file["file"] != name
    if link is None or not is_other:
        return False
    return not re.search(r"\w{3}|\.", re.sub(r"\(.*?\)", "", passage.text[end : link.start]))


def _in_tables(page: Prose) -> Iterator[_Claim]:
    for header in page.of(PassageKind.HEADER):
        if not re.fullmatch(r"\s*layer\s*", header.text, re.IGNORECASE):
            continue
        cells = [cell for cell in page.of(PassageKind.CELL) if cell.block == header.block]
        for cell in cells:
            number = _NUMBER.fullmatch(cell.text.strip())
            if cell.column != header.column or number is None:
                continue
            row = [other for other in cells if other.row == cell.row]
            files = {file for other in row for file in _files_in(other)}
            if len(files) == 1:
                start = cell.text.index(number["number"])
                end = start + len(number["number"])
                yield _Claim(files.pop(), int(number["number"]), cell, start, end)


def _files_in(cell: Passage) -> Iterator[str]:
    for link in cell.links:
        if match := _FILE.search(link.target):
            yield match["file"]
    for _start, code in cell.coded():
        if match := _FILE.search(code):
            yield match["file"]


def _in_trees(page: Prose) -> Iterator[_Claim]:
    for line in page.of(PassageKind.CODE):
        match = _TREE.search(line.text)
        layer = _LAYER.search(line.text, match.start("note")) if match else None
        if match and layer and match["file"].endswith(".md"):
            yield _Claim(match["file"], int(layer["number"]), line, *layer.span("number"))


def _title(context: Context) -> Iterator[Finding]:
    """Yield the number in the title of the document, where the name of its file has another."""
    page = context.page()
    headings = page.headings()
    match = _CALLED.match(headings[0].text) if headings else None
    named = _NUMBERED.fullmatch(PurePosixPath(page.path).name)
    if match and named and int(match["number"]) != int(named["number"]):
        claim = _Claim(page.path, int(match["number"]), headings[0], *match.span("number"))
        message = f"the title says protocol {match['number']}, and the file {named['number']}"
        yield _finding(context, claim, message)


def _protocols(context: Context) -> Iterator[Finding]:
    """Yield the lines of trees that call a file of this protocol by another one's number."""
    own = number_of_protocol(context.page())
    if own is None:
        return
    files = {PurePosixPath(context.document.path).name}
    for artefact in context.formal.values():
        paths = [*artefact.paths(), *(each.path for each in artefact.configurations)]
        files |= {PurePosixPath(path).name for path in paths}
    for page in context.pages:
        for line in page.of(PassageKind.CODE):
            match = _TREE.search(line.text)
            named = _PROTOCOL.search(line.text, match.start("note")) if match else None
            if match and named and match["file"] in files and int(named["number"]) != own:
                number = int(named["number"])
                claim = _Claim(match["file"], number, line, *named.span("number"))
                message = f"{match['file']} belongs to protocol {own}, not {number}"
                yield _finding(context, claim, message)


def _in_comments(context: Context) -> Iterator[Finding]:
    """Yield what the comments at the tops of the models say of another protocol."""
    own = number_of_protocol(context.page())
    document = PurePosixPath(context.document.path).name
    for source in model_sources(context) if own is not None else ():
        remark = next(remarks_of(source, context), None)
        if remark is None or _ON_ANOTHER.search(" ".join(line.text for line in remark.lines)):
            continue
        is_named = any(document in line.text for line in remark.lines)
        for at, line in enumerate(remark.lines):
            called = _CALLED.match(line.text) or (at < _TITLE_LINES and _AS.search(line.text))
            if called and int(called["number"]) != own:
                message = f"this is a model of protocol {own}, not {called['number']}"
                yield _in_comment(context, line.span(*called.span("number")), message)
            for file in _NUMBERED.finditer(line.text) if not is_named else ():
                number = int(file["number"])
                if number not in (0, own) and (context.root / file["path"]).is_file():
                    message = f"{file['path']} is about protocol {number}, and this model about"
                    yield _in_comment(context, line.span(*file.span("path")), f"{message} {own}")


def _in_comment(context: Context, span: Span, message: str) -> Finding:
    return CODE.finding(
        message, span, excerpt=context.excerpt(span), hint="correct the number that is wrong"
    )


def _finding(context: Context, claim: _Claim, message: str) -> Finding:
    return CODE.finding(
        message,
        claim.span,
        excerpt=context.excerpt(claim.span),
        hint="correct the number that is wrong",
    )
