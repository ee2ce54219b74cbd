"""What a run of TLC says, understood: counts, violations, traces, what it could not evaluate.

Follows tlc2/output/EC and MP of TLC 2.18 (`-tool`), each reading seen by running it. A violated
temporal property is not named there, and an action tells no parameters; the model tells both to
whoever has one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

from conform.domain.model import PropertyKind
from conform.domain.trace import Trace
from conform.errors import InputError
from conform.text import Source
from conform.tlc.messages import Message, MessageReader, Severity
from conform.traces import tlc_text

MAX_QUOTED = 600
"""Characters of a message of TLC that are shown."""

MAX_TRACE = 4 * 2**20
"""Characters of a trace that is read: nobody reads a longer one, and reading it takes minutes."""

OUT_OF_MEMORY = 1001
"""Message code: memory was not enough."""

_VERSION, _STARTING_PARSER, _PARSER_ENDED = 2262, 2220, 2219
_SUCCESS, _COUNTS, _PROGRESS, _DEPTH, _PARSING_FAILED = 2193, 2199, 2200, 2194, 3002
_INITIAL_COUNTS = frozenset({2190, 2191})
_SIMULATED, _SIMULATED_PROGRESS = 2210, 2209
_STATES = frozenset({2217, 2218, 2122})
"""A state of a trace, stuttering, and the way back to a state."""

_DEADLOCK, _NESTED_POSITIONS = 2114, 2103
_INTRODUCTIONS = frozenset({2121, 2264})
"""Marked as errors, and only introduce the states that follow."""

_INVARIANT_AT_START, _INVARIANT, _INVARIANT_LEVEL = 2107, 2110, 2146
_PROPERTY_AT_START, _ACTION_PROPERTY, _TEMPORAL = 2108, 2112, 2116

_VIOLATIONS = {
    _INVARIANT_AT_START: PropertyKind.INVARIANT,
    _INVARIANT: PropertyKind.INVARIANT,
    _PROPERTY_AT_START: PropertyKind.INITIAL,
    _ACTION_PROPERTY: PropertyKind.ACTION,
    _TEMPORAL: PropertyKind.LIVENESS,
}

_NAMED = re.compile(r"(?:Invariant|Property|Action property) (\S+) is violated")
_NUMBERS = re.compile(
    r"([0-9,]+) states? generated.*?, ([0-9,]+) distinct states? found.*?, "
    r"([0-9,]+) states? left on queue"
)
_INITIAL = re.compile(
    r"([0-9,]+) (?:distinct )?states? generated(?:, with ([0-9,]+) of them distinct)?"
)
_SIMULATED_NUMBER = re.compile(r"states generated: ([0-9,]+)|([0-9,]+) states generated")
_PROGRESS_DEPTH = re.compile(r"Progress\(([0-9,]+)\)")
_SEARCH_DEPTH = re.compile(r"search is ([0-9,]+)")
_POSITION = re.compile(
    r"[Ll]ine ([0-9]+), col(?:umn)? ([0-9]+) to line [0-9]+, col(?:umn)? [0-9]+ (?:in|of module) "
    r"([A-Za-z0-9_]+)"
)
_EXCEPTION = re.compile(r"^.*The exception was an? \S+\s*:?", re.DOTALL)
_IN_JAVA = re.compile(
    r"Attempted to apply the operator overridden by the Java method\s.*?tlc2\.module\.(\w+\.\w+)\("
    r".*?but it produced the following error:",
    re.DOTALL,
)
_JAVA_CLASS = re.compile(r"\btlc2\.value\.impl\.")
_FIRST_STATE = re.compile(
    r"(?s)^(.*?(?:initial state|the state)):\n((?:/\\ )?[A-Za-z0-9_!]+ = .*)$"
)
_WORKING_ON = re.compile(r"\s*While working on the initial state\s*$")
_PARSER_CHATTER = ("Parsing file ", "Semantic processing of module ")


class Counts(Struct, frozen=True):
    """How far TLC came: states generated, distinct ones, levels, and those left to expand."""

    generated: int = 0
    distinct: int = 0
    depth: int = 0
    queue: int = 0


class Violated(Struct, frozen=True):
    """A property that TLC reports as violated; `name` is None where it does not say (liveness)."""

    kind: PropertyKind
    name: str | None
    trace: Trace | None


class Failed(Struct, frozen=True):
    """What kept TLC from going on: its message in one line, and the trace that led there.

    `code` is TLC's message code; `place` the innermost expression, as `Module:line:column`.
    """

    code: int
    message: str
    place: str
    trace: Trace | None


class ToolOutput(Struct, frozen=True):
    """All that one run said. `is_success` is TLC's own word that all was checked without error."""

    version: str
    counts: Counts
    is_success: bool
    violations: tuple[Violated, ...]
    deadlock: Trace | None
    failure: Failed | None
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Report:
    """An error as it is being told: its message, the states that lead to it, the positions."""

    message: Message
    states: list[Message] = field(default_factory=list)
    positions: str = ""


class OutputReader:
    """Reads the lines of one run; `counts` may be looked at while it goes on."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._messages = MessageReader()
        self._version = ""
        self._is_success = False
        self._reports: list[_Report] = []
        self._current: _Report | None = None
        self._told: set[tuple[int, str]] = set()
        self._warnings: list[str] = []
        self._is_parsing = False
        self._parser_says: list[str] = []

    def feed(self, line: str) -> int | None:
        """Take one line without its line break; return the code of the message that it ends."""
        match self._messages.feed(line):
            case Message() as message:
                self._heed(message)
                return message.code
            case str(text) if self._is_parsing:
                self._hear_parser(text)
        return None

    def output(self) -> ToolOutput:
        """Return what was read; raise InputError where a trace in it is none."""
        violations: list[Violated] = []
        deadlock: Trace | None = None
        failure: Failed | None = None
        for report in self._reports:
            code = report.message.code
            if code in _VIOLATIONS:
                violations.append(_violated(report))
            elif code == _DEADLOCK:
                deadlock = deadlock or _trace(report)
            elif failure is None:
                failure = self._failed(report)
        return ToolOutput(
            self._version, self.counts, self._is_success, tuple(violations), deadlock, failure,
            tuple(self._warnings),
        )  # fmt: skip

    # --- One message at a time -------------------------------------------------------------------

    def _heed(self, message: Message) -> None:
        code = message.code
        if code == _VERSION:
            self._version = message.text
        elif code in (_STARTING_PARSER, _PARSER_ENDED):
            self._is_parsing = code == _STARTING_PARSER
        elif code == _SUCCESS:
            self._is_success = True
        elif code in _STATES:
            if self._current:
                self._current.states.append(message)
        elif code == _NESTED_POSITIONS:
            if self._current:
                self._current.positions = message.text
        elif message.severity in (Severity.ERROR, Severity.BUG):
            if code not in _INTRODUCTIONS:
                self._begin_report(message)
        elif message.severity == Severity.WARNING:
            self._warnings.append(_one_line(message.text))
        else:
            self._count(message)

    def _begin_report(self, message: Message) -> None:
        """Begin what an error tells; with -continue TLC repeats itself, and the first will do."""
        key = (message.code, _first_state(message)[0])
        self._current = None if key in self._told else _Report(message)
        if self._current:
            self._told.add(key)
            self._reports.append(self._current)

    def _count(self, message: Message) -> None:
        """Take over what a message counts; TLC speaks of depth 1 even where there is no state."""
        code, text, known = message.code, message.text, self.counts
        if code in (_COUNTS, _PROGRESS) and (found := _NUMBERS.search(text)):
            generated, distinct, queue = map(_number, found.groups())
            level = _PROGRESS_DEPTH.match(text)
            depth = _number(level[1]) if level and distinct else known.depth
            self.counts = Counts(generated, distinct, depth, queue)
        elif code in (_SIMULATED, _SIMULATED_PROGRESS):
            if found := _SIMULATED_NUMBER.search(text):
                generated = max(_number(found[1] or found[2]), known.generated)
                self.counts = replace(known, generated=generated)
        elif code == _DEPTH and known.distinct and (found := _SEARCH_DEPTH.search(text)):
            self.counts = replace(known, depth=_number(found[1]))
        elif code in _INITIAL_COUNTS and (found := _INITIAL.search(text)):
            generated = _number(found[1])
            distinct = _number(found[2]) if found[2] else generated
            self.counts = Counts(generated, distinct, int(distinct > 0), distinct)

    def _hear_parser(self, line: str) -> None:
        if line.strip() and not line.startswith(_PARSER_CHATTER):
            self._parser_says.append(line.strip())

    def _failed(self, report: _Report) -> Failed:
        message = report.message
        if message.code == _PARSING_FAILED:
            said = _one_line(" ".join(self._parser_says))
            return Failed(message.code, f"TLC's parser refuses the module: {said}", "", None)
        if cause := _cause_in_java(message):
            code, said = cause
            return Failed(code, said, _last_position(report.positions), _trace(report))
        text, _ = _first_state(message)
        inner = message.innermost
        words = text if inner is message else inner.text
        place = _last_position(words) or _last_position(report.positions)
        words = _WORKING_ON.sub("", _POSITION.sub("", words))
        return Failed(message.code, _one_line(words), place, _trace(report))


def _cause_in_java(message: Message) -> tuple[int, str] | None:
    """Return the code and the words for what went wrong in Java itself; None where nothing did."""
    text = f"{message.text}\n{message.innermost.text}"
    if "StackOverflowError" in text:
        return message.code, "the evaluation goes too deep for Java's stack: does it end?"
    if "OutOfMemoryError" in text or "Java heap space" in text:
        return OUT_OF_MEMORY, "TLC ran out of memory: give it more with --max-memory"
    return None


def _violated(report: _Report) -> Violated:
    named = _NAMED.search(report.message.text)
    return Violated(_VIOLATIONS[report.message.code], named[1] if named else None, _trace(report))


def _trace(report: _Report) -> Trace | None:
    """Return the trace that follows an error, or the state that its message shows; None without.

    A state of which variables are still unassigned ends the trace before it. A trace that is too
    long to be read counts as none.
    """
    blocks = [(state.code, "\n".join(state.lines).strip("\n")) for state in report.states]
    if not blocks:
        _, state = _first_state(report.message)
        if not state:
            return None
        blocks = [(2217, f"1: <Initial predicate>\n{state}")]
    text = "".join(
        f"@!@!@STARTMSG {code}:4 @!@!@\n{block}\n\n@!@!@ENDMSG {code} @!@!@\n"
        for code, block in blocks
    )
    if len(text) > MAX_TRACE:
        return None
    try:
        traces = tlc_text.read(Source("TLC", text))
    except InputError as error:
        error.hint = "TLC printed a value that is not read; its own output has it"
        raise
    return traces[0] if traces else None


def _first_state(message: Message) -> tuple[str, str]:
    """Return a message's own words, and the state that it shows; empty when it shows none."""
    found = _FIRST_STATE.match(message.text)
    return (found[1], found[2].strip()) if found else (message.text, "")


def _last_position(text: str) -> str:
    """Return the innermost of the positions that TLC lists, as `Module:line:column`."""
    positions = _POSITION.findall(text)
    if not positions:
        return ""
    line, column, module = positions[-1]
    return f"{module}:{line}:{column}"


def _one_line(text: str) -> str:
    plain = _JAVA_CLASS.sub("", _IN_JAVA.sub(r"\1:", _EXCEPTION.sub("", text)))
    line = " ".join(plain.split())
    return line if len(line) <= MAX_QUOTED else f"{line[:MAX_QUOTED]} …"


def _number(text: str) -> int:
    return int(text.replace(",", ""))
