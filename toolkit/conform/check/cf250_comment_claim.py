r"""A comment of a model states a number of things, a file or a part that is not there.

What it means
    A comment says how many actions, variables or properties there are, and there are more or fewer;
    or it names a file of the project that does not exist, or a document in another version than the
    document states; or a range of actions or a label that the document does not have, or a range of
    all safety or liveness properties that ends before the last of them. It was true once.

    Likewise a list *Variables: a, b, c* with a name that nothing has; the value of a constant, or
    the first value, range or domain of a variable; weak, strong or no fairness of an action; and
    above an action its name, an arrow `IDLE -> BUSY`, a state that it looks for, or that it changes
    one variable *only*, where the formula has it otherwise; a number that a function is said to
    return in some case, and never does; and, beside a declaration or above a helper, the opposite
    of what the document's description has: *last* for *first*, *exclusive* for *inclusive*.
    So is that deadlock checking is on or off, that symmetry is used or not, and that something is
    not modelled which is an action.

Example
    (* 12 actions, 9 safety properties.  See specs/lamp-protocol.md *)

What to do
    Correct the comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from conform.check.columns import Role
from conform.check.comments.model_comments import CommentLine, model_sources, remarks_of
from conform.check.comments.stated_versions import other_versions
from conform.check.context import Context
from conform.check.files.project_files import ProjectFiles
from conform.check.texts.number_words import NUMBER, value_of
from conform.check.texts.numbering import sections_of
from conform.check.texts.parameter_tables import size_in
from conform.check.texts.section_references import SECTIONS, each_number, is_elsewhere
from conform.domain.finding import Code, Finding
from conform.domain.spec import Spec
from conform.text import nearest

CODE = Code("CF250", "comment that states what is not there")

_COUNTED = re.compile(
    rf"\b{NUMBER}\s+(?P<whose>(?:protocol|numbered|TLA\+|Fizzbee|Fizz|formal|spec)\s+)?"
    r"(?P<noun>actions|state\s+variables|variables|(?:safety|liveness)\s+properties"
    r"|(?:safety\s+)?assertions)\b"
    r"(?!\s+(?:that|which|of|in(?!\s+(?:all|total))|on|from|whose|where|with|per|each|above|below"
    r"|for|to|are))",
    re.IGNORECASE,
)
_BOTH = re.compile(
    rf"\b{NUMBER.replace('<number>', '<safety>')}\s+safety\s+(?:properties\s+)?(?:and|,)\s+"
    rf"{NUMBER.replace('<number>', '<liveness>')}\s+liveness\s+properties\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:^|[.:;,(]|\b(?:all|has|have|models?|modell?ed\s+(?:as|by)|defines?|implements?|and|checks?))"
    r"(?:\s+(?:the|its))?\s*$",
    re.IGNORECASE,
)
"""What stands before a number that counts all there are, and not some of them."""

_SIZE = re.compile(rf"\b{NUMBER}\s+(?P<noun>[a-z]{{3,30}})\b", re.IGNORECASE)
_PATH = re.compile(
    r"(?<![\w./:-])(?:\.{1,2}/)*(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.(?:md|tla|cfg|fizz)\b(?![\w/])"
)
_RANGE = re.compile(
    r"\b(?P<series>[SL])(?P<first>\d{1,2})\s*[-\N{EN DASH}]\s*(?P=series)(?P<last>\d{1,2})\b"
)
_ALL_OF_KIND = re.compile(
    r"\b(?:safety|liveness)\s+properties,?\s+\(?(?P<series>[SL])1\s*"
    r"(?:[-\N{EN DASH}]|\.\.\.?|to|through)\s*(?P=series)(?P<last>\d{1,2})\b"
    r"(?!\s*,?\s*(?:and|[SL]\d))",
    re.IGNORECASE,
)
"""All properties of a kind by their labels: `liveness properties L1-L3`."""
_ACTIONS = re.compile(
    r"\bActions?\s+(?P<first>\d{1,3})\s*(?:[-\N{EN DASH}]|to\b|through\b)\s*(?P<last>\d{1,3})\b",
    re.IGNORECASE,
)


def wrong_comments(context: Context) -> Iterator[Finding]:
    """Yield a finding for each number, file and range in a comment that is wrong."""
    files = ProjectFiles(context.root)
    for source in model_sources(context):
        for remark in remarks_of(source, context):
            for line in remark.lines:
                yield from _counts(context, line)
                yield from _sizes(context, line)
                yield from _files(context, files, line)
                yield from _ranges(context, line)
                yield from _short_ranges(context, line)
                yield from _versions(context, line)
                yield from _sections(context, line)


def _counts(context: Context, line: CommentLine) -> Iterator[Finding]:
    for match in _BOTH.finditer(line.text):
        for sort in ("safety", "liveness"):
            known = _numbers(context, line.path, "", f"{sort} properties")
            if known and value_of(match[sort]) not in known:
                there = " or ".join(map(str, sorted(known)))
                message = f"the comment says {match[sort]} {sort} properties, and there are {there}"
                span = line.span(*match.span(sort))
                yield CODE.finding(message, span, excerpt=context.excerpt(span), hint=_HINT)
    for match in _COUNTED.finditer(line.text):
        if not _WHOLE.search(line.text[: match.start()]):
            continue
        noun = " ".join(match["noun"].lower().split())
        known = _numbers(context, line.path, (match["whose"] or "").strip().lower(), noun)
        if known and value_of(match["number"]) not in known:
            there = " or ".join(map(str, sorted(known)))
            message = f"the comment says {match['number']} {noun}, and there are {there}"
            span = line.span(match.start("number"), match.end("number"))
            yield CODE.finding(message, span, excerpt=context.excerpt(span), hint=_HINT)


def _numbers(context: Context, path: str, whose: str, noun: str) -> set[int]:
    """Return how many there are: in the document, or in the model that the comment is in."""
    own = next((a.spec for a in context.formal.values() if path in a.paths()), None)
    if whose in ("tla+", "fizzbee", "fizz"):
        role = Role.TLAPLUS if whose == "tla+" else Role.FIZZBEE
        artefact = context.formal.get(role)
        return _counted(artefact.spec)[noun] if artefact else set()
    found = _counted(context.document)[noun]
    if not whose and own is not None:
        found = found | _counted(own)[noun]
    return found - {0}


def numbers_of_constructs(context: Context) -> Mapping[str, set[int]]:
    """Return how many there are of each kind, in the document and in each of the models."""
    found: dict[str, set[int]] = {}
    for spec in (context.document, *(artefact.spec for artefact in context.formal.values())):
        for noun, numbers in _counted(spec).items():
            found.setdefault(noun, set()).update(numbers - {0})
    return found


def _sizes(context: Context, line: CommentLine) -> Iterator[Finding]:
    """Yield the numbers of elements in a configuration's comment: `3 workers` beside two."""
    artefact = context.formal.get(Role.TLAPLUS)
    files = [each for each in artefact.configurations if each.path == line.path] if artefact else []
    for file in files:
        for match in _SIZE.finditer(line.text):
            size = size_in(file, match["noun"].lower())
            if size is not None and size != value_of(match["number"]):
                span = line.span(match.start("number"), match.end("noun"))
                message = f"the comment says {match[0]}, and there are {size}"
                yield CODE.finding(message, span, excerpt=context.excerpt(span), hint=_HINT)


def _counted(spec: Spec) -> Mapping[str, set[int]]:
    numbers = {action.number.rstrip("abcdefgh") for action in spec.actions if action.number}
    actions = {len(spec.actions), len(tuple(spec.leaf_actions()))}
    kinds = [found.kind.lower() for found in spec.properties if "type" not in found.name.lower()]
    labels = [found.label[:1] for found in spec.properties]
    safety = sum(label == "S" for label in labels) or sum("safety" in kind for kind in kinds)
    liveness = sum(label == "L" for label in labels) or sum("liveness" in kind for kind in kinds)
    return {
        "actions": actions | ({len(numbers)} if numbers else set()),
        "variables": {len(spec.variables)},
        "state variables": {len(spec.variables)},
        "safety properties": {safety} - {0},
        "safety assertions": {safety} - {0},
        "assertions": {len(spec.properties)} - {0},
        "properties": {safety + liveness, len(kinds), len(spec.properties)} - {0},
        "liveness properties": {liveness} - {0},
    }


def _files(context: Context, files: ProjectFiles, line: CommentLine) -> Iterator[Finding]:
    for match in _PATH.finditer(line.text):
        text = match[0]
        folder = PurePosixPath(line.path).parent
        bare = text.replace("../", "").replace("./", "")
        there = files.has(files.root / bare) or files.has(files.root / folder / text)
        if there or files.has_ending(bare):
            continue
        close = nearest(bare.rpartition("/")[2], files.names)
        if "/" in bare or close:
            span = line.span(match.start(), match.end())
            yield CODE.finding(
                f"there is no `{text}` in the project",
                span,
                excerpt=context.excerpt(span),
                hint=f"did you mean `{close}`?" if close else _HINT,
            )


def _ranges(context: Context, line: CommentLine) -> Iterator[Finding]:
    labels = {found.label for found in context.document.properties if found.label}
    numbers = {action.number.rstrip("abcdefgh") for action in context.document.actions} - {""}
    for match in _RANGE.finditer(line.text) if labels else ():
        ends = [f"{match['series']}{match[end]}" for end in ("first", "last")]
        if missing := [end for end in ends if end not in labels]:
            message = f"the document has no property {missing[0]}"
            yield _range_finding(context, line, match, message)
    for match in _ACTIONS.finditer(line.text) if numbers else ():
        if missing := [match[end] for end in ("first", "last") if match[end] not in numbers]:
            yield _range_finding(context, line, match, f"the document has no action {missing[0]}")


def _short_ranges(context: Context, line: CommentLine) -> Iterator[Finding]:
    labels = [found.label for found in context.document.properties if found.label[1:].isdigit()]
    for match in _ALL_OF_KIND.finditer(line.text):
        series = match["series"].upper()
        last = max((int(each[1:]) for each in labels if each[0] == series), default=0)
        if int(match["last"]) < last:
            message = (
                f"the comment ends at {series}{match['last']}, and the document has {series}{last}"
            )
            yield _range_finding(context, line, match, message)


def _versions(context: Context, line: CommentLine) -> Iterator[Finding]:
    for match, own in other_versions(context, line):
        message = f"the comment names version {match['number']}, and `{match['file']}` is {own}"
        yield _range_finding(context, line, match, message)


def _sections(context: Context, line: CommentLine) -> Iterator[Finding]:
    """Yield the sections that the document does not have, where its sections are numbered."""
    known = {number.text for number in sections_of(context.page())}
    for match in SECTIONS.finditer(line.text) if known else ():
        missing = [number for _start, number in each_number(match) if number not in known]
        if missing and not is_elsewhere(match):
            message = f"the document has no section {missing[0]}"
            yield _range_finding(context, line, match, message)


def _range_finding(
    context: Context, line: CommentLine, match: re.Match[str], message: str
) -> Finding:
    span = line.span(match.start(), match.end())
    return CODE.finding(message, span, excerpt=context.excerpt(span), hint=_HINT)


_HINT = "correct the comment"
