"""A record in the sources has other fields than the specification's entity of that name.

What it means
    A section with the name of a record, *Log State* or `LogState`, lists its fields, and the record
    has one more, one less, or one of another kind: what is stored or sent is not what the text
    describes.

    Looked at are records with the name of the section and at least one field in common, or one
    field in all; fields are listed, or stand in a table, a JSON document or an excerpt below the
    heading. Where each item has a default, they are settings, and the record may have more
    that stand elsewhere in the text. Kinds are integers, texts, bytes, truth values and lists;
    other types are not compared. A field that is written in another notation, `msg_count` for
    `msgCount`, is found where half of those with several words are written as the text does.

Example
    ### Message     - `payload` (bytes)     beside     struct Message { payload: String }

What to do
    Correct the one that is out of date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from conform.check.context import Context
from conform.check.systems.page_tables import (
    ListedField,
    listed_fields,
    shown_fields,
    tabled_fields,
)
from conform.check.systems.system import System, level, systems_of
from conform.domain.code_index import Field, Record
from conform.domain.finding import Code, Finding

CODE = Code("CF299", "fields differ between text and code")

_KIND = re.compile(
    r"^the\s|\b(?:objects?|records?|structs?|structures?|fields|schema|format)\b", re.I
)
_RENAMED = re.compile(r"\brename\s*=\s*\"(?P<name>[\w-]+)\"")
_RENAMED_ALL = re.compile(r"\brename_all\s*=\s*\"(?P<form>[\w-]+)\"")
_NOTATIONS: Mapping[str, Callable[[str], str]] = {
    "snake_case": str,
    "camelCase": lambda name: re.sub(r"_(\w)", lambda found: found[1].upper(), name),
    "PascalCase": lambda name: re.sub(r"(?:^|_)(\w)", lambda found: found[1].upper(), name),
    "kebab-case": lambda name: name.replace("_", "-"),
    "SCREAMING_SNAKE_CASE": str.upper,
}
_AROUND = re.compile(r"^Meta(?=[A-Z])|(?<=[a-z])(?:Record|Object|Doc|Document|Data|Json|Body)$")
_AROUND_LEVEL = re.compile(r"^meta|(?:record|object|document|json)$")
"""Words of the name of a record that the name of its entity need not have."""

_SAID = (
    (
        "integer",
        re.compile(r"\b(?:unsigned |signed )?(?:integer|int|u?int(?:32|64)|[iu](?:32|64))\b"),
    ),
    ("bytes", re.compile(r"\b(?:opaque |raw )?(?:bytes|byte array|binary|blob)\b")),
    ("text", re.compile(r"\b(?:string|text)\b")),
    ("truth value", re.compile(r"\bbool(?:ean)?\b")),
    ("list", re.compile(r"\b(?:list|array|sequence)\b")),
)
_CODED = (
    ("integer", re.compile(r"[iu](?:8|16|32|64|128|size)")),
    ("bytes", re.compile(r"Vec\s*<\s*u8\s*>|(?:\w+::)*Bytes|&\s*\[\s*u8\s*\]")),
    ("text", re.compile(r"(?:\w+::)*String|&\s*(?:'\w+\s+)?str")),
    ("truth value", re.compile(r"bool")),
    ("list", re.compile(r"Vec\s*<.*>")),
)


def fields_in_code(context: Context) -> Iterator[Finding]:
    """Yield a finding for each field that only one of an entity and its record has as it is."""
    for system in systems_of(context):
        parts: dict[str, dict[str, ListedField]] = {}
        shown: dict[str, dict[str, ListedField]] = {}
        for page in system.pages:
            for found in (*listed_fields(page), *tabled_fields(page)):
                for name in {level(found.part), _named(found.heading)}:
                    parts.setdefault(name, {}).setdefault(level(found.name), found)
            for found in shown_fields(page):
                names = {_named(found.heading)} if found.is_example else {level(found.part)}
                for name in names:
                    shown.setdefault(name, {}).setdefault(level(found.name), found)
        named = [each.name for file in system.files for each in file.records]
        pairs = []
        for record in (each for file in system.files for each in file.records):
            name = _entity(record.name, parts, named)
            listed = parts.get(name, {})
            fields = {level(_written(field)) for field in record.fields}
            if not fields & listed.keys():
                name = _entity(record.name, shown, named)
                listed = shown.get(name, listed)
            yield from _compared(context, system, record, listed)
            pairs += _spelled(record, listed)
        yield from _other_notations(context, system, pairs)


def _entity(record: str, parts: Mapping[str, object], records: list[str]) -> str:
    """Return the entity of a record: the one of its name, or of that without a word such as Meta.

    Another record of exactly that name goes before.
    """
    own = level(record)
    bare = _AROUND.sub("", record)
    for name in (level(bare), *(each for each in parts if _AROUND_LEVEL.sub("", each) == own)):
        if own not in parts and name in parts and name not in {level(each) for each in records}:
            return name
    return own


_Pair = tuple[Field, str, ListedField]
"""A field of several words, the name that it is written under, and what the page calls it."""


def _spelled(record: Record, listed: Mapping[str, ListedField]) -> list[_Pair]:
    """Return the fields of several words that a page has, as they are written."""
    if "Serialize" not in record.attributes:
        return []
    renamed = _RENAMED_ALL.search(record.attributes)
    change = _NOTATIONS.get(renamed["form"]) if renamed else str
    found = []
    for field in record.fields:
        own = _RENAMED.search(field.attributes)
        said = listed.get(level(_written(field)))
        written = own["name"] if own else change(field.name) if change else ""
        if said is not None and written and re.search(r"[A-Z_-]", said.name):
            found.append((field, written, said))
    return found


def _other_notations(context: Context, system: System, pairs: list[_Pair]) -> Iterator[Finding]:
    """Yield a finding for each field in another notation, if most fields have that of the page."""
    other = [pair for pair in pairs if pair[1] != pair[2].name]
    for field, name, said in other if 2 * len(other) <= len(pairs) else ():
        yield _of_field(
            context,
            system,
            field,
            f"`{said.name}` is written as `{name}` here, and otherwise",
            said,
        )


def _named(heading: str) -> str:
    """Return the name of what a heading is about: `4.2 Log State object (JSON)` of `logstate`."""
    bare = re.sub(r"\([^()]*\)|^[\d.\s]+", "", heading)
    return level("".join(re.findall(r"[A-Za-z_]\w*", _KIND.sub("", bare))))


def _compared(
    context: Context, system: System, record: Record, listed: dict[str, ListedField]
) -> Iterator[Finding]:
    fields = {level(_written(field)): field for field in record.fields}
    if not fields.keys() & listed.keys() and not len(fields) == len(listed) == 1:
        return
    is_of_settings = all(_has_default(said) for said in listed.values())
    for name, said in listed.items():
        if name not in fields and not is_of_settings:
            span = said.place()
            yield CODE.finding(
                f"`{record.name}` in {record.span.path} has no field `{said.name}`",
                span,
                excerpt=context.excerpt(span),
                hint="add the field, or correct the list",
            )
        elif name in fields and (kinds := _kinds(said, fields[name])) is not None:
            yield _of_field(
                context,
                system,
                fields[name],
                f"`{said.name}` is {kinds[1]} here, and {kinds[0]}",
                said,
            )
    for name, field in fields.items():
        first = next(iter(listed.values()))
        may_lack = first.is_example and field.type_text.startswith("Option")
        if name not in listed and not may_lack and not (is_of_settings and name in system.written):
            yield _of_field(
                context, system, field, f"`{record.name}` has no field `{field.name}`", first
            )


def _has_default(said: ListedField) -> bool:
    """Say whether a setting is listed; CF292 knows of those in other sections and records."""
    is_said = any(re.search(r"\bdefault", each.text, re.IGNORECASE) for each in said.said)
    return is_said or said.has_default


def _of_field(
    context: Context, system: System, field: Field, what: str, said: ListedField
) -> Finding:
    return CODE.finding(
        f"{what} in {said.lead.path}",
        field.span,
        excerpt=system.excerpt(context, field.span),
        details=(f"listed at {said.lead.span()}",),
        hint="correct the one that is out of date",
    )


def _written(field: Field) -> str:
    """Return the name that a field is written under."""
    renamed = _RENAMED.search(field.attributes)
    return renamed["name"] if renamed else field.name


def _kinds(said: ListedField, field: Field) -> tuple[str, str] | None:
    """Return the kinds that the page and the code give a field, where both are known and differ."""
    text = said.said[0].text[said.start :].removeprefix(said.name)
    inside = re.match(r"\s*(?:\((?P<typed>[^()]*)\)|[:\N{EM DASH}]\s*(?P<said>[^.;]*))?", text)
    typed = (inside and (inside["typed"] or inside["said"])) or (
        text if said.said[0] is not said.lead else ""
    )
    stated = {kind for kind, pattern in _SAID if pattern.search(typed.lower())}
    code = re.sub(r"^Option\s*<(.*)>$", r"\1", field.type_text.strip()).strip()
    own = next((kind for kind, pattern in _CODED if pattern.fullmatch(code)), None)
    if own is None or len(stated) != 1 or own in stated:
        return None
    return stated.pop(), own
