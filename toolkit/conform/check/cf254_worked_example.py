"""The numbers of a worked example contradict one another.

What it means
    An example says which offsets a batch covers, or where batches end, and its own numbers say
    otherwise: an entry at 3 with 2 records covers 2 and 3; the writes [1,2],[3,4] end at 2 and 4.
    Somebody changed a number of the example and left the other.

    In a table of batches, the key in `3 → (LOG, 2)` is compared with the offsets of the row where
    the other rows have their last ones, and *after these writes `next` is 7* with all of them.

    Looked at are sentences with `at ... N with ... = M covers ... A and B`, with ranges in
    brackets followed by `entries at offsets ...` or `end at ...`, and with a batch of so many
    records and the one range that it gets; where the section says that an entry stands at the end
    of its range, the key as well.

Example
    Writes of [1,2],[3,4] produce entries at offsets 2 and 5.

What to do
    Work the example out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import Context
from conform.check.texts.shown_tables import ShownTable, own_tables
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose

CODE = Code("CF254", "worked example with wrong numbers")

_COVERS = re.compile(
    r"\bat\s+(?:\w+\s+){0,2}(?P<key>\d{1,6})\b[^.;]{0,40}?"
    r"(?:(?P<size>\d{1,6})\s+(?:records|messages|offsets)|(?<!\d)(?<!\d\s)=\s*(?P<assigned>\d{1,6}))"
    r"[^.;]{0,30}?\bcovers\s+(?:only\s+|exactly\s+)?(?:the\s+)?(?:(?:offset|page|key|position)s?\s+)?"
    r"(?P<first>\d{1,6})(?P<between>(?:\s*,\s*\d{1,6})*)"
    r"(?:\s*(?:,\s*and|and|to|through|\.\.|[\N{EN DASH}-])\s*(?P<last>\d{1,6}))?(?!\d|,\s*\d)",
    re.IGNORECASE,
)
_BATCH = re.compile(r"\[(?P<first>\d{1,6})(?:\s*(?:,|\.\.|[\N{EN DASH}-])\s*(?P<last>\d{1,6}))?\]")
_ENDS = re.compile(
    r"\b(?:entries|keys|end)\s+(?:\w+\s+)?at\s+(?:the\s+)?(?:offsets?\s+|keys?\s+)?"
    r"(?P<ends>\d{1,6}(?:\s*(?:,\s*(?:and\s+)?|and\s+)\d{1,6})*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_SENTENCE = re.compile(r"(?:[^.!?;]|[.!?;](?!\s))+")
_RANGE = re.compile(
    r"(?:\b(?:offsets|pages|keys|positions|records)\s+(?:the\s+)?|\[)(?P<first>\d{1,6})\s*"
    r"(?:\.\.|,|\bto\b|\bthrough\b|[\N{EN DASH}-])\s*(?P<last>\d{1,6})(?!\s*,\s*\d|\d)",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"\b(?:batch|append|write)\s+of\s+(?P<size>\d{1,6})\s+(?:records|messages|entries|pages)\b",
    re.IGNORECASE,
)
_KEY = re.compile(
    r"\b(?:stored|written|placed|recorded|sits|stands|kept|lands|indexed|entry)\s+(?:at|under)\s+"
    r"(?:the\s+)?(?:key|offset|index|page)\s+(?P<said>\d{1,6})\b",
    re.IGNORECASE,
)
_OFFSETS = re.compile(r"\b(?:offsets|positions|pages|keys)\b", re.IGNORECASE)
_LIST = re.compile(r"\d{1,6}(?:\s*(?:,|\.\.|[\N{EN DASH}-])\s*\d{1,6})*")
_KEYED = re.compile(
    r"(?P<key>\d{1,6})\s*(?:\N{RIGHTWARDS ARROW}|->|\|->|\N{RIGHTWARDS ARROW FROM BAR}|:)\s*\D.*"
)
_NEXT = re.compile(r"\bnext\b", re.IGNORECASE)
_AFTER_WRITES = re.compile(
    r"\bafter\s+(?:these|all|the)\s+(?:\w+\s+){0,2}?(?:writes|appends|batches|entries),?\s+(?:the\s+)?"
    r"(?P<name>[^\W\d]\w*)\s+(?:is|equals|stands\s+at|has\s+become)\s+(?P<said>\d{1,6})\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\b\w*[Cc]ount\s*=\s*(?P<said>\d{1,6})\b")
_AT_END = re.compile(
    r"\b(?:end|last)\s+(?:offset|page|key)\b|\bat\s+(?:the|its)\s+(?:end|last)\b", re.IGNORECASE
)


def wrong_examples(context: Context) -> Iterator[Finding]:
    """Yield a finding for each example in a document whose numbers do not fit together."""
    for page in context.pages:
        for passage in page.running():
            yield from _coverage(context, passage)
            yield from _batches(context, passage)
        yield from _assigned(context, page)
    for table in own_tables(context):
        yield from _tabled(context, table)


def _coverage(context: Context, passage: Passage) -> Iterator[Finding]:
    for match in _COVERS.finditer(passage.text):
        key = int(match["key"])
        first = key - int(match["size"] or match["assigned"]) + 1
        said = (int(match["first"]), int(match["last"] or match["first"]))
        between = [int(number) for number in _NUMBER.findall(match["between"])]
        is_listed = not between or between == [*range(said[0] + 1, said[1])]
        if said != (first, key) or not is_listed:
            covered = f"{first} to {key}" if first != key else str(key)
            message = f"an entry at {key} of this size covers {covered}"
            end = match.end("last") if match["last"] else match.end("first")
            yield _finding(context, passage, match.start("first"), end, message)


def _batches(context: Context, passage: Passage) -> Iterator[Finding]:
    for match in _ENDS.finditer(passage.text):
        before = passage.text[: match.start()]
        batches = [*_BATCH.finditer(before, before.rfind(". ") + 1)]
        if not batches:
            continue
        ends = [int(batch["last"] or batch["first"]) for batch in batches]
        said = [int(number) for number in _NUMBER.findall(match["ends"])]
        if len(said) == len(ends) and said != ends:
            listed = ", ".join(map(str, ends))
            message = f"these batches end at {listed}"
            yield _finding(context, passage, match.start("ends"), match.end("ends"), message)


def _tabled(context: Context, table: ShownTable) -> Iterator[Finding]:
    """Yield the keys that are not the last offsets of their rows, where most others are."""
    columns = [at for at, each in enumerate(table.headers) if _OFFSETS.search(each.text)]
    rows: list[tuple[int, re.Match[str], Passage]] = []
    for row in table.rows if len(columns) == 1 else ():
        given = [each for each in row if each.column in columns and _LIST.fullmatch(each.text)]
        keyed = [(match, each) for each in row if (match := _KEYED.fullmatch(each.text))]
        if len(given) == len(keyed) == 1:
            rows.append((int(_NUMBER.findall(given[0].text)[-1]), *keyed[0]))
    wrong = [each for each in rows if int(each[1]["key"]) != each[0]]
    for last, match, cell in wrong if len(rows) - len(wrong) > len(wrong) else ():
        message = f"the offsets of this row end at {last}"
        yield _finding(context, cell, *match.span("key"), message)
    if rows and len(rows) == len(table.rows):
        yield from _next_after(context, rows[-1][0], table.rows[-1][-1])


def _next_after(context: Context, last: int, cell: Passage) -> Iterator[Finding]:
    """Yield the next offset that the text below a table of batches gives, if it is another one."""
    nexts = _nexts(context)
    page = next(page for page in context.pages if page.path == cell.path)
    is_below = False
    for passage in page.passages:
        is_below = passage.kind is not PassageKind.HEADING and (
            is_below or passage.block == cell.block
        )
        for match in _AFTER_WRITES.finditer(passage.text) if is_below else ():
            if match["name"] in nexts and int(match["said"]) != last + 1:
                message = f"the last of these offsets is {last}, and the next one {last + 1}"
                yield _finding(context, passage, *match.span("said"), message)


def _nexts(context: Context) -> set[str]:
    """Return the variables whose rows say that they hold the next of something."""
    variables = {each.name for each in context.document.variables}
    return {
        text
        for table in own_tables(context)
        for row in table.rows
        if any(_NEXT.search(cell.text) for cell in row)
        for _at, text in row[0].coded()
        if text in variables
    }


def _assigned(context: Context, page: Prose) -> Iterator[Finding]:
    """Yield the sizes and keys that are not those of the range that an example's batch is given."""
    at_end = False
    for passage in page.passages:
        at_end = passage.kind is not PassageKind.HEADING and at_end
        at_end = at_end or _AT_END.search(passage.text) is not None
        if passage.kind in (PassageKind.TEXT, PassageKind.ITEM):
            for sentence in _SENTENCE.finditer(passage.text):
                yield from _in_sentence(context, passage, sentence, at_end=at_end)


def _in_sentence(
    context: Context, passage: Passage, sentence: re.Match[str], *, at_end: bool
) -> Iterator[Finding]:
    ranges = {match.groups(): match for match in _RANGE.finditer(sentence[0])}
    sizes = list(_SIZE.finditer(sentence[0]))
    if len(ranges) != 1 or len(sizes) != 1:
        return
    (given,) = ranges.values()
    first, last = int(given["first"]), int(given["last"])
    claims = [(sizes[0].span("size"), last - first + 1, "is of")]
    if (key := _KEY.search(sentence[0])) and at_end:
        claims.append((key.span("said"), last, "ends at"))
    if count := _COUNT.search(sentence[0]):
        claims.append((count.span("said"), last - first + 1, "has"))
    for (start, end), right, told in claims if first < last else ():
        if int(sentence[0][start:end]) != right:
            begin = sentence.start()
            message = f"the range {first} to {last} {told} {right}"
            yield _finding(context, passage, begin + start, begin + end, message)


def _finding(context: Context, passage: Passage, start: int, end: int, message: str) -> Finding:
    span = passage.span(start, end)
    return CODE.finding(
        message, span, excerpt=context.excerpt(span), hint="work the example out again"
    )
