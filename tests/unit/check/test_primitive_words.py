"""The document of the pattern says one thing of each of its primitives."""

from __future__ import annotations

from pathlib import Path

import pytest

from conform.check.cf225_number_of_name import misplaced_numbers
from conform.check.cf258_unknown_construct import unknown_constructs
from conform.check.texts.primitive_examples import wrong_results
from conform.check.texts.primitive_words import introduced_primitives, remarks_on_primitives
from conform.languages.markdown.prose import read_prose
from conform.text import Source
from tests.unit.check.journal import messages_of

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
        (
            "| `AtomicIncrement` | The new",
            "| 1 | `AtomicIncrement(key, n)` | The old",
            ["new value"],
        ),
        (
            "It removes the keys in `[start, end)`.",
            "### 3.3 A\n\n`RangeDelete(a, b)` is inclusive.",
            ["inclusive"],
        ),
        ("keys in `[start, end)`", "keys from `start` on", []),
        ("keys in `[start, end)`", "keys `k` with `start ≤ k < end`", []),
        ("keys in `[start, end)`", "keys `k` with `start ≤ k ≤ end`", ["start ≤ k ≤ end"]),
        (
            "### 3.1 A",
            "**AtomicIncrement(k, d).** It is the value *before* it.\n\n### A",
            ["value before"],
        ),
    ],
)
def test_word_that_excludes_another_is_found(old: str, new: str, found: list[str]) -> None:
    page = read_prose(Source("pattern.md", PAGE.replace(old, new) if old else PAGE))
    remarks = list(remarks_on_primitives(page, DEFINED))
    assert [each.passage.text[each.start : each.end] for each in remarks] == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("So `OneHolder` (S1) holds, by the action `SealBegin`.", []),
        (
            "So `OneHolder` (S2) holds.",
            ["CF225 `OneHolder` is S1 in the document, not S2; S2 is `ClaimsPositive`"],
        ),
        ("So is the action `SealNever`.", ["CF258 `SealNever` is defined nowhere in the project"]),
    ],
)
def test_pattern_names_what_the_protocols_have(
    tmp_path: Path, sentence: str, found: list[str]
) -> None:
    change = ("0-shared-store-pattern.md", "Every step costs", f"{sentence} Every step costs")
    said = messages_of((misplaced_numbers, unknown_constructs), tmp_path, change)
    assert [f"{each.split()[0]} {each.partition(': ')[2]}" for each in said] == found


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("It is S2 (OneHolder) that needs it.", 1),
        ("It is S1 (OneHolder) that needs it.", 0),
        ("S1 and S2 (OneHolder and the other) need it.", 0),
    ],
)
def test_label_in_front_of_a_name_is_its_own(tmp_path: Path, sentence: str, count: int) -> None:
    change = ("2-seat-booking-protocol.md", "## 5. Parameters", f"{sentence}\n\n## 5. Parameters")
    assert len(messages_of((misplaced_numbers,), tmp_path, change)) == count


@pytest.mark.parametrize(
    ("example", "found"),
    [
        ("`CeilingGet(5)` on the keys 2, 4 and 7 returns the entry at key 7.", []),
        ("`CeilingGet(5)` on the keys 2, 4 and 7 returns the entry at key 4.", ["key 7"]),
        ("`CeilingGet(5)` on the keys 2 and 7 returns 7. `CeilingGet(8)` returns none.", []),
        ("`CeilingGet(5)` on the keys 2 and 7 returns 7; `CeilingGet(8)` returns 7.", ["none"]),
        ("`CeilingGet(5)` returns the entry at key 4.", []),
        ("`Get(5)` on the keys 2, 4 and 7 returns none.", []),
        ("`RangeDelete(1, 3)` deletes the keys 1 and 2.", []),
        ("`RangeDelete(1, 3)` deletes the keys 1, 2 and 3.", ["about 1, 2"]),
        ("`RangeDelete(1, 300)` deletes the keys 1, 2 and so on.", []),
        ("`RangeDelete(1, 3)` deletes the keys 1 to 2.", []),
    ],
)
def test_examples_give_what_the_primitive_gives(example: str, found: list[str]) -> None:
    page = read_prose(Source("page.md", f"{PAGE}\n## Examples\n\n{example}\n"))
    messages = [each.message for each in wrong_results(page, (*DEFINED, "CeilingGet", "Get"))]
    assert len(messages) == len(found)
    assert all(part in message for part, message in zip(found, messages, strict=True))


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Ordered stores add `FloorRead(key)`, which returns the largest key.", {"FloorRead"}),
        ("Some stores also offer `FloorRead(key)`: the largest key.", {"FloorRead"}),
        ("A worker calls `FloorRead(key)`, which returns the largest key.", set()),
        ("Ordered stores add `FloorRead(7)`, which returns 5.", set()),
        ("Ordered stores add `FloorRead(key)` to it.", set()),
    ],
)
def test_sentence_adds_a_primitive_to_the_table(sentence: str, found: set[str]) -> None:
    page = read_prose(Source("page.md", f"{PAGE}\n{sentence}\n"))
    assert introduced_primitives(page, DEFINED) == found
