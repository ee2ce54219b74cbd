"""A record in the sources has other fields than the specification's entity of that name.

What it means
    A section with the name of a record, *Log State* or `LogState`, lists its fields, and the record
    has one more, one less, or one of another kind: what is stored or sent is not what the text
    describes.

    Looked at are records with the name of the section and at least one field in common, or one
    field in all. Where each item has a default, they are settings, and the record may have more
    that stand elsewhere in the text. Kinds are integers, texts, bytes, truth values and lists;
    other types are not compared.

Example
    ### Message     - `payload` (bytes)     beside     struct Message { payload: String }

What to do
    Correct the one that is out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.systems.page_tables import ListedField, listed_fields, tabled_fields
from conform.check.systems.system import System, level, systems_of
from conform.domain.code_index import Field, Record
from conform.domain.finding import Code, Finding

CODE = Code("CF299", "fields differ between text and code")

_KIND = re.compile(
    r"^the\s|\b(?:objects?|records?|structs?|structures?|fields|schema|format)\b", re.I
)
_RENAMED = re.compile(r"\brename\s*=\s*\"(?P<name>\w+)\"")
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
        for page in system.pages:
            for found in (*listed_fields(page), *tabled_fields(page)):
                for name in {level(found.part), _named(found.heading)}:
                    parts.setdefault(name, {}).setdefault(level(found.name), found)
        for file in system.files:
            for record in file.records:
                yield from _compared(context, system, record, parts.get(level(record.name), {}))


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
            span = said.lead.span(0, len(said.name))
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
        if name not in listed and not (is_of_settings and name in system.written):
            first = next(iter(listed.values()))
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
    text = said.said[0].text.removeprefix(said.name)
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
