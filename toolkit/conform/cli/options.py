"""The options that mean the same on every command that honours them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol, TypeVar

import click

from conform.cli.group import remember_verbose
from conform.domain.exploration import Engine
from conform.errors import InputError

Function = TypeVar("Function", bound=Callable[..., object])


class Decorator(Protocol):
    """Adds options to a command's function and returns it."""

    def __call__(self, function: Function, /) -> Function: ...


FILE = click.Path(path_type=Path)
"""A path; whether it can be read is said where it is read, with its place in the project."""


class _WrittenFile(click.Path):
    """A file that is written in the end: whether it can be is asked before the work begins."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path, `-` included; raise InputError where no file can be written there."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if str(path) == "-":
            return path
        if path.is_dir():
            raise InputError(f"{path}: a folder, and no file", hint="name a file in it")
        if not path.parent.is_dir():
            raise InputError(
                f"{path}: cannot be written: there is no folder {path.parent}",
                hint="make it, or name another file",
            )
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise InputError(
                f"{path}: cannot be written: permission denied", hint="name another file"
            )
        return path


WRITTEN = _WrittenFile(path_type=Path)

SECONDS = click.FloatRange(min=0, min_open=True)
COUNT = click.IntRange(min=1)


_SIZE = re.compile(r"([0-9]{1,12})\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)
_SHIFTS = {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}


def size_in_bytes(_: click.Context, parameter: click.Parameter, text: str | None) -> int | None:
    """Return the bytes that `512MB` or `2GB` stands for, powers of 1024; refuse what is no size."""
    if text is None:
        return None
    found = _SIZE.fullmatch(text.strip())
    if found is None or int(found[1]) == 0:
        raise click.BadParameter(f"{text!r} is no size, as 512MB or 2GB are.", param=parameter)
    return int(found[1]) << _SHIFTS[found[2].upper()]


def report_options(formats: Iterable[str]) -> Decorator:
    """Add --format, --output, -q and -v, as for every command that ends in a report."""
    return _all(
        click.option(
            "--format",
            "form",
            type=click.Choice(list(formats)),
            default="text",
            show_default=True,
            help="The format of the report.",
        ),
        click.option(
            "-o",
            "--output",
            type=WRITTEN,
            metavar="FILE",
            help="Write the report to FILE instead of stdout; - is stdout.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Only findings and the verdict."),
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            callback=remember_verbose,
            help="Everything, seconds included; a traceback should conform itself fail.",
        ),
    )


def project_options() -> Decorator:
    """Add --config, the project file."""
    return _all(
        click.option(
            "--config",
            "project_file",
            type=FILE,
            metavar="FILE",
            help="The project file; conform.yaml here or in a folder above, if not given.",
        )
    )


def limit_options() -> Decorator:
    """Add --timeout, --max-memory and --max-states, the bounds of a search.

    Reaching one is INCOMPLETE.
    """
    return _all(
        click.option(
            "--timeout",
            type=SECONDS,
            metavar="SECONDS",
            help="Stop after so long and say INCOMPLETE.",
        ),
        click.option(
            "--max-memory",
            callback=size_in_bytes,
            metavar="SIZE",
            help="Stop when so much memory is held, as 512MB or 2GB, and say INCOMPLETE; a large "
            "search for violations writes what it need not hold to files in TMPDIR first.",
        ),
        click.option(
            "--max-states",
            type=COUNT,
            metavar="N",
            help="Stop at N distinct states and say INCOMPLETE.",
        ),
    )


def engine_options() -> Decorator:
    """Add --engine and --workers."""
    return _all(
        click.option(
            "--engine",
            type=click.Choice([engine.value for engine in Engine]),
            default=Engine.EMBEDDED.value,
            show_default=True,
            help="Who gives the verdicts; `both` says where the two disagree.",
        ),
        click.option(
            "--workers",
            type=COUNT,
            metavar="N",
            help="Threads of TLC; with the 1 of the default, depth and traces are the same each "
            "time. For the embedded engine, processes: those that `explore` gives the states of "
            "one large search to keep, one if not given; those that `check` uses, as many as the "
            "machine has processors, if not given.",
        ),
    )


def _all(*decorators: Decorator) -> Decorator:
    def decorate(function: Function, /) -> Function:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate
