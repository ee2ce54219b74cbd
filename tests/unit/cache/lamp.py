"""A small project with an artefact of every kind, for what rests on files."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "conform.yaml": """\
protocols:
  lamp:
    spec: specs/lamp.md
    tlaplus: {module: tlaplus/Lamp.tla, configs: {default: tlaplus/Lamp.cfg}}
    fizzbee: {module: fizzbee/Lamp.fizz}
    generated: generated/lamp
    mapping: [specs/mapping.md]
    implementations:
      lamp: {python: "circuit.lamp:create"}
""",
    "specs/lamp.md": """\
# Lamp

A lamp is on or off; [the history](history.md) tells why. `make lamp` lights it.

## State Variables

| Variable | Type | Initial Value | Description |
|---|---|---|---|
| `isOn` | `BOOLEAN` | `FALSE` | whether the lamp shines |

## Actions

### Action 1: SwitchOn

**Guard**

- `isOn = FALSE`

**Effect**

- `isOn := TRUE`

## Properties

### Invariant: TypeOK

**Statement**: The lamp is on or off.

**Expected Verdict**: PASS
""",
    "specs/mapping.md": """\
# Mapping

| Spec Section | TLA+ Construct | FizzBee Construct | Python Reference |
|---|---|---|---|
| State: `isOn` | `VARIABLE isOn` | `isOn` | [`Lamp`](../circuit/lamp.py) |
| Action 1: `SwitchOn` | `SwitchOn` | `SwitchOn` | [`Lamp.perform`](../circuit/lamp.py) |
| Invariant: `TypeOK` | `TypeOK` | `TypeOK` | — (checked on the model) |
""",
    "specs/history.md": "# History\n\nThere was a switch.\n",
    "README.md": "# Lamps\n\nThey are specified.\n",
    "Makefile": "lamp:\n\ttrue\n",
    "tlaplus/Lamp.tla": """\
---- MODULE Lamp ----
EXTENDS LampState
SwitchOn == ~isOn /\\ isOn' = TRUE
Next == SwitchOn
Spec == Init /\\ [][Next]_isOn
====
""",
    "tlaplus/LampState.tla": """\
---- MODULE LampState ----
VARIABLE isOn
TypeOK == isOn \\in BOOLEAN
Init == isOn = FALSE
====
""",
    "tlaplus/Lamp.cfg": "SPECIFICATION Spec\nINVARIANT TypeOK\n",
    "fizzbee/Lamp.fizz": """\
---
deadlock_detection: false
---
always assertion TypeOK:
    return isOn in [True, False]

action Init:
    isOn = False

atomic action SwitchOn:
    require not isOn
    isOn = True
""",
    "circuit/__init__.py": "",
    "circuit/lamp.py": """\
from pathlib import Path

from circuit.wiring import CONNECTED

BEGINNING = (Path(__file__).parent / "beginning.txt").read_text(encoding="utf-8").strip()


class Lamp:
    def __init__(self):
        self.is_on = BEGINNING == "on"

    def perform(self, action, parameters):
        if action != "SwitchOn":
            raise LookupError(action)
        was_on, self.is_on = self.is_on, self.is_on or CONNECTED
        return not was_on

    def state(self):
        return {"isOn": self.is_on}


def create(constants):
    return Lamp()
""",
    "circuit/wiring.py": "CONNECTED = True\n",
    "circuit/beginning.txt": "off\n",
}
"""The project's files by path. The code reads a module and a file of its own."""


def write_project(folder: Path) -> Path:
    """Write the project, without generated files, and return its folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder
