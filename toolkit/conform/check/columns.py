"""The columns of mapping tables: which artefact each one is about."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from msgspec import Struct


class Role(StrEnum):
    """What a column of a mapping table is about."""

    TLAPLUS = "TLA+"
    FIZZBEE = "FizzBee"
    IMPLEMENTATION = "implementation"
    PROSE = "prose"


class Column(Struct, frozen=True):
    """A column: its header as written, its role, and for implementations the language, if named."""

    header: str
    role: Role
    language: str = ""


_LANGUAGES = ("python", "rust", "go", "java", "typescript", "javascript", "c++", "c#", "kotlin")

_PROSE = ("note", "comment", "remark", "description", "why")


@lru_cache(maxsize=1024)  # asked of each cell again
def recognise(header: str, implementations: tuple[str, ...] = ()) -> Column:
    """Return what a header means; words in any order and case, further words do not matter.

    `implementations` are the names that the project gives to its implementations: a header that
    contains one is about it, as is one that names a programming language or says implementation.
    """
    words = header.casefold()
    if "tla" in words:
        return Column(header, Role.TLAPLUS)
    if "fizz" in words:
        return Column(header, Role.FIZZBEE)
    if any(word in words for word in _PROSE):
        return Column(header, Role.PROSE)
    language = next((name for name in _LANGUAGES if name in words.split()), "")
    if "module" in words.split() and not language:
        return Column(header, Role.TLAPLUS)
    named = any(name.casefold() in words for name in implementations)
    if language or named or "implementation" in words or "reference" in words or "code" in words:
        return Column(header, Role.IMPLEMENTATION, language)
    return Column(header, Role.PROSE)
