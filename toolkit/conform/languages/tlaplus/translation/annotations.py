"""Python annotations of types: aliases for sets of literals, classes for records, plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from conform.domain.machine import Alias, Named, RecordClass, python_literal
from conform.languages.tlaplus.translation.naming import camel_case
from conform.languages.tlaplus.translation.translator import Translator
from conform.languages.tlaplus.translation.types import (
    Boolean,
    FunctionOf,
    Integer,
    Mixed,
    RecordOf,
    SequenceOf,
    SetOf,
    Text,
    TupleOf,
    Type,
    Unknown,
)


@dataclass(slots=True)
class Annotations:
    """Writes types down, and remembers the aliases that it needs for them."""

    translator: Translator
    _aliases: dict[frozenset[str], Alias] = field(default_factory=dict)

    def name_record(self, variable: str, of: Type) -> None:
        """Name the records and the literals that a variable holds after the variable."""
        match of:
            case RecordOf(fields):
                self._rename(fields, camel_case(variable))
            case FunctionOf(result=RecordOf(fields)) | SequenceOf(element=RecordOf(fields)):
                self._rename(fields, f"{camel_case(variable)}Entry")
            case SetOf(element=RecordOf(fields)):
                self._rename(fields, f"{camel_case(variable)}Element")

    def _rename(self, fields: tuple[str, ...], wanted: str) -> None:
        record = self.translator.records[fields]
        if record.identifier == "Record" or record.identifier[len("Record") :].isdigit():
            record.identifier = self.translator.classes.of(f"record {wanted}", wanted)
            self.translator.learned = True

    def of(self, kind: Type) -> str:
        """Return the annotation of a type."""
        match kind:
            case Unknown() | Mixed():
                return "Any"
            case Boolean():
                return "bool"
            case Integer():
                return "int"
            case Text(literals):
                return self._text(literals)
            case SetOf(element, is_range):
                return "range" if is_range else f"frozenset[{self.of(element)}]"
            case FunctionOf(argument, result):
                return f"FrozenMapping[{self.of(argument)}, {self.of(result)}]"
            case SequenceOf(element):
                return f"tuple[{self.of(element)}, ...]"
            case TupleOf(elements):
                inner = ", ".join(map(self.of, elements))
                return f"tuple[{inner or '()'}]"
            case RecordOf(fields):
                return self.translator.records[fields].identifier
            case _:
                assert_never(kind)

    def _text(self, literals: tuple[str, ...] | None) -> str:
        if not literals:
            return "str"
        alias = self._aliases.get(frozenset(literals))
        return alias.identifier if alias else f"Literal[{', '.join(map(python_literal, literals))}]"

    def _name_literals(self, wanted: str, of: Type) -> None:
        match of:
            case Text(literals) if literals and len(literals) > 1:
                key = frozenset(literals)
                if key not in self._aliases:
                    name = self.translator.classes.of(f"alias {wanted}", wanted)
                    definition = f"Literal[{', '.join(map(python_literal, literals))}]"
                    self._aliases[key] = Alias(name, definition)
            case FunctionOf(result=inner) | SequenceOf(element=inner) | SetOf(element=inner):
                self._name_literals(wanted, inner)

    def name_literals(self) -> None:
        """Give an alias to each set of literals that a variable or a record's field holds."""
        for variable in self.translator.specification.variables:
            of = self.translator.variable_type(variable.name)
            self._name_literals(camel_case(variable.name), of)
        for record in self.translator.records.values():
            for name, of in record.types.items():
                self._name_literals(f"{record.identifier}{camel_case(name)}", of)

    def aliases(self) -> tuple[Alias, ...]:
        """Return the aliases in the order in which they were named."""
        return tuple(self._aliases.values())

    def records(self) -> tuple[RecordClass, ...]:
        """Return the classes of records."""
        return tuple(
            RecordClass(
                record.identifier,
                tuple(
                    Named(name, record.attributes[name], self.of(of))
                    for name, of in record.types.items()
                ),
            )
            for record in self.translator.records.values()
        )

    # ------------------------------------------------------------------------------ plain data

    def plain(self, text: str, of: Type, depth: int = 0) -> str:
        """Return the expression of a value as plain data: records are dicts by the spec's names."""
        if not self._has_records(of):
            return f"dict({text})" if isinstance(of, FunctionOf) else text
        taken = [f"{word}{depth or ''}" for word in ("key", "value")]
        match of:
            case FunctionOf(result=result):
                value = self.plain(taken[1], result, depth + 1)
                if value == taken[1]:
                    return f"dict({text})"
                return f"{{{taken[0]}: {value} for {taken[0]}, {taken[1]} in {text}.items()}}"
            case SequenceOf(element):
                return f"tuple({self.plain(taken[1], element, depth + 1)} for {taken[1]} in {text})"
            case RecordOf(fields):
                return self._plain_record(text, fields, depth)
            case _:
                self.translator.support.add("plain")
                return f"plain({text})"

    def _plain_record(self, text: str, fields: tuple[str, ...], depth: int) -> str:
        record = self.translator.records[fields]
        parts = (
            f"{python_literal(name)}: {self.plain(f'{text}.{record.attributes[name]}', of, depth)}"
            for name, of in record.types.items()
        )
        return f"{{{', '.join(parts)}}}"

    def _has_records(self, of: Type) -> bool:
        match of:
            case RecordOf() | Mixed() | Unknown():
                return True
            case FunctionOf(argument, result):
                nested = isinstance(result, FunctionOf | SequenceOf | TupleOf | SetOf)
                return nested or self._has_records(argument) or self._has_records(result)
            case SetOf(element) | SequenceOf(element):
                return self._has_records(element) or isinstance(element, FunctionOf)
            case TupleOf(elements):
                return any(map(self._has_records, elements))
            case _:
                return False
