"""Sources that are not read whole: what stands around an error is compared with nothing."""

from __future__ import annotations

from collections.abc import Iterator

from conform.check.cf310_not_looked_at import not_looked_at
from conform.check.context import Context
from conform.check.systems.system import systems_of
from conform.domain.finding import Finding


def unread_sources(context: Context) -> Iterator[Finding]:
    """Yield a finding for each source that has something in it which is none of its language."""
    for system in systems_of(context):
        for file in system.files:
            if file.error is not None:
                excerpt = system.excerpt(context, file.error)
                hint = "correct it, so that all of the file is read"
                yield not_looked_at(
                    f"what stands here in {file.source.path}", file.error, excerpt, hint
                )
