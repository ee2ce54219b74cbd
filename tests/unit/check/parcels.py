"""A system of a specification and sources in Rust that agree, and what edits of it are found."""

from __future__ import annotations

from pathlib import Path

from conform.check.cf235_stated_number import wrong_numbers
from conform.check.cf257_default_value import differing_defaults
from conform.check.rules import SYSTEM_RULES, apply
from conform.domain.finding import Finding
from tests.unit.check.pages import written

SPEC, README = "parcels/SPEC.md", "parcels/README.md"
TYPES, MAIN, STORE = "parcels/src/types.rs", "parcels/src/main.rs", "parcels/src/store.rs"
CASES, MANIFEST = "parcels/tests/cases.rs", "parcels/Cargo.toml"

TEXTS = {
    SPEC: """# Parcels

## 1. Model

### 1.1 Shelf

- `level` (integer)
  - Next place. Starts at `1`.
- `door` (enum: `OPEN`, `SHUT`)

### 1.2 Parcel

| Field | Type | Initial |
|---|---|---|
| `label` | string | |
| `weights` | list of integers | |
| `carried` | integer | `0` |

### 1.3 Lamp

| Field | Type |
|---|---|
| `lit` | boolean |

## 2. Keys

Places are zero-padded to 12 digits: `7` becomes `000000000007`.

| Object | Key |
|---|---|
| Shelf | `{depot}/meta/shelf` |
| Door | `{depot}/meta/door` |
| Label | `{depot}/label/{place}` |
| Range | `{depot}/bundle/{first}-{last}` |

| Object | Path |
|---|---|
| Shelf | `meta/shelf` |
| Label | `label/{place}` |
| Range | `bundle/{first}-{last}` |

A parcel is `application/json`, its picture `image/png`:

```json
{"label": "fragile", "weights": [3]}
```

A place that is taken is answered with `412`, or with `409 Conflict`. The address of the store is in
`PARCELS_STORE`, its password in `PARCELS_KEY`, the lamp in `PARCELS_LAMP`.

| Variable | Default |
|---|---|
| `PARCELS_LAMP` | `dim` |

Labels have at most 64 characters.

## 3. Settings

| Setting | Default |
|---|---|
| `max_parcels` | `250` |
| `max_bytes` | `2,048` (2 KiB) |
| `wait_base_ms` | `40` |
| `carriers` | `3000` |

### 3.1 Further ones

- `depth` (integer)
  - Default: `6`

## 4. Primitives

| Primitive | Section |
|---|---|
| `TakePlace` | 4.1 |
| `FindLabel` | 4.2 |

### 4.1 TakePlace

```text
function take(depot):
  shelf = get(depot/meta/shelf)
  if absent: fail DepotMissing
  put(depot/label/pad(shelf.level))
  return PlaceTaken
```

### 4.2 FindLabel

Looks at at most `max_parcels` labels.

```text
function find_label(depot, n):
  if n > max_parcels: fail ShelfFull
```

Returns the label. The result is `PlaceTaken` or `PlaceFree`.

### 4.3 Store

The store exposes three operations:

| Operation | Result |
|---|---|
| `read(key)` | text |
| `write(key, text)` | none |
| `remove(key)` | none |

```text
function place(depot):
  door = read({depot}/meta/door)
  write(label(depot, 7), text)
  move_label(depot)
  write(depot/meta/shelf, 8)
```

## 5. Carrier

States: `IDLE`, `LIFTING`, `PLACED`.

- `IDLE -> LIFTING`: a parcel comes.
- `LIFTING -> PLACED`: it has a place.

### 5.1 Drawing

```
IDLE ──► LIFTING ──► PLACED ──► IDLE
             └─ LIFTING ── gives up ──► IDLE
```

A carrier has three states.

| From | Event | To |
|---|---|---|
| `IDLE` | a parcel comes | `LIFTING` |
| `LIFTING` | it has a place | `PLACED` |
| `LIFTING` | it gives up | `IDLE` |
| `PLACED` | the next one | `IDLE` |
| `IDLE` | nothing comes | `IDLE` |

A lift ends with `LiftDone` or `LiftTooHeavy`. A carrier has

```
lay(place)
take(place)
count()
rest()
```

1. `ASLEEP`
2. `AWAKE`
3. `RESTING`
4. `LEAVING`

- `ASLEEP` -> `AWAKE` at dawn
- `AWAKE` -> `RESTING` at noon
- `RESTING` -> `LEAVING` when called

### 5.2 Steps

| Step | State |
|---|---|
| 1 | `LIFTING` |
| 2 | `PLACED` |
| 3 | `IDLE` |

### 5.3 Causes

- `Rain`: a parcel is wet
- `Snow`: a parcel is cold

There are two causes.

## 6. Errors

| Error | Retryable | Message | Exit code |
|---|---|---|---|
| `DepotMissing` | no | `no such depot: <name>` | 2 |
| `ShelfFull` | yes | `the shelf is full` | 3 |
| `DoorShut` | no | `the door is shut` | 1 |
| `StoreError` | yes | `store: {reason}` | 1 |

## 7. Tests

The 4 tests below are required.

- A full shelf fails with `ShelfFull`.

### 7.1 Shelf

The shelf offers two tests:

| Id | Test |
|---|---|
| T-1 | a full shelf |
| T-2 | an empty shelf |

### 7.2 Door

| Id | Test |
|---|---|
| T-3 | a shut door |
| T-4 | an open door |

### 7.3 Numbers

| Part | Tests |
|---|---|
| Shelf | 2 |
| Door | 2 |
| Total | 4 |

## 8. Commands

| Command | Arguments |
|---|---|
| `open` | `<depot>`, prints `{"status": "open"}` |
| `shut` | `<depot> [--after <seconds>] <reason>`, prints `{"status": "stopped"}` |
| `put-parcel` | `<depot> [--label TEXT]`, prints `{"status": "placed"}` |

| Option | Environment | Default |
|---|---|---|
| `--store` | `PARCELS_STORE` | `http://localhost:7000` |
| `--carriers` | | `3000` |
""",
    README: """# Parcels

```bash
cargo run --release -- --help
./target/release/parcels put-parcel north --label fragile   # the first one
parcels --store http://localhost:7002 shut north night --after 5
```
""",
    TYPES: """//! The model (SPEC 1).

pub const MAX_KEYS: usize = 10;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Door { Open, Shut }

/// A shelf (SPEC 1.1).
pub struct Shelf { pub level: u64, pub door: Door }

impl Default for Shelf {
    fn default() -> Self { Self { level: 1, door: Door::Open } }
}

pub struct Parcel {
    pub label: String,
    pub weights: Vec<u32>,
    pub carried: u32,
}

impl Parcel {
    pub fn new() -> Self { Parcel { label: String::new(), weights: vec![], carried: 0 } }
}

pub struct Lamp { pub lit: bool }

pub enum LiftResult { Done, TooHeavy }
pub enum CarrierState { Idle, Lifting, Placed }

#[derive(Debug, Error)]
pub enum ParcelError {
    #[error("no such depot: {0}")]
    DepotMissing(String),
    #[error("the shelf is full")]
    ShelfFull,
    #[error("the door is shut")]
    DoorShut,
    #[error("store: {0}")]
    StoreError(String),
}

impl ParcelError {
    pub fn exit_code(&self) -> i32 {
        match self {
            ParcelError::DepotMissing(_) => 2,
            Self::ShelfFull => 3,
            _ => 1,
        }
    }
    pub fn is_retryable(&self) -> bool { matches!(self, Self::ShelfFull | Self::StoreError(_)) }
}

pub struct Settings {
    pub max_parcels: usize,
    pub max_bytes: usize,
    pub wait_base_ms: u64,
    #[serde(default = "depth_of_all")]
    pub depth: u64,
}

fn depth_of_all() -> u64 { 6 }

impl Default for Settings {
    fn default() -> Self {
        Settings { max_parcels: 250, max_bytes: 2 * 1024, wait_base_ms: 40, depth: DEPTH }
    }
}

pub static DEPTH: u64 = 6;
pub const KIB: usize = 1 << 10;
pub const THREE: i32 = 3;
pub const MAX_LABEL_LENGTH: usize = 64;

#[cfg(test)]
mod tests {
    fn odd() -> String { format!("{}/meta/shelv", 1) }
}
""",
    STORE: """/* Keys /* as in */ SPEC Section 2. */
fn shelf(depot: &str) -> String { format!("{}/meta/shelf", depot) }
fn door(depot: &str) -> String { format!("{}/meta/door", depot) }
fn label(depot: &str, place: u64) -> String { format!("{depot}/label/{place:012}") }
fn range(depot: &str, a: u64, b: u64) -> String { format!("{}/bundle/{}-{}", depot, a, b) }
fn fits(s: &Settings, n: usize, b: usize) -> bool { n <= s.max_parcels && b <= s.max_bytes }
fn find_label(s: &Settings, n: usize) -> bool { n <= s.max_parcels }
fn pause(s: &Settings) -> u64 { s.wait_base_ms + s.depth }
trait Store { fn read(&self, key: &str); fn write(&self, key: &str); fn remove(&self, key: &str); }
fn next(state: &CarrierState) -> CarrierState {
    match state { CarrierState::Idle => CarrierState::Lifting, _ => CarrierState::Placed }
}
fn place(store: &dyn Store, depot: &str) {
    let key = door(depot);
    store.read(&key);
    store.write(&label(depot, 7));
    move_label(store, depot);
    advance(store, depot);
}
fn move_label(store: &dyn Store, depot: &str) { store.remove(&label(depot, 3)); }
fn advance(store: &dyn Store, depot: &str) { store.write(&shelf(depot)); }
fn lift(n: u64) -> LiftResult { if n > 9 { LiftResult::TooHeavy } else { LiftResult::Done } }
impl Carrier { fn lay(&self) {} fn take(&self) {} fn count(&self) {} fn rest(&self) {} }
fn is_taken(status: u16) -> bool { status == 412 || status == 409 }
const KIND: &str = "meta";
const KINDS: [&str; 2] = ["application/json", "image/png"];
fn first() -> CarrierState { CarrierState::Idle }
""",
    CASES: """/// T-1
#[test] fn full_shelf() {}
#[test] fn t_2_empty_shelf() {}
#[test] fn shut_door() {} // T-3
#[test] fn t_4_open_door() {}
""",
    MANIFEST: """[package]
name = "parcels-by-night"
""",
    MAIN: """#[derive(Parser)]
#[command(name = "parcels")]
struct Cli {
    #[arg(long, env = "PARCELS_STORE", default_value = "http://localhost:7000")]
    store: String,
    #[arg(long, default_value_t = 3_000)]
    carriers: u64,
    #[arg(long, env = "PARCELS_KEY")]
    key: String,
    #[command(subcommand)]
    command: Command,
}

fn lamp() -> Option<String> { std::env::var("PARCELS_LAMP").ok() }
fn print(placed: bool) -> Value {
    json!({"status": if placed { "placed" } else { "stopped" }})
}

#[derive(Subcommand)]
enum Command {
    /// Open a depot
    Open { depot: String },
    Shut { depot: String, reason: String, #[arg(long)] after: u64 },
    PutParcel { depot: String, #[arg(long)] label: Option<String> },
}
""",
}


def parcels(root: Path, *edits: tuple[str, str, str]) -> list[Finding]:
    """Return the findings on the system after edits: a file, old text there, and new."""
    texts = dict(TEXTS)
    for path, old, new in edits:
        assert texts[path].count(old) == 1, old
        texts[path] = texts[path].replace(old, new)
    rules = (*SYSTEM_RULES, wrong_numbers, differing_defaults)
    return apply(rules, written(root, texts))
