"""Files that a module reads: those in its own folder or below, and no others.

A specification may come from anyone. What it reads can end up in a report, so it gets nothing that
does not lie beside it.
"""

from __future__ import annotations

from pathlib import Path

from conform.errors import UnsupportedError
from conform.languages.tlaplus.evaluation.failing import fail
from conform.text import Span

MAX_BYTES = 256 * 1024 * 1024
"""Size up to which a file is read: a log of some million lines."""


def text_beside(span: Span, name: str) -> str:
    """Return the text of the file `name`, relative to the folder of the module that `span` is in.

    Raises UnsupportedError for a file elsewhere, EvaluationError for one that cannot be read.
    """
    folder = Path(span.path).parent.resolve()
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise UnsupportedError(
                f"a module may read files beside it, and `{name}` is elsewhere",
                span=span,
                hint=f"copy or move it into {Path(span.path).parent}",
            )
        if path.stat().st_size > MAX_BYTES:
            fail(span, f"the file `{name}` is larger than {MAX_BYTES:,} bytes")
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        fail(span, f"cannot read the file `{name}`: {_reason(error)}")


def _reason(error: OSError | ValueError) -> str:
    return error.strerror or "" if isinstance(error, OSError) else "it is no UTF-8 text"
