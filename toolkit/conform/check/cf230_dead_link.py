"""A link of a document leads nowhere.

What it means
    A link in the text of a document, or of a document beside it, leads to a file that is not there,
    out of the project, to a heading that its page does not have, to a line past the end of a file,
    or it names in code a symbol that the file does not have. Links in mapping tables are CF206.

Example
    See [the fence](#action-10-fence), where the heading is `### Action 10: FenceLog`.

What to do
    Correct the link. The anchor of a heading is its text in lower case without punctuation, its
    spaces replaced by hyphens, as GitHub makes it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.files.project_files import ProjectFiles
from conform.check.files.slugs import anchors_of
from conform.check.files.symbols import symbols_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Link, Passage, Prose
from conform.domain.spec import SymbolReference
from conform.errors import InputError
from conform.text import nearest, read_source

CODE = Code("CF230", "link leads nowhere")

_REMOTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_LINES = re.compile(r"L(\d{1,9})(?:C\d+)?(?:-L?(\d{1,9})(?:C\d+)?)?")
_SYMBOL = re.compile(r"(?P<name>[^\W\d]\w*(?:[.:!]+[^\W\d]\w*)*)(?:\([^()]*\))?")
_CODE_FILES = (".tla", ".fizz", ".cfg", ".py", ".rs", ".go", ".java", ".ts", ".tsx", ".js", ".kt")


def dead_links(context: Context) -> Iterator[Finding]:
    """Yield a finding for each link whose file, heading, line or symbol cannot be found."""
    mapped = {
        (reference.span.path, reference.span.line, reference.target)
        for _row, cell, _column in context.cells(*Role)
        for reference in cell.references
        if isinstance(reference, SymbolReference)
    }
    files = ProjectFiles(context.root)
    for page in context.pages:
        for passage in (*page.passages, *page.definitions):
            for link in passage.links:
                place = (page.path, passage.span(link.start, link.end).line, link.target)
                if place not in mapped and link.target and not _REMOTE.match(link.target):
                    yield from _check(context, files, page, passage, link)


def _check(
    context: Context, files: ProjectFiles, page: Prose, passage: Passage, link: Link
) -> Iterator[Finding]:
    written, _, anchor = link.target.partition("#")
    folder = (context.root / page.path).parent
    start = context.root if written.startswith("/") else folder
    path = Path(os.path.normpath(start / unquote(written.partition("?")[0]).lstrip("/")))
    if not written:
        yield from _anchor(context, page, passage, link, anchor)
    elif not path.is_relative_to(context.root):
        # GitHub shows a repository's own pages by such links: ../../issues
        if not written.startswith("../../"):
            yield _finding(context, passage, link, f"`{link.target}` leads out of the project")
    elif not files.has(path):
        close = nearest(path.name, files.names)
        yield _finding(context, passage, link, f"there is no file `{written}`", close)
    elif path.is_file():
        yield from _inside(context, path, passage, link, anchor)


def _inside(
    context: Context, path: Path, passage: Passage, link: Link, anchor: str
) -> Iterator[Finding]:
    shown = path.relative_to(context.root).as_posix()
    linked = next((page for page in context.pages if page.path == shown), None)
    if lines := _LINES.fullmatch(anchor):
        yield from _lines(context, path, passage, link, int(lines[2] or lines[1]))
    elif anchor and linked is not None:
        yield from _anchor(context, linked, passage, link, anchor)
    elif path.suffix in _CODE_FILES:
        yield from _symbol(context, path, passage, link)


def _anchor(
    context: Context, page: Prose, passage: Passage, link: Link, anchor: str
) -> Iterator[Finding]:
    known = anchors_of(page)
    wanted = unquote(anchor).lower()
    if wanted and wanted != "top" and wanted not in known:
        message = f"{page.path} has no heading that `#{anchor}` leads to"
        close = nearest(wanted, known)
        yield _finding(context, passage, link, message, f"#{close}" if close else None)


def _lines(
    context: Context, path: Path, passage: Passage, link: Link, last: int
) -> Iterator[Finding]:
    try:
        lines = read_source(path).text.splitlines()
    except InputError:  # a picture has no lines
        return
    if last > len(lines):
        message = f"`{link.target}` leads past line {len(lines)}, the last of the file"
        yield _finding(context, passage, link, message)


def _symbol(context: Context, path: Path, passage: Passage, link: Link) -> Iterator[Finding]:
    label = passage.text[link.start : link.end].strip()
    match = _SYMBOL.fullmatch(label)
    coded = any(text.strip() == label for _start, text in passage.coded())
    if match is None or not coded or label in (path.name, path.stem):
        return
    try:
        known = symbols_of(read_source(path, path.relative_to(context.root).as_posix()))
    except InputError:
        return
    if match["name"] not in known and label not in known:
        close = nearest(match["name"], known.names)
        yield _finding(context, passage, link, f"`{link.target}` has no `{label}`", close)


def _finding(
    context: Context, passage: Passage, link: Link, message: str, close: str | None = None
) -> Finding:
    span = passage.span(link.start, link.end)
    hint = f"did you mean `{close}`?" if close else "correct the link"
    return CODE.finding(message, span, excerpt=context.excerpt(span), hint=hint)
