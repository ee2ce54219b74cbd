"""The outermost frame: every run ends here with an exit code, and without a traceback."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TextIO

import click

from conform.cli.group import conform, is_verbose
from conform.collecting import collect_seldom
from conform.errors import ConformError, ExitCode
from conform.report.page import visible

COMPLETION_VARIABLE = "_CONFORM_COMPLETE"
"""Set by the shell's completion script; click then answers in place of a command."""


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says where nothing more can be written: no fault of the tool."""


class _EndedError(BaseException):
    """The process is asked to end; no handler of exceptions is to take it for anything else."""


def main() -> None:
    """Run the command line of this process and exit with its code.

    SIGTERM ends it as an exception does, so that nothing it has begun is left behind, with the
    code that shells show for a process that the signal ended.
    """
    signal.signal(signal.SIGTERM, _end)
    collect_seldom()
    try:
        _main()
    except _EndedError:
        sys.exit(128 + signal.SIGTERM)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise _EndedError


def _main() -> None:
    sys.stdout, sys.stderr = _opened(sys.stdout), _opened(sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        _never_fail_to_encode(stream)
    if not _is_somewhere():
        _say("conform: error: the current folder is no longer there\nhint: go to one that is")
        sys.exit(ExitCode.INPUT)
    if COMPLETION_VARIABLE in os.environ:
        conform.main(prog_name="conform")
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        _drop_output()
        code = _unwritten(error)
    sys.exit(code)


def _opened(stream: TextIO | None) -> TextIO:
    """Return a stream; for one that was closed before the start, one that drops what is written."""
    return Path(os.devnull).open("w", encoding="utf-8") if stream is None else stream


def _is_somewhere() -> bool:
    try:
        return bool(Path.cwd())
    except FileNotFoundError:
        return False


def run(arguments: Sequence[str]) -> int:
    """Run `conform` with `arguments` and return its exit code; messages go to stderr."""
    context: click.Context | None = None
    try:
        context = conform.make_context("conform", list(arguments))
        with context:
            return int(conform.invoke(context))
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.INPUT
    except ConformError as error:
        _say(_drawn(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say("conform: interrupted; nothing is said about what was not looked at")
        return ExitCode.INCOMPLETE
    except MemoryError:
        _say("conform: out of memory\nhint: bound the search with --max-states")
        return ExitCode.INCOMPLETE
    except BrokenPipeError:
        _drop_output()
        return ExitCode.INCOMPLETE
    except OSError as error:
        if error.errno in _FULL:
            return _unwritten(error)
        return _defect(error, is_verbose(context))
    except (Exception, SystemExit) as error:  # noqa: BLE001  # the one place that may
        return _defect(error, is_verbose(context))


def _unwritten(error: OSError) -> int:
    where = f"{error.filename}: " if error.filename else ""
    _say(
        f"conform: error: {where}cannot be written: {error.strerror}\n"
        "hint: make room, and run it again"
    )
    return ExitCode.INCOMPLETE


def _defect(error: BaseException, verbose: bool) -> int:
    """Say that the tool is at fault; a SystemExit raised below is one too, whatever its code."""
    if verbose:
        _say("".join(traceback.format_exception(error)).rstrip())
    text = " ".join(str(error).split())
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    hint = "" if verbose else "\nhint: run it again with -v for the traceback, and report it"
    _say(f"conform: a defect of ours, not of your input: {what:.300}{hint}")
    return ExitCode.DEFECT


def _drawn(error: ConformError) -> str:
    """Return the error's text after the word that says it is one."""
    text = str(error)
    if error.span is None:
        return f"conform: error: {text}"
    place = f"{error.span}: "
    return f"{place}error: {text.removeprefix(place)}"


def _say(text: str) -> None:
    """Print to stderr; what a message quotes may hold characters that would drive a terminal."""
    with suppress(BrokenPipeError):
        click.echo(visible(text), err=True)


def _never_fail_to_encode(stream: TextIO) -> None:
    """Let characters that the terminal lacks be written as escapes."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """Point stdout at nothing, so that the interpreter's own flush at exit stays quiet too."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
