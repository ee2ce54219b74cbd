"""SANY in this process: its parser called from Python, one Java machine for thousands of texts.

SANY's command line ends with the first file that is ill-formed, and starting Java for each would
take minutes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jpype

from tests.oracle.java_machine import start_java

_PLACE = re.compile(
    r"line (\d+), col(?:umn)? (\d+)|error in fairness expression at (\d+): (\d+)", re.I
)
_COMMENT = re.compile(r"comment starting around line (\d+)")


class Sany:
    """SANY's parser."""

    def __init__(self, jar: Path) -> None:
        start_java(jar)
        self._parser: Any = jpype.JClass("tla2sany.parser.TLAplusParser")
        self._output: Any = jpype.JClass("util.ToolIO")
        self._bytes_in: Any = jpype.JClass("java.io.ByteArrayInputStream")
        self._bytes_out: Any = jpype.JClass("java.io.ByteArrayOutputStream")
        self._stream: Any = jpype.JClass("java.io.PrintStream")
        errors = jpype.JClass("tla2sany.semantic.Errors")()
        jpype.JClass("tla2sany.configuration.Configuration").load(errors)

    def verdict(self, text: str) -> str:
        """Return `ok`, `line:column` of the first error, `line:*`, or `unplaced`."""
        said = self._bytes_out()
        self._output.out = self._stream(said, True, "UTF-8")
        parser = self._parser(self._bytes_in(text.encode()), "UTF-8")
        if parser.parse():
            return "ok"
        message = str(said.toString("UTF-8"))
        if place := _PLACE.search(message):
            line, column = [group for group in place.groups() if group]
            return f"{line}:{column}"
        comment = _COMMENT.search(message)
        return f"{comment[1]}:*" if comment else "unplaced"
