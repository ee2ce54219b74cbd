"""What is looked at is recorded, and for whom."""

from __future__ import annotations

from pathlib import Path

from conform.cache.recording import Recorder, Sight


def contents(sights: set[Sight]) -> set[str]:
    """Return the names of the files that were read."""
    return {Path(path).name for kind, path in sights if kind == "content"}


def test_what_is_recorded_elsewhere_meanwhile_is_not_recorded_here(tmp_path: Path) -> None:
    for name in ("before", "within", "after", "both"):
        (tmp_path / name).touch()
    recorder = Recorder()
    outer: set[Sight] = set()
    inner: set[Sight] = set()
    with recorder.into(outer):
        (tmp_path / "before").read_bytes()
        with recorder.into(inner):
            (tmp_path / "within").read_bytes()
            (tmp_path / "both").read_bytes()
        (tmp_path / "after").read_bytes()
        (tmp_path / "both").read_bytes()
    (tmp_path / "within").read_bytes()
    assert contents(outer) == {"before", "after", "both"}
    assert contents(inner) == {"within", "both"}
