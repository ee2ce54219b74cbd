"""One statement about a program in the forms that authors give it: all are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.check.parcels import SPEC, STORE, TYPES, parcels

Edit = tuple[str, str, str]
"""A file, old text there, and new."""

LAMP = "| Field | Type |\n|---|---|\n| `lit` | boolean |\n"
KEYS = """| Object | Key |
|---|---|
| Shelf | `{depot}/meta/shelf` |
| Door | `{depot}/meta/door` |
| Label | `{depot}/label/{place}` |
| Range | `{depot}/bundle/{first}-{last}` |
"""
BLOCK = """```
{depot}/meta/shelf               # next place
{depot}/meta/door
Label: {depot}/label/{place}
{depot}/bundle/{first}-{last}
```
"""
DOLLARS = """- `$depot/meta/shelf`
- `$depot/meta/door`
- `$depot/label/$place`
- `$depot/bundle/${first}-${last}`
"""
CALLED = KEYS.replace("{place}", "{pad(place)}")
SHELVES: Edit = (STORE, '"{}/meta/shelf", depot', '"{}/meta/shelves", depot')
OTHER_LAMP: Edit = (TYPES, "pub lit: bool", "pub hot: bool")
PADDED = "Places are zero-padded to 12 digits:"
WIDER: Edit = (STORE, "{place:012}", "{place:014}")
HELPER = (
    'meta(depot, "shelf") }\n'
    'fn meta(d: &str, name: &str) -> String { format!("{}/meta/{}", d, name)'
)
SERIAL = (
    '#[derive(Serialize)] #[serde(rename_all = "camelCase")]\n'
    "pub struct Lamp { pub is_lit: bool, pub was_lit: bool, "
)
NAMED = SERIAL.replace("pub was", '#[serde(rename = "was_lit")] pub was')
WORDS = "| `isLit` | boolean |\n| `wasLit` | boolean |\n"


STATES = "States: `IDLE`, `LIFTING`, `PLACED`."
ITEMS = "- **IDLE**: nothing\n- **LIFTING**: a parcel\n- **PLACED**: done\n- **LOST**: not\n"
MERMAID = "```mermaid\nIdle --> Lifting : x\nLifting --> Placed\nPlaced --> Lost\n```\n"
MESSAGE = "`no such depot: <name>`"


@pytest.mark.parametrize(
    ("edits", "code", "path"),
    [
        ([(SPEC, STATES, ITEMS)], "CF288", SPEC),
        ([(SPEC, STATES, MERMAID)], "CF288", SPEC),
        ([(SPEC, STATES, "`IDLE -> LIFTING -> PLACED -> LOST`")], "CF288", SPEC),
        ([(SPEC, STATES, "| State |\n|---|\n| IDLE |\n| LIFTING |\n| LOST |\n")], "CF288", SPEC),
        ([(SPEC, MESSAGE, '"no depot: N"')], "CF312", TYPES),
        ([(SPEC, MESSAGE, "`no depot: ...`")], "CF312", TYPES),
        ([(TYPES, '#[serde(rename_all = "UPPERCASE")]\n', "")], "CF288", TYPES),
        ([(TYPES, '"UPPERCASE"', '"snake_case"')], "CF288", TYPES),
        ([(SPEC, KEYS, BLOCK), SHELVES], "CF289", STORE),
        ([(SPEC, KEYS, DOLLARS), SHELVES], "CF289", STORE),
        ([(SPEC, KEYS, CALLED), SHELVES], "CF289", STORE),
        ([(STORE, 'format!("{}/meta/shelf", depot)', HELPER.replace("lf", "d"))], "CF289", STORE),
        ([(SPEC, PADDED, "Places are 12-digit zero-padded decimals:"), WIDER], "CF289", STORE),
        ([(SPEC, PADDED, "Places are padded to 12 digits with zeros:"), WIDER], "CF289", STORE),
        ([(SPEC, PADDED, "Places are written with `%012d`:"), WIDER], "CF289", STORE),
        ([(SPEC, PADDED, "`pad12(n)` is, as for:"), WIDER], "CF289", STORE),
        (
            [
                (STORE, '{depot}/label/{place:012}"', '{depot}/label/{place:0W$}"'),
                (TYPES, "THREE: i32 = 3;", "THREE: i32 = 3;\nconst W: usize = 9;"),
            ],
            "CF289",
            STORE,
        ),
        (
            [
                (STORE, "{place:012}", "{}"),
                (STORE, "fn range", 'fn pad(n: u64) { f!("{n:09}") }\nfn range'),
            ],
            "CF289",
            STORE,
        ),
        ([(SPEC, LAMP, "| Field | Use |\n|---|---|\n| lit | it |\n| hot | it |\n")], "CF299", SPEC),
        (
            [(SPEC, LAMP, '```json\n{\n  "lit": true,  // now\n  "hot": []\n}\n```\n')],
            "CF299",
            SPEC,
        ),
        (
            [(SPEC, LAMP, "```rust\npub struct Lamp {\n    lit: bool,\n    hot: bool,\n}\n```\n")],
            "CF299",
            SPEC,
        ),
        ([(SPEC, "1.3 Lamp", "1.3 MetaLamp"), OTHER_LAMP], "CF299", TYPES),
        ([(SPEC, LAMP, LAMP + WORDS), (TYPES, "pub struct Lamp { ", NAMED)], "CF299", TYPES),
    ],
)
def test_other_form_is_compared(tmp_path: Path, edits: list[Edit], code: str, path: str) -> None:
    found = [(str(each.code), str(each.span)) for each in parcels(tmp_path, *edits)]
    assert [each for each in found if each[0] == code and each[1].startswith(path)], found


@pytest.mark.parametrize(
    "edits",
    [
        [(SPEC, STATES, ITEMS.replace("- **LOST**: not\n", ""))],
        [(SPEC, STATES, MERMAID.replace("Placed --> Lost", "Placed --> Idle"))],
        [(SPEC, STATES, "`IDLE -> LIFTING -> PLACED`")],
        [(SPEC, STATES, "| State |\n|---|\n| IDLE |\n| LIFTING |\n| PLACED |\n")],
        [(SPEC, MESSAGE, '"no such depot: N"')],
        [(SPEC, MESSAGE, "`no such depot: ...`")],
        [(TYPES, '"UPPERCASE"', '"SCREAMING_SNAKE_CASE"')],
        [(SPEC, KEYS, BLOCK)],
        [(SPEC, KEYS, DOLLARS)],
        [(SPEC, KEYS, CALLED)],
        [(STORE, 'format!("{}/meta/shelf", depot)', HELPER)],
        [(SPEC, LAMP, "| Field | Use |\n|---|---|\n| lit | it |\n")],
        [(SPEC, LAMP, '```json\n{\n  "lit": true  # now\n}\n```\n')],
        [(SPEC, LAMP, "```rust\npub struct Lamp {\n    lit: bool,\n}\n```\n")],
        [(SPEC, "1.3 Lamp", "1.3 MetaLamp")],
        [(SPEC, LAMP, LAMP + WORDS), (TYPES, "pub struct Lamp { ", SERIAL)],
    ],
)
def test_other_form_that_agrees_is_not_told(tmp_path: Path, edits: list[Edit]) -> None:
    assert parcels(tmp_path, *edits) == []
