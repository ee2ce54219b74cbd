"""Drawn file trees list all models and configurations of a folder, or say that there are others."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from conform.check.cf286_file_left_out import files_left_out
from tests.unit.check.relay import README, relay

TREE = """```
relay/
├── README.md
├── tlaplus/
│   ├── Relay.tla
{}
└── fizzbee/
    └── Relay.fizz
```"""
SMALL, MEDIUM = "│   ├── Relay.cfg   small", "│   └── Relay-medium.cfg"


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        ([SMALL, MEDIUM], []),
        ([SMALL], ["`Relay-medium.cfg`"]),
        ([MEDIUM], ["`Relay.cfg`"]),
        ([], []),
        ([SMALL, "│   └── ..."], []),
        ([SMALL, "│   └── *.cfg"], []),
    ],
)
@pytest.mark.parametrize("root", ["relay/\n", "", ".\n"])
def test_tree_lists_every_configuration_or_none(
    lines: list[str], missing: list[str], root: str
) -> None:
    tree = TREE.format("\n".join(lines)).replace("relay/\n", root)
    drawn = relay().edited(README, "\n## License", f"\n{tree}\n\n## License")
    found = list(files_left_out(drawn.context_with_pages()))
    assert [each.message.rpartition("not ")[2] for each in found] == missing
    for each in found:
        assert each.code == "CF286"
        assert each.span is not None
        assert drawn.source(README).line(each.span.line) == lines[0]


@pytest.mark.parametrize(
    ("name", "missing"), [("Relay-live.cfg", {"`Relay-live.cfg`"}), ("Bell-live.cfg", set())]
)
def test_configuration_that_no_setting_names_is_one_of_its_module(
    tmp_path: Path, name: str, missing: set[str]
) -> None:
    (tmp_path / "tlaplus").mkdir()
    (tmp_path / "tlaplus" / name).write_text("INIT Init\nNEXT Next\n")
    tree = TREE.format("\n".join([SMALL, MEDIUM]))
    drawn = relay().edited(README, "\n## License", f"\n{tree}\n\n## License")
    found = files_left_out(replace(drawn.context_with_pages(), root=tmp_path))
    assert {each.message.rpartition("not ")[2] for each in found} == missing
