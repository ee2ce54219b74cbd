"""What the tests of the rules have in common, so that many of them take little time.

Each changes a line of a small repository and looks what is said. Of texts that are as they were,
the model is built once and the document read once; a user's check does all of that anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from conform.commands import artefacts
from conform.commands.tla_artefact import TlaArtefact, load_tla_artefact
from conform.domain.spec import Spec
from conform.errors import InputError
from conform.languages.markdown.formal.document import FormalDocument
from conform.languages.markdown.formal.reading import read_formal
from conform.languages.markdown.reading import read_document
from conform.text import Source

_KEPT = 256


class _Folder:
    """Where the modules that another extends lie: two folders with the same ones are equal."""

    def __init__(self, path: Path) -> None:
        self.path = path
        modules = sorted(path.glob("*.tla"))
        self._texts = tuple((each.name, each.read_bytes()) for each in modules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Folder) and self._texts == other._texts

    def __hash__(self) -> int:
        return hash(self._texts)


@lru_cache(_KEPT)
def _load(module: Source, folder: _Folder, configuration: Source, name: str) -> TlaArtefact:
    return load_tla_artefact(module, folder.path, configuration, name)


def _load_in(module: Source, folder: Path, configuration: Source, name: str) -> TlaArtefact:
    return _load(module, _Folder(folder), configuration, name)


@lru_cache(_KEPT)
def _read(source: Source, beside: Spec | None) -> tuple[Spec, tuple[InputError, ...]]:
    refused: list[InputError] = []
    return read_document(source, beside, refused), tuple(refused)


def _read_in(
    source: Source, beside: Spec | None = None, refused: list[InputError] | None = None
) -> Spec:
    assert refused is not None, "a check asks what is wrong in rows"
    found, wrong = _read(source, beside)
    refused += wrong
    return found


@lru_cache(_KEPT)
def _formal(document: Spec, sources: tuple[tuple[str, Source], ...]) -> FormalDocument:
    return read_formal(document, dict(sources))


def _formal_of(document: Spec, sources: Mapping[str, Source]) -> FormalDocument:
    return _formal(document, tuple(sources.items()))


@pytest.fixture(scope="package", autouse=True)
def sharing() -> Iterator[None]:
    """Let the reading of artefacts share what is of the same texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(artefacts, "load_tla_artefact", _load_in)
        patch.setattr(artefacts, "read_document", _read_in)
        patch.setattr(artefacts, "read_formal", _formal_of)
        yield
