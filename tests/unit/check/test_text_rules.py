"""The rules over the text of documents: links, files, commands, numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf230_dead_link import dead_links
from conform.check.cf231_missing_file import missing_files
from conform.check.cf232_command import bad_commands
from conform.check.cf233_missing_section import missing_parts
from conform.check.cf234_heading_number import heading_numbers
from conform.check.rules import Rule
from conform.domain.finding import Severity
from tests.unit.check.journal import changed_project, found_in
from tests.unit.check.pages import places, written

FILES = {
    "tlaplus/Lamp.tla": "---- MODULE Lamp ----\nSwitchOn == TRUE\n====\n",
    "tlaplus/Lamp-medium.cfg": "",
    "src/lamp.py": "class Lamp:\n    def turn(self): ...\n",
    "Makefile": "setup:\n\techo\ncheck test: setup\n\techo\n",
}


# ----------------------------------------------------------------------------------------- links


@pytest.mark.parametrize(
    "text",
    [
        "[the module](tlaplus/Lamp.tla)",
        "[`SwitchOn`](tlaplus/Lamp.tla)",
        "[`Lamp.turn`](src/lamp.py#L2)",
        "[a folder](tlaplus/)",
        "[below](#two-words-code)",
        "[below](#again-1)",
        "[here](#made-by-hand)",
        "[elsewhere](https://example.org/x.md#y)",
        "[mail](mailto:a@example.org)",
        "[a part](other.md#the-fence)",
        "[reports](../../issues)",
        "`[no link](nowhere.md)`",
    ],
)
def test_a_link_that_leads_somewhere_is_no_finding(tmp_path: Path, text: str) -> None:
    page = f'# Two words: `code`\n\n## Again\n\n## Again\n\n<a id="made-by-hand"></a>\n\n{text}\n'
    context = written(tmp_path, {"a.md": page, "other.md": "# The fence\n", **FILES})
    assert list(dead_links(context)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[the module](tlaplus/Lump.tla)", "there is no file `tlaplus/Lump.tla`"),
        ("[`SwitchOff`](tlaplus/Lamp.tla)", "`tlaplus/Lamp.tla` has no `SwitchOff`"),
        ("[code](src/lamp.py#L9)", "`src/lamp.py#L9` leads past line 2, the last of the file"),
        ("[below](#two-word)", "a.md has no heading that `#two-word` leads to"),
        ("[a part](other.md#the-fences)", "other.md has no heading that `#the-fences` leads to"),
        ("[out](../secret.md)", "`../secret.md` leads out of the project"),
        ("[a]: tlaplus/Lump.tla", "there is no file `tlaplus/Lump.tla`"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(tmp_path: Path, text: str, said: str) -> None:
    page = f"# Two words\n\n{text}\n"
    context = written(tmp_path, {"a.md": page, "other.md": "# The fence\n", **FILES})
    (finding,) = dead_links(context)
    assert finding.message == said
    assert finding.span and finding.span.line == 3


# ----------------------------------------------------------------------------------------- files


@pytest.mark.parametrize(
    "text",
    [
        "`tlaplus/Lamp.tla`",
        "`./tlaplus/Lamp.tla`",
        "`Lamp-medium.cfg`",
        "`MyModel.cfg`",
        "`data/wal/x.json`",
        "`tlaplus/<name>.tla`",
        "`other/Lamp.tla`",
    ],
)
def test_a_file_that_is_there_or_not_ours_is_no_finding(tmp_path: Path, text: str) -> None:
    assert list(missing_files(written(tmp_path, {"a.md": text + "\n", **FILES}))) == []


@pytest.mark.parametrize("text", ["`tlaplus/Lump.tla`", "`Lamp-large.cfg`"])
def test_a_file_that_is_missing_is_found(tmp_path: Path, text: str) -> None:
    context = written(tmp_path, {"a.md": f"See {text}.\n", **FILES})
    assert places(context, list(missing_files(context))) == [f"a.md:1 {text.strip('`')}"]


TREE = """\
```
lamps/
├── tlaplus/
│   ├── Lamp.tla        -- the module
│   └── Lamp-medium.cfg -- thorough
├── src/
│   └── lamp.py
└── Makefile
```
"""


def test_a_tree_whose_entries_are_there_is_no_finding(tmp_path: Path) -> None:
    assert list(missing_files(written(tmp_path, {"a.md": TREE, **FILES}))) == []


def test_a_tree_entry_that_is_missing_is_found_and_not_what_is_below_it(tmp_path: Path) -> None:
    tree = TREE.replace("Lamp-medium", "Lamp-large").replace("├── src", "├── source")
    context = written(tmp_path, {"a.md": tree, **FILES})
    found = places(context, list(missing_files(context)))
    assert found == ["a.md:5 Lamp-large.cfg", "a.md:6 source/"]


def test_a_tree_of_something_else_is_left_alone(tmp_path: Path) -> None:
    tree = "```\ntopic/\n├── meta/\n│   └── state\n└── index/\n```\n"
    assert list(missing_files(written(tmp_path, {"a.md": tree, **FILES}))) == []


# -------------------------------------------------------------------------------------- commands


@pytest.mark.parametrize(
    "text",
    [
        "```\ncd tlaplus\njava -jar tla2tools.jar -config Lamp-medium.cfg Lamp.tla\n```",
        "```\n$ make setup && make -j2 check  # and wait\n```",
        "```\ngit clone https://example.org/x\ncd srcs\n```",
        "```\njava -jar tla2tools.jar -dump out.cfg Lamp.tla\n```",
        "```\nmake sure that all of it is there\n```",
        "Run `make test`, and make sure.",
    ],
)
def test_a_command_that_works_is_no_finding(tmp_path: Path, text: str) -> None:
    assert list(bad_commands(written(tmp_path, {"a.md": text + "\n", **FILES}))) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("```\njava -jar tla2tools.jar -config Lamp.cfg Lamp.tla\n```", "2 Lamp.cfg"),
        ("```\njava -jar tla2tools.jar \\\n  -config Lamp.cfg Lamp.tla\n```", "3 Lamp.cfg"),
        ("```\ncd tlaplu && ls\n```", "2 tlaplu"),
        ("```\nmake setup tset\n```", "2 tset"),
        ("Run `make tset`.", "1 tset"),
        ("```\n$ ~/bin/fizz Lamp.fizz\n```", "2 Lamp.fizz"),
    ],
)
def test_a_command_that_cannot_work_is_found(tmp_path: Path, text: str, place: str) -> None:
    context = written(tmp_path, {"a.md": text + "\n", **FILES})
    assert places(context, list(bad_commands(context))) == [f"a.md:{place}"]


def test_targets_that_make_computes_are_not_missed(tmp_path: Path) -> None:
    files = {**FILES, "Makefile": "include more.mk\nsetup:\n\techo\n"}
    assert list(bad_commands(written(tmp_path, {"a.md": "`make other`\n", **files}))) == []


# --------------------------------------------------------------------------------------- numbers

NUMBERED = """\
# Lamp

## 1. Actions

### Action 1: SwitchOn

### Action 1b: SwitchOnAgain

### Action 2: SwitchOff

## 2. Properties

### Safety S1: Cold

### Safety S2: Dry

## 3. Rest

### 3.1 First

### 3.2 Second

"""


@pytest.mark.parametrize(
    "text",
    [
        "See section 3, \N{SECTION SIGN}3.2 and sections 1 to 3.",
        "Section 9 of the paper, and the specification, section 12, are others.",
        "[Section 2](other.md) of another page.",
        "Actions 1-2, action 1b, and actions 1, 1b and 2.",
        "S1 and S2 hold; S3 keeps the data; `S9` is code.",
    ],
)
def test_a_reference_to_what_is_there_is_no_finding(tmp_path: Path, text: str) -> None:
    texts = {"a.md": NUMBERED + text + "\n", "other.md": "# 1. A\n\n# 2. B\n"}
    assert list(missing_parts(written(tmp_path, texts))) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("See section 4.", "4"),
        ("See \N{SECTION SIGN}3.3.", "3.3"),
        ("Sections 1, 2 and 5 say it.", "5"),
        ("As in action 9b.", "9b"),
        ("Actions 1-3 do.", "3"),
        ("S7 holds.", "S7"),
        ("[section 3](other.md) says it.", "3"),
    ],
)
def test_a_reference_to_nothing_is_found(tmp_path: Path, text: str, number: str) -> None:
    texts = {"a.md": NUMBERED + text + "\n", "other.md": "# 1. A\n\n# 2. B\n"}
    context = written(tmp_path, texts)
    line = NUMBERED.count("\n") + 1
    assert places(context, list(missing_parts(context))) == [f"a.md:{line} {number}"]


def test_headings_in_order_are_no_finding(tmp_path: Path) -> None:
    assert list(heading_numbers(written(tmp_path, {"a.md": NUMBERED}))) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## 3. Rest", "## 2. Rest", "section 2 occurs twice, first in line 11"),
        ("## 3. Rest", "## 4. Rest", "section 4 follows section 2; there is no 3"),
        ("### 3.2 Second", "### 3.3 Second", "section 3.3 follows section 3.1; there is no 3.2"),
        ("### 3.1 First", "### 4.1 First", "section 4.1 stands below section 3"),
    ],
)
def test_a_heading_out_of_order_is_found(tmp_path: Path, old: str, new: str, said: str) -> None:
    context = written(tmp_path, {"a.md": NUMBERED.replace(old, new)})
    assert said in [finding.message for finding in heading_numbers(context)]


def test_numbers_that_are_no_sections_are_left_alone(tmp_path: Path) -> None:
    page = "# Lamp\n\n## 3 ways to fail\n\n## 1. One\n\n## 2. Two\n\n## 3. Three\n"
    assert list(heading_numbers(written(tmp_path, {"a.md": page}))) == []


# --------------------------------------------------------------------------------------- reading


def test_a_document_beside_the_protocols_own_that_cannot_be_read_is_incomplete(
    tmp_path: Path,
) -> None:
    project_file = changed_project(tmp_path)
    (project_file.parent / "examples" / "page-store" / "SPEC.md").write_bytes(b"# \xff\n")
    found = [(finding.code, finding.severity) for finding, _under in found_in(project_file)]
    assert ("CF310", Severity.INCOMPLETE) in found


# ----------------------------------------------------------------------------------------- codes


@pytest.mark.parametrize(
    ("rule", "code", "text"),
    [
        (dead_links, "CF230", "[a](b.md)"),
        (missing_files, "CF231", "`tlaplus/Lump.tla`"),
        (bad_commands, "CF232", "`make tset`"),
        (missing_parts, "CF233", "Section 4."),
        (heading_numbers, "CF234", "## 5. Five"),
    ],
)
def test_each_rule_has_its_code(tmp_path: Path, rule: Rule, code: str, text: str) -> None:
    context = written(tmp_path, {"a.md": NUMBERED + text + "\n", **FILES})
    assert [finding.code for finding in rule(context)] == [code]
