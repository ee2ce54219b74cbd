"""The messages of TLC's `-tool` output, and the text that stands between them.

Follows tlc2/output/MP: a message stands between `@!@!@STARTMSG code:severity @!@!@` and
`@!@!@ENDMSG code @!@!@`. Messages nest (one about an exception quotes the one that was thrown), and
an inner one may begin in the middle of a line. What a specification prints stands between messages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum

_START = re.compile(r"@!@!@STARTMSG ([0-9]{1,6}):([0-9]) @!@!@$")
_END = re.compile(r"^@!@!@ENDMSG ([0-9]{1,6}) @!@!@$")

MAX_DEPTH = 20
"""Messages within messages; TLC itself nests two."""


class Severity(IntEnum):
    """How TLC marks its messages (tlc2.output.MP)."""

    NONE = 0
    ERROR = 1
    BUG = 2
    WARNING = 3
    STATE = 4


@dataclass(slots=True)
class Message:
    """One message: its code as in tlc2.output.EC, its own lines, and the messages it quotes."""

    code: int
    severity: int
    lines: list[str] = field(default_factory=list)
    quoted: list[Message] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own lines, without what it quotes."""
        return "\n".join(self.lines).strip()

    @property
    def innermost(self) -> Message:
        """The message that this one quotes last, at any depth; itself when it quotes none."""
        return self.quoted[-1].innermost if self.quoted else self


@dataclass(slots=True)
class MessageReader:
    """Puts messages together from lines: `feed` gives the outermost message that a line ends."""

    _open: list[Message] = field(default_factory=list)

    def feed(self, line: str) -> Message | str | None:
        """Return the message that `line` completes, `line` itself between messages, or None."""
        if start := _START.search(line):
            self._begin(line[: start.start()], Message(int(start[1]), int(start[2])))
            return None
        if not self._open:
            return line
        if (end := _END.match(line)) and any(one.code == int(end[1]) for one in self._open):
            return self._end(int(end[1]))
        self._open[-1].lines.append(line)
        return None

    def _begin(self, before: str, message: Message) -> None:
        if self._open and before.strip():
            self._open[-1].lines.append(before)
        if len(self._open) < MAX_DEPTH:
            self._open.append(message)

    def _end(self, code: int) -> Message | None:
        """Close messages up to the innermost of `code`; those within that never ended go along."""
        while True:
            ended = self._open.pop()
            if not self._open:
                return ended
            self._open[-1].quoted.append(ended)
            if ended.code == code:
                return None
