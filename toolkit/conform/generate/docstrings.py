"""Text of a specification as docstrings and comments: wrapped, and unable to end them early."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from conform.generate.python_layout import WIDTH


def harmless(text: str) -> str:
    """Return `text` with nothing in it that could end a docstring or a line of a comment."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    while '""' in shown:
        shown = shown.replace('""', '"')
    return shown


def docstring(paragraphs: Sequence[str | Sequence[str]], indent: int) -> str:
    """Return a docstring without the indentation of its first line.

    A paragraph is text to be wrapped, or lines to be shown as they are, the first one a heading.
    """
    width = WIDTH - indent
    margin = " " * indent
    given = [paragraph for paragraph in paragraphs if paragraph]
    narrow = 6 if len(given) == 1 else 4  # room for the quotes
    blocks = [_block(paragraph, width, narrow) for paragraph in given]
    raw = "r" if any("\\" in line for block in blocks for line in block) else ""
    first = f'{raw}"""{blocks[0][0]}'
    only = len(blocks) == 1 and len(blocks[0]) == 1
    if only and len(first) + 3 <= width and not first.endswith(('"', "\\")):
        return f'{first}"""'
    lines = [first, *blocks[0][1:]]
    for block in blocks[1:]:
        lines += ["", *block]
    text = "\n".join(f"{margin}{line}".rstrip() for line in [*lines, '"""'])
    return text[indent:]


def _block(paragraph: str | Sequence[str], width: int, narrow: int) -> list[str]:
    if isinstance(paragraph, str):
        text = harmless(paragraph).strip().strip('"') or "Not described."
        return textwrap.wrap(text, width - narrow, break_long_words=False, break_on_hyphens=False)
    heading, *rest = paragraph
    lines = [harmless(heading)]
    for line in rest:
        lines += textwrap.wrap(
            harmless(line),
            width,
            initial_indent=" " * 4,
            subsequent_indent=" " * 8,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines
