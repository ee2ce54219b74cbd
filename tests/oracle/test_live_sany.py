"""SANY itself says of each text what was recorded.

Runs where TLC's jar is installed; `make oracle`, as CI runs it, requires it.
"""

from __future__ import annotations

import os

import pytest

from conform.tlc.installing import find_jar, is_available
from tests.sany_texts import Text, texts

REQUIRES_SANY = "CONFORM_ORACLE"
"""Environment variable: with the value `live` a missing jar fails the test."""


@pytest.mark.live
def test_sany_says_what_was_recorded() -> None:
    if os.environ.get(REQUIRES_SANY) != "live":
        pytest.skip("asked for with CONFORM_ORACLE=live (make oracle)")
    assert is_available(), "TLC is not installed (make tlc)"
    from tests.oracle.sany import Sany  # noqa: PLC0415  # loads Java's library

    sany = Sany(find_jar())
    changed = [
        (text.name, text.sany, found)
        for text in texts()
        if (found := _relative(text, sany.verdict(text.source))) != text.sany
    ]
    assert not changed


def _relative(text: Text, verdict: str) -> str:
    line, _, column = verdict.partition(":")
    if column == "*":
        return f"{text.place(int(line), 0).partition(':')[0]}:*"
    return text.place(int(line), int(column)) if column else verdict
