"""From a machine to the files that are written down: the same bytes under any hash seed."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct

from conform.domain.machine import Machine, python_literal
from conform.generate import machine_text, python_layout, suite_text
from conform.generate.docstrings import docstring, harmless
from conform.generate.header import SourceHash, with_header
from conform.generate.refusals import Refusal
from conform.generate.scenarios import Scenario
from conform.text import Source


class GeneratedFile(Struct, frozen=True):
    """A file to write: its path relative to the protocol's generated folder, and its text."""

    path: str
    text: str


class SuiteOptions(Struct, frozen=True):
    """What the suite drives: the module of machine.py, dotted, and an implementation's entry.

    `implementation` is `package.module:callable`, empty where the project names none.
    """

    machine_module: str
    implementation: str = ""


def generate(
    machine: Machine,
    sources: Sequence[Source],
    suite: SuiteOptions,
    scenarios: Sequence[Scenario] = (),
    refusals: Sequence[Refusal] = (),
) -> tuple[GeneratedFile, ...]:
    """Return machine.py and test_machine.py; without any scenario there is nothing to test.

    `sources` are what the machine came from; their hashes go into each file's header.
    """
    hashes = tuple(hash_of(source) for source in sources)
    files = {"machine.py": machine_body(machine)}
    if scenarios:
        files["test_machine.py"] = suite_body(machine, suite, scenarios, refusals)
    return tuple(
        GeneratedFile(path, with_header(body, hashes)) for path, body in sorted(files.items())
    )


def hash_of(source: Source) -> SourceHash:
    """Return the path and the sha256 of a source's text."""
    return SourceHash(harmless(source.path), sha256(source.text.encode()).hexdigest())


def machine_body(machine: Machine) -> str:
    """Return machine.py without its header."""
    template = _environment().get_template("machine.py.jinja")
    values = {
        **_fields(machine),
        "module_docstring": docstring(_module_paragraphs(machine), 0),
        "class_docstring": docstring(_class_paragraphs(machine), 4),
        "enabled_body": machine_text.listing(machine, only_enabled=True),
        "instances_body": machine_text.listing(machine, only_enabled=False),
        "instances_note": _instances_note(machine),
        **machine_text.table_rows(machine),
    }
    draft = template.render(**values, imports="")
    return template.render(**values, imports=machine_text.imports_of(draft))


def suite_body(
    machine: Machine,
    suite: SuiteOptions,
    scenarios: Sequence[Scenario],
    refusals: Sequence[Refusal],
) -> str:
    """Return test_machine.py without its header."""
    template = _environment().get_template("test_machine.py.jinja")
    values = {
        **_fields(machine),
        **suite_text.values_of(machine, suite.implementation, scenarios, refusals),
        "machine_import": suite_text.machine_import(
            suite.machine_module, machine.class_name, has_plain="plain" in machine.support
        ),
    }
    return template.render(**values)


def _fields(machine: Machine) -> dict[str, object]:
    return {name: getattr(machine, name) for name in machine.__struct_fields__}


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("conform.generate"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.globals.update(
        docstring=docstring,
        literal=python_literal,
        statement=python_layout.statement,
        argument=python_layout.argument,
        alias_line=machine_text.alias_line,
        annotated=machine_text.annotated,
        pair=machine_text.pair,
        operator_text=machine_text.operator_text,
        action_text=machine_text.action_text,
        property_text=machine_text.property_text,
        formula_text=machine_text.formula_text,
        fairness_row=machine_text.fairness_row,
        table=machine_text.table,
        call_text=machine_text.call_text,
        cited=machine_text.cited,
    )
    return environment


def _module_paragraphs(machine: Machine) -> list[str | Sequence[str]]:
    paragraphs: list[str | Sequence[str]] = [
        f"{machine.title}, as a state machine that can be run.",
        "Made from the specification by `conform generate`. It needs nothing but Python's standard "
        "library and knows no implementation: it is what implementations are compared with.",
    ]
    if machine.temporal:
        names = ", ".join(machine.temporal)
        rest = "LIVENESS and FAIRNESS state them" if machine.liveness else "these are left to it"
        paragraphs.append(f"No finite run can decide {names}, but a model checker can: {rest}.")
    if machine.omissions:
        lines = [f"{each.kind} {each.name}: {each.reason}" for each in machine.omissions]
        paragraphs.append(["Left out, because it could not be translated:", *lines])
    return paragraphs


def _class_paragraphs(machine: Machine) -> list[str]:
    return [
        f"The state machine of {machine.name}.",
        "Each action is a method that replaces the state, and raises NotEnabledError where the "
        "action is disabled. Beside it, `can_...` tells whether it is enabled and `why_not_...` "
        "which line of its guard is false.",
    ]


def _instances_note(machine: Machine) -> str:
    open_ended = [
        action.name
        for action in machine.actions
        if not all(choice.is_constant for choice in action.choices)
    ]
    if not open_ended:
        return ""
    names = ", ".join(open_ended)
    return f"\n\n        Without {names}, whose choices depend on the state.\n        "
