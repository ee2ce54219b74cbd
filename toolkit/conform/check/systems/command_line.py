"""The command line that sources declare with derived parsers: commands, options, variables.

The names are those that clap derives: words of a name joined by `-`, unless an attribute gives
another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from conform.check.systems.system import System
from conform.check.systems.written_values import meaning
from conform.domain.code_index import Field, Record, Variant
from conform.text import Span

_NAME = re.compile(r"\bname\s*=\s*\"(?P<name>[\w-]+)\"")
_ALIAS = re.compile(r"\balias(?:es)?\s*=\s*\[?(?P<names>\"[^\])]*\")")
_LONG = re.compile(r"\blong\b(?:\s*=\s*\"(?P<name>[\w-]+)\")?")
_NAMED = re.compile(r"\b(?:long|short|flatten|subcommand|skip|last)\b")
_VARIABLE = re.compile(r"\benv\s*=\s*\"(?P<name>\w+)\"")
DEFAULT_VALUE = re.compile(
    r"\bdefault_value(?:_t)?\s*=\s*"
    r"(?P<written>\"(?P<text>[^\"]*)\"|(?:\"[^\"]*\"\.|[^(),\]\"]|\([^()]*\))+)"
)
"""The default in an attribute of an argument, and its text if it is one in quotes."""


class Option(Struct, frozen=True):
    """An option by its long name: the variable and the default that are given, or nothing."""

    name: str
    variable: str
    default: str | None
    span: Span
    is_flag: bool = False


class Command(Struct, frozen=True):
    """A command: how it is called, its options, and the names of its other arguments in order."""

    names: tuple[str, ...]
    options: tuple[Option, ...]
    span: Span
    arguments: tuple[str, ...] = ()


class CommandLine(Struct, frozen=True):
    """A program, its commands in order, and the options in front of them."""

    program: str
    commands: tuple[Command, ...]
    options: tuple[Option, ...]

    def every_option(self) -> Iterator[Option]:
        """Yield the options of the program, then those of its commands."""
        yield from self.options
        for command in self.commands:
            yield from command.options

    def command(self, name: str) -> Command | None:
        """Return the command that is called so."""
        return next((each for each in self.commands if name in each.names), None)


def command_line_of(system: System) -> CommandLine | None:
    """Return the command line of a system, None for one with no enumeration of commands."""
    constants = {each.field: each.text for each in system.initials() if not each.record}
    commands = [
        _command(variant, constants)
        for enumerated in system.enumerations()
        if "Subcommand" in enumerated.attributes
        for variant in enumerated.variants
    ]
    if not commands:
        return None
    parsers = [
        record
        for file in system.files
        for record in file.records
        if re.search(r"\b(?:Parser|Args)\b", record.attributes)
    ]
    options = [option for record in parsers for option in _options(record.fields, constants)]
    return CommandLine(_program(system, parsers), tuple(commands), tuple(options))


def _program(system: System, parsers: list[Record]) -> str:
    named = (_NAME.search(record.attributes) for record in parsers)
    return next((match["name"] for match in named if match), system.package)


def _command(variant: Variant, constants: Mapping[str, str]) -> Command:
    names = [_given(variant.attributes) or _kebab(variant.name)]
    for match in _ALIAS.finditer(variant.attributes):
        names += re.findall(r"[\w-]+", match["names"])
    arguments = tuple(each.name for each in variant.fields if not _NAMED.search(each.attributes))
    return Command(
        tuple(names), tuple(_options(variant.fields, constants)), variant.span, arguments
    )


def _given(attributes: str) -> str:
    match = _NAME.search(attributes)
    return match["name"] if match else ""


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", "-", name).lower()


def _options(fields: tuple[Field, ...], constants: Mapping[str, str]) -> Iterator[Option]:
    for field in fields:
        long = _LONG.search(field.attributes)
        if long:
            variable, default = (
                found.search(field.attributes) for found in (_VARIABLE, DEFAULT_VALUE)
            )
            yield Option(
                long["name"] or _kebab(field.name),
                variable["name"] if variable else "",
                _default(default, constants) if default else None,
                field.span,
                field.type_text == "bool",
            )


def _default(match: re.Match[str], constants: Mapping[str, str]) -> str | None:
    """Return a default as it is given on a command line, None for one that has to be run."""
    if match["text"] == match["written"][1:-1]:
        return match["text"]
    value = meaning(match["written"], constants)
    is_plain = value and (value.isdecimal() or value[0] == '"' or value in ("true", "false"))
    return value.strip('"') if value and is_plain else None
