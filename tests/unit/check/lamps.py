"""A small protocol, as text: a lamp. Tests change a line of it and look what is said."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from conform.check.columns import Role
from conform.check.context import Context
from conform.commands.stages.mapping import formal_artefact
from conform.commands.stages.verdicts import Exploration, explore_model
from conform.commands.tla_artefact import TlaArtefact, load_tla_artefact
from conform.domain.finding import Finding
from conform.explore.options import ExploreOptions
from conform.languages.markdown.reading import read_document
from conform.text import Source

DOCUMENT = """\
# Lamp

## State Variables

| Variable | Type | Initial Value | Description |
|---|---|---|---|
| `isOn` | `BOOLEAN` | `FALSE` | whether it shines |
| `turns` | `0..Max` | `0` | how often it was switched |

## Helpers

### Helper: MayTurn(n)

**Definition**: `turns + n ≤ Max`

## Actions

### Action 1: SwitchOn(n)

**Guard**

- `isOn = FALSE`

**Effect**

- `isOn := TRUE`

### Action 2: SwitchOff

**Guard**

- `isOn = TRUE`

**Effect**

- `isOn := FALSE`

## Properties

### Invariant: TypeOK

**Statement**: Every variable has a value of its type.

**Expected Verdict**: PASS

### Liveness L1: GoesOut

**Statement**: The lamp does not shine for ever.

**Expected Verdict**: PASS

## Fairness

- Weak fairness on `SwitchOff`
- No fairness on `SwitchOn(n)`

## Parameters

| Parameter | Small | Medium | Description |
|---|---|---|---|
| `Max` | `3` | `7` | the most turns |

## Mapping

### Variables

| Spec Section | TLA+ Construct | Python Reference |
|---|---|---|
| State: `isOn` | `VARIABLE isOn` | [`Lamp.is_on`](../src/lamp.py) |
| State: `turns` | `VARIABLE turns` | [`Lamp.turns`](../src/lamp.py) |

### Actions and helpers

| Spec Section | TLA+ Construct | Python Reference |
|---|---|---|
| Helper: `MayTurn` | `MayTurn(n)` | [`Lamp.may_turn`](../src/lamp.py) |
| Action 1: `SwitchOn` | `SwitchOn(n)` | [`Lamp.switch_on`](../src/lamp.py) |
| Action 2: `SwitchOff` | `SwitchOff` | [`Lamp.switch_off`](../src/lamp.py) |

### Properties

| Spec Section | TLA+ Construct | Python Reference |
|---|---|---|
| Invariant: `TypeOK` | `TypeOK` | — (checked on the model) |
| Liveness L1 | `GoesOut` | — (checked on the model) |
"""

MODULE = """\
---- MODULE Lamp ----
EXTENDS Integers
CONSTANT Max
ASSUME Bounded == Max \\in 1..9
VARIABLES isOn, turns
vars == <<isOn, turns>>
MayTurn(n) == turns + n <= Max
Init == isOn = FALSE /\\ turns = 0
SwitchOn(n) == ~isOn /\\ MayTurn(n) /\\ isOn' = TRUE /\\ turns' = turns + n
SwitchOff == isOn /\\ isOn' = FALSE /\\ UNCHANGED turns
Next == (\\E n \\in 1..2 : SwitchOn(n)) \\/ SwitchOff
Spec == Init /\\ [][Next]_vars /\\ WF_vars(SwitchOff)
TypeOK == isOn \\in BOOLEAN /\\ turns \\in 0..Max
GoesOut == isOn ~> ~isOn
====
"""

CONFIGURATION = """\
SPECIFICATION Spec
CONSTANT Max = 3
INVARIANT TypeOK
PROPERTY GoesOut
CHECK_DEADLOCK FALSE
"""

CODE = """\
class Lamp:
    turns: int = 0

    def __init__(self):
        self.is_on = False

    def may_turn(self, n): ...
    def switch_on(self, n): ...
    def switch_off(self): ...
"""


class Lamp(Struct, frozen=True):
    """The texts of the protocol; `edited` gives a copy with one text replaced."""

    document: str = DOCUMENT
    module: str = MODULE
    configuration: str = CONFIGURATION
    implementations: tuple[str, ...] = ("reference",)
    root: Path = Path("/nowhere")

    def edited(self, old: str, new: str) -> Lamp:
        """Return the protocol with `old` replaced in the texts that hold it; one must."""
        texts = {name: getattr(self, name) for name in ("document", "module", "configuration")}
        assert any(old in text for text in texts.values()), old
        return replace(self, **{name: text.replace(old, new) for name, text in texts.items()})

    def in_folder(self, root: Path, code: str = CODE) -> Lamp:
        """Return the protocol in a folder that has its implementation, src/lamp.py."""
        (root / "src").mkdir()
        (root / "src" / "lamp.py").write_text(code, encoding="utf-8")
        return replace(self, root=root)

    def artefact(self) -> TlaArtefact:
        """Return the module under its configuration."""
        module = Source("tlaplus/Lamp.tla", self.module)
        configuration = Source("tlaplus/Lamp.cfg", self.configuration)
        return _loaded(module, configuration)

    def context(self) -> Context:
        """Return the protocol as the rules see it."""
        artefact = self.artefact()
        document = Source("specs/lamp.md", self.document)
        return Context(
            read_document(document),
            {Role.TLAPLUS: formal_artefact(artefact)},
            self.implementations,
            self.root,
            {document.path: document, **artefact.specification.sources},
        )

    def explored(self, *, max_states: int | None = None) -> Exploration:
        """Return what the exploration of the model gives, findings included."""
        return explore_model(
            self.artefact(), self.context(), ExploreOptions(max_states=max_states), progress=None
        )


@lru_cache(64)
def _loaded(module: Source, configuration: Source) -> TlaArtefact:
    return load_tla_artefact(module, Path("/nowhere"), configuration, "small")


def shown(context: Context, finding: Finding) -> str:
    """Return a finding as `path:text of its line`, to be compared with what was planted."""
    assert finding.span
    return f"{finding.span.path}:{context.sources[finding.span.path].line(finding.span.line)}"
