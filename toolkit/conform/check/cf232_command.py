"""A command that a document shows names a file, folder or target that does not exist.

What it means
    Who copies the command gets an error. Looked at are `cd`, `make` and its targets, and the .tla,
    .cfg, .fizz, .py and .sh files that a command is given, in code blocks and in code that begins
    with `make`, and the .tla, .cfg and .fizz files and the scripts (`./scripts/install.sh`) in
    recipes of the Makefile. A file may lie
    anywhere in the project, as the folder in which a command is run is not always shown.

Example
    java -jar tla2tools.jar -config Lamp-large.cfg Lamp.tla

What to do
    Correct the command, or add what it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from conform.check.context import Context
from conform.check.files.makefiles import read_makefile, read_targets
from conform.check.files.project_files import ProjectFiles
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind
from conform.text import Span, nearest

CODE = Code("CF232", "command names what does not exist")

_PROMPT = re.compile(r"\s*(?:\$ |> )?\s*")
_WORD = re.compile(r"[^\s'\"]+")
_COMMAND = re.compile(r"\s*(?:[A-Z_][A-Z0-9_]*=\S*\s+)*(?P<program>[\w./~-]+)(?=\s|$)")
_BREAK = re.compile(r"&&|\|\||;|\|")
_FILE = re.compile(r"(?:\.{1,2}/)*(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.(?:tla|cfg|fizz|py|sh)")
_FOLDER = re.compile(r"(?:\.{1,2}/)*[\w-][\w.-]*(?:/[\w-][\w.-]*)*/?")
_TARGET = re.compile(r"[A-Za-z][\w./-]*")
_RUNNERS = frozenset(
    ("java", "tlc", "tlc2", "fizz", "fizzbee", "apalache-mc", "python", "python3", "bash", "sh")
)
_MODEL = re.compile(
    r"(?:\.{1,2}/)*(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.(?:tla|cfg|fizz)"
    r"|\./(?:[\w-][\w.-]*/)+[\w-][\w.-]*\.(?:sh|py)"
)
_MAKES = re.compile(
    r"^\s*#|(?<![\w-])(?:git|mkdir|curl|wget|cp|mv|rm|ln|touch|tar|unzip|sed|echo|printf|cat|test)\b|\bif\b"
)
"""A line of a recipe that makes, removes or looks for files, or speaks of them."""
_BUILDERS = frozenset(("git", "mkdir", "curl", "wget", "cp", "mv", "touch", "tar", "unzip"))
MAX_TARGETS = 4
"""A line of `make` with more words is a sentence of a comment or a drawing."""


class _Word(Struct, frozen=True):
    """A word of a command and where it stands in its passage."""

    text: str
    start: int
    passage: Passage


def bad_commands(context: Context) -> Iterator[Finding]:
    """Yield a finding for each word of a shown command that should exist and does not."""
    files = ProjectFiles(context.root)
    yield from _in_makefile(context, files)
    for page in context.pages:
        for lines in page.blocks(PassageKind.CODE):
            yield from _in_block(context, files, lines)
        for passage in page.running():
            for start, text in passage.coded():
                if text.startswith("make "):
                    words = list(_words(passage, start, start + len(text)))
                    yield from _make(context, files, words)


def _in_makefile(context: Context, files: ProjectFiles) -> Iterator[Finding]:
    source = read_makefile(context.root)
    for number in range(1, len(source.lines()) + 1) if source else ():
        text = source.line(number) if source else ""
        if source is None or text[:1] != " " or _MAKES.search(text):
            continue
        for word in _WORD.finditer(text):
            made = re.search(r">\s*$", text[: word.start()])
            if not made and _MODEL.fullmatch(word[0]) and not files.has_ending(_bare(word[0])):
                span = Span(source.path, number, word.start() + 1, number, word.end())
                close = nearest(word[0].rpartition("/")[2], files.names)
                yield CODE.finding(
                    f"there is no file `{word[0]}`",
                    span,
                    excerpt=source.excerpt(span),
                    hint=_hint(close),
                )


def _bare(written: str) -> str:
    return written.replace("../", "").removeprefix("./")


def _in_block(
    context: Context, files: ProjectFiles, lines: tuple[Passage, ...]
) -> Iterator[Finding]:
    builds = False
    goes_on: list[_Word] = []
    for line in lines:
        start = _end(_PROMPT, line.text)
        comment = re.search(r"(?:^|\s)#", line.text)
        end = comment.start() if comment else len(line.text)
        for words in _commands(line, start, end, goes_on):
            goes_on = words if line.text.endswith("\\") else []
            program = words[0].text.rpartition("/")[2]
            builds = builds or program in _BUILDERS
            if program == "make":
                yield from _make(context, files, words)
            elif program == "cd" and not builds:
                yield from _folder(context, files, words[1:2])
            elif program in _RUNNERS:
                yield from _given(context, files, words[1:])


def _end(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _commands(line: Passage, start: int, end: int, goes_on: list[_Word]) -> Iterator[list[_Word]]:
    """Yield the words of each command of a line, the first one going on from the line before."""
    if goes_on:
        yield [goes_on[0], *_words(line, start, end)]
        return
    borders = [start, *(match.end() for match in _BREAK.finditer(line.text, start, end))]
    ends = [*(match.start() for match in _BREAK.finditer(line.text, start, end)), end]
    for first, last in zip(borders, ends, strict=True):
        match = _COMMAND.match(line.text, first, last)
        words = list(_words(line, match.start("program"), last)) if match else []
        if words:
            yield words


def _words(passage: Passage, start: int, end: int) -> Iterator[_Word]:
    for match in _WORD.finditer(passage.text, start, end):
        yield _Word(match[0], match.start(), passage)


def _make(context: Context, files: ProjectFiles, words: list[_Word]) -> Iterator[Finding]:
    asked = [word for word in words[1:] if "=" not in word.text and word.text[0] != "-"]
    if len(asked) > MAX_TARGETS or not all(_TARGET.fullmatch(word.text) for word in words):
        return
    targets = read_targets(context.root)
    if targets is None:
        if not any(path.endswith("/Makefile") for path in files.paths):
            yield _finding(context, words[0], "the project has no Makefile", None)
        return
    for word in asked:
        if word.text not in targets:
            close = nearest(word.text, targets.names)
            yield _finding(context, word, f"the Makefile has no target `{word.text}`", close)


def _folder(context: Context, files: ProjectFiles, words: list[_Word]) -> Iterator[Finding]:
    for word in words:
        text = word.text.strip("/")
        if not _FOLDER.fullmatch(word.text) or set(text) <= set("./"):
            continue
        close = nearest(text, files.folders)
        # Without a resemblance it may be the clone of the project, or of something else.
        if close is not None and not files.has_ending(text.replace("../", "")):
            yield _finding(context, word, f"there is no folder `{word.text}`", close)


def _given(context: Context, files: ProjectFiles, words: list[_Word]) -> Iterator[Finding]:
    previous = ""
    for word in words:
        made = previous in (">", "-o", "--output", "-dump")
        previous = word.text
        if _FILE.fullmatch(word.text) and not made:
            text = _bare(word.text)
            if not files.has_ending(text):
                close = nearest(text.rpartition("/")[2], files.names)
                yield _finding(context, word, f"there is no file `{word.text}`", close)


def _finding(context: Context, word: _Word, message: str, close: str | None) -> Finding:
    span = word.passage.span(word.start, word.start + len(word.text))
    return CODE.finding(
        message,
        span,
        excerpt=context.excerpt(span),
        hint=_hint(close),
    )


def _hint(close: str | None) -> str:
    return f"did you mean `{close}`?" if close else "correct the command, or add what it needs"
