"""A spec as its files make it: the `.fizz` file, its options, the `.star` modules it uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from conform.languages.fizzbee.depth import children
from conform.languages.fizzbee.options import Options, read_options
from conform.languages.fizzbee.reading import parse_library, parse_module
from conform.languages.fizzbee.stated_options import StatedOption, stated_options
from conform.languages.fizzbee.syntax import Module
from conform.languages.fizzbee.syntax_expressions import Name, Node
from conform.text import Source, Span, is_there, read_source

OPTIONS_FILE = "fizz.yaml"


class Library(Struct, frozen=True):
    """A `.star` file: a Starlark module under the name of its file."""

    name: str
    source: Source
    module: Module


class Specification(Struct, frozen=True):
    """A spec named after its file. Libraries are in the order of their names.

    FizzBee loads every `.star` file of the folder; here are those whose names occur. `fizz_yaml` is
    the file of options beside it, None without one, and `is_alone` says that no other spec is there
    to which that file applies too.
    """

    name: str
    source: Source
    module: Module
    options: Options
    libraries: tuple[Library, ...] = ()
    fizz_yaml: Source | None = None
    is_alone: bool = True

    @property
    def sources(self) -> dict[str, Source]:
        """The texts by path: the spec, the libraries that it uses, and its options."""
        texts = [self.source, *(library.source for library in self.libraries)]
        texts += [self.fizz_yaml] if self.fizz_yaml else []
        return {source.path: source for source in texts}

    @property
    def stated_options(self) -> tuple[tuple[StatedOption, ...], tuple[StatedOption, ...]]:
        """What the file of options says, and what the front matter says over it."""
        front = _front_matter(self.module, self.source.path)
        return (
            stated_options(self.fizz_yaml) if self.fizz_yaml else (),
            stated_options(front) if front else (),
        )

    def excerpt(self, span: Span) -> str:
        """Return the line of a span with a caret, from whichever file it is in."""
        source = self.sources.get(span.path)
        return source.excerpt(span) if source else ""


def read_specification(path: Path, shown_as: str | None = None) -> Specification:
    """Return the spec in a file; `shown_as` is the path that its user knows it by.

    Raises InputError for an unreadable or ill-formed file, UnsupportedError for constructs that
    have no node. `restrictions` says what else is not treated.
    """
    source = read_source(path, shown_as)
    module = parse_module(source)
    beside = Path(source.path).parent
    options_path = path.parent / OPTIONS_FILE
    fizz_yaml = None
    if is_there(options_path):
        fizz_yaml = read_source(options_path, str(beside / OPTIONS_FILE))
    options = read_options(fizz_yaml, _front_matter(module, source.path))
    libraries = tuple(_libraries(path.parent, beside, module))
    is_alone = fizz_yaml is None or all(each == path for each in path.parent.glob("*.fizz"))
    return Specification(path.stem, source, module, options, libraries, fizz_yaml, is_alone)


def specification_of(source: Source) -> Specification:
    """Return the spec that a text alone makes: no `fizz.yaml`, no `.star` modules."""
    module = parse_module(source)
    options = read_options(None, _front_matter(module, source.path))
    return Specification(Path(source.path).stem, source, module, options)


def edited(specification: Specification, text: str) -> Specification:
    """Return a spec with another text of its own file; its options stay as they were read.

    Raises InputError or UnsupportedError as `read_specification` does.
    """
    source = Source(specification.source.path, text)
    return replace(specification, source=source, module=parse_module(source))


def _front_matter(module: Module, path: str) -> Source | None:
    """Return the text of the front matter with its lines where they stand in the file."""
    if module.front_matter is None:
        return None
    return Source(path, "\n" * module.front_matter.span.line + module.front_matter.text)


def _libraries(folder: Path, shown_in: Path, module: Module) -> Iterator[Library]:
    paths = {path.stem: path for path in sorted(folder.glob("*.star"))}
    if not paths:
        return
    used = names(module)
    for stem, path in paths.items():
        if stem in used:
            source = read_source(path, str(shown_in / path.name))
            yield Library(stem, source, parse_library(source))


def names(root: Node) -> set[str]:
    """Return the names that occur as expressions or targets."""
    found = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name):
            found.add(node.name)
        waiting.extend(children(node))
    return found
