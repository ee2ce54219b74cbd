"""Which settings an operation is said to obey: by its section, its pseudo-code and the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from conform.check.context import Context
from conform.check.systems.cf292_setting_in_code import CODE, settings_of
from conform.check.systems.system import System, level, systems_of
from conform.domain.finding import Finding
from conform.domain.prose import PassageKind, Prose
from conform.text import Span

_FUNCTION = re.compile(
    r"^\s*(?:(?:async|pub|export)\s+)*(?:function|def|fn|func|procedure|algorithm)\s+(?P<name>\w+)\s*\("
)
_HEADING = re.compile(r"[\d.]*\s*`?(?P<name>[A-Za-z_]\w*)`?(?:\(.*\))?")


class _Obeyed(Struct, frozen=True):
    """The settings that one place names for an operation, by name, each where it stands."""

    operation: str
    settings: Mapping[str, Span]
    place: Span


def swapped_settings(context: Context) -> Iterator[Finding]:
    """Yield a finding where an operation has one setting in pseudo-code and another elsewhere."""
    for system in systems_of(context):
        names = {level(name): name for page in system.pages for name in settings_of(page)}
        written = {
            each.operation: each for page in system.pages for each in _in_pseudocode(page, names)
        }
        told = [each for page in system.pages for each in _in_sections(page, names)]
        for each in (*told, *_in_code(system, names)):
            stated = written.get(each.operation)
            if stated is not None:
                yield from _compared(context, system, stated, each)


def _compared(
    context: Context, system: System, stated: _Obeyed, other: _Obeyed
) -> Iterator[Finding]:
    lacking = sorted(stated.settings.keys() - other.settings.keys())
    further = sorted(other.settings.keys() - stated.settings.keys())
    if lacking and further:
        span = other.settings[further[0]]
        yield CODE.finding(
            f"the operation has `{further[0]}` here, and `{lacking[0]}` in its pseudo-code",
            span,
            excerpt=system.excerpt(context, span),
            details=(f"the pseudo-code: {stated.settings[lacking[0]]}",),
            hint="the same setting in both",
        )


def _in_pseudocode(page: Prose, names: Mapping[str, str]) -> Iterator[_Obeyed]:
    for lines in page.blocks(PassageKind.CODE):
        starts = [at for at, line in enumerate(lines) if _FUNCTION.match(line.text)]
        ends = [*starts, len(lines)][1:]
        for start, end in zip(starts, ends, strict=True):
            match = _FUNCTION.match(lines[start].text)
            found = {
                word[0]: line.span(word.start(), word.end())
                for line in lines[start:end]
                for word in re.finditer(r"\w+", line.text)
                if level(word[0]) in names
            }
            if match and found:
                yield _Obeyed(level(match["name"]), found, lines[start].span())


def _in_sections(page: Prose, names: Mapping[str, str]) -> Iterator[_Obeyed]:
    operation, found, place = "", dict[str, Span](), None
    for passage in (*page.passages, None):
        if passage is None or passage.kind is PassageKind.HEADING:
            if operation and found and place:
                yield _Obeyed(operation, found, place)
            match = _HEADING.fullmatch(passage.text.strip()) if passage else None
            operation, found = level(match["name"]) if match else "", {}
            place = passage.span() if passage else None
        elif passage.kind in (PassageKind.TEXT, PassageKind.ITEM):
            for start, text in passage.coded():
                if level(text) in names:
                    found[text] = passage.span(start, start + len(text))


def _in_code(system: System, names: Mapping[str, str]) -> Iterator[_Obeyed]:
    for file in system.files:
        for function in file.functions:
            found = {word: function.span for word in function.words if level(word) in names}
            if found:
                yield _Obeyed(level(function.name), found, function.span)
