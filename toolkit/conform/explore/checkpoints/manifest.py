"""What a checkpoint says: of which search it is, and where that stood.

No state is in it. States are found in an order that the model alone decides, so it is enough to
know by which move each was found: the levels grow again from these, without all other steps.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

VERSION = 1
"""Of the form of a checkpoint; one of another version is refused."""

Subject = Mapping[str, str]
"""What a search rests on by name: files with their digests, what was asked, the tool."""


class Standing(Struct, frozen=True):
    """Where a search stood between two blocks of states.

    Of `distinct` states the first `early` are found anew, and the others grow again; those before
    the number `expanded` were expanded. `taken` and `found` count by instance. `moves` are the
    instances, with the places of successors among those they yield, that the file of moves names
    by number: of this the first `size` bytes count, whose sha256 is `digest`.
    """

    early: int
    distinct: int
    expanded: int
    taken: tuple[int, ...]
    found: tuple[int, ...]
    moves: tuple[tuple[int, int], ...]
    size: int
    digest: str


class Manifest(Struct, frozen=True):
    """A search by its subject; `standing` is None while there is nothing worth keeping."""

    subject: Subject
    standing: Standing | None

    @property
    def text(self) -> str:
        """The manifest as it is written: its digest, a line break, and a JSON object."""
        standing = None if self.standing is None else asdict(self.standing)
        data = {"version": VERSION, "subject": dict(self.subject), "standing": standing}
        text = json.dumps(data, indent=1)
        return f"{_digest(text)}\n{text}\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def manifest_from(written: str) -> Manifest:
    """Return the manifest in a text; raise ValueError, which says why, if there is none."""
    digest, _, rest = written.partition("\n")
    text = rest.removesuffix("\n")
    if digest != _digest(text):
        raise ValueError("it is not what was written")
    data: Any = json.loads(text)
    try:
        if data["version"] != VERSION:
            raise ValueError(f"its version is {data['version']}, not {VERSION}")
        subject = {str(name): str(what) for name, what in data["subject"].items()}
        standing = data["standing"]
        return Manifest(subject, None if standing is None else _standing(standing))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"it lacks what a checkpoint says ({error})") from error


def _standing(data: Mapping[str, Any]) -> Standing:
    return Standing(
        early=int(data["early"]),
        distinct=int(data["distinct"]),
        expanded=int(data["expanded"]),
        taken=tuple(map(int, data["taken"])),
        found=tuple(map(int, data["found"])),
        moves=tuple((int(instance), int(outcome)) for instance, outcome in data["moves"]),
        size=int(data["size"]),
        digest=str(data["digest"]),
    )
