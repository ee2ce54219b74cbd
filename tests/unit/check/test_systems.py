"""What a specification of a system says of itself, and what the sources beside it do."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.check.systems.cf298_protocol_name import protocol_names
from conform.check.systems.key_layouts import layout_keys
from conform.check.systems.primitives_in_columns import columns_of_primitives
from conform.domain.finding import Severity
from conform.domain.prose import Prose
from tests.unit.check.pages import places, written
from tests.unit.check.parcels import (
    CASES,
    MAIN,
    MANIFEST,
    README,
    SPEC,
    STORE,
    TEXTS,
    TYPES,
    parcels,
)

DEFAULT = "impl Default for Settings {\n    fn default() -> Self {\n        Settings { "
READ, WRITE = "    store.read(&key);\n", "    store.write(&label(depot, 7));\n"


def test_system_that_agrees_has_no_finding(tmp_path: Path) -> None:
    assert parcels(tmp_path) == []


def test_source_that_is_not_read_whole_is_incomplete(tmp_path: Path) -> None:
    (found,) = [
        each
        for each in parcels(tmp_path, (TYPES, "max_parcels: 250,", "max_parcels: 250 = ,"))
        if each.code == "CF310"
    ]
    assert found.severity is Severity.INCOMPLETE
    assert str(found.span).startswith(f"{TYPES}:")
    assert "max_parcels: 250 = ," in found.excerpt
    assert found.message == f"what stands here in {TYPES} was not looked at"


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (TYPES, "max_parcels: 250,", "max_parcels: 200,", ("CF287", f"{TYPES}:")),
        (TYPES, "2 * 1024", "4 * 1024", ("CF287", f"{TYPES}:")),
        (TYPES, "level: 1,", "level: 0,", ("CF287", f"{TYPES}:")),
        (SPEC, "Starts at `1`", "Initial value: `2`", ("CF287", f"{TYPES}:")),
        (SPEC, "Starts at `1`", "Starts with `2`", ("CF287", f"{TYPES}:")),
        (TYPES, "2 * 1024", "4 << 10", ("CF287", f"{TYPES}:")),
        (
            SPEC,
            "| From | Event | To |\n|---|---|---|\n| `IDLE` | a parcel comes | `LIFTING` |",
            "| State | Event | Next state |\n|---|---|---|\n| `IDLE` | it comes | `PLACED` |",
            ("CF294", f"{SPEC}:"),
        ),
        (TYPES, "2 * 1024", "Some(4 * KIB as usize)", ("CF287", f"{TYPES}:")),
        (SPEC, "`2,048` (2 KiB)", "3 KiB", ("CF287", f"{TYPES}:")),
        (SPEC, "`2,048` (2 KiB)", "`2,048` (3 KiB)", ("CF257", f"{SPEC}:")),
        (TYPES, "_ms: 40", ": Duration::from_millis(30)", ("CF287", f"{TYPES}:")),
        (MAIN, "_t = 3_000", "_t = 2_000", ("CF287", f"{MAIN}:")),
        (MAIN, "_t = 3_000", "_t = DEPTH", ("CF290", f"{MAIN}:")),
        (
            SPEC,
            "| Setting | Default |\n|---|---|\n| `max_parcels` | `250`",
            "| Setting | Value |\n|---|---|\n| `max_parcels` | `251`",
            ("CF287", f"{TYPES}:"),
        ),
        (SPEC, "`max_parcels` | `250`", "`MAX_KEYS` | `250`", ("CF287", f"{TYPES}:")),
        (MAIN, ".ok() }", '.unwrap_or_else(|_| "odd".into()) }', ("CF287", f"{MAIN}:")),
        (MAIN, ".ok() }", '.map(of).unwrap_or("odd".to_string()) }', ("CF287", f"{MAIN}:")),
        (
            MAIN,
            'std::env::var("PARCELS_LAMP").ok() }',
            'env_or("PARCELS_LAMP", String::from("odd")) }',
            ("CF287", f"{MAIN}:"),
        ),
        (
            STORE,
            'format!("{}/meta/shelf", depot)',
            'format!("{}/{}/shelves", depot, KIND)',
            ("CF289", f"{STORE}:"),
        ),
        (SPEC, "Default: `6`", "Default: `7`", ("CF287", f"{TYPES}:")),
        (TYPES, "_parcels: 250", '_parcels: env_or("N", 200)', ("CF287", f"{TYPES}:")),
        (TYPES, "_parcels: 250", "_parcels: self.most.unwrap_or(200)", ("CF287", f"{TYPES}:")),
        (
            TYPES,
            f"{DEFAULT}max_parcels: 250",
            "impl SettingsBuilder { fn build(self) -> Settings { Settings { max_parcels: 20",
            ("CF287", f"{TYPES}:"),
        ),
        (
            TYPES,
            f"{DEFAULT}max_parcels: 250",
            "impl Settings { fn new(depot: &str) -> Self { Self { max_parcels: 200",
            ("CF287", f"{TYPES}:"),
        ),
        (
            TYPES,
            f"{DEFAULT}max_parcels: 250",
            "const FIRST: Settings = Settings { max_parcels: 20 }; fn f() {{ Settings { depth: 6",
            ("CF287", f"{TYPES}:"),
        ),
        (
            SPEC,
            "| `max_parcels` | `250` |",
            "| `other` | `250` |\n\nAt most `max_parcels`, which defaults to 20.\n",
            ("CF287", f"{TYPES}:"),
        ),
        (
            SPEC,
            "## 4. Prim",
            "Defaults:\n\n```yaml\nmax_parcels: 250\nmax_bytes: 2_048  # 2 KiB\nwait_base_ms: 400\n"
            "```\n\n## 4. Prim",
            ("CF287", f"{TYPES}:"),
        ),
        (
            SPEC,
            "## 4. Prim",
            "```\nmax_parcels: u64,   // default 250\nmax_bytes: u64,  // default: 2 KiB\n"
            "wait_base_ms: u64, // default: 50 ms\n```\n\n## 4. Prim",
            ("CF287", f"{TYPES}:"),
        ),
        (SPEC, "| `max_parcels` | `250` |", "| max_parcels | 25 |", ("CF287", f"{TYPES}:")),
        (SPEC, "## 4. Prim", "After `depth`, 7 by default.\n\n## 4. Prim", ("CF257", "")),
        (
            SPEC,
            "## 4. Prim",
            "`wait_base_ms`: the default is two hours.\n\n## 4. Prim",
            ("CF257", ""),
        ),
        (SPEC, "`RESTING` -> `LEAVING`", "`RESTING` -> `GONE`", ("CF294", f"{SPEC}:")),
        (SPEC, "There are two causes", "There are three causes", ("CF235", f"{SPEC}:")),
        (
            SPEC,
            '{"status": "placed"}',
            '{"status": "placed", "endPlace": 7}',
            ("CF315", f"{SPEC}:"),
        ),
        (
            STORE,
            "{depot}/label/{place:012}",
            "{depot}/labels/of/{place:012}",
            ("CF289", f"{STORE}:"),
        ),
        (TYPES, '    #[error("the door is shut")]\n    DoorShut,\n', "", ("CF288", f"{SPEC}:")),
        (TYPES, "    StoreError(", "    LabelTorn,\n    StoreError(", ("CF288", f"{TYPES}:")),
        (TYPES, "Lifting, Placed }", "Lifting, Dropped, Placed }", ("CF288", f"{TYPES}:")),
        (TYPES, '"UPPERCASE"', '"lowercase"', ("CF288", f"{TYPES}:")),
        (STORE, "{}/bundle/{}-{}", "{}/bundle/{}_{}", ("CF289", f"{STORE}:")),
        (
            SPEC,
            "`{depot}/bundle/{first}-{last}`",
            "`{depot}/bundles/{first}-{last}`",
            ("CF289", ""),
        ),
        (SPEC, "| `open` |", "| `unlock` |", ("CF290", f"{SPEC}:")),
        (
            MAIN,
            "    PutParcel",
            "    Weigh { depot: String },\n    PutParcel",
            ("CF290", f"{MAIN}:"),
        ),
        (README, "--label", "--tag", ("CF290", f"{README}:5")),
        (README, "put-parcel", "put-parcels", ("CF290", f"{README}:5")),
        (SPEC, "[--label TEXT]", "[--label TEXT] [--dry-run]", ("CF290", f"{SPEC}:")),
        (MAIN, "PARCELS_STORE", "PARCELS_URL", ("CF290", f"{MAIN}:5")),
        (SPEC, "localhost:7000", "localhost:7001", ("CF290", f"{MAIN}:5")),
        (TYPES, "(SPEC 1.1)", "(SPEC 1.7)", ("CF291", f"{TYPES}:9")),
        (STORE, "Section 2. */", "Section 12. */", ("CF291", f"{STORE}:1")),
        (SPEC, "| `wait_base_ms` |", "| `pause_base_ms` |", ("CF292", f"{SPEC}:")),
        (STORE, "{ s.wait_base_ms + s.depth }", "{ 40 + s.depth }", ("CF292", f"{TYPES}:")),
        (SPEC, "| `FindLabel` | 4.2 |", "| `FindLabel` | 4.1 |", ("CF293", f"{SPEC}:")),
        (SPEC, "`LIFTING`, `PLACED`.", "`LIFTING`, `STORED`, `PLACED`.", ("CF294", "")),
        (SPEC, "- `LIFTING -> PLACED`", "- `LIFTING -> CARRIED`", ("CF294", f"{SPEC}:")),
        (SPEC, "fail DepotMissing", "fail DepotUnknown", ("CF295", f"{SPEC}:")),
        (SPEC, "return PlaceTaken", "return PlaceGiven", ("CF295", f"{SPEC}:")),
        (SPEC, "fails with `ShelfFull`", "fails with `FullShelf`", ("CF295", f"{SPEC}:")),
        (SPEC, "`000000000007`", "`00000007`", ("CF296", f"{SPEC}:")),
        (SPEC, "get(depot/meta/shelf)", "get(depot/state/shelf)", ("CF297", f"{SPEC}:")),
        (SPEC, "put(depot/label/pad", "put(depot/label/a/pad", ("CF297", f"{SPEC}:")),
        (SPEC, "at most `max_parcels`", "at most `max_bytes`", ("CF292", f"{SPEC}:")),
        (STORE, "n <= s.max_parcels }", "n <= s.max_bytes }", ("CF292", f"{STORE}:")),
        (SPEC, "- `level` (integer)", "- `level` (bytes)", ("CF299", f"{TYPES}:10")),
        (SPEC, "- `door` (enum", "- `gate` (enum", ("CF299", f"{SPEC}:")),
        (TYPES, "pub level: u64,", "pub level: u64, pub lamp: bool,", ("CF299", f"{TYPES}:10")),
        (SPEC, "| `label` | string |", "| `label` | bytes |", ("CF299", f"{TYPES}:")),
        (SPEC, "`OPEN`, `SHUT`", "`OPEN`, `LOCKED`", ("CF288", "")),
        (SPEC, "`OPEN`, `SHUT`", '`"OPEN"` | `"LOCKED"`', ("CF288", "")),
        (TYPES, "{ Open, Shut }", '{ #[serde(rename = "AJAR")] Open, Shut }', ("CF288", TYPES)),
        (TYPES, "carried: 0 }", "carried: 2 }", ("CF287", f"{TYPES}:")),
        (SPEC, "| `carried` | integer | `0` |", "| `carried` | integer | `1` |", ("CF287", TYPES)),
        (TYPES, "Lamp { pub lit", "Lamp { pub on", ("CF299", f"{SPEC}:")),
        (STORE, "if n > 9 { LiftResult::TooHeavy }", "if n > 9 { lift(n) }", ("CF314", TYPES)),
        (SPEC, "\ncount()\n", "\ntotal()\n", ("CF313", f"{SPEC}:")),
        (
            SPEC,
            "## 4. Prim",
            "| Variable | Default |\n|---|---|\n| `PARCELS_STORE` | `there` |\n\n## 4. Prim",
            ("CF290", f"{MAIN}:"),
        ),
        (SPEC, "| `LIFTING` | it gives up | `IDLE` |\n", "", ("CF294", f"{SPEC}:")),
        (SPEC, " ──► PLACED ──► IDLE", " ──► PLACED", ("CF294", f"{SPEC}:")),
        (SPEC, "has three states", "has four states", ("CF294", f"{SPEC}:")),
        (TYPES, "MAX_LABEL_LENGTH: usize = 64", "MAX_LABEL_LENGTH: usize = 80", ("CF287", TYPES)),
        (
            SPEC,
            "  put(depot/label/pad",
            "  sleep(wait_cap_ms)\n  put(depot/label/pad",
            ("CF292", SPEC),
        ),
        (CASES, " // T-3", "", ("CF316", f"{SPEC}:")),
        (
            STORE,
            READ + WRITE,
            WRITE + READ,
            ("CF317", f"{STORE}:"),
        ),
        (STORE, "    move_label(store, depot);\n", "", ("CF317", f"{STORE}:")),
        (
            STORE,
            f"{READ}{WRITE}    move_label(store, depot);\n    advance(store, depot);\n}}\n",
            f"{WRITE}    load(store, &key);\n    move_label(store, depot);\n"
            "    advance(store, depot);\n}\n"
            "fn load(store: &dyn Store, at: &str) { store.read(at); }\n",
            ("CF317", f"{STORE}:"),
        ),
        (
            SPEC,
            "function place(depot):\n  door = read({depot}/meta/door)\n"
            "  write(label(depot, 7), text)\n",
            "place(depot):\n  write(label(depot, 7), text)\n  read({depot}/meta/door)\n",
            ("CF317", f"{STORE}:"),
        ),
        (
            SPEC,
            "place(depot):\n  door = read({depot}/meta/door)\n  write(label(depot, 7), text)\n",
            "stow(depot):\n  write(label(depot, 7), text)\n  read({depot}/meta/door)\n",
            ("CF317", f"{STORE}:"),
        ),
        (CASES, "t_4_open_door", "t_5_open_door", ("CF316", f"{CASES}:")),
        (SPEC, "| 2 | `PLACED` |", "| 2 | `LAID` |", ("CF294", f"{SPEC}:")),
        (SPEC, "exposes three operations", "exposes four operations", ("CF235", f"{SPEC}:")),
        (SPEC, "offers two tests", "offers three tests", ("CF235", f"{SPEC}:")),
        (SPEC, "The 4 tests below", "The 5 tests below", ("CF235", f"{SPEC}:")),
        (SPEC, "| Shelf | 2 |", "| Shelf | 3 |", ("CF235", f"{SPEC}:")),
        (SPEC, "| Total | 4 |", "| Total | 5 |", ("CF235", f"{SPEC}:")),
        (STORE, "{place:012}", "{place:010}", ("CF289", f"{STORE}:")),
        (README, "night --after 5", "night --until 5", ("CF290", f"{README}:")),
        (
            README,
            "parcels --store",
            "cargo run -q -- open west\n$ parcels weigh west\nparcels --store",
            ("CF290", f"{README}:7"),
        ),
        (README, "north --label", "<depot> --weight 3 --label", ("CF290", f"{README}:5")),
        (README, "shut north night", "shut REASON DEPOT", ("CF290", f"{README}:6")),
        (
            README,
            "```bash",
            "- `open <depot>`\n- `shut <depot>`\n- `put-parcel`\n- `weigh`\n\n```bash",
            ("CF290", f"{README}:6"),
        ),
        (
            README,
            "```bash",
            "The commands are `open`, `shut`, `put-parcel` and `weigh`.\n\n```bash",
            ("CF290", f"{README}:3"),
        ),
        (
            README,
            "```bash",
            "```\nCommands:\n  open  Open it\n  shut\n  put-parcel\n  weigh   It\n```\n\n```bash",
            ("CF290", f"{README}:8"),
        ),
        (
            README,
            "```bash",
            "- `--store` (`PARCELS_STORE`)\n- `--key`\n- `--carriers N` (default `20`)\n\n```bash",
            ("CF290", f"{MAIN}:"),
        ),
        (
            README,
            "```bash",
            "```\n  --store <S>  [env: PARCELS_URL=]\n  --carriers\n  -h, --help\n```\n\n```bash",
            ("CF290", f"{MAIN}:"),
        ),
        (
            README,
            "```bash",
            "- `--store`\n- `--key`\n- `--carriers`\n- `--lamps`\n\n```bash",
            ("CF290", f"{README}:6"),
        ),
        (SPEC, "| `--carriers` | | `3000` |", "| `--carriers` | | 300 |", ("CF290", f"{MAIN}:")),
        (MAIN, 'env = "PARCELS_KEY"', 'env = "PARCELS_KEYS"', ("CF315", f"{SPEC}:")),
        (MAIN, "depot: String, reason: String", "reason: String, depot: String", ("CF290", SPEC)),
        (SPEC, "| `label/{place}` |", "| `labels/{place}` |", ("CF297", f"{SPEC}:")),
        (SPEC, "its password in `PARCELS_KEY`", "and `PARCELS_WORD`", ("CF315", f"{SPEC}:")),
        (STORE, "image/png", "image/jpeg", ("CF315", f"{SPEC}:")),
        (SPEC, '"weights": [3]}', '"weights": [3], "colour": "red"}', ("CF315", f"{SPEC}:")),
        (MAIN, 'else { "stopped" }', 'else { "closed" }', ("CF315", f"{SPEC}:")),
        (STORE, " || status == 409", "", ("CF315", f"{SPEC}:")),
        (TYPES, '"the door is shut"', '"the door is locked"', ("CF312", f"{TYPES}:")),
        (TYPES, "Self::ShelfFull => 3", "Self::ShelfFull => 4", ("CF312", f"{TYPES}:")),
        (TYPES, "            Self::ShelfFull => 3,\n", "", ("CF312", f"{TYPES}:")),
        (TYPES, "Self::ShelfFull | ", "", ("CF312", f"{TYPES}:")),
        (SPEC, "| `remove(key)`", "| `list(key)` | keys |\n| `remove(key)`", ("CF313", f"{SPEC}:")),
        (STORE, "fn remove(", "fn rename(&self); fn remove(", ("CF313", f"{STORE}:")),
        (STORE, "_ => CarrierState::Placed", "CarrierState::Placed => todo!()", ("CF314", TYPES)),
        (SPEC, "## 7. Tests", "The model has 5 errors.\n\n## 7. Tests", ("CF235", f"{SPEC}:")),
        (SPEC, "## 4. Prim", "After `wait_base_ms`, 2 s by default.\n\n## 4. Prim", ("CF257", "")),
    ],
)
def test_drift_of_a_system_is_found_in_its_place(
    tmp_path: Path, path: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    code, place = expected
    found = [(each.code, str(each.span)) for each in parcels(tmp_path, (path, old, new))]
    assert any(each == code and at.startswith(place) for each, at in found), found


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (TYPES, "max_parcels: 250,", "max_parcels: limit_of(250),"),
        (TYPES, "2 * 1024", "2_048usize"),
        (TYPES, "    pub wait_base_ms: u64", "    pub wait_base: Duration"),
        (SPEC, "| `wait_base_ms` | `40` |", "| `wait_base` | 40 ms |"),
        (SPEC, "Default: `6`", "Default: 6 places (`depth`, 6 by default)"),
        (SPEC, "`2,048` (2 KiB)", "2 KiB |\n\nBatches of `max_bytes` (2048) bytes.\n"),
        (
            SPEC,
            "## 4. Prim",
            "For a test:\n\n```yaml\nmax_parcels: 2\nmax_bytes: 20\nwait_base_ms: 4\n```\n"
            "\n## 4. Prim",
        ),
        (TYPES, "2 * 1024", "2 << 10"),
        (TYPES, "2 * 1024", "2 * KIB as usize"),
        (TYPES, "Self::ShelfFull => 3", "Self::ShelfFull => THREE"),
        (TYPES, "Self::ShelfFull => 3", "Self::ShelfFull => three()"),
        (SPEC, "| Command | Arguments |", "| Name | Arguments |"),
        (SPEC, "`IDLE -> LIFTING`", "`IDLE => LIFTING`"),
        (SPEC, "`IDLE -> LIFTING`: a parcel comes.\n- `LIFTING ->", "`IDLE -> LIFTING ->"),
        (SPEC, "`2,048` (2 KiB)", "`2 KiB`"),
        (SPEC, "| `40` |", "| `0.04` s |"),
        (TYPES, "wait_base_ms: 40", "wait_base_ms: Duration::from_millis(40)"),
        (SPEC, "### 3.1 Further ones", "### 3.1 Settings"),
        (
            SPEC,
            "| `carriers` | `3000` |",
            "| `carriers` | `3000` |\n\n| Name | Type | Default |\n|---|---|---|\n"
            "| `max_bytes` | integer | 2 KiB |",
        ),
        (MAIN, ".ok() }", '.unwrap_or_else(|_| "dim".into()) }'),
        (STORE, '"{}/meta/shelf", depot', '"{}/{}/shelf", depot, KIND'),
        (STORE, '"{}/meta/shelf", depot', '"{0}/{kind}/shelf", depot, kind = Self::KIND'),
        (STORE, '"{}/meta/shelf", depot', '"{depot}/{KIND}/shelf"'),
        (STORE, '"{}/meta/shelf", depot', '"{}/{}/shelf", depot, kind()'),
        (STORE, '"{depot}/label', '"{}label'),
        (SPEC, "function place(depot):", "place(depot):"),
        (SPEC, "## 4. Prim", "`max_bytes` and `depth`: the default is two.\n\n## 4. Prim"),
        (SPEC, '{"status": "placed"}', '{"status": "placed", "version": 7}'),
        (SPEC, "There are two causes", "There are three causes of rain"),
        (STORE, "{place:012}", "{place:0>12}"),
        (SPEC, "has three states", "has four states that it can leave"),
        (SPEC, "`OPEN`, `SHUT`", '`"OPEN"` | `"SHUT"`'),
        (TYPES, "{ Open, Shut }", '{ #[serde(rename = "OPEN")] Open, Shut }'),
        (STORE, "LiftResult::TooHeavy", "{ use LiftResult::TooHeavy; TooHeavy }"),
        (
            SPEC,
            "have at most 64 characters",
            "have at most 64 letters, values at most 9 characters",
        ),
        (SPEC, "  put(depot/label/pad", "  sleep(wait_ms)\n  put(depot/label/pad"),
        (CASES, "/// T-1\n", "/// T-1, T-2 and RFC-9\n"),
        (STORE, "    store.read(&key);\n", "    opened(store, &key);\n"),
        (STORE, "    advance(store, depot);\n}", "    store.write(&shelf(depot));\n}"),
        (SPEC, "function place(depot)", "function stow(depot)"),
        (SPEC, "  move_label(depot)\n", "  move_label(depot)\n  find_label(depot)\n"),
        (SPEC, "  write(label(depot, 7), text)", "  write(depot/label/pad(7), text)"),
        (SPEC, "| 2 | `PLACED` |", "| 2 | stored |"),
        (SPEC, "The 4 tests below", "Of these, 3 tests"),
        (SPEC, "| Door | 2 |\n| Total | 4 |", "| Door | 2 |\n| Roof | 3 |"),
        (SPEC, "exposes three operations", "exposes two operations for reading"),
        (README, "night --after 5", "night --after 5 --help"),
        (SPEC, "<seconds>] <reason>", "<depot>] <reason>"),
        (SPEC, "its password in `PARCELS_KEY`", "and `OTHER_KEY`"),
        (
            SPEC,
            '{"label": "fragile", "weights": [3]}',
            '{"Version": 1, "Statement": [], "label": 1}',
        ),
        (STORE, "status == 409", "status == CONFLICT"),
        (SPEC, "answered with `412`, or", "answered with an error, often"),
        (
            TYPES,
            "            _ => 1,\n",
            "            Self::DoorShut | Self::StoreError(_) => 1u8,\n",
        ),
        (TYPES, "{ matches!(self, Self::ShelfFull | Self::StoreError(_)) }", "{ self.odd() }"),
        (TYPES, "exit_code(&self) -> i32 {", "exit_code(&self) -> i32 { return self.number();"),
        (STORE, "_ => CarrierState::Placed", "_ => { use CarrierState::*; Placed }"),
        (SPEC, "`<depot> [--label TEXT]`", "`<depot> [--label TEXT]`, see `read(key)`"),
        (SPEC, "at most `max_parcels`", "at most so many"),
        (STORE, "n <= s.max_parcels }", "within(n, s) }"),
        (STORE, "n <= s.max_parcels }", "n <= s.max_parcels && n < s.max_bytes }"),
        (TYPES, "pub level: u64,", '#[serde(rename = "level")] pub depth: Option<u64>,'),
        (SPEC, "| `label` | string |", "| `label` | UTF-8 text |"),
        (STORE, "{}/meta/door", "{}/scratch/door/of/another/day"),
        (README, "put-parcel north", "put-parcel north --help"),
        (README, "cargo run", "docker run --memory 1g parcels\ncargo run"),
        (TYPES, "(SPEC 1.1)", "(SPEC version 7)"),
        (SPEC, "## 7. Tests", "The model has 4 errors.\n\n## 7. Tests"),
        (SPEC, "## 7. Tests", "The depot has 9 errors.\n\n## 7. Tests"),
        (SPEC, "## 4. Prim", "`wait_base_ms` is 0.04 in seconds, 40 ms by default.\n\n## 4. Prim"),
        (SPEC, "fail DepotMissing", "fail over to another depot"),
        (SPEC, "get(depot/meta/shelf)", "list(depot/label/)"),
        (SPEC, "get(depot/meta/shelf)", "get('{depot}/meta/shelf')"),
        (SPEC, "| `FindLabel` | 4.2 |", "| `FindLabel` | 1.1 |"),
        (SPEC, "`000000000007`", "`000000000007`; a count such as `0.0001` is not padded"),
    ],
)
def test_other_ways_to_say_the_same_are_no_drift(
    tmp_path: Path, path: str, old: str, new: str
) -> None:
    assert parcels(tmp_path, (path, old, new)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| Field | Type | Initial |", "| Name | Type | Initial |"),
        ("### 1.2 Parcel\n", "### 1.2 The `Parcel` object (JSON)\n"),
    ],
)
def test_fields_are_read_under_other_headings(tmp_path: Path, old: str, new: str) -> None:
    found = parcels(tmp_path, (SPEC, old, new), (TYPES, "pub carried: u32", "pub held: u32"))
    assert "CF299" in {each.code for each in found}


SHOWN = """    DepotMissing(String), ShelfFull, DoorShut, StoreError(String),
}

impl fmt::Display for ParcelError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::DepotMissing(name) => write!(f, "no such depot: {name}"),
            Self::ShelfFull => f.write_str("the shelf is full"),
            Self::DoorShut => write!(f, "the door is shut"),
            Self::StoreError(why) => write!(f, "store: {why}"),
        }
    }
}
"""


@pytest.mark.parametrize(("said", "expected"), [("full", set()), ("short", {"CF312"})])
def test_messages_are_those_that_a_function_shows(
    tmp_path: Path, said: str, expected: set[str]
) -> None:
    start = TEXTS[TYPES].index('    #[error("no such depot')
    attributes = TEXTS[TYPES][start : TEXTS[TYPES].index("impl ParcelError")]
    shown = SHOWN.replace("is full", f"is {said}")
    assert {each.code for each in parcels(tmp_path, (TYPES, attributes, shown))} == expected


PLACED = """  door = read({depot}/meta/door)
  write(label(depot, 7), text)
  move_label(depot)
  write(depot/meta/shelf, 8)
"""


def test_place_that_two_procedures_come_to_is_told_once(tmp_path: Path) -> None:
    head = "function place(depot):\n"
    twice = f"function stow(depot):\n{PLACED}\n{head}"
    (found,) = parcels(tmp_path, (SPEC, head, twice), (STORE, READ + WRITE, WRITE + READ))
    assert found.code == "CF317"


TREE = """```
{t}/
├── meta/
│   └── door   # who is in
├── index/
│   └── {n:04}
└── a/{b}
```

```
put(x)
get/
list/
head/
```
"""


@pytest.mark.parametrize(
    ("manifest", "program"),
    [
        ('[package]\nname = "lift"\n', "lift"),
        ('[package]\nname = "lift-core"\n\n[[bin]]\nname = "lift"\npath = "src/main.rs"\n', "lift"),
        ('[package]\nname = "lift"\n[[bin]]\nname = "a"\n[[bin]]\nname = "b"\n', "parcels"),
        ("[package\nname = 1", "parcels"),
        ("[workspace]\n", "parcels"),
    ],
)
def test_program_is_called_as_its_manifest_says(
    manifest: str, program: str, tmp_path: Path
) -> None:
    edits = [
        (MAIN, '#[command(name = "parcels")]\n', ""),
        (MANIFEST, TEXTS[MANIFEST], manifest),
        (README, "release/parcels put-parcel", f"release/{program} put-parcels"),
    ]
    messages = [each.message for each in parcels(tmp_path, *edits)]
    assert f"`{program}` has no command `put-parcels`" in messages


def test_program_of_a_workspace_is_called_as_its_one_package(tmp_path: Path) -> None:
    member = tmp_path / "parcels" / "lifting" / "Cargo.toml"
    member.parent.mkdir(parents=True)
    member.write_text('[package]\nname = "lift"\n')
    edits = [
        (MAIN, '#[command(name = "parcels")]\n', ""),
        (MANIFEST, TEXTS[MANIFEST], '[workspace]\nmembers = ["lifting"]\n'),
        (README, "release/parcels put-parcel", "release/lift put-parcels"),
    ]
    messages = [each.message for each in parcels(tmp_path, *edits)]
    assert "`lift` has no command `put-parcels`" in messages


def test_tree_of_folders_gives_whole_keys(tmp_path: Path) -> None:
    (page,) = written(tmp_path, {"a.md": TREE}).pages
    keys = [key for key, _span in layout_keys(page)]
    assert keys == ["{t}/meta/door", "{t}/index/{n:04}", "{t}/a/{b}"]


def test_renamed_case_is_told_once_with_both_names(tmp_path: Path) -> None:
    (found,) = parcels(tmp_path, (TYPES, "    DoorShut,", "    DoorIsShut,"))
    assert "`DoorIsShut`" in found.message
    assert any("`DoorShut`" in detail for detail in found.details)
    assert found.span is not None
    assert found.span.path == TYPES


PRIMITIVES = "| Primitive | Effect |\n|---|---|\n" + "".join(
    f"| `{name}` | some |\n" for name in ("Get", "Put", "Delete", "CeilingGet")
)
CARRIED = "| Step | Pattern |\n|---|---|\n" + "".join(
    f"| {name} | `{name}` |\n" for name in ("Get", "Put", "Delete")
)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("| scan | `RangeScan` |\n", ["spec/a.md:6 RangeScan"]),
        ("| scan | `RangeScan` |\n\nA `RangeScan` is a loop.\n", []),
        ("| find | `CeilingGet` |\n", []),
    ],
)
def test_column_of_primitives_has_those_of_the_pattern(
    tmp_path: Path, row: str, found: list[str]
) -> None:
    context = written(tmp_path, {"0-pattern.md": PRIMITIVES, "spec/a.md": CARRIED + row})
    assert places(context, list(columns_of_primitives(context))) == found


LAMP = """# Protocol 1: Lamp

## Actions

### Action 1: Start

**Guard**: `x = 0`

### Action 2: Shine

**Guard**: `x = 1`

### Action 3: Stop

**Guard**: `x = 2`

## Safety Properties

### S1: NeverDark

### S2: NeverTwo
"""

COLUMN = "| Protocol action | Here |\n|---|---|\n| Start | a |\n| Shine | b |\n"
HOW = """# Lantern

The properties S1-S2 hold.

| Action | Operation |
|---|---|
| Action 1: `Start` | strike |
| Action 2: `Shine` | burn |
| Action 3: `Stop` | blow |

- S2 `NeverTwo`
"""


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("`Stop`", "`Halt`", "lantern.md:9 Halt"),
        ("S2 `NeverTwo`", "S2 `NeverThree`", "lantern.md:11 NeverThree"),
        ("S1-S2", "S1-S3", "lantern.md:3 3"),
        ("- S2", f"{COLUMN}| Halt | c |\n\n- S2", "lantern.md:15 Halt"),
        ("- S2", f"{COLUMN}| Stop | c |\n\n- S2", ""),
        ("- S2", f"{COLUMN}| Halt | c |\n| Rest | d |\n\n- S2", ""),
        ("`Stop`", "Halting", ""),
        ("S1-S2", "S2", ""),
        ("Lantern", "Lantern, and 2-candle.md", ""),
        ("S2 `NeverTwo`", "S2 `Other`, S4 `One`, Action 7: `Two`", "lantern.md:11 Other"),
    ],
)
def test_page_on_a_protocol_names_its_parts_as_the_document_does(
    tmp_path: Path, old: str, new: str, place: str
) -> None:
    texts = {"1-lamp.md": LAMP, "lantern.md": HOW}
    assert list(protocol_names(written(tmp_path, texts))) == []
    context = written(tmp_path, {**texts, "lantern.md": HOW.replace(old, new)})
    context = replace(context, neighbours=(Prose("2-candle.md", ()),))
    found = list(protocol_names(context))
    assert places(context, found) == ([place] if place else [])
    assert {each.code for each in found} <= {"CF298"}
