"""A constraint of a module bounds the document's states only if all of it speaks of them."""

from __future__ import annotations

from conform.commands.borrowed_constraints import borrowed
from tests.unit.languages.tlaplus.modules import model

MODULE = """VARIABLES x, y, z
Init == x = 0 /\\ y = 0 /\\ z = 0
Next == x' = x + 1 /\\ UNCHANGED <<y, z>>
Both == x < 3 /\\ y < 3
Foreign == x < 4 /\\ z < 4"""


def test_a_constraint_is_borrowed_whole_or_not_at_all() -> None:
    found = model(MODULE, "INIT Init\nNEXT Next\nCONSTRAINTS Both Foreign")
    x, y, _z = found.slots
    assert [one.name for one in borrowed(found.constraints, found.slots, found.slots)] == [
        "Both",
        "Both",
        "Foreign",
        "Foreign",
    ]
    first, second = borrowed(found.constraints, found.slots, (y, x))
    assert (first.name, second.name) == ("Both", "Both")
    assert [one.holds((3, 0)) for one in (first, second)] == [True, False]
    assert [one.holds((0, 3)) for one in (first, second)] == [False, True]
