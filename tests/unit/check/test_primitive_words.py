"""The document of the pattern says one thing of each of its primitives."""

from __future__ import annotations

import pytest

from conform.check.primitive_words import remarks_on_primitives
from conform.languages.markdown.prose import read_prose
from conform.text import Source

PAGE = """# Pattern

Locks are taken with `ConditionalCreate`.

| Primitive | Returns |
|---|---|
| `AtomicIncrement` | The new value |
| `CompareAndSet` | OK |
| `ConditionalCreate` | OK |
| `RangeDelete` | removes `[start, end)` |

### 3.1 AtomicIncrement

It returns the new value.

### 3.2 RangeDelete

It removes the keys in `[start, end)`.
"""
DEFINED = ("AtomicIncrement", "CompareAndSet", "ConditionalCreate", "RangeDelete")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", []),
        ("with `ConditionalCreate`", "with `CompareAndSwap`", ["CompareAndSwap"]),
        ("with `ConditionalCreate`", "with `ConditionalDelete`", []),
        ("with `ConditionalCreate`", "by `CompareAndSwap`, our `CompareAndSet`", []),
        ("It returns the new value", "It returns the **previous** value", ["previous value"]),
        ("| The new value |", "| The old value |", ["new value"]),
        ("keys in `[start, end)`", "keys in `[start, end]`", ["[start, end]"]),
        ("keys in `[start, end)`", "keys from `start` on", []),
    ],
)
def test_word_that_excludes_another_is_found(old: str, new: str, found: list[str]) -> None:
    page = read_prose(Source("pattern.md", PAGE.replace(old, new) if old else PAGE))
    remarks = list(remarks_on_primitives(page, DEFINED))
    assert [each.passage.text[each.start : each.end] for each in remarks] == found
