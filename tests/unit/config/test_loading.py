"""conform.yaml: what it gives, and that what is wrong in it is said with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.config import Project, load_project, parse_project
from conform.errors import InputError, UsageError
from conform.text import Source

FULL = """\
protocols:
  leaderless-log:
    spec: specs/1-log.md
    tlaplus: {module: tlaplus/Log.tla, configs: {small: tlaplus/Log.cfg, medium: tlaplus/M.cfg}}
    fizzbee: {module: fizzbee/Log.fizz}
    generated: generated/log
    implementations:
      reference: {python: "reference.log:create"}
    mapping: [docs/mapping.md]
  queue:
    spec: specs/2-queue.md
"""


def parsed(text: str) -> Project:
    return parse_project(Source("conform.yaml", text), Path("/project/conform.yaml"))


def refusal(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        parsed(text)
    return caught.value


def test_project_has_all_that_the_file_says() -> None:
    project = parsed(FULL)
    log, queue = project.protocols
    assert project.root == Path("/project")
    assert log.spec.shown == "specs/1-log.md"
    assert log.spec.path == Path("/project/specs/1-log.md")
    assert log.tlaplus and log.fizzbee and log.generated
    assert [name for name, _ in log.tlaplus.configurations] == ["small", "medium"]
    assert log.fizzbee.module.shown == "fizzbee/Log.fizz"
    assert log.generated.path == Path("/project/generated/log")
    assert [(each.name, each.target) for each in log.implementations] == [
        ("reference", "reference.log:create")
    ]
    assert [each.shown for each in log.mapping] == ["docs/mapping.md"]
    assert (queue.tlaplus, queue.fizzbee, queue.generated) == (None, None, None)


def test_first_configuration_is_the_default() -> None:
    tlaplus = parsed(FULL).protocols[0].tlaplus
    assert tlaplus
    assert tlaplus.configuration(None).shown == "tlaplus/Log.cfg"
    assert tlaplus.configuration("medium").shown == "tlaplus/M.cfg"
    with pytest.raises(UsageError, match="did you mean medium"):
        tlaplus.configuration("medum")


def test_protocols_are_selected_in_the_order_of_the_project() -> None:
    project = parsed(FULL)
    assert [each.name for each in project.selected(["queue", "leaderless-log"])] == [
        "leaderless-log",
        "queue",
    ]
    assert project.selected([]) == project.protocols
    with pytest.raises(UsageError, match="did you mean leaderless-log"):
        project.selected(["leaderles-log"])


def test_unknown_implementation_is_refused_with_the_nearest() -> None:
    log, queue = parsed(FULL).protocols
    assert log.implementation("reference").language == "python"
    with pytest.raises(UsageError, match="did you mean reference"):
        log.implementation("referense")
    with pytest.raises(UsageError, match="below `implementations`"):
        queue.implementation("reference")


def test_names_point_into_the_file() -> None:
    log = parsed(FULL).protocols[0]
    assert str(log.span) == "conform.yaml:2:3"
    assert log.spec.excerpt == "3 |     spec: specs/1-log.md\n  |           ^^^^^^^^^^^^^^"


# Each case: the text, the place of the refusal, and a word of it.
LAMP = "protocols:\n  lamp:\n    spec: a.md\n"
REFUSALS = {
    "no value": ("protocols:", "1:11", "found nothing"),
    "no protocol": ("protocols: {}", "1:12", "the project has no protocol"),
    "unknown key": ("protocls: {}", "1:1", "did you mean protocols?"),
    "unknown key below": (f"{LAMP}    tlaplus: {{modul: x}}", "4:15", "did you mean module?"),
    "unknown language": (
        f"{LAMP}    implementations: {{r: {{pyton: 'a:b'}}}}",
        "4:27",
        "did you mean python?",
    ),
    "repeated key": (f"{LAMP}  lamp: {{spec: b.md}}", "4:3", "the first is on line 2"),
    "missing key": ("protocols: {lamp: {mapping: []}}", "1:19", "lacks the key spec"),
    "missing configs": (f"{LAMP}    tlaplus: {{module: x}}", "4:14", "lacks the key configs"),
    "no configuration": (
        f"{LAMP}    tlaplus: {{module: x, configs: {{}}}}",
        "4:35",
        "tlaplus has no configuration",
    ),
    "number for a path": ("protocols: {lamp: {spec: 12}}", "1:26", "found a number"),
    "nothing for a path": ("protocols: {lamp: {spec: }}", "1:25", "found nothing"),
    "blank path": ("protocols: {lamp: {spec: ' '}}", "1:26", "found ' '"),
    "list for a path": ("protocols: {lamp: {spec: [a]}}", "1:26", "found a list"),
    "list of protocols": ("protocols: [lamp]", "1:12", "found a list"),
    "text for a list": (f"{LAMP}    mapping: a.md", "4:14", "expected a list of documents"),
    "boolean key": ("protocols: {yes: {spec: a}}", "1:13", "put it in quotes"),
    "name with blanks": ("protocols: {a b: {spec: a}}", "1:13", "cannot be a protocol's name"),
    "name like an option": ("protocols: {--x: {spec: a}}", "1:13", "cannot be a protocol's name"),
    "two languages": (
        f"{LAMP}    implementations: {{r: {{python: 'a:b', rust: x}}}}",
        "4:26",
        "needs one language",
    ),
    "no entry point": (
        f"{LAMP}    implementations: {{r: {{python: os.system}}}}",
        "4:35",
        "os.system is no entry point",
    ),
    "generated is the root": (f"{LAMP}    generated: .", "4:16", "a folder of their own"),
    "generated is outside": (f"{LAMP}    generated: ../x", "4:16", "a folder of their own"),
    "generated is absolute": (f"{LAMP}    generated: /x", "4:16", "a folder of their own"),
    "Python object": (
        "protocols: {lamp: {spec: !!python/object/apply:os.system x}}",
        "1:26",
        "tagged os.system",
    ),
    "tagged mapping": ("protocols: !!python/dict {}", "1:12", "expected the protocols by name"),
    "merge key": ("protocols: {lamp: {<<: {spec: a}}}", "1:20", "tagged merge"),
    "alias": ("protocols: &x [*x]", "1:16", "aliases (*x) are not read here"),
    "alias bomb": ("a: &a [1]\nb: &b [*a, *a]\nc: [*b, *b]", "2:8", "aliases"),
    "deep nesting": ("[" * 100_000, "1:17", "nested deeper than 16 levels"),
    "second document": ("--- {}\n--- {}", "2:1", "a second document"),
    "ill-formed": ("protocols:\n  a: {spec: [1,\n", "3:1", "not YAML"),
    "tab": ("protocols:\n\ta: b", "2:1", "not YAML"),
    "control character": ("protocols:\n  a\x1b: b", "2:4", "U+001B"),
}


@pytest.mark.parametrize(("text", "place", "word"), REFUSALS.values(), ids=REFUSALS)
def test_what_is_wrong_is_said_with_its_place(text: str, place: str, word: str) -> None:
    error = refusal(text)
    assert str(error).startswith(f"conform.yaml:{place}: ")
    assert word in str(error)


def test_refusal_shows_the_line_with_a_caret() -> None:
    assert refusal("protocls: {}").excerpt == "1 | protocls: {}\n  | ^^^^^^^^"


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n"])
def test_empty_file_is_refused(text: str) -> None:
    assert "conform.yaml" in str(refusal(text))


def test_endless_file_is_refused() -> None:
    assert "longer than" in str(refusal("# " + "x" * 300_000))


def test_file_is_found_in_a_folder_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "conform.yaml").write_text(FULL, encoding="utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    project = load_project(None)
    assert project.root == tmp_path.resolve()
    assert project.path == Path("../../conform.yaml")


def test_folder_stands_for_its_project_file(tmp_path: Path) -> None:
    (tmp_path / "conform.yaml").write_text(FULL, encoding="utf-8")
    assert load_project(tmp_path).protocols == load_project(tmp_path / "conform.yaml").protocols


def test_missing_file_leads_to_init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="run `conform init`"):
        load_project(None)
    with pytest.raises(InputError, match="run `conform init`"):
        load_project(tmp_path / "nowhere" / "x.yaml")


def test_misspelt_file_leads_to_the_one_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "conform.yml").write_text(FULL, encoding="utf-8")
    with pytest.raises(InputError, match=r"did you mean .*conform\.yml"):
        load_project(tmp_path)


def test_missing_artefact_points_into_the_project_file(tmp_path: Path) -> None:
    (tmp_path / "conform.yaml").write_text(FULL, encoding="utf-8")
    project = load_project(tmp_path)
    with pytest.raises(InputError, match=r"specs/1-log\.md: no such file") as caught:
        project.protocols[0].spec.read()
    assert caught.value.span and caught.value.span.line == 3


def test_folder_in_place_of_an_artefact_points_into_the_project_file(tmp_path: Path) -> None:
    (tmp_path / "conform.yaml").write_text(FULL, encoding="utf-8")
    (tmp_path / "specs" / "1-log.md").mkdir(parents=True)
    with pytest.raises(InputError, match=r"specs/1-log\.md: a folder, and no file") as caught:
        load_project(tmp_path).protocols[0].spec.read()
    assert caught.value.span and caught.value.span.line == 3


def test_artefact_is_read_under_the_name_that_the_project_gives_it(tmp_path: Path) -> None:
    (tmp_path / "conform.yaml").write_text(FULL, encoding="utf-8")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "1-log.md").write_text("# Log\n", encoding="utf-8")
    assert load_project(tmp_path).protocols[0].spec.read() == Source("specs/1-log.md", "# Log\n")
