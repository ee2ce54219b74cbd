"""A table has two columns with the same header.

What it means
    A column was copied and its header not changed: of two columns called Small, nobody can tell
    which is meant for which configuration, and the first one is taken.

Example
    | Parameter | Small | Small |

What to do
    Correct the header, or remove the column.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.context import Context
from conform.check.texts.shown_tables import protocol_tables
from conform.domain.finding import Code, Finding

CODE = Code("CF106", "two columns of one name")


def repeated_columns(context: Context) -> Iterator[Finding]:
    """Yield a finding for each column of the protocol's tables whose header is there before."""
    for table in protocol_tables(context):
        seen: set[str] = set()
        for header in table.headers:
            key = header.text.strip().casefold()
            if key and key in seen:
                span = header.span
                yield CODE.finding(
                    f"there are two columns {header.text.strip()}",
                    span,
                    excerpt=context.excerpt(span),
                    hint="correct the header, or remove the column",
                )
            seen.add(key)
