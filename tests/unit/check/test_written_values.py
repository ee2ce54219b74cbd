"""What values that are written out in pages and sources mean."""

from __future__ import annotations

import pytest

from conform.check.systems.written_values import meaning

CONSTANTS = {"KIB": "1024", "LIMIT": "4 * KIB", "TWICE": "LIMIT + LIMIT", "ROUND": "ROUND + 1"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 * LIMIT", "8192"),
        ("TWICE << 1", "16384"),
        ("Some(7_000u64)", "7000"),
        ("Duration::from_secs(2 * 3)", "6000 ms"),
        ('"here".to_string()', '"here"'),
        ("ROUND", None),
        ("2 ** 9", None),
        ("1 - 2", None),
        ("__import__('os')", None),
    ],
)
def test_value_that_is_written_out_has_one_notation(text: str, expected: str | None) -> None:
    assert meaning(text, CONSTANTS) == expected


def nested(terms: int) -> dict[str, str]:
    """Return ten constants, each a sum of so many times the next, and the last one 1."""
    names = [f"C{letter}" for letter in "ABCDEFGHIJ"]
    texts = [" + ".join([name] * terms) for name in names[1:]]
    return dict(zip(names, [*texts, "1"], strict=True))


def test_constants_of_many_constants_are_not_followed() -> None:
    """To follow all of thirty to the power of eight would take for ever."""
    assert meaning("CD", nested(3)) == str(3**6)
    assert meaning("CD", nested(30)) is None
