"""Mutants of TLA+ modules and configurations: what people mistype, and what nobody ever would."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "tests" / "oracle" / "modules", ROOT / "tlaplus")

_TOKEN = re.compile(r"\s+|\w+|\\\w+|[-=/\\<>|&:.~@#$%^*+!'`,;(){}\[\]]{1,2}|.", re.DOTALL)
_NOISE = "\t\0\r\n\"'\\(*){}[]<>=/~^_@!#x0λ∈\u2028\U0001f600\x7f\ufeff"

Mutation = Callable[[random.Random, list[str]], list[str]]
"""Tokens of a text -> those of a mutant."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A module and one of its configurations, as texts, and the folder that they are from."""

    name: str
    module: str
    configuration: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Mutant:
    """A sample with its module or its configuration changed, or both."""

    sample: Sample
    module: str
    configuration: str


@cache
def samples() -> tuple[Sample, ...]:
    """Return every module of the repository that has a configuration, in a fixed order."""
    found = ((path, folder) for folder in FOLDERS for path in sorted(folder.glob("*.cfg")))
    return tuple(
        Sample(path.stem, _read(path.with_suffix(".tla")), _read(path), folder)
        for path, folder in found
        if path.with_suffix(".tla").is_file()
    )


@cache
def _vocabulary() -> tuple[str, ...]:
    """Return the different tokens of all samples."""
    tokens = (token for one in samples() for token in _TOKEN.findall(one.module))
    return tuple(dict.fromkeys(tokens))


def mutant(seed: int) -> Mutant:
    """Return the mutant of that number: the same on every machine."""
    draw = random.Random(seed)
    sample = draw.choice(samples())
    module, configuration = sample.module, sample.configuration
    what = draw.random()
    if what < 0.8:
        module = _changed(draw, module)
    if what > 0.7:
        configuration = _changed(draw, configuration)
    return Mutant(sample, module, configuration)


def _changed(draw: random.Random, text: str) -> str:
    tokens = _TOKEN.findall(text)
    for _ in range(draw.choice((1, 1, 1, 2, 3, 8))):
        if tokens:
            tokens = draw.choice(_MUTATIONS)(draw, tokens)
    return "".join(tokens)


def _delete(draw: random.Random, tokens: list[str]) -> list[str]:
    start = draw.randrange(len(tokens))
    return tokens[:start] + tokens[start + draw.choice((1, 1, 2, 5)) :]


def _duplicate(draw: random.Random, tokens: list[str]) -> list[str]:
    start = draw.randrange(len(tokens))
    end = start + draw.choice((1, 1, 2, 20))
    return tokens[:end] + tokens[start:]


def _swap(draw: random.Random, tokens: list[str]) -> list[str]:
    first, second = draw.randrange(len(tokens)), draw.randrange(len(tokens))
    tokens[first], tokens[second] = tokens[second], tokens[first]
    return tokens


def _replace(draw: random.Random, tokens: list[str]) -> list[str]:
    tokens[draw.randrange(len(tokens))] = draw.choice(_vocabulary())
    return tokens


def _retype(draw: random.Random, tokens: list[str]) -> list[str]:
    """Put another token of the same kind in the place of one: often still a module."""
    place = draw.randrange(len(tokens))
    kind = _kind(tokens[place])
    alike = [token for token in tokens if _kind(token) == kind]
    known = [token for token in _vocabulary() if _kind(token) == kind]
    tokens[place] = draw.choice(alike if draw.random() < 0.7 else known or alike)
    return tokens


def _kind(token: str) -> str:
    """Return `space`, `number`, `name`, `word` (as \\in) or `sign`."""
    if token.isspace():
        return "space"
    if token.isdigit():
        return "number"
    if token[0] == "\\" and len(token) > 1:
        return "word"
    return "name" if token[0].isalnum() or token[0] == "_" else "sign"


def _revalue(draw: random.Random, tokens: list[str]) -> list[str]:
    """Put a value of any kind, or what has none, in the place of a name or number."""
    places = [n for n, token in enumerate(tokens) if _kind(token) in ("name", "number")]
    if places:
        tokens[draw.choice(places)] = draw.choice(_VALUES)
    return tokens


def _insert(draw: random.Random, tokens: list[str]) -> list[str]:
    tokens.insert(draw.randrange(len(tokens)), f" {draw.choice(_vocabulary())} ")
    return tokens


def _rename(draw: random.Random, tokens: list[str]) -> list[str]:
    """Let every use of one token be another: a name that is taken, a number for a name."""
    old, new = draw.choice(tokens), draw.choice(tokens)
    return [new if token == old else token for token in tokens]


def _noise(draw: random.Random, tokens: list[str]) -> list[str]:
    place = draw.randrange(len(tokens))
    letters = list(tokens[place])
    letters[draw.randrange(len(letters))] = draw.choice(_NOISE)
    tokens[place] = "".join(letters)
    return tokens


def _repeat(draw: random.Random, tokens: list[str]) -> list[str]:
    place = draw.randrange(len(tokens))
    return [*tokens[:place], tokens[place] * draw.choice((3, 50, 400)), *tokens[place + 1 :]]


def _truncate(draw: random.Random, tokens: list[str]) -> list[str]:
    return tokens[: draw.randrange(len(tokens))]


def _splice(draw: random.Random, tokens: list[str]) -> list[str]:
    """Put some tokens of another sample in."""
    others = _TOKEN.findall(draw.choice(samples()).module)
    start, place = draw.randrange(len(others)), draw.randrange(len(tokens))
    return [*tokens[:place], *others[start : start + draw.choice((3, 10, 60))], *tokens[place:]]


_VALUES = (
    "0", "(-1)", "2147483647", "{}", "<<>>", '""', "TRUE", "Nat", "STRING", "BOOLEAN",
    "SUBSET {1, 2}", "[1..2 -> {3}]", "(1 :> 2)", "[a |-> 1]", "@", "x'", "UNCHANGED x",
    "(CHOOSE x \\in {} : TRUE)",
    "ENABLED Next", "[]TRUE", "(LET y == 1 IN y)", "{1, TRUE}", "Seq({1})", "(1 \\div 0)",
)  # fmt: skip


_MUTATIONS: tuple[Mutation, ...] = (
    _delete,
    _duplicate,
    _swap,
    _replace,
    _retype,
    _retype,
    _retype,
    _retype,
    _revalue,
    _revalue,
    _insert,
    _rename,
    _noise,
    _repeat,
    _truncate,
    _splice,
)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
