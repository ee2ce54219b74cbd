"""The page of docs/reference on standard modules, made from the evaluator's tables and texts."""

from __future__ import annotations

from conform.languages.tlaplus import syntax
from conform.languages.tlaplus.evaluation.standard.modules import STANDARD_MODULES
from conform.languages.tlaplus.evaluation.standard.texts import SOURCES, standard_source
from conform.languages.tlaplus.library import KNOWN_ELSEWHERE
from conform.languages.tlaplus.reading import parse_module

_OWN = {
    "Naturals", "Integers", "Reals", "Sequences", "FiniteSets", "Bags", "TLC", "Randomization",
    "RealTime", "Toolbox",
}  # fmt: skip
"""The modules that TLC brings along; the others come from its community and from TLAPS."""

_HEAD = """\
# Standard modules

What a module may EXTEND or instantiate without a file of that name beside it. A file beside it
comes first: its definitions are then the ones evaluated, except those that TLC itself replaces by
its classes (Naturals, Integers, Sequences, FiniteSets, Bags, TLC, Randomization).

Operators of TLC's own modules do what TLC 2.18 does, errors included. Those of the community were
compared with plain definitions of the same that TLC evaluates; Json, CSV, IOUtils and TLCExt, which
that TLC lacks, follow their documentation alone. Known differences:

- An integer that leaves the 32 bits is an error everywhere; TLC's Bags wrap around.
- Where TLC takes an operand of a wrong kind (`1 \\cup {}` is 1), it is an error here.
- `<<"a">> = "a"` is an error, as `"a" = <<"a">>` is; TLC takes the string on the right for a tuple.
  Of members of `Seq(S)` and `S \\X T` a string is the tuple of its characters, as in TLC.
- `1..2147483647 \\subseteq Nat` is TRUE; TLC counts past the end and says FALSE.
- `ToString` shows an interval inside another value by its elements; TLC as `1..3`.
- Chance (RandomSubset and its like) depends on the place in the text and the arguments alone.

## Files and the environment

- JsonDeserialize, ndJsonDeserialize and CSVRead read files in the folder of the module that calls
  them, or below. Another file is refused, whatever the path looks like.
- `IOEnv.NAME` is refused when NAME is set and not allowed: `CONFORM_IOENV=NAME,OTHER` allows it.
- Nothing writes a file and nothing runs a program. A refused operator says so where it is
  evaluated; where it only stands in the text, it does no harm. The configuration can replace it:
  `CONSTANT JsonSerialize <- Nothing`.

"""


def page() -> str:
    """Return the text of the page."""
    names = sorted({*STANDARD_MODULES, *(path.stem for path in SOURCES.glob("*.tla"))})
    own = [name for name in names if name in _OWN]
    others = [name for name in names if name not in _OWN]
    return (
        _HEAD
        + _section("Modules of TLC", own)
        + "\n"
        + _section("Modules of the community and of TLAPS", others)
        + "\nKnown and not evaluated, as they belong to other tools: "
        + ", ".join(sorted(KNOWN_ELSEWHERE))
        + ".\n"
    )


def _section(title: str, names: list[str]) -> str:
    rows = "".join(map(_row, names))
    return f"## {title}\n\n| module | evaluated | refused |\n|---|---|---|\n{rows}"


def _row(name: str) -> str:
    builtins = STANDARD_MODULES.get(name, {})
    evaluated = [operator for operator, builtin in builtins.items() if not builtin.refusal]
    reasons: dict[str, list[str]] = {}
    for operator, builtin in builtins.items():
        if builtin.refusal:
            reasons.setdefault(builtin.refusal, []).append(operator)
    extends, defined = _defined(name)
    listed = _listed([*evaluated, *(each for each in defined if each not in builtins)])
    cells = [f"all of {', '.join(extends)}"] if extends else []
    cells += [listed] if listed else []
    refused = "; ".join(f"{_listed(which)}: {reason}" for reason, which in reasons.items())
    return f"| {name} | {'; '.join(cells)} | {refused} |\n"


def _defined(name: str) -> tuple[list[str], list[str]]:
    """Return what the text of a module extends and defines; nothing for one without a text."""
    source = standard_source(name)
    if source is None:
        return [], []
    module = parse_module(source)
    definitions = (syntax.OperatorDefinition, syntax.FunctionDefinition)
    units = [unit for unit in module.units if isinstance(unit, definitions) and not unit.is_local]
    return [each.name for each in module.extends], [unit.name.name for unit in units]


def _listed(operators: list[str]) -> str:
    return " ".join(f"`{operator}`".replace("|", "\\|") for operator in operators)
