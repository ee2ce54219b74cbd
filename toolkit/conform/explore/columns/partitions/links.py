"""The way to a partition: here pipes to processes of this machine; what else brings a message there
and an answer back may take their place.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Protocol

from conform.explore.columns.partitions.messages import Begin, Reply, Request
from conform.explore.columns.partitions.partition import Partition
from conform.explore.limits import LimitReachedError, mapped_besides
from conform.explore.options import Limit

ENDING_SECONDS = 2.0
"""Seconds that a process is given to end by itself."""


class Link(Protocol):
    """One partition, wherever it is: each request is answered before the next is sent."""

    def send(self, request: Request) -> None:
        """Send a request. Raises LimitReachedError if the partition is gone."""

    def receive(self) -> Reply:
        """Wait for the answer. Raises LimitReachedError if the partition is gone."""

    def close(self) -> None:
        """Let the partition end."""


class Pipe:
    """A partition in a process of its own."""

    def __init__(self, begin: Begin) -> None:
        """Start the process. Raises OSError where there can be none."""
        context = get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=serve, args=(other, begin), daemon=True)
        with mapped_besides():
            self._process.start()
        other.close()

    def send(self, request: Request) -> None:
        try:
            self._connection.send(request)
        except OSError:
            raise LimitReachedError(Limit.PROCESS) from None

    def receive(self) -> Reply:
        try:
            reply: Reply = self._connection.recv()
        except (EOFError, OSError):
            raise LimitReachedError(Limit.PROCESS) from None
        return reply

    def close(self) -> None:
        self._connection.close()
        self._process.join(ENDING_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def processes(begins: Sequence[Begin]) -> list[Link]:
    """Return partitions in processes of their own; none if so many cannot be started."""
    found: list[Link] = []
    try:
        for begin in begins:
            found.append(Pipe(begin))
    except OSError:
        for link in found:
            link.close()
        return []
    return found


def serve(connection: Connection, begin: Begin) -> None:
    """Be a partition until nobody is at the other end; Ctrl-C is for who leads the search."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    partition = Partition(begin)
    try:
        while True:
            connection.send(partition.answer(connection.recv()))
    except (EOFError, OSError):
        partition.close()
