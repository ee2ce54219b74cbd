"""What a value means that is written out: numbers, durations, texts, names and nothing.

Values of text and code have one notation, so that two are the same if the notations are: digits
for a number, `40 ms` for a duration, `"text"`, a levelled name, `nothing`.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from conform.check.systems.system import level

_MILLISECONDS = {
    **dict.fromkeys(("ms", "msec", "millis", "millisecond", "milliseconds"), Fraction(1)),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), Fraction(1_000)),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), Fraction(60_000)),
    **dict.fromkeys(("h", "hour", "hours"), Fraction(3_600_000)),
    **dict.fromkeys(("d", "day", "days"), Fraction(86_400_000)),
}
_BYTES = {
    **{
        name + ending: (1024**power,)
        for power, name in enumerate(("ki", "mi", "gi"), 1)
        for ending in ("b", "")
    },
    **{name: (1024**power, 1000**power) for power, name in enumerate(("kb", "mb", "gb"), 1)},
}
"""Bytes in a unit, by its name in lower case; both where usage differs."""

UNIT = r"(?:[KMG]i?B|[KMG]i|[a-z]{1,12})"

_DURATION = re.compile(
    r"(?:\w+::)*(?:Time)?(?:Duration|Delta)::(?:from_)?(?P<unit>millis(?:econds)?|sec(?:ond)?s|min(?:ute)?s|hours|days)"
    r"\((?P<number>[^()]*)\)"
)
_TEXT = re.compile(
    r'(?:String::from\(\s*)?"(?P<text>[^"\\]*)"\s*\)?(?:\.(?:into|to_string|to_owned)\(\))?'
)
_SOME = re.compile(r"Some\((?P<inside>.*)\)", re.DOTALL)
_CAST = re.compile(
    r"\bas\s+[iu](?:8|16|32|64|128|size)\b|(?<=[\dA-Fa-f])_?[iu](?:8|16|32|64|128|size)\b"
)
_CONSTANT = re.compile(
    r"(?<![\w.])(?:(?:\w+::)*(?P<name>[A-Z][A-Z0-9_]*)|(?:\w+::)*(?P<called>[a-z]\w*)\(\))(?![\w(])"
)
_SUM = re.compile(r"[\d\s_*+<()-]{1,100}")
_LONGEST = 200
"""Characters of a formula that is calculated."""

_PATH = re.compile(r"(?:\w+::)+(?P<name>[A-Z]\w*)")
_WRITTEN_NAME = re.compile(r"[A-Z][A-Z_]+")
_NOTHING = frozenset(("none", "null", "nil"))
_TRUTH = frozenset(("true", "false"))

_ROUNDED = Fraction(1, 20)
"""So far may an amount in round numbers be from the exact one, as a part of it."""

_MOST_STEPS = 8
"""So many constants are followed, each of which is written with the next."""

_MOST_NAMES = 3
"""So many constants may stand in one formula: each may be a formula of others."""

_OPERATIONS: Mapping[type[ast.operator], Callable[[int, int], int]] = {
    ast.Mult: operator.mul,
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.LShift: lambda number, by: number << min(by, 64),
}


def meaning(text: str, constants: Mapping[str, str] | None = None, steps: int = 0) -> str | None:
    """Return what a text of a page or a source means, None for one that has to be run.

    `constants` are texts by the names of the constants, and of the functions without parameters.
    """
    text = text.strip()
    if some := _SOME.fullmatch(text):
        text = some["inside"].strip()
    if text.lower() in _NOTHING:
        return "nothing"
    if text in _TRUTH:
        return text
    if quoted := _TEXT.fullmatch(text):
        inside = quoted["text"]
        return inside if inside.isdecimal() else f'"{inside}"'
    if duration := _DURATION.fullmatch(text):
        number = meaning(duration["number"], constants, steps)
        return in_milliseconds(number, duration["unit"]) if number else None
    known = _CONSTANT.fullmatch(text)
    name = (known["name"] or known["called"]) if known else ""
    if constants and name in constants and steps < _MOST_STEPS:
        return meaning(constants[name], constants, steps + 1)
    if (number := _number(text, constants, steps)) is not None:
        return number
    path = _PATH.fullmatch(text)
    return level(path["name"] if path else text) if path or _WRITTEN_NAME.fullmatch(text) else None


def _number(text: str, constants: Mapping[str, str] | None, steps: int) -> str | None:
    """Return the digits of an integer, or of what is calculated from such and constants."""
    if len(text) > _LONGEST:
        return None
    written = _CAST.sub("", text.replace(",", ""))
    named = sum(1 for _each in _CONSTANT.finditer(written))
    if constants and steps < _MOST_STEPS and named <= _MOST_NAMES:
        written = _CONSTANT.sub(
            lambda found: _of_constant(found, constants, steps + 1) or found[0], written
        )
    if not _SUM.fullmatch(written):
        return None
    try:
        found = _calculated(
            ast.parse(
                re.sub(r"(?<![\d_])0+(?=\d)", "", written).replace("_", "").strip(), mode="eval"
            ).body
        )
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return None if found is None or found < 0 else str(found)


def _of_constant(found: re.Match[str], constants: Mapping[str, str], steps: int) -> str:
    text = constants.get(found["name"] or found["called"])
    value = meaning(text, constants, steps) if text is not None else None
    return value if value and value.isdecimal() else ""


def _calculated(node: ast.expr) -> int | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return node.value
    if isinstance(node, ast.BinOp) and (apply := _OPERATIONS.get(type(node.op))):
        left, right = _calculated(node.left), _calculated(node.right)
        return apply(left, right) if left is not None and right is not None and right >= 0 else None
    return None


def in_milliseconds(number: str, unit: str) -> str | None:
    """Return the notation of a duration, None for a unit of something else."""
    each = _MILLISECONDS.get(unit.lower())
    return f"{Fraction(number) * each} ms" if each else None


def unit_of_name(name: str) -> str:
    """Return the unit that the name of a setting ends in, nothing where it ends in none."""
    last = name.lower().replace("-", "_").rpartition("_")[2]
    return (
        last if "_" in name.replace("-", "_") and (last in _MILLISECONDS or last in _BYTES) else ""
    )


def without_unit(name: str) -> str:
    """Return the name of a setting without the unit that it ends in."""
    unit = unit_of_name(name)
    return name[: -len(unit) - 1] if unit else name


def same_as_said(number: str, unit: str, name: str) -> frozenset[str]:
    """Return the notations of what a page says: a number, in a unit or in none, for a name.

    A plain number in a source is one of the unit of the name, or of one that nobody knows.
    """
    of_name = unit_of_name(name)
    unit = unit.lower() if unit.lower() in {*_MILLISECONDS, *_BYTES} else of_name
    value = Fraction(number)
    if unit in _MILLISECONDS:
        duration = value * _MILLISECONDS[unit]
        scales = [_MILLISECONDS[of_name]] if of_name in _MILLISECONDS else [*_MILLISECONDS.values()]
        return frozenset((f"{duration} ms", *(str(duration / scale) for scale in scales)))
    if unit in _BYTES:
        scales_of_name = _BYTES.get(of_name, (1,))
        return frozenset(
            str(value * many / scale) for many in _BYTES[unit] for scale in scales_of_name
        )
    return frozenset((str(value),))


def is_same_amount(number: str, said: str, unit: str) -> bool:
    """Say whether a number, in whatever unit, is about what is said in one of time or of bytes.

    What is said in another unit is not compared with the number.
    """
    if unit.lower() not in {*_MILLISECONDS, *_BYTES}:
        return True
    scales = (1, 1_000, 1_024, 1_000_000, 1_048_576) if unit.lower() in _BYTES else (1,)
    amounts = [
        Fraction(each) / scale
        for each in same_as_said(said, unit, "")
        if not each.endswith(" ms")
        for scale in scales
    ]
    return any(abs(Fraction(number) - each) <= each * _ROUNDED for each in amounts)
