r"""Comments of models that say the opposite of what the document says of the same construct.

The document describes each variable, constant and helper in a row of a table; the model has a
comment behind the declaration, or above the definition. *First offset not compacted* and *last
compacted offset* are about one thing and name opposite ends of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from conform.check.cf250_comment_claim import CODE
from conform.check.comments.model_comments import CommentLine, Remark, model_sources, remarks_of
from conform.check.context import Context
from conform.check.texts.shown_tables import protocol_tables
from conform.domain.finding import Finding
from conform.text import Source

_OPPOSED = (
    ("first", "last"),
    ("first", "end"),
    ("start", "end"),
    ("next", "last"),
    ("next", "previous"),
    ("smallest", "largest"),
    ("lowest", "highest"),
    ("minimum", "maximum"),
    ("oldest", "newest"),
    ("oldest", "latest"),
    ("inclusive", "exclusive"),
    ("lower", "upper"),
)
_WORD = re.compile(r"[A-Za-z]+")
_STEM = 4
"""Words that begin with so many letters alike are of one stem: hand, handed."""

_OF_NO_THING = frozenset(
    ("that", "this", "with", "from", "have", "been", "into", "each", "than", "then", "when", "what")
)

_DECLARED = re.compile(
    r"\s*(?:(?:VARIABLES?|CONSTANTS?)\s+)?(?P<name>[^\W\d]\w*)\s*+"
    r"(?:\([\s_,]*\)\s*+)?(?:,|=(?!=).*)?\s*"
)
_CODE_END = re.compile(r"\\\*|(?<![\"'\w])#")
_LONGEST_REMARK = 2
"""A longer comment tells of more than what the next line defines."""


def opposed_descriptions(context: Context) -> Iterator[Finding]:
    """Yield a finding for each comment with the opposite of a word in the document's description.

    Both need a further word in common, and neither may have both words.
    """
    described = _descriptions(context)
    for source in model_sources(context):
        for remark in remarks_of(source, context):
            said = described.get(_subject(source, remark), "")
            line = remark.lines[0]
            if said and (found := _opposed(line, said)):
                start, end, other = found
                span = line.span(start, end)
                message = f"the document says “{other}” of `{_subject(source, remark)}`: {said}"
                hint = "correct the comment, or the document"
                yield CODE.finding(message, span, excerpt=context.excerpt(span), hint=hint)


def _subject(source: Source, remark: Remark) -> str:
    """Return what a remark is about, in front of it or below it; nothing if it is long."""
    if not remark.is_behind_code:
        return remark.about if len(remark.lines) <= _LONGEST_REMARK else ""
    code = _CODE_END.split(source.line(remark.lines[0].line))[0]
    match = _DECLARED.fullmatch(code)
    return match["name"] if match else ""


def _descriptions(context: Context) -> Mapping[str, str]:
    """Return what the one cell of prose in its row says of each variable, constant and helper."""
    known = {
        *(each.name for each in context.document.variables),
        *(each.name for each in context.document.constants),
        *(each.name for each in context.document.helpers),
    }
    found: dict[str, list[str]] = {}
    for table in protocol_tables(context):
        for row in table.rows:
            first = row[0].text.partition("(")[0].strip() if row else ""
            for cell in row[1:]:
                is_prose = cell.column < len(table.headers) and table.headers[cell.column].is_prose
                if first in known and is_prose and cell.text.strip():
                    found.setdefault(first, []).append(cell.text)
    return {name: texts[0] for name, texts in found.items() if len(set(texts)) == 1}


def _opposed(line: CommentLine, said: str) -> tuple[int, int, str] | None:
    """Return where a comment has the opposite of a word of the document, and that word."""
    comment, document = _words(line.text), _words(said)
    if not _in_common(comment, document):
        return None
    for pair in _OPPOSED:
        for own, other in (pair, pair[::-1]):
            apart = own in comment and other in document
            if apart and comment.isdisjoint(_poles(own)) and document.isdisjoint(_poles(other)):
                match = re.search(rf"\b{own}\b", line.text, re.IGNORECASE)
                assert match is not None
                return *match.span(), other
    return None


def _poles(word: str) -> frozenset[str]:
    """Return the words that are opposite to a word."""
    return frozenset(other for pair in _OPPOSED if word in pair for other in pair if other != word)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text))


def _in_common(one: frozenset[str], other: frozenset[str]) -> bool:
    poles = {pole for pair in _OPPOSED for pole in pair}
    stems = [
        {word[:_STEM] for word in words - poles - _OF_NO_THING if len(word) >= _STEM}
        for words in (one, other)
    ]
    return bool(stems[0] & stems[1])
