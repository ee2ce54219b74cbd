"""A configuration or a model gives a constant another value than a document does.

What it means
    A document has a table of parameters with a column for a configuration, and a value in it is not
    the one that the configuration binds. What was checked is then not what the document says was
    checked: its counts, its verdicts and its claims are about another model. Every configuration of
    the project is compared, and the constants of a FizzBee model with the column that fits them
    best.

Example
    | `Workers` | `{w1, w2, w3}` |     beside     Workers = {w1, w2}

What to do
    Decide which of the two is meant, and correct the other. A column is about a configuration when
    it has its name in conform.yaml, its file, or what the file adds to the module's name: Medium
    means M-medium.cfg. A cell that holds no plain value (a number, a name, a string, or a set of
    such) is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conform.check.columns import Role
from conform.check.context import Binding, Context, FormalArtefact
from conform.check.texts.belonging import folded
from conform.check.texts.parameter_tables import (
    ParameterTable,
    are_same,
    canonical,
    column_of,
    parameter_tables,
)
from conform.domain.finding import Code, Finding
from conform.domain.spec import ParameterRow

CODE = Code("CF211", "parameter has another value")


@dataclass(slots=True)
class _Mismatch:
    """One value that documents state, and what is bound instead, each place once."""

    stated: str
    configuration: str
    rows: list[ParameterRow]
    bindings: list[Binding]


def differing_values(context: Context) -> Iterator[Finding]:
    """Yield a finding for each stated value that is not the configuration's, or the model's."""
    found: dict[tuple[str, str], _Mismatch] = {}
    for row, header, binding in _mismatches(context):
        stated = dict(row.values)[header[0]]
        key = (row.name, canonical(stated, across_languages=True) or stated)
        mismatch = found.setdefault(key, _Mismatch(stated, header[1], [], []))
        mismatch.rows += [row] if row not in mismatch.rows else []
        mismatch.bindings += [binding] if binding not in mismatch.bindings else []
    for mismatch in found.values():
        yield _finding(context, mismatch)


def _mismatches(context: Context) -> Iterator[tuple[ParameterRow, tuple[str, str], Binding]]:
    """Yield rows with the header of a column, the configuration it is about, and what is bound."""
    tables = list(parameter_tables(context))
    for artefact in context.formal.values():
        for file in artefact.configurations:
            for row in (row for table in tables for row in table.rows):
                binding = file.bindings.get(row.name)
                header = column_of(row, file, artefact)
                stated = dict(row.values).get(header or "")
                if (
                    binding
                    and header
                    and stated is not None
                    and folded(stated) != folded(row.name)
                    and not are_same(stated, binding.value)
                ):
                    yield row, (header, file.name), binding
    fizzbee = context.formal.get(Role.FIZZBEE)
    if fizzbee is not None:
        for table in tables:
            yield from _in_fizzbee(table, fizzbee)


def _in_fizzbee(
    table: ParameterTable, artefact: FormalArtefact
) -> Iterator[tuple[ParameterRow, tuple[str, str], Binding]]:
    bound = {folded(name): binding for name, binding in artefact.bindings.items()}
    rows = [(row, bound[folded(row.name)]) for row in table.rows if folded(row.name) in bound]
    headers = list(dict.fromkeys(header for row, _binding in rows for header, _value in row.values))
    if not headers:
        return
    fitting = [sum(_fits(row, header, binding) for row, binding in rows) for header in headers]
    named = [index for index, header in enumerate(headers) if "fizz" in header.casefold()]
    best = headers[named[0] if named else fitting.index(max(fitting))]
    for row, binding in rows:
        if not _fits(row, best, binding):
            yield row, (best, best), binding


def _fits(row: ParameterRow, header: str, binding: Binding) -> bool:
    stated = dict(row.values).get(header)
    if stated is None or folded(stated) == folded(row.name):
        return True
    return are_same(stated, binding.value, across_languages=True)


def _finding(context: Context, mismatch: _Mismatch) -> Finding:
    row, *others = mismatch.rows
    bound = " and ".join(f"{each.value} in {each.span.path}" for each in mismatch.bindings)
    return CODE.finding(
        f"`{row.name}` is {mismatch.stated} in the document, but {bound}",
        row.span,
        excerpt=context.excerpt(row.span),
        details=(
            f"the document:      {mismatch.stated}  ({mismatch.configuration})",
            *(f"{_where(each):<18} {each.value}  at {each.span}" for each in mismatch.bindings),
            *(f"as the document:   {mismatch.stated}  at {other.span}" for other in others),
        ),
        hint="the document decides; correct the other",
    )


def _where(binding: Binding) -> str:
    return "the configuration:" if binding.span.path.endswith(".cfg") else "the model:"
