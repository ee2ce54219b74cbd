"""A first conform.yaml: what is put together, and that nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.commands.init import run
from conform.config import load_project
from conform.errors import InputError


def folder_with(root: Path, *names: str) -> Path:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return root


def test_files_whose_names_agree_make_a_protocol(tmp_path: Path) -> None:
    folder_with(
        tmp_path,
        "specs/1-leaderless-log-protocol.md",
        "specs/2-s3-queue.md",
        "tlaplus/LeaderlessLog.tla",
        "tlaplus/LeaderlessLog.cfg",
        "tlaplus/LeaderlessLog-medium.cfg",
        "tlaplus/LeaderlessLogger.cfg",
        "tlaplus/Helpers.tla",
        "fizzbee/S3Queue.fizz",
    )
    said = run(tmp_path)
    log, queue = load_project(tmp_path).protocols
    assert (log.name, queue.name) == ("leaderless-log", "s3-queue")
    assert log.tlaplus and log.tlaplus.module.shown == "tlaplus/LeaderlessLog.tla"
    assert [(name, file.shown) for name, file in log.tlaplus.configurations] == [
        ("default", "tlaplus/LeaderlessLog.cfg"),
        ("medium", "tlaplus/LeaderlessLog-medium.cfg"),
    ]
    assert log.fizzbee is None
    assert queue.tlaplus is None
    assert queue.fizzbee and queue.fizzbee.module.shown == "fizzbee/S3Queue.fizz"
    assert "s3-queue: specs/2-s3-queue.md, no TLA+ module, fizzbee/S3Queue.fizz" in said


def test_module_named_like_the_end_of_a_spec_belongs_to_it(tmp_path: Path) -> None:
    specs = ("1-leaderless-log-protocol.md", "2-coordination-delegated-task-claiming.md")
    models = ("fizzbee/TaskClaiming.fizz", "tlaplus/TaskClaiming.tla", "tlaplus/TaskClaiming.cfg")
    others = ("tlaplus/LeaderlessLog.tla", "tlaplus/LeaderlessLog.cfg", "tlaplus/Claiming.tla")
    run(folder_with(tmp_path, *(f"specs/{name}" for name in specs), *models, *others))
    log, tasks = load_project(tmp_path).protocols
    assert log.tlaplus and log.tlaplus.module.shown == "tlaplus/LeaderlessLog.tla"
    assert tasks.tlaplus and tasks.tlaplus.module.shown == "tlaplus/TaskClaiming.tla"
    assert tasks.fizzbee and tasks.fizzbee.module.shown == "fizzbee/TaskClaiming.fizz"


def test_specs_stand_beside_the_project_file_as_well(tmp_path: Path) -> None:
    pages = ("README.md", "CHANGELOG.md", "0-pattern.md", "1-log.md", "lease-lock.md")
    said = run(folder_with(tmp_path, *pages, "tlaplus/Log.tla", "fizzbee/LeaseLock.fizz"))
    protocols = load_project(tmp_path).protocols
    assert [protocol.name for protocol in protocols] == ["log", "lease-lock"]
    assert "0-pattern.md has no model and is left out" in said


def test_only_spec_and_only_module_belong_together(tmp_path: Path) -> None:
    run(folder_with(tmp_path, "specs/paxos.md", "tlaplus/P.tla", "tlaplus/P.cfg"))
    (protocol,) = load_project(tmp_path).protocols
    assert protocol.tlaplus and protocol.tlaplus.module.shown == "tlaplus/P.tla"


def test_module_without_configuration_is_said(tmp_path: Path) -> None:
    said = run(folder_with(tmp_path, "specs/paxos.md", "tlaplus/Paxos.tla"))
    assert "tlaplus/Paxos.tla has no configuration" in said
    assert load_project(tmp_path).protocols[0].tlaplus is None


def test_names_that_yaml_would_misread_are_quoted(tmp_path: Path) -> None:
    run(folder_with(tmp_path, "specs/3-yes.md", "specs/2024.md", "specs/Ünï.md"))
    names = [protocol.name for protocol in load_project(tmp_path).protocols]
    assert names == ["2024", "yes", "uni"]


def test_same_name_twice_is_told_apart(tmp_path: Path) -> None:
    run(folder_with(tmp_path, "specs/1-log.md", "specs/2-log.md"))
    names = [protocol.name for protocol in load_project(tmp_path).protocols]
    assert names == ["log", "log-2"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    folder_with(tmp_path, "specs/log.md")
    (tmp_path / "conform.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="already exists"):
        run(tmp_path)
    assert (tmp_path / "conform.yaml").read_text(encoding="utf-8") == "mine"


def test_folder_without_a_spec_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"specs/\*\.md"):
        run(tmp_path)
    assert not (tmp_path / "conform.yaml").exists()


def test_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    folder_with(tmp_path, "specs/log.md")
    (tmp_path / "conform.yaml").mkdir()
    with pytest.raises(InputError, match="already exists"):
        run(tmp_path)


@pytest.mark.parametrize("page", ["README.md", "docs/notes.md"])
def test_only_document_beside_a_model_is_its_spec(tmp_path: Path, page: str) -> None:
    folder_with(tmp_path, page, "counter.fizz")
    run(tmp_path)
    (entry,) = load_project(tmp_path).protocols
    assert entry.spec.shown == page
    assert entry.name == ("counter" if page == "README.md" else "notes")


def test_one_of_several_documents_is_no_spec_for_being_there(tmp_path: Path) -> None:
    folder_with(tmp_path, "README.md", "notes.md", "counter.fizz")
    with pytest.raises(InputError, match="no protocol found"):
        run(tmp_path)


def test_each_protocol_may_have_a_folder_of_its_own(tmp_path: Path) -> None:
    folder_with(
        tmp_path,
        "README.md",
        "notes.md",
        "lease/README.md",
        "lease/Lease.tla",
        "lease/Lease.cfg",
        "protocols/queue/spec.md",
        "protocols/queue/fizzbee/Queue.fizz",
        "node_modules/other/spec.md",
        "node_modules/other/Other.fizz",
        "examples/notes.md",
    )
    run(tmp_path)
    lease, queue = load_project(tmp_path).protocols
    assert (lease.name, lease.spec.shown) == ("lease", "lease/README.md")
    assert lease.tlaplus and lease.tlaplus.module.shown == "lease/Lease.tla"
    assert (queue.name, queue.spec.shown) == ("queue", "protocols/queue/spec.md")
    assert queue.fizzbee and queue.fizzbee.module.shown == "protocols/queue/fizzbee/Queue.fizz"
