"""A text that programs exchange is in the document, and no source has it.

What it means
    The document names a variable of the environment, a type of content, a field or a word of a JSON
    document, or a status that a server answers with, and the sources, which have others of the same
    kind, do not have this one: who follows the text sets, sends or waits for what nobody reads.

    Looked at are variables that begin as the program is called and two do that the sources read, if
    half of the page's are read; types of content where the sources have another one of the page;
    JSON half of whose fields, or more, the sources have; words of a JSON field where the sources
    have most of those that the page gives it; and statuses in a sentence with another one that the
    sources have, as a number or by name.

Example
    {"status": "stored", "endPlace": 7}     where the sources write `lastPlace`.

What to do
    Correct the one that is out of date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from conform.check.context import Context
from conform.check.systems.cf290_command_in_code import OPTIONS
from conform.check.systems.command_line import command_line_of
from conform.check.systems.page_tables import listed_fields, tabled_fields, tables_of
from conform.check.systems.system import System, level, systems_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span, nearest

CODE = Code("CF315", "text that no source has")

_VARIABLE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_CONTENT = re.compile(r"\b(?:application|text|image|audio|video)/[a-z0-9][\w.+-]*\w")
_STATUS = re.compile(r"(?:HTTP )?(?P<number>[45]\d\d)(?: [A-Z][A-Za-z ]*)?")
_NAMES = {
    "404": r"not_?found|no_?such",
    "409": r"conflict",
    "412": r"precondition",
    "429": r"too_?many",
    "500": r"internal",
    "503": r"slow_?down|unavailable",
}
_COMMENT = re.compile(r"//.*")
_KEY = re.compile(r"\"(?P<key>[A-Za-z_]\w*)\"\s*:\s*(?:\"(?P<value>[a-z][a-z_]*)\")?")
_LEAST = 2


class _Json(Struct, frozen=True):
    """The fields of one JSON document of a page: name, text of the value if a word, and place."""

    fields: tuple[tuple[str, str, Passage, int], ...]


def texts_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each such text of a page that the sources beside it do not have."""
    for system in systems_of(context):
        texts = {literal.text for file in system.files for literal in file.literals}
        for page in system.pages:
            yield from _variables(context, system, page)
            yield from _contents(context, page, texts)
            yield from _json(context, system, page)
        yield from _statuses(context, system)


def _coded(page: Prose) -> Iterator[tuple[Passage, int, str]]:
    """Yield what a page sets in code: the passage, where it begins in that, and the text."""
    for passage in page.passages:
        if passage.kind is PassageKind.CODE:
            yield passage, 0, passage.text
        else:
            yield from ((passage, start, text) for start, text in passage.coded())


def _variables(context: Context, system: System, page: Prose) -> Iterator[Finding]:
    """Yield findings on variables that begin as those that are read, if most of a page's are."""
    read = _read(system)
    line = command_line_of(system)
    program = level(line.program if line else system.package)
    own = (text.partition("_")[0] for text in read)
    begins = Counter(begin for begin in own if program.startswith(level(begin)))
    told = _told(page)
    places: dict[str, Span] = {}
    for passage, start, text in _coded(page):
        for match in _VARIABLE.finditer(text):
            if begins[match[0].partition("_")[0]] >= _LEAST:
                span = passage.span(start + match.start(), start + match.end())
                places.setdefault(match[0], span)
    unknown = [name for name in places if name not in read and not _has_end(system, name)]
    if 2 * len(unknown) <= len(places):
        for name in unknown:
            if name not in told:
                yield _finding(
                    context, places[name], f"no source reads the variable `{name}`", read
                )


def _read(system: System) -> set[str]:
    """Return the variables that sources name where they read them, or an option falls back to."""
    texts = [
        call.arguments
        for file in system.files
        for function in file.functions
        for call in function.calls
        if call.name in ("var", "var_os")
    ]
    line = command_line_of(system)
    options = line.every_option() if line else ()
    return {option.variable for option in options if option.variable} | {
        name for text in texts for name in re.findall(rf"\"({_VARIABLE.pattern})\"", text)
    }


def _has_end(system: System, name: str) -> bool:
    """Say whether the sources have a name, or a beginning and an end that they may put together."""
    parts = name.split("_")
    begin = re.compile(rf"{re.escape(parts[0])}_?(?:\{{.*)?")
    is_begun = any(begin.fullmatch(each.text) for file in system.files for each in file.literals)
    ends = range(1 if is_begun else len(parts), len(parts))
    return any(level("_".join(parts[at:])) in system.names for at in (0, *ends))


def _told(page: Prose) -> set[str]:
    """Return the names in tables of options, of which another rule tells."""
    return {
        name
        for rows in tables_of(page)
        for row in rows
        if row.under(OPTIONS)
        for cell in row.cells.values()
        for _start, name in cell.coded()
    }


def _contents(context: Context, page: Prose, texts: set[str]) -> Iterator[Finding]:
    found = [
        (match[0], passage.span(start + match.start(), start + match.end()))
        for passage, start, text in _coded(page)
        for match in _CONTENT.finditer(text)
    ]
    own = {match[0] for text in texts for match in _CONTENT.finditer(text)}
    if own & {name for name, _span in found}:
        for name, span in found:
            if name not in own:
                yield _finding(context, span, f"no source has the type of content `{name}`", own)


def _json(context: Context, system: System, page: Prose) -> Iterator[Finding]:
    documents = list(_documents(page))
    listed = {level(each.name) for each in (*listed_fields(page), *tabled_fields(page))}
    words: dict[str, set[str]] = {}
    for document in documents:
        names = [name for name, _value, _passage, _at in document.fields]
        known = sum(level(name) in system.names for name in names)
        for name, value, passage, at in document.fields:
            if level(name) in system.names:
                words.setdefault(name, set()).update([value] if value else [])
            elif level(name) not in listed and _is_ours(name, names, known, system):
                span = passage.span(at, at + len(name))
                yield _finding(context, span, f"no source has the field `{name}`", set(names))
    for document in documents:
        for name, value, passage, at in document.fields:
            usual = {word for word in words.get(name, ()) if level(word) in system.names}
            if value and value not in usual and 2 * len(usual) > len(words.get(name, ())) >= _LEAST:
                start = passage.text.index(value, at + len(name))
                span = passage.span(start, start + len(value))
                yield _finding(context, span, f"no source gives `{name}` the word `{value}`", usual)


def _is_ours(name: str, names: list[str], known: int, system: System) -> bool:
    """Say whether a field belongs to a document of the sources: most are known, or half and a word.

    The word is the last one of the field's name, as *offset* in `endOffset`.
    """
    last = re.findall(r"[A-Z]?[a-z]+", name)[-1:]
    return 2 * known > len(names) or (
        2 * known == len(names) and last != [name] and level(*last) in system.names
    )


def _documents(page: Prose) -> Iterator[_Json]:
    """Yield the JSON in the blocks of code of a page, each block as one, and in its code spans."""
    for lines in page.blocks(PassageKind.CODE):
        yield _Json(tuple(field for line in lines for field in _fields(line, 0, line.text)))
    for passage in page.passages:
        for start, text in passage.coded():
            if text.startswith("{") and passage.kind is not PassageKind.CODE:
                yield _Json(tuple(_fields(passage, start, text)))


def _fields(passage: Passage, start: int, text: str) -> Iterator[tuple[str, str, Passage, int]]:
    for match in _KEY.finditer(text):
        yield match["key"], match["value"] or "", passage, start + match.start("key")


def _statuses(context: Context, system: System) -> Iterator[Finding]:
    code = "\n".join(_COMMENT.sub("", file.source.text) for file in system.files)
    for passage in (each for page in system.pages for each in page.running()):
        matches = [(at, _STATUS.fullmatch(text)) for at, text in passage.coded()]
        named = {match["number"]: (at, match) for at, match in matches if match}
        missing = [number for number in named if not _has_status(code, number)]
        for number in missing if len(missing) < len(named) else ():
            at, match = named[number]
            span = passage.span(at + match.start("number"), at + match.end("number"))
            yield _finding(context, span, f"no source looks at the status {number}", set())


def _has_status(code: str, number: str) -> bool:
    name = _NAMES.get(number)
    named = name is None or re.search(name, code, re.IGNORECASE) is not None
    return named or re.search(rf"\b{number}\b", code) is not None


def _finding(context: Context, span: Span, message: str, known: set[str]) -> Finding:
    name = re.findall(r"`([^`]*)`", message)
    close = nearest(name[-1], sorted(known - set(name))) if name else None
    return CODE.finding(
        message,
        span,
        excerpt=context.excerpt(span),
        hint=f"did you mean `{close}`?" if close else "correct the one that is out of date",
    )
