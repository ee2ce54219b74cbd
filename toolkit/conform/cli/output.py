"""Where reports go: a file or stdout; and the exit code that a verdict amounts to."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import click
from msgspec import Struct

from conform.domain.exploration import ExplorationReport
from conform.domain.report import Report, Verdict
from conform.errors import ExitCode, InputError
from conform.registry import exploration_writer, report_writer
from conform.report.options import Detail, WriteOptions

_EXIT_CODES = {
    Verdict.PASS: ExitCode.CONFORMS,
    Verdict.FAIL: ExitCode.FINDINGS,
    Verdict.INCOMPLETE: ExitCode.INCOMPLETE,
    Verdict.ERROR: ExitCode.INPUT,
}


class OutputOptions(Struct, frozen=True):
    """The words of `report_options`: the format, the file (None: stdout), and how much."""

    form: str
    output: Path | None
    quiet: bool
    verbose: bool

    def __post_init__(self) -> None:
        """Refuse words that contradict each other."""
        if self.quiet and self.verbose:
            raise click.UsageError("-q and -v exclude each other.")

    @property
    def is_stdout(self) -> bool:
        """Whether the report goes to stdout."""
        return self.output is None or str(self.output) == "-"

    def for_writer(self) -> WriteOptions:
        """Return what a writer needs to know."""
        detail = Detail.QUIET if self.quiet else Detail.VERBOSE if self.verbose else Detail.NORMAL
        return WriteOptions(detail, self._width())

    def _width(self) -> int | None:
        is_terminal = self.is_stdout and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        return shutil.get_terminal_size().columns if is_terminal else None


def finish(report: Report, options: OutputOptions) -> int:
    """Write the report and return the exit code of its verdict."""
    _emit(report_writer(options.form)(report, options.for_writer()), options)
    return _EXIT_CODES[report.verdict]


def finish_exploration(report: ExplorationReport, options: OutputOptions) -> int:
    """Write the exploration's report and return the exit code of its verdict.

    What the specification printed goes to stderr, so that the report stays what its format says.
    """
    if report.printed and not options.quiet:
        click.echo("\n".join(report.printed), err=True)
    _emit(exploration_writer(options.form)(report, options.for_writer()), options)
    return _EXIT_CODES[report.verdict]


def _emit(text: str, options: OutputOptions) -> None:
    if options.output is None or options.is_stdout:
        _print(text)
        return
    try:
        options.output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"{options.output}: the report cannot be written: {error.strerror}",
            hint="give --output a file in a folder that exists",
        ) from None


def _print(text: str) -> None:
    """Print, quietly giving up when the reader is gone: the verdict stands all the same."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
