"""A repository in the shape in which others write theirs: tests plant one discrepancy at a time.

Its files are in tests/fixtures/relay. The FizzBee model is described here from its lines, by name
alone: what the rules compare needs no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from conform.check.columns import Role
from conform.check.context import Binding, Context, Definition, FormalArtefact
from conform.check.texts.belonging import about_protocol
from conform.commands.stages.mapping import formal_artefact
from conform.commands.tla_artefact import TlaArtefact, load_tla_artefact
from conform.domain.spec import (
    Action,
    Constant,
    FairnessStatement,
    Helper,
    Property,
    Spec,
    Variable,
)
from conform.languages.markdown.prose import read_prose
from conform.languages.markdown.reading import read_document
from conform.languages.tlaplus.configuration import parse_configuration
from conform.text import Source, Span

ROOT = Path(__file__).parents[2] / "fixtures" / "relay"
README = "README.md"
DOCUMENT = "specs/1-relay-protocol.md"
MODULE = "tlaplus/Relay.tla"
SMALL = "tlaplus/Relay.cfg"
MEDIUM = "tlaplus/Relay-medium.cfg"
FIZZ = "fizzbee/Relay.fizz"
PATHS = (README, DOCUMENT, MODULE, SMALL, MEDIUM, FIZZ)

_ASSERTION = re.compile(r"(?P<kinds>(?:always |eventually |transition |exists )+)assertion (\w+)")
_ACTION = re.compile(r"atomic (?:(fair)(<strong>)? )?action (\w+):")
_KINDS = {"always": "invariant", "transition": "action property", "exists": "exists"}


class Relay(Struct, frozen=True):
    """The texts of the repository by path; `edited` gives a copy with one of them changed."""

    texts: Mapping[str, str]

    def edited(self, path: str, old: str, new: str) -> Relay:
        """Return the repository with `old` replaced in a file, where it must stand once."""
        assert self.texts[path].count(old) == 1, (path, old, self.texts[path].count(old))
        return replace(self, texts={**self.texts, path: self.texts[path].replace(old, new)})

    def source(self, path: str) -> Source:
        """Return the text of a file under its path."""
        return Source(path, self.texts[path])

    def artefact(self) -> TlaArtefact:
        """Return the module under its small configuration."""
        return _loaded(self.source(MODULE), self.source(SMALL))

    def context(self) -> Context:
        """Return the protocol as the rules see it, the README among its documents."""
        configurations = tuple(
            (name, parse_configuration(self.source(path)))
            for name, path in (("small", SMALL), ("medium", MEDIUM))
        )
        document = read_document(self.source(DOCUMENT))
        readme = read_document(self.source(README), beside=document)
        document = replace(document, mapping=document.mapping + readme.mapping)
        formal = {
            Role.TLAPLUS: formal_artefact(self.artefact(), configurations),
            Role.FIZZBEE: fizz_artefact(self.source(FIZZ)),
        }
        own, further = about_protocol(document, (readme,), formal.values())
        sources = {path: self.source(path) for path in PATHS}
        return Context(own, formal, (), ROOT, sources, further)

    def context_with_pages(self) -> Context:
        """Return the same with the texts of both documents, for rules about their sentences."""
        pages = tuple(read_prose(self.source(path)) for path in (DOCUMENT, README))
        return replace(self.context(), pages=pages)


@lru_cache(64)
def _loaded(module: Source, configuration: Source) -> TlaArtefact:
    return load_tla_artefact(module, ROOT / "tlaplus", configuration, "small")


def relay() -> Relay:
    """Return the repository as it is on disk."""
    return Relay({path: (ROOT / path).read_text(encoding="utf-8") for path in PATHS})


def fizz_artefact(source: Source) -> FormalArtefact:
    """Return what the lines of a FizzBee model declare."""
    lines = list(_spanned(source))
    constants = [(m, at) for line, at in lines if (m := re.match(r"([A-Z_]+) = (.*)", line))]
    helpers = [(m, at) for line, at in lines if (m := re.match(r"def (\w+)\((.*)\):", line))]
    actions = [(m, at) for line, at in lines if (m := _ACTION.match(line))]
    assertions = [(m, at) for line, at in lines if (m := _ASSERTION.match(line))]
    variables = [(m, at) for line, at in lines if (m := re.match(r" {4}(\w+) = (\S+)$", line))]
    inside = [(m, at) for m, at in variables if at.line < actions[0][1].line]
    spec = Spec(
        source.path,
        "Relay",
        constants=tuple(Constant(m[1], m[2], at) for m, at in constants),
        variables=tuple(Variable(m[1], "", m[2], at) for m, at in inside),
        actions=tuple(Action(m[3], (), "", m[0], (), (), (), at) for m, at in actions),
        helpers=tuple(Helper(m[1], tuple(m[2].split(", ")), "", at) for m, at in helpers),
        properties=tuple(
            Property(m[2], "", _kind(m["kinds"]), "", "", None, at) for m, at in assertions
        ),
        fairness=tuple(
            FairnessStatement(m[3], (), "strong" if m[2] else "weak", at)
            for m, at in actions
            if m[1]
        ),
    )
    definitions = {found.name: Definition((), found.span) for found in spec.actions}
    definitions |= {found.name: Definition((), found.span) for found in spec.properties}
    definitions |= {h.name: Definition(h.parameters, h.span) for h in spec.helpers}
    bindings = {m[1]: Binding(m[2], at) for m, at in constants}
    return FormalArtefact(spec, definitions, source.path, "", bindings)


def _kind(words: str) -> str:
    if "eventually" in words:
        return "liveness"
    return _KINDS[words.split()[0]]


def _spanned(source: Source) -> Iterator[tuple[str, Span]]:
    for number, line in enumerate(source.lines(), 1):
        yield line, Span(source.path, number, 1, number, max(1, len(line)))
