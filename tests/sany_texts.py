"""The texts of `tests/fixtures/sany`, with the verdicts recorded there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "fixtures" / "sany"

HEADER = """---- MODULE Sample ----
CONSTANTS a,b,c,d,f,r,P,S,T,Q(_)
VARIABLES x,y,z,v
"""
"""What stands before a text that is no whole file."""

_CASE = re.compile(r"^## (.*)\n((?:(?!## ).*\n)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its verdicts: `ok`, `line:column` or `line:*`, in lines of the text itself."""

    file: str
    line: int
    text: str
    sany: str
    ours: str
    is_whole: bool

    @property
    def source(self) -> str:
        """The module to read."""
        return self.text if self.is_whole else f"{HEADER}{self.text.rstrip(chr(10))}\n====\n"

    @property
    def name(self) -> str:
        """Where the text stands: the name of its test."""
        return f"{self.file}:{self.line}"

    def place(self, line: int, column: int) -> str:
        """Return a place of the module as a verdict writes it."""
        return f"{line - (0 if self.is_whole else HEADER.count(chr(10)))}:{column}"


def texts() -> list[Text]:
    """Return all texts, in the order of files and lines."""
    return [text for path in sorted(FOLDER.glob("*.txt")) for text in _texts(path)]


def _texts(path: Path) -> list[Text]:
    content = path.read_text(encoding="utf-8")
    found = []
    for case in _CASE.finditer(content):
        sany, *words = case[1].split()
        found.append(
            Text(
                file=path.name,
                line=content.count("\n", 0, case.start()) + 1,
                text=case[2].removesuffix("\n"),
                sany=sany,
                ours=words[0] if words else sany,
                is_whole=path.name == "modules.txt" or "whole" in words,
            )
        )
    return found
