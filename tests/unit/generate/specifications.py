"""Specifications of the tests: read, described, generated, and their machines imported."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from conform.domain.machine import Machine
from conform.domain.plain import from_plain, without_model_values
from conform.domain.values import Value
from conform.generate.generating import machine_body
from conform.languages.tlaplus.configuration import Configuration, parse_configuration
from conform.languages.tlaplus.model import TlaModel, build_model
from conform.languages.tlaplus.specification import load_specification
from conform.languages.tlaplus.translation.describing import describe_machine
from conform.text import Source, read_source

SPECS = Path(__file__).parent / "specs"
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Described:
    """A model, its configuration, and the machine made of both."""

    model: TlaModel
    configuration: Configuration
    machine: Machine
    sources: tuple[Source, ...]


def described(module: Source, configuration: Source) -> Described:
    """Return a module under a configuration, described as a machine without a document."""
    parsed = parse_configuration(configuration)
    model = build_model(load_specification(module, lambda _name: None), parsed)
    machine = describe_machine(model, parsed)
    return Described(model, parsed, machine, (module, configuration))


def of_text(units: str, configuration: str, name: str = "M") -> Described:
    """Return the module with these units, described as a machine."""
    text = f"---- MODULE {name} ----\nEXTENDS Integers, Sequences, FiniteSets\n{units}\n====\n"
    return described(Source(f"{name}.tla", text), Source(f"{name}.cfg", configuration))


def of_files(name: str, folder: Path = SPECS) -> Described:
    """Return a module of the folder, with the configuration of the same name."""
    return described(read_source(folder / f"{name}.tla"), read_source(folder / f"{name}.cfg"))


def imported(machine: Machine, folder: Path) -> ModuleType:
    """Write a machine's module into a folder and import it under a name of its own."""
    path = folder / f"machine_of_{machine.name}.py"
    path.write_text(machine_body(machine), encoding="utf-8")
    spec = importlib.util.spec_from_file_location(f"{folder.name}_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def values_of(plain: object) -> Value:
    """Return plain data as a value, model values as strings."""
    return without_model_values(from_plain(plain))


def snapshot_of(machine: Any, model: TlaModel) -> tuple[Value, ...]:
    """Return a machine's state in the order of the model's slots."""
    found = machine.snapshot()
    return tuple(values_of(found[slot.variable]) for slot in model.slots)
