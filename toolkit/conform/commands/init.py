"""`conform init`: a first conform.yaml for the files that a folder holds."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from pathlib import Path

import yaml
from msgspec import Struct

from conform.config import PROJECT_FILE, parse_project
from conform.errors import InputError
from conform.text import Source

_NUMBER = re.compile(r"^\d+[-_. ]*")
_KIND = re.compile(r"[-_. ]*(protocol|spec|specification)$", re.IGNORECASE)
_END = 6
"""Letters that a module's name needs to be known by as the end of a spec's name."""

_TLAPLUS = ("tlaplus", "tla", "tla+", "formal", "models", "model", "specs", "spec", ".")
_FIZZBEE = ("fizzbee", "fizz", "formal", "models", "model", "specs", "spec", ".")
_PAGES = (".", "docs", "doc", "spec", "protocols")
"""Folders in which files of each sort are looked for; the first one that has any counts."""

_NAMELESS = frozenset({"readme", "index", "spec"})
"""Names of documents that tell nothing: the protocol has its model's name then."""

_PRIVATE = re.compile(
    r"(?:^|/)(?:\.|node_modules|venv|site-packages|target|build)(?:/|$)|(?:^|/)\."
)
"""Folders of tools, in which nobody keeps a protocol."""

_FOR_TLC = ("MC{}", "MC_{}", "{}MC", "{}_MC", "{}_mc")
"""What people call the module that gives the constants of another their values for TLC."""

_DEFAULT_CONFIGURATION = "default"

_HEADER = """\
# The protocols of this project and the artefacts that must agree. Paths are relative to this file.
# An implementation is named below its protocol:
#   implementations:
#     reference: {python: "package.module:create"}
"""


class _Found(Struct, frozen=True):
    """One protocol as found: paths relative to the folder, with forward slashes.

    A module without configuration has no place in the project file; it is only spoken of.
    """

    name: str
    spec: str
    module: str | None
    configurations: tuple[tuple[str, str], ...]
    fizzbee: str | None

    @property
    def has_model(self) -> bool:
        """Whether a module was found for the spec, with or without a configuration."""
        return self.module is not None or self.fizzbee is not None


def run(folder: Path) -> str:
    """Write conform.yaml into `folder` and return what was written, for people.

    Specs are looked for in specs/, and else beside this file and in docs/, where their names begin
    with a number or are those of models; where there is none, so in the folders below. One without
    a model beside others with one is left out: it is about what they share.

    Raises InputError where the folder has no spec, or has the file already.
    """
    path = folder / PROJECT_FILE
    every = _protocols(folder)
    found = [each for each in every if each.has_model] or every
    text = _HEADER + yaml.safe_dump(_document(found), sort_keys=False, allow_unicode=True)
    parse_project(Source(str(path), text), path)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise InputError(
            f"{path}: already exists", hint="`conform init` overwrites nothing; edit it instead"
        ) from None
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None
    left_out = [
        f"  {each.spec} has no model and is left out" for each in every if each not in found
    ]
    return "\n".join([f"wrote {path}", *map(_summary, found), *left_out, "next: conform check"])


def _protocols(folder: Path) -> list[_Found]:
    found: list[_Found] = []
    _add_protocols(folder, "", found)
    for below in [] if found else _folders(folder):
        _add_protocols(folder, below, found)
    if not found:
        raise InputError(
            f"{folder}: no protocol found",
            expected="a spec in specs/*.md, docs/*.md or *.md, models in tlaplus/*.tla and"
            " fizzbee/*.fizz, or a folder for each protocol with its own",
            hint="write the spec first: conform compares everything else with it",
        )
    return found


def _folders(folder: Path) -> list[str]:
    """Return the folders in which a protocol may have its own spec and models."""
    found = (each.parent.relative_to(folder) for each in folder.glob("*/*.md"))
    deeper = (each.parent.relative_to(folder) for each in folder.glob("*/*/*.md"))
    paths = {each.as_posix() for each in (*found, *deeper)}
    return sorted(path for path in paths if not _PRIVATE.search(path))


def _add_protocols(folder: Path, below: str, found: list[_Found]) -> None:
    """Add the protocols of a folder below the project's; of one that is not, those with a model."""
    modules = _first(folder, below, _TLAPLUS, "*.tla")
    fizzbee = _first(folder, below, _FIZZBEE, "*.fizz")
    if below and not (modules or fizzbee):
        return
    specs = _names(folder, f"{below}/specs", "*.md") or _pages(folder, below, [*modules, *fizzbee])
    for spec in specs:
        module = _for_tlc(folder, _match(spec, modules, specs), modules)
        configurations = _configurations(folder, module) if module else ()
        fizz = _match(spec, fizzbee, specs)
        named = (module or fizz or spec) if Path(spec).stem.lower() in _NAMELESS else spec
        name = _unused(_protocol_name(named), {protocol.name for protocol in found})
        found.append(_Found(name, spec, module, configurations, fizz))


def _names(folder: Path, below: str, pattern: str) -> list[str]:
    found = (path.relative_to(folder) for path in (folder / below.lstrip("/")).glob(pattern))
    return sorted(path.as_posix() for path in found)


def _first(folder: Path, below: str, names: tuple[str, ...], pattern: str) -> list[str]:
    return next(filter(None, (_names(folder, f"{below}/{each}", pattern) for each in names)), [])


def _pages(folder: Path, below: str, models: list[str]) -> list[str]:
    """Return the specs among the documents of the first folder that has any.

    Where none is named like a spec, and there are models, the only document is one.
    """
    alone: list[str] = []
    for name in _PAGES:
        pages = _names(folder, f"{below}/{name}", "*.md")
        specs = [
            page for page in pages if _NUMBER.match(Path(page).name) or _named_like(page, models)
        ]
        if specs:
            return specs
        alone = alone or (pages if len(pages) == 1 and models else [])
    return alone


def _for_tlc(folder: Path, module: str | None, modules: list[str]) -> str | None:
    """Return the module that gives the constants of another their values, where it has none."""
    if module is None or _configurations(folder, module):
        return module
    names = {form.format(Path(module).stem) for form in _FOR_TLC}
    found = (each for each in modules if Path(each).stem in names)
    return next((each for each in found if _configurations(folder, each)), module)


def _named_like(spec: str, candidates: list[str]) -> str | None:
    """Return the candidate with the spec's name, or else the longest one that its name ends with.

    Task Claiming is a module of the spec on coordination-delegated task claiming.
    """
    name = _key(_protocol_name(spec))
    keys = {candidate: _key(Path(candidate).stem) for candidate in candidates}
    ends = [each for each, key in keys.items() if len(key) >= _END and name.endswith(key)]
    same = [each for each, key in keys.items() if key == name]
    return next(iter(same), None) or max(ends, key=lambda each: len(keys[each]), default=None)


def _match(spec: str, candidates: list[str], specs: list[str]) -> str | None:
    """Return the candidate named like the spec; the only one where there is only one spec."""
    if found := _named_like(spec, candidates):
        return found
    return candidates[0] if len(specs) == len(candidates) == 1 else None


def _configurations(folder: Path, module: str) -> tuple[tuple[str, str], ...]:
    """Return the configurations of a module: M.cfg first, then M-<name>.cfg and M_<name>.cfg."""
    stem = Path(module).stem
    found: dict[str, str] = {}
    for path in _names(folder, Path(module).parent.as_posix(), "*.cfg"):
        name = Path(path).stem
        if name == stem:
            found[_DEFAULT_CONFIGURATION] = path
        elif name.startswith((f"{stem}-", f"{stem}_")):
            found[name[len(stem) + 1 :]] = path
    return tuple(sorted(found.items(), key=lambda pair: (pair[0] != _DEFAULT_CONFIGURATION, pair)))


def _unused(name: str, used: set[str]) -> str:
    """Return `name`, with the first number that tells it apart where it is used already."""
    numbered = (f"{name}-{number}" for number in count(2))
    return next(each for each in chain([name], numbered) if each not in used)


def _protocol_name(spec: str) -> str:
    stem = unicodedata.normalize("NFKD", Path(spec).stem).encode("ascii", "ignore").decode()
    short = _KIND.sub("", _NUMBER.sub("", stem)) or stem
    return re.sub(r"[^A-Za-z0-9._-]+", "-", short).strip("-._").lower() or "protocol"


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _document(found: list[_Found]) -> dict[str, object]:
    return {"protocols": {protocol.name: _entry(protocol) for protocol in found}}


def _entry(protocol: _Found) -> dict[str, object]:
    entry: dict[str, object] = {"spec": protocol.spec}
    if protocol.configurations:
        configurations = dict(protocol.configurations)
        entry["tlaplus"] = {"module": protocol.module, "configs": configurations}
    if protocol.fizzbee:
        entry["fizzbee"] = {"module": protocol.fizzbee}
    return entry


def _summary(protocol: _Found) -> str:
    module = protocol.module or "no TLA+ module"
    if protocol.module and not protocol.configurations:
        module = f"{module} has no configuration and is left out"
    fizzbee = protocol.fizzbee or "no FizzBee module"
    return f"  {protocol.name}: {protocol.spec}, {module}, {fizzbee}"
