"""Object storage: objects are immutable, names never repeat, writes fail as planned."""

from __future__ import annotations

import pytest

from reference.leaderless_log.errors import MissingObjectError, StorageWriteError
from reference.leaderless_log.storage import ObjectStorage, WriteFault


def test_an_object_is_read_as_it_was_written() -> None:
    storage = ObjectStorage("wal")
    batch = [b"a", b"b"]
    name = storage.write(batch)
    batch.append(b"c")
    assert storage.read(name) == (b"a", b"b")


def test_a_name_never_repeats() -> None:
    storage = ObjectStorage("wal")
    first = storage.write([b"a"])
    storage.delete(first)
    assert storage.write([b"a"]) != first


def test_reading_a_missing_object_is_an_error_of_its_own() -> None:
    with pytest.raises(MissingObjectError, match="wal-000007"):
        ObjectStorage("wal").read("wal-000007")


@pytest.mark.parametrize(
    ("fault", "names"), [(WriteFault.LOST, ()), (WriteFault.UNACKNOWLEDGED, ("wal-000001",))]
)
def test_a_failed_write_may_have_happened(fault: WriteFault, names: tuple[str, ...]) -> None:
    storage = ObjectStorage("wal", faults={"wal-000001": fault}.get)
    with pytest.raises(StorageWriteError, match="wal-000001"):
        storage.write([b"a"])
    assert storage.names() == names
    assert storage.write([b"a"]) == "wal-000002"


def test_a_fork_goes_its_own_way() -> None:
    storage = ObjectStorage("wal")
    name = storage.write([b"a"])
    fork = storage.fork()
    fork.delete(name)
    assert storage.read(name) == (b"a",)
    assert fork.write([b"b"]) == storage.write([b"c"])
