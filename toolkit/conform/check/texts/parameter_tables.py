"""Tables of parameters: which configuration a column is about, and when two values are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec import Struct

from conform.check.context import ConfigurationFile, Context, FormalArtefact
from conform.check.texts.belonging import tables_of
from conform.domain.spec import ParameterRow, Spec

_GROUPED = re.compile(r"-?\d{1,3}(?:[,_]\d{3})+")
_PLAIN = re.compile(r'-?\d+|\w+|"[^"\\]*"')
_SET = re.compile(r"\{(.*)\}", re.DOTALL)
_LIST = re.compile(r"\[(.*)\]|\((.*)\)|set\(\[(.*)\]\)", re.DOTALL)

_FIRST = ("small", "default", "base", "fast", "quick")
"""What people call the configuration whose file is named like the module and nothing more."""


class ParameterTable(Struct, frozen=True):
    """The rows of one table of a document."""

    document: Spec
    rows: tuple[ParameterRow, ...]

    def row(self, name: str) -> ParameterRow | None:
        """Return the row of a constant."""
        return next((row for row in self.rows if row.name == name), None)


def parameter_tables(context: Context) -> Iterator[ParameterTable]:
    """Yield the tables of parameters of every document."""
    for document in context.documents:
        for rows in tables_of(document.parameters):
            yield ParameterTable(document, rows)


def column_of(row: ParameterRow, file: ConfigurationFile, artefact: FormalArtefact) -> str | None:
    """Return the header of the column about a configuration, None where there is none.

    It has the project's name of the configuration, the name of its file, or what the file's name
    adds to the module's: M-medium.cfg is meant by Medium, M.cfg by Small or Default.
    """
    words = words_for(file, artefact)
    headers = [header for header, _value in row.values]
    path = PurePosixPath(file.path)
    for header in headers:
        named = re.findall(r"[\w.-]+\.cfg", header)
        if path.name in named:
            return header
    for word in words:
        pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])", re.IGNORECASE)
        found = [header for header in headers if pattern.search(header)]
        if found:
            return found[0]
    return None


def words_for(file: ConfigurationFile, artefact: FormalArtefact) -> list[str]:
    """Return the words by which a text may call a configuration, the surest first."""
    stem = PurePosixPath(file.path).stem
    module = PurePosixPath(artefact.spec.path).stem
    words = [file.name, stem]
    if stem.casefold() == module.casefold():
        words += _FIRST
    elif stem.casefold().startswith(module.casefold()):
        words.append(stem[len(module) :].strip("-_."))
    return [word for word in dict.fromkeys(words) if word]


def size_in(file: ConfigurationFile, word: str) -> int | None:
    """Return how many there are of what a word means in a configuration; None for other words.

    `clients` are the elements of Clients, and `tokens` as many as MaxToken says. MaxPages may be
    the most pages of something, and not how many there are.
    """
    one = word.removesuffix("s")
    for name, binding in file.bindings.items():
        value = binding.value.strip()
        if name.lower() == word and value[:1] == "{" and value[-1:] == "}":
            return len([each for each in value[1:-1].split(",") if each.strip()])
        if name.lower() in (f"max{one}", f"num{word}") and one != word and value.isdigit():
            return int(value)
    return None


def canonical(text: str, *, across_languages: bool = False) -> str | None:
    """Return a plain value in the one form in which equal ones are equal; None for other text.

    `across_languages` lets lists be sets and strings be names: `["w1"]` is `{w1}`.
    """
    text = text.strip()
    if _GROUPED.fullmatch(text):
        return re.sub("[,_]", "", text)
    inner = _SET.fullmatch(text)
    if inner is None and across_languages and (listed := _LIST.fullmatch(text)):
        inner = re.fullmatch(r"(.*)", next(filter(None, listed.groups()), ""), re.DOTALL)
    if inner is not None:
        parts = [part for part in inner[1].split(",") if part.strip()]
        elements = [canonical(part, across_languages=across_languages) for part in parts]
        known = [element for element in elements if element is not None]
        return f"{{{', '.join(sorted(set(known)))}}}" if len(known) == len(elements) else None
    if not _PLAIN.fullmatch(text):
        return None
    plain = text.strip('"') if across_languages else text
    return plain.upper() if across_languages and plain in ("True", "False") else plain


def are_same(stated: str, bound: str, *, across_languages: bool = False) -> bool:
    """Whether two values agree, or cannot be compared.

    Across languages, sets of names agree when they are equally large: the names are the models'
    own.
    """
    one = canonical(stated, across_languages=across_languages)
    other = canonical(bound, across_languages=across_languages)
    if one is None or other is None or one == other:
        return True
    if one.isdigit() and other.startswith("{"):  # a table may say how many there are
        return int(one) == _size(other)
    if across_languages and one.startswith("{") and other.startswith("{"):
        return _size(one) == _size(other) and not re.search(r"\{\d|, \d", one + other)
    return False


def _size(listed: str) -> int:
    return len(listed.strip("{}").split(",")) if listed != "{}" else 0
