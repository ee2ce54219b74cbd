"""IOUtils and CSV, modules of the community: the environment, and tables in files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

from conform.domain.values import Value, record, sequence
from conform.errors import UnsupportedError
from conform.languages.tlaplus.evaluation.failing import fail, shown
from conform.languages.tlaplus.evaluation.functions import RecursiveFunctionValue
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.sets import LazySet
from conform.languages.tlaplus.evaluation.standard.files import text_beside
from conform.languages.tlaplus.evaluation.standard.operands import (
    in_range,
    number_operand,
    sequence_operand,
    string_operand,
    table,
)
from conform.languages.tlaplus.evaluation.standard.refusals import (
    EXECUTES,
    SERIALISES,
    WRITES,
    refused,
)
from conform.text import Span

ALLOWED = "CONFORM_IOENV"
"""Environment variable: the names of those that a specification may read, separated by commas."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,10}", re.ASCII)


class _EnvironmentNames(LazySet):
    """The names of environment variables: asked one by one, as each must be allowed."""

    __slots__ = ("span",)

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span

    def contains(self, value: Value) -> bool:
        return type(value) is str and _read(value, self.span) is not None

    def describe(self) -> str:
        return "DOMAIN IOEnv"

    def size(self) -> int:
        return len(os.environ)

    def enumerate(self) -> Iterator[Value]:
        raise UnsupportedError(
            "the whole environment is not given to a specification",
            span=self.span,
            hint=f"use `IOEnv.NAME`, and allow it by {ALLOWED}=NAME",
        )


def _read(name: str, span: Span) -> str | None:
    """Return the value of an environment variable, None if it is not set.

    Raises UnsupportedError for one that is set and not allowed: to say that it is not there would
    check another model than the one that was asked for.
    """
    value = os.environ.get(name)
    if value is not None and name not in os.environ.get(ALLOWED, "").split(","):
        raise UnsupportedError(
            f"the specification asks for the environment variable `{name}`",
            span=span,
            hint=f"if it may have it, set {ALLOWED}={name} (several names: separated by commas)",
        )
    return value


def _environment(span: Span) -> RecursiveFunctionValue:
    def value_at(_itself: Any, name: Value) -> str:
        return _read(str(name), span) or ""

    return RecursiveFunctionValue("IOEnv", _EnvironmentNames(span), value_at, span)


def _to_number(span: Span, text: Any) -> int:
    found = string_operand(text, span, "atoi")
    if not _NUMBER.fullmatch(found):
        fail(span, f"atoi needs a number, but found {shown(found)}")
    return in_range(int(found), span, "atoi")


def _zero_padded(span: Span, value: Any, width: Any) -> str:
    length = number_operand(width, span, "zeroPadValue")
    if length > MAX_WIDTH:
        fail(span, f"zeroPadValue makes at most {MAX_WIDTH} digits")
    return str(number_operand(value, span, "zeroPadValue")).zfill(length)


MAX_WIDTH = 1000
"""Digits that zeroPadValue makes at most."""


IO_UTILS: dict[str, Builtin] = table(
    Builtin("IOEnv", 0, _environment),
    Builtin("atoi", 1, _to_number),
    Builtin("zeroPadValue", 2, _zero_padded),
    refused("IOExec", 1, EXECUTES),
    refused("IOEnvExec", 2, EXECUTES),
    refused("IOExecTemplate", 2, EXECUTES),
    refused("IOEnvExecTemplate", 3, EXECUTES),
    refused("IOSerialize", 3, WRITES),
    refused("IODeserialize", 2, SERIALISES),
    refused("Serialize", 3, WRITES),
    refused("Deserialize", 2, SERIALISES),
)


def _lines(name: Any, span: Span, operator: str) -> list[str]:
    text = text_beside(span, string_operand(name, span, operator))
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def _count_records(span: Span, name: Any) -> int:
    return len(_lines(name, span, "CSVRecords"))


def _read_records(span: Span, columns: Any, delimiter: Any, name: Any) -> Value:
    names = [string_operand(each, span, "CSVRead") for each in _columns(columns, span)]
    separator = string_operand(delimiter, span, "CSVRead")
    if not separator:
        fail(span, "CSVRead needs a delimiter")
    rows = [line.rstrip("\r").split(separator) for line in _lines(name, span, "CSVRead")]
    for row in rows:
        if len(row) != len(names):
            fail(span, f"CSVRead needs {len(names)} columns, but found {len(row)}: {shown(row[0])}")
    return sequence([record(dict(zip(names, row, strict=True))) for row in rows])


def _columns(columns: Any, span: Span) -> tuple[Value, ...]:
    return sequence_operand(columns, span, "CSVRead").values


CSV: dict[str, Builtin] = table(
    Builtin("CSVRecords", 1, _count_records),
    Builtin("CSVRead", 3, _read_records),
    refused("CSVWrite", 3, WRITES),
    refused("CSVWriteRecord", 3, WRITES),
)
