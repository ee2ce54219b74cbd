"""Projects of a few files, as text, for rules about what documents say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from conform.check.context import Context
from conform.domain.finding import Finding
from conform.languages.markdown.prose import read_prose
from conform.languages.markdown.reading import read_document
from conform.text import Source


def written(root: Path, texts: Mapping[str, str]) -> Context:
    """Write a project of files by path and return it as the rules see it; the first is its spec."""
    sources = {path: Source(path, text) for path, text in texts.items()}
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    documents = [source for path, source in sources.items() if path.endswith(".md")]
    pages = tuple(read_prose(source) for source in documents)
    return Context(read_document(documents[0]), {}, (), root, sources, pages=pages)


def places(context: Context, findings: list[Finding]) -> list[str]:
    """Return what each finding points at, as `path:line text under the caret`."""
    return [
        f"{finding.span.path}:{finding.span.line} {_under(context, finding)}"
        for finding in findings
        if finding.span
    ]


def _under(context: Context, finding: Finding) -> str:
    span = finding.span
    assert span is not None
    return context.sources[span.path].line(span.line)[span.column - 1 : span.end_column]
