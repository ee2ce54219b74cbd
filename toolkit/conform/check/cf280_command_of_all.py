"""A command that is said to check all models leaves one out.

What it means
    A comment or a sentence has a target of the Makefile check all specifications, and the recipe
    names the files of some and not that of this protocol. Who runs it takes the protocol for
    checked.

    Recipes with patterns, loops or lists are not looked into.

Example
    # Run FizzBee on all specs
    make fizzbee                  whose recipe runs LeaderlessLog.fizz alone

What to do
    Add the model to the recipe, or say which ones it checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from conform.check.context import Context
from conform.check.files.makefiles import read_makefile
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind
from conform.text import Span

CODE = Code("CF280", "command of all that leaves one out")

_ALL = re.compile(
    r"\b(?:all|every|both)\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+)?"
    r"(?:specs?|specifications?|models?|modules?|protocols?)\b",
    re.IGNORECASE,
)
_MAKE = re.compile(r"\s*(?:\$\s+)?make\s+(?P<target>[\w.-]+)\s*(?:#.*)?")
_IN_TEXT = re.compile(r"make\s+(?P<target>[\w.-]+)")
_SEVERAL = re.compile(r"\*|\bfor\b|\bwildcard\b|\bforeach\b|\bfind\b|\bls\b|%|\$[@<^]")
_FILE = re.compile(r"(?:[\w.-]+/)*(?P<name>[\w-]+\.(?:tla|fizz))\b")


def commands_of_all(context: Context) -> Iterator[Finding]:
    """Yield a finding for each command that is said to be of all, and whose recipe is not."""
    source = read_makefile(context.root)
    recipes = _recipes(source.text) if source else {}
    for passage, start, end, target in _commands(context) if recipes else ():
        named = {match["name"] for match in _FILE.finditer(recipes.get(target, ""))}
        if not named or _SEVERAL.search(recipes[target]):
            continue
        for artefact in context.formal.values():
            own = PurePosixPath(artefact.spec.path)
            kinds = {PurePosixPath(name).suffix for name in named}
            if own.suffix in kinds and own.name not in named:
                span = passage.span(start, end)
                yield _finding(context, span, f"`make {target}` does not check {own}")


def _finding(context: Context, span: Span, message: str) -> Finding:
    return CODE.finding(
        message,
        span,
        excerpt=context.excerpt(span),
        hint="add it to the recipe, or say which ones it checks",
    )


def _commands(context: Context) -> Iterator[tuple[Passage, int, int, str]]:
    """Yield what says that a target of the Makefile is for all: its place, and the target."""
    for page in context.pages:
        for lines in page.blocks(PassageKind.CODE):
            claim: tuple[Passage, tuple[int, int]] | None = None
            for line in lines:
                text = line.text.strip()
                said = _ALL.search(line.text)
                command = _MAKE.fullmatch(line.text)
                if command and (said or claim):
                    place, span = (line, said.span()) if said else claim or (line, (0, 0))
                    yield place, *span, command["target"]
                claim = (line, said.span()) if said and text.startswith("#") else None
        for passage in page.of(PassageKind.TEXT, PassageKind.ITEM):
            all_of = _ALL.search(passage.text)
            found = [
                (start, match)
                for start, code in passage.coded()
                if (match := _IN_TEXT.fullmatch(code.strip()))
            ]
            if all_of is None or len(found) != 1:
                continue
            ((start, named),) = found
            between = passage.text[min(start, all_of.start()) : max(start, all_of.end())]
            if not re.search(r"[.!?;]\s", between):
                yield passage, *all_of.span(), named["target"]


def _recipes(text: str) -> dict[str, str]:
    """Return the recipe of each target of a Makefile, and those of the targets that it needs."""
    lines = text.replace("\\\n", " ").splitlines()
    own: dict[str, list[str]] = {}
    needs: dict[str, list[str]] = {}
    open_targets: list[str] = []
    for line in lines:
        if line.startswith("\t"):
            for target in open_targets:
                own[target].append(line.partition("#")[0])
            continue
        rule = re.match(r"(?P<targets>[\w. -]+?)\s*:(?![=:])(?P<needs>[^=#]*)", line)
        open_targets = rule["targets"].split() if rule else []
        for target in open_targets:
            own.setdefault(target, [])
            needs.setdefault(target, []).extend(rule["needs"].split() if rule else ())
    return {
        target: "\n".join([*recipe, *(line for n in needs[target] for line in own.get(n, []))])
        for target, recipe in own.items()
    }
