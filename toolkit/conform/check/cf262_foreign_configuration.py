"""A command gives the configuration of one module to another.

What it means
    The configuration is one of this protocol's, by conform.yaml, and the command runs it on a
    module that has nothing to do with the protocol's: it was copied and changed in one place only.

Example
    java -jar tla2tools.jar -config TaskClaiming-medium.cfg LeaderlessLog.tla

What to do
    Correct the name of the configuration or of the module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.files.project_files import ProjectFiles
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind

CODE = Code("CF262", "configuration of another module")

_FILE = re.compile(r"(?<![\w./-])(?:[\w.-]+/)*(?P<name>[\w-][\w.-]*\.(?P<kind>tla|cfg))(?![\w./-])")
_BREAK = re.compile(r"&&|\|\||;|\|")


def foreign_configurations(context: Context) -> Iterator[Finding]:
    """Yield a finding for each command with a configuration of this protocol and another module."""
    artefact = context.formal.get(Role.TLAPLUS)
    if artefact is None:
        return
    module = PurePosixPath(artefact.spec.path)
    own = {PurePosixPath(each.path).name for each in artefact.configurations}
    files = ProjectFiles(context.root)
    for page in context.pages:
        for line in page.of(PassageKind.CODE):
            for start, command in _commands(line):
                names = {match["kind"]: match for match in _FILE.finditer(command)}
                if len(names) < 2 or names["cfg"]["name"] not in own:
                    continue
                other = names["tla"]["name"]
                if other != module.name and not _is_about(context, files, other, module.stem):
                    at = start + names["cfg"].start("name"), start + names["cfg"].end("name")
                    yield _finding(context, line, at, names["cfg"]["name"], other, module.name)


def _commands(line: Passage) -> Iterator[tuple[int, str]]:
    start = 0
    for border in _BREAK.finditer(line.text):
        yield start, line.text[start : border.start()]
        start = border.end()
    yield start, line.text[start:]


def _is_about(context: Context, files: ProjectFiles, name: str, module: str) -> bool:
    """Say whether a module names the other, as MCX extends X; one that is missing is CF232's."""
    paths = [path for path in files.paths if path.rpartition("/")[2] == name]
    texts = [
        (context.root / path.lstrip("/")).read_text(encoding="utf-8", errors="replace")
        for path in paths
    ]
    return not texts or any(re.search(rf"\b{re.escape(module)}\b", text) for text in texts)


def _finding(
    context: Context, line: Passage, at: tuple[int, int], name: str, other: str, own: str
) -> Finding:
    span = line.span(*at)
    return CODE.finding(
        f"`{name}` is a configuration of {own}, and is given to {other}",
        span,
        excerpt=context.excerpt(span),
        hint="correct the one or the other",
    )
