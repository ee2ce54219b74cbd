"""A document says how many there are of something, and there are more or fewer.

What it means
    The text counts the variables, actions, properties or other parts of the document, the items of
    the list or the rows of the table that follows, or the lines of a file that it links to; and the
    number is not the one of what it counts. Something was added or removed since.

    So is what a text says of the states of a variable: `writerState has five states`.

    Sentences count where they speak of all: `the protocol has seven state variables`, `all nine
    safety properties`, `the following three steps:`. `The two actions that write` are not all. So
    are shares held against the document: `six of seven properties hold`, though no verdict is
    another than PASS, and `four of the ten actions are weakly fair`.

    A page about several protocols, as README.md, is held against the one that a sentence, an item
    or a row names: *Task Claiming: 5 safety, 3 liveness*, *S1-S5*, `max_actions: 20`.

Example
    The protocol has six state variables, above a table of seven.

What to do
    Correct the number, or the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from conform.check.context import Context
from conform.check.files.stated_lines import line_claims
from conform.check.texts.counted_states import wrong_sizes
from conform.check.texts.number_words import NUMBER, value_of
from conform.check.texts.page_topics import is_about_it_alone
from conform.check.texts.shares_told import wrong_shares
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.domain.spec import Property, Spec
from conform.text import Span

CODE = Code("CF235", "stated number is wrong")

_NOUNS = (
    r"(?P<noun>(?:state\s+)?variables|actions|transitions|(?:safety|liveness)\s+properties"
    r"|properties|invariants|constants|helpers|helper\s+operators|(?:coordination\s+)?primitives)"
)
_PART = r"(?!\s+(?:that|which|of|in|on|from|whose|where|with|per|each|above|below|for|to|are\s+un))"
_ABOUT_ALL = re.compile(
    rf"\b(?:all(?:\s+(?:of\s+)?(?:the|its))?|(?:protocol|spec|specification|document|module|model"
    rf"|pattern|layer|it|log|system|store|state|machine|models|tools)\s+(?:has|defines|declares|specifies|states"
    rf"|comprises|models|contains|maintains|assumes|needs|requires"
    rf"|(?:must|shall|should)\s+(?:provide|offer|support|implement)"
    rf"|is\s+(?:model[- ])?(?:checked|verified)\s+(?:against|for)"
    rf"|consists\s+of|is\s+described\s+by|provides|offers|lists|relies\s+on|checks?|verif(?:y|ies)))"
    rf"(?:\s+the\s+following)?\s+{NUMBER}\s+(?:(?:numbered|protocol|atomic|named|abstract|basic|distinct|different)\s+)?{_NOUNS}\b{_PART}",
    re.IGNORECASE,
)
_THERE_ARE = re.compile(
    rf"^(?:there\s+are\s+)?{NUMBER}\s+{_NOUNS}"
    r"(?:\s+(?:besides|beside|apart\s+from|in\s+addition\s+to|not\s+counting)\s+(?:the\s+)?"
    r"(?:type\s+invariant|`?Type\w+`?))?\s*[.:]",
    re.IGNORECASE,
)
_IN_TOTAL = re.compile(
    rf"\b{NUMBER}\s+{_NOUNS}\s+(?:in\s+(?:total|all)|altogether)\b", re.IGNORECASE
)
_A_TOTAL_OF = re.compile(rf"\ba\s+total\s+of\s+{NUMBER}\s+{_NOUNS}\b{_PART}", re.IGNORECASE)
_OF_WHICH = re.compile(
    rf"\b{NUMBER}\s+of\s+(?:which|these|them)\s+are\s+(?P<noun>safety|liveness)\s+properties\b",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    rf"(?:^|\.\s+){NUMBER}\s+{_NOUNS}\s+(?:(?:are|is)\s+(?:defined|specified|declared|model+ed|listed"
    r"|required|expected|claimed|guaranteed)|(?:must|should|shall|have\s+to)\s+hold)\b"
    r"(?!\s+(?:in|by|elsewhere|there|only|here)\b)",
    re.IGNORECASE,
)
_CHECKED = re.compile(
    rf"(?:^|\.\s+){NUMBER}\s+(?P<noun>safety|liveness)(?=(?:\s+properties)?,?\s+and\s+\w+\s+"
    r"(?:safety|liveness)\s+properties\s+(?:are|must\s+be)\s+(?:checked|verified|stated|defined))",
    re.IGNORECASE,
)
_ALL_KINDS = re.compile(
    rf"\ball\s+(?:the\s+)?{NUMBER}\s+(?P<noun>safety|liveness)"
    r"(?=(?:\s+properties)?,?\s+and\s+(?:all\s+)?\w+\s+(?:safety|liveness)\s+properties\b)",
    re.IGNORECASE,
)
"""All of one kind and all of the other: *All 5 safety and 3 liveness properties hold*."""
_IN_HEADING = re.compile(rf"{_NOUNS}\s*\((?P<number>\d{{1,3}})\)", re.IGNORECASE)
_NEXT = re.compile(
    rf"(?:\s*\([^()]{{0,40}}\))?\s*(?:[,;:(\u2013\u2014]\s*(?:and\s+)?|and\s+){NUMBER}\s+"
    rf"{_NOUNS[:-1]}|(?:safety|liveness)(?=\s*(?:,|and)\s|\s*[.;)]|$))\b{_PART}",
    re.IGNORECASE,
)
_OTHER_NUMBER = NUMBER.replace("number", "other")
_LAST_NUMBER = NUMBER.replace("number", "last")
_FOLLOWING = re.compile(
    rf"(?:\b(?:following|these|in)\s+|(?:^|\.\s+)(?:there\s+are\s+)?){NUMBER}"
    r"(?:\s+[\w-]{3,20}){1,3}(?:\s+(?:are|is)\s+(?:defined|listed|provided|specified|given))?:$"
    r"|(?<!that )(?<!which )(?<!who )\b(?:has|have|offers?|provides?|defines?|consists?\s+of"
    rf"|comprises?)\s+{_OTHER_NUMBER}\s+(?:[\w-]{{3,20}}\s+)?[\w-]{{3,20}}s:$|^there\s+are\s+{_LAST_NUMBER}\s+of\s+them[.:]$",
    re.IGNORECASE,
)


_TABLED = re.compile(
    r"(?:^|\.\s+)(?:(?:the|this)\s+(?:\w+\s+)?(?:model|table|list|matrix|layout|spec(?:ification)?|section"
    r"|interface|program|document|system)\s+(?:has|defines|lists|contains)|(?:there|these)\s+are)"
    rf"(?:\s+a\s+total\s+of)?\s+{NUMBER}\s+(?P<noun>[a-z]+s)\s*[.;:]",
    re.IGNORECASE,
)
"""A sentence about the rows of the table above it: *The model has 15 errors.*"""

_DASH = r"[\N{EM DASH}\N{EN DASH}]"
_LISTED = r"[^.;:!?\N{EM DASH}\N{EN DASH}]+?"
_BEFORE_LIST = re.compile(
    rf"\b(?:{NUMBER}(?:(?:\s+[\w-]{{3,20}}){{0,2}}\s+[\w-]{{2,20}}s|\s+of\s+(?:these|them|which)(?:\s+[\w-]+){{1,6}})"
    r"|(?P<steps>\d{1,2})-(?:step|part|phase)(?:\s+\w+){1,3})"
    rf"\s*(?:\s{_DASH}|:)\s+(?P<list>{_LISTED},{_LISTED})(?=\.(?:\s|$)|\s{_DASH})",
    re.IGNORECASE,
)
_ITEM_BREAK = re.compile(r",(?:\s*(?:and|or)\b)?(?![^()]*\))")
_AND_LAST = re.compile(r"\s(?:and|or)\s(?![^()]*\))")
_ITS = re.compile(rf"\b(?:its|the|all)\s+{NUMBER}\s+(?:\w+\s+)?primitives\b", re.IGNORECASE)
_THE_ABSTRACT = re.compile(
    rf"\bthe\s+{NUMBER}\s+(?:abstract|basic|coordination)\s+(?:coordination\s+)?primitives\b",
    re.IGNORECASE,
)
_IN_CELL = re.compile(rf"\b{NUMBER}\s+(?:\w+\s+)?primitives\b", re.IGNORECASE)
_PRIMITIVES = re.compile(r"(?:coordination )?primitives?", re.IGNORECASE)
_TYPES = re.compile(r"\b(?:Type\w*|typing)\b")
"""The invariant of types, which a document need not have among its properties."""

_NAME_COLUMNS = 2
"""The name of a primitive stands in the first column, or behind a number in the second."""


def wrong_numbers(context: Context) -> Iterator[Finding]:
    """Yield a finding for each number in a document that is not the number of what it counts."""
    told: set[Span | None] = set()
    for finding in _wrong_numbers(context):
        if finding.span not in told:
            told.add(finding.span)
            yield finding


def _wrong_numbers(context: Context) -> Iterator[Finding]:
    document = context.page()
    counts = _counts(context.document)
    models = [len(artefact.spec.actions) for artefact in context.formal.values()]
    outcomes = {count for count in models if count > max(counts["actions"])}
    counts = {**counts, **{noun: counts[noun] | outcomes for noun in ("actions", "transitions")}}
    if _is_typed_in_results_alone(context.document):
        nouns = ("properties", "invariants")
        more = {noun: counts[noun] | {n + 1 for n in counts[noun] if n} for noun in nouns}
        counts = {**counts, **more}
    for passage in (*document.headings(), *document.running()):
        yield from _about_all(context, passage, counts)
        for match, name, size in wrong_sizes(context, passage):
            message = f"the text says {match['number']} for `{name}`, and there are {size}"
            yield _finding(context, passage, *match.span("number"), message)
    for page in context.pages:
        if is_about_it_alone(context, page):
            for passage in page.running():
                yield from _about_all(context, passage, counts)
        tabled = _primitives(page)
        if tabled:
            for passage in page.running():
                yield from _about_all(context, passage, {"primitives": {tabled}})
                yield from _its_primitives(context, passage, tabled)
        yield from _of_linked(context, page)
        yield from _enumerated(context, page)
        yield from _followed(context, page)
        yield from _of_table_above(context, page)
        for passage, start, end, said, lines in line_claims(context, page):
            message = f"the text says {said} lines, and the file has {lines:,}"
            yield _finding(context, passage, start, end, message)


def _is_typed_in_results_alone(document: Spec) -> bool:
    """Say whether a table of results has a row for the types, and nothing states them."""
    stated = any(_is_of_types(each.name) for each in document.properties)
    return not stated and any(_is_of_types(row.property) for row in document.results)


def _is_of_types(name: str) -> bool:
    return "type" in name.lower()


def _counts(document: Spec) -> Mapping[str, set[int]]:
    """Return how many there are of each noun; several numbers where it can be counted in two ways.

    Actions count with or without what splits them, properties with or without TypeOK. What is split
    in the models alone is for the caller.
    """
    properties = [found for found in document.properties if not _is_of_types(found.name)]
    leaves = len(tuple(document.leaf_actions()))
    top = {action.number.rstrip("abcdefgh") for action in document.actions if action.number}
    actions = {len(document.actions), leaves, *([len(top)] if top else [])}
    return {
        "variables": {len(document.variables)},
        "state variables": {len(document.variables)},
        "actions": actions,
        "transitions": actions,
        "properties": {len(properties), len(document.properties)},
        "safety properties": _of_kind(properties, document, "safety"),
        "liveness properties": _of_kind(properties, document, "liveness"),
        "invariants": _invariants(properties, document),
        "constants": {len(document.constants)},
        "helpers": {len(document.helpers)},
        "helper operators": {len(document.helpers)},
    }


def _invariants(properties: list[Property], document: Spec) -> set[int]:
    """Return how many invariants there are, if any: with properties of steps, and with TypeOK."""
    strict = sum("invariant" in stated.kind.lower() for stated in properties)
    kinds = ("invariant", "safety", "action")
    safe = sum(any(kind in stated.kind.lower() for kind in kinds) for stated in properties)
    typed = len(document.properties) - len(properties)
    found = {strict, safe, strict + typed, safe + typed}
    return found if strict else set()


def _of_kind(properties: list[Property], document: Spec, kind: str) -> set[int]:
    found = sum(kind in stated.kind.lower() for stated in properties)
    typed = len(document.properties) - len(properties)
    return {found, found + typed} if kind == "safety" and found else {found}


def _about_all(
    context: Context, passage: Passage, counts: Mapping[str, set[int]]
) -> Iterator[Finding]:
    if passage.kind is PassageKind.HEADING:
        matches = [*_IN_HEADING.finditer(passage.text)]
    else:
        patterns = (
            *(_ABOUT_ALL, _THERE_ARE, _DEFINED, _CHECKED, _ALL_KINDS),
            *(_IN_TOTAL, _A_TOTAL_OF, _OF_WHICH),
        )
        matches = [found for each in patterns for found in each.finditer(passage.text)]
        for start, end, message in wrong_shares(context.document, counts, passage.text):
            yield _finding(context, passage, start, end, message)
        matches += [found for first in matches for found in _listed_behind(first)]
    for match in matches:
        noun = " ".join(match["noun"].lower().split())
        noun = f"{noun} properties" if noun in ("safety", "liveness") else noun
        known = counts.get(noun.removeprefix("coordination ")) or set()
        if noun == "properties" and _TYPES.search(passage.text, match.end()):
            known = known | {max(known, default=0) + 1}
        if known - {0} and value_of(match["number"]) not in known:
            there = " or ".join(map(str, sorted(known)))
            message = f"the text says {match['number']} {noun}, and there are {there}"
            yield _finding(context, passage, match.start("number"), match.end("number"), message)


def _listed_behind(match: re.Match[str]) -> Iterator[re.Match[str]]:
    """Yield the further numbers of a list: `has 7 actions, 5 safety and 3 liveness properties`."""
    found = _NEXT.match(match.string, match.end())
    while found is not None:
        yield found
        found = _NEXT.match(match.string, found.end())


def _enumerated(context: Context, page: Prose) -> Iterator[Finding]:
    """Yield the wrong numbers before lists in a sentence: `three parts: a, b, and c`."""
    for passage in page.running():
        for match in _BEFORE_LIST.finditer(passage.plain()):
            items = [item for item in _ITEM_BREAK.split(match["list"]) if item.strip()]
            said = value_of(match["number"] or match["steps"])
            last = (
                bool(_AND_LAST.search(items[-1])) if items else False
            )  # `b and c` are two, or one
            if min(said, len(items)) > 1 and said not in (len(items), len(items) + last):
                group = "number" if match["number"] else "steps"
                message = f"the text announces {match[group]}, and {len(items)} follow"
                yield _finding(context, passage, *match.span(group), message)


def _of_linked(context: Context, page: Prose) -> Iterator[Finding]:
    """Yield the wrong numbers of primitives in sentences with a link to the page that has them."""
    rows: dict[tuple[int, int], list[Passage]] = {}
    for cell in page.of(PassageKind.CELL):
        rows.setdefault((cell.block, cell.row), []).append(cell)
    for passage in page.running():
        is_cell = passage.kind is PassageKind.CELL
        around = rows[passage.block, passage.row] if is_cell else [passage]
        links = [link for each in around for link in each.links]
        files = {link.target.partition("#")[0].rpartition("/")[2] for link in links}
        linked = [each for each in context.pages if each.path.rpartition("/")[2] in files]
        tabled = {_primitives(each) for each in linked if each.path != page.path} - {0}
        pattern = _IN_CELL if is_cell else _ITS
        for match in pattern.finditer(passage.text) if len(tabled) == 1 else ():
            if value_of(match["number"]) not in tabled:
                message = f"the text says {match['number']} primitives, and there are "
                message += str(*tabled)
                start, end = match.span("number")
                yield _finding(context, passage, start, end, message)


def _its_primitives(context: Context, passage: Passage, tabled: int) -> Iterator[Finding]:
    """Yield the wrong numbers of *the nine primitives* in a page with one table of them."""
    for match in _THE_ABSTRACT.finditer(passage.text):
        if value_of(match["number"]) != tabled:
            message = f"the text says {match['number']} primitives, and there are {tabled}"
            yield _finding(context, passage, *match.span("number"), message)


def _primitives(page: Prose) -> int:
    """Return how many rows the first table of primitives of a page has."""
    headers = [cell for cell in page.of(PassageKind.HEADER) if cell.column < _NAME_COLUMNS]
    for header in headers:
        if _PRIMITIVES.fullmatch(header.text.strip()):
            return max(
                (c.row for c in page.of(PassageKind.CELL) if c.block == header.block), default=0
            )
    return 0


def _followed(context: Context, page: Prose) -> Iterator[Finding]:
    """Yield a finding for each sentence that announces another number of items than follow."""
    for place, passage in enumerate(page.passages):
        is_text = passage.kind is PassageKind.TEXT
        match = _FOLLOWING.search(passage.text.rstrip()) if is_text else None
        if match is None:
            continue
        group = next(name for name in ("number", "other", "last") if match[name])
        written = match[group]
        found = _size(page.passages, place + 1)
        # A table may have a row for more than what the sentence before it counts.
        is_table = any(
            each.kind is PassageKind.HEADER for each in page.passages[place + 1 : place + 2]
        )
        if group == "other" and is_table:
            continue
        if value_of(written) == 1:  # in one step, at one place
            continue
        if found and value_of(written) != found:
            message = f"the text announces {written}, and {found} follow"
            yield _finding(context, passage, *match.span(group), message)


def _of_table_above(context: Context, page: Prose) -> Iterator[Finding]:
    """Yield a finding for each number of errors, say, below a table with another number of them."""
    sizes: dict[str, set[int]] = {}
    for place, passage in enumerate(page.passages):
        if passage.kind is PassageKind.HEADING:
            sizes = {}
        elif passage.kind is PassageKind.HEADER and passage.column == 0:
            rows = _size(page.passages, place)
            sizes.setdefault(f"{passage.text.strip().lower()}s", set()).add(rows)
        elif passage.kind is PassageKind.TEXT:
            for match in _TABLED.finditer(passage.text):
                known = sizes.get(match["noun"].lower(), set())
                if len(known) == 1 and value_of(match["number"]) not in known:
                    message = f"the text says {match['number']} {match['noun']}, and the table "
                    message += f"above has {next(iter(known))}"
                    yield _finding(context, passage, *match.span("number"), message)


def is_about_table(passage: Passage) -> bool:
    """Say whether a sentence of a paragraph counts the rows of a table above it."""
    return _TABLED.search(passage.text) is not None


def _size(passages: tuple[Passage, ...], place: int) -> int:
    """Return the number of items of a list, or of rows of a table, that begins at a place."""
    first = passages[place] if place < len(passages) else None
    if first is None:
        return 0
    if first.kind is PassageKind.HEADER:
        return max((cell.row for cell in passages[place:] if cell.block == first.block), default=0)
    count = 0
    for passage in passages[place:]:
        if passage.kind is PassageKind.ITEM and passage.level == first.level:
            count += 1
        elif passage.level < first.level or passage.kind is PassageKind.HEADING:
            break
    return count


def _finding(context: Context, passage: Passage, start: int, end: int, message: str) -> Finding:
    span = passage.span(start, end)
    return CODE.finding(
        message, span, excerpt=context.excerpt(span), hint="correct the number, or the list"
    )
