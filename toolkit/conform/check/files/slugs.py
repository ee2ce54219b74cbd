"""The anchors of a document's headings, as GitHub makes them.

Lower case; letters, digits, hyphens, underscores and spaces stay, spaces become hyphens; a slug
that is taken gets `-1`, `-2` and so on (github.com/gjtorikian/html-pipeline, toc_filter.rb).
"""

from __future__ import annotations

import re

from conform.domain.prose import Prose

_DROPPED = re.compile(r"[^\w\- ]")


def slugs_of(page: Prose) -> tuple[str, ...]:
    """Return the anchor of each heading, in the order of the headings."""
    taken: dict[str, int] = {}
    slugs: list[str] = []
    for heading in page.headings():
        slug = _DROPPED.sub("", heading.text.strip().lower()).replace(" ", "-")
        count = taken.get(slug, 0)
        taken[slug] = count + 1
        slugs.append(f"{slug}-{count}" if count else slug)
    return tuple(slugs)


def anchors_of(page: Prose) -> frozenset[str]:
    """Return all that a `#` can lead to in a document."""
    explicit = {f"user-content-{name}" for name in page.anchors} | page.anchors
    return frozenset(slugs_of(page)) | explicit
