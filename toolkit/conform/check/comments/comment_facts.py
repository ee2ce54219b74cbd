r"""What comments of models say of the code under them: names, values, bounds, arrows, fairness.

A comment is compared with what the model itself has, so that it is wrong wherever the document
stands. What a comment does not say in one of these forms is not looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate

from msgspec import Struct

from conform.check.cf250_comment_claim import CODE
from conform.check.comments.model_comments import CommentLine, Remark, remarks_of
from conform.check.context import Context, FormalArtefact
from conform.check.texts.number_words import NUMBER, value_of
from conform.check.texts.parameter_tables import size_in, words_for
from conform.domain.finding import Finding
from conform.domain.spec import Spec
from conform.text import Source, Span, nearest

_LISTED = re.compile(
    r"\s*(?:(?:state\s+)?variables|constants|parameters|actions|(?:safety\s+|liveness\s+)?properties"
    r"|safety|liveness|invariants|assertions)\s*:\s*"
    r"(?P<names>[A-Za-z]\w*(?:\s*(?:,\s*and\b|,|\band\b)\s*[A-Za-z]\w*)+)\s*[.,]?\s*",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"(?<![\w.])(?P<name>[A-Za-z]\w*)\s*(?P<verb>=|\bis\b|:|(?<=\w)\s(?=\d))\s*(?P<value>\d+)(?!\w|\.\d)"
)
_SUPPOSED = re.compile(r"\b(?:if|when|with|for|where|unless|than|e\.g\.)\s*$", re.IGNORECASE)
_INITIAL = re.compile(
    r"(?:(?P<name>[A-Za-z]\w*)\s+(?:is\s+)?|^|[,;(]\s*)"
    r"(?:starts|begins|initially)(?:\s+(?:at|with|as|from))?\s+"
    r"(?P<value>\d+|\"\w+\"|[A-Z][A-Z_]+)(?!\w|\.\d)"
)
_DECLARED = re.compile(r"\s*(?:VARIABLES?\s+)?(?P<name>[^\W\d]\w*)\s*,?\s*")
_SIMPLE = re.compile(r"(?:all\s+|.*(?:\|->|:=)\s*)?[\"'`]?(?P<value>\w+)[\"'`]?\s*\]?", re.DOTALL)
_ARROW = re.compile(
    r"\b(?P<source>[A-Z][A-Z_]+)\s*(?:-+>|=>|\N{RIGHTWARDS ARROW})\s*(?P<target>[A-Z][A-Z_]+)\b"
)
_STATE = re.compile(
    r"(?<![\w.])(?P<name>[a-z]\w*)(?:\[[^\[\]]*\])?\s*(?:==?|\bis\b)\s*\"?(?P<value>[A-Z][A-Z_]+)\b"
)
_NAMES = r"(?P<names>(?-i:[A-Z])\w+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?-i:[A-Z])\w+)*)"
_FAIR = re.compile(
    rf"\b(?P<kind>weak|strong|none|no)(?:ly)?\s+(?:fair(?:ness)?\s+)?(?:on|of|for)\s+{_NAMES}",
    re.IGNORECASE,
)
_UNFAIR = re.compile(r"\b(?P<names>[A-Z]\w+)\s+(?:has|gets)\s+(?P<kind>no)\s+fairness\b")
_IN_CASE = re.compile(r"(?<![\w.])(?P<value>-?\d+)\s+(?:if|when|for\s+none|otherwise|where)\b")
"""What a function returns in some case: *-1 if there is none*."""

_HEAD = re.compile(
    r"\s*(?:Action\s+\w+\s*[:.]?\s*)?(?P<name>(?:[A-Z]+[a-z0-9]+){2,})\s*(?:\([^()]*\))?\s*"
    r"(?::|-{2,3}|[\N{EM DASH}\N{EN DASH}])"
)
_RANGE = re.compile(r"(?<![\w.])(?P<what>\w+\s*\.\.\s*\w+(?:\s*[+-]\s*\w+)?)(?![\w.])")
_DOMAIN = re.compile(r"\b(?P<what>[A-Z]\w*)\s*(?:->|\N{RIGHTWARDS ARROW})")
_SIZE = re.compile(rf"\b{NUMBER}\s+(?P<noun>[a-z]{{3,30}})\b", re.IGNORECASE)
_TOUCHED = re.compile(
    r"\b(?:changes|updates|modifies|touches|writes)\s+(?P<first>only\s+)?"
    r"(?P<names>[a-z]\w+(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+)[a-z]\w+)*?)(?P<last>\s+(?:only|alone))?(?=\s*(?:[.;,)]|$))",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\(\*.*?\*\)|\\\*[^\n]*|#[^\n]*", re.DOTALL)
_TOP = re.compile(r"\S")
_HINT = "correct the comment"


class _Model(Struct, frozen=True):
    """One model: what it declares, its text, the words of that outside of comments, its document.

    The names in the document are among the words.
    """

    artefact: FormalArtefact
    source: Source
    words: frozenset[str]
    document: Spec

    @property
    def spec(self) -> Spec:
        return self.artefact.spec


def facts_in_comments(context: Context) -> Iterator[Finding]:
    """Yield a finding for each comment of a model that its own code contradicts."""
    document = context.document
    known = _names_of(document)
    for artefact in context.formal.values():
        for path in (*artefact.paths(), *(each.path for each in artefact.configurations)):
            source = context.sources.get(path)
            if source is None:
                continue
            bare = _COMMENT.sub("", source.text)
            model = _Model(artefact, source, frozenset(re.findall(r"\w+", bare)) | known, document)
            for remark in remarks_of(source, context):
                for span, message, close in (*_of_lines(model, remark), *_of_all(model, remark)):
                    hint = f"did you mean `{close}`?" if close else _HINT
                    yield CODE.finding(message, span, excerpt=context.excerpt(span), hint=hint)


_Placed = tuple[Span, str, str | None]
"""The place of what is wrong in a comment, what is wrong, and the name that it may mean."""


def _of_lines(model: _Model, remark: Remark) -> Iterator[_Placed]:
    for line in remark.lines:
        for start, end, message, close in _contradicted(model, remark, line):
            yield line.span(start, end), message, close


def _of_all(model: _Model, remark: Remark) -> Iterator[_Placed]:
    """Yield what a remark says in sentences that may go on in the next line, and by its numbers."""
    text = " ".join(line.text for line in remark.lines)
    starts = [*accumulate((len(line.text) + 1 for line in remark.lines), initial=0)]
    for start, end, message, close in (
        *fairness_said(model.spec, text),
        *_not_returned(model, remark, text),
    ):
        at = bisect_right(starts, start) - 1
        line = remark.lines[at]
        first, last = start - starts[at], min(end - starts[at], len(line.text))
        yield line.span(first, last), message, close


def _not_returned(model: _Model, remark: Remark, text: str) -> Iterator[_Wrong]:
    """Yield the number that a function is said to return in some case, and returns in none."""
    if not remark.about or remark.is_behind_code:
        return
    body = _body(model.source, remark)
    returned = set(re.findall(r"\breturn\s+(-?\d+)\s*$", body, re.MULTILINE))
    for match in _IN_CASE.finditer(text) if returned else ():
        if match["value"] not in returned:
            there = " or ".join(sorted(returned))
            yield *match.span("value"), f"`{remark.about}` returns {there}", None


_Wrong = tuple[int, int, str, str | None]
"""A part of a comment's line, what is wrong with it, and the name that it may mean."""


def _names_of(spec: Spec) -> frozenset[str]:
    names = [leaf.name for action in spec.actions for leaf in (action, *action.leaves())]
    names += [each.name for each in spec.constants] + [each.name for each in spec.variables]
    names += [each.name for each in spec.properties] + [each.name for each in spec.helpers]
    return frozenset(names)


def _contradicted(model: _Model, remark: Remark, line: CommentLine) -> Iterator[_Wrong]:
    yield from _unknown_names(model, line)
    yield from _bounds(model, line)
    if remark.is_behind_code:
        yield from _types(model, line)
    yield from _initials(model, remark, line)
    if remark.about and not remark.is_behind_code:
        yield from _of_action(model, remark, line)


def _unknown_names(model: _Model, line: CommentLine) -> Iterator[_Wrong]:
    """Yield the names in a list that nothing has, if most of the list are of the model."""
    match = _LISTED.fullmatch(line.text)
    names = list(re.finditer(r"\w+", match["names"])) if match else []
    found = [each for each in names if each[0] != "and"]
    unknown = [each for each in found if each[0] not in model.words]
    if match and 2 * len(unknown) < len(found):
        for each in unknown:
            start = match.start("names") + each.start()
            close = nearest(each[0], sorted(model.artefact.known_names()))
            message = f"`{each[0]}` is neither in the model nor in the document"
            yield start, start + len(each[0]), message, close


def _bounds(model: _Model, line: CommentLine) -> Iterator[_Wrong]:
    """Yield the values of constants that no configuration, or not the one that is named, gives.

    Without a configuration `MaxBatch = 1` may say what would be so; *is* says what is.
    """
    artefact = model.artefact
    files = artefact.configurations
    said = [each for each in files if each.path == line.path] or [
        each for each in files if _is_named(line.text, each.name, words_for(each, artefact))
    ]
    bound = [each.bindings for each in (said if len(said) == 1 else files)] or [artefact.bindings]
    constants = {each.name for each in model.spec.constants}
    for match in _BOUND.finditer(line.text):
        values = {each[match["name"]].value for each in bound if match["name"] in each}
        is_told = len(said) == 1 or match["verb"] == "is"
        if _SUPPOSED.search(line.text[: match.start()]) or not is_told:
            continue
        is_number = values and all(each.isdecimal() for each in values)
        if match["name"] in constants and is_number and match["value"] not in values:
            there = " or ".join(sorted(values))
            yield *match.span("value"), f"`{match['name']}` is {there}", None
    if line.path != (said[0].path if said else "") and len(said) == 1:
        for match in _SIZE.finditer(line.text):
            size = size_in(said[0], match["noun"].lower())
            if size is not None and size != value_of(match["number"]):
                yield *match.span(), f"there are {size} in {said[0].path}", None


def _is_named(text: str, name: str, words: list[str]) -> bool:
    return any(re.search(rf"\b{re.escape(each)}\b", text, re.IGNORECASE) for each in (name, *words))


def _initials(model: _Model, remark: Remark, line: CommentLine) -> Iterator[_Wrong]:
    stated = {each.name: each.initial_text for each in model.document.variables}
    own = {each.name: each.initial_text for each in model.spec.variables if each.initial_text}
    declared = _declared(model, line) if remark.is_behind_code else ""
    for match in _INITIAL.finditer(line.text):
        name = match["name"] or declared
        given = _SIMPLE.fullmatch({**stated, **own}.get(name, "").strip())
        value = match["value"].strip('"')
        if given and _is_comparable(given["value"], value) and given["value"] != value:
            yield *match.span("value"), f"`{name}` is {given['value']} to begin with", None


def _declared(model: _Model, line: CommentLine) -> str:
    """Return the variable that the code in front of a comment declares, nothing for another."""
    match = _DECLARED.fullmatch(re.split(r"\\\*|#", model.source.line(line.line))[0])
    return match["name"] if match else ""


def _types(model: _Model, line: CommentLine) -> Iterator[_Wrong]:
    """Yield the range, and the domain, that a comment gives the variable beside it otherwise."""
    name = _declared(model, line)
    types = [each.type_text for each in model.document.variables if each.name == name]
    constants = {each.name for each in model.document.constants} | {
        each.name for each in model.spec.constants
    }
    for pattern in (_RANGE, _DOMAIN) if types else ():
        said = list(pattern.finditer(line.text))
        stated = [re.sub(r"\s", "", each["what"]) for each in pattern.finditer(types[0])]
        if len(said) != 1 or len(stated) != 1:
            continue
        value = re.sub(r"\s", "", said[0]["what"])
        is_known = pattern is _RANGE or {value, stated[0]} <= constants
        if value != stated[0] and is_known:
            yield *said[0].span("what"), f"`{name}` has {stated[0]} in the document", None


def _is_comparable(one: str, other: str) -> bool:
    """Say whether both are numbers, or both names in capitals."""
    return one.isdecimal() == other.isdecimal() and (one.isdecimal() or one.isupper())


def fairness_said(spec: Spec, text: str) -> Iterator[_Wrong]:
    """Yield the actions of a model to which a text gives another fairness than it has."""
    assumed: dict[str, set[str]] = {}
    for each in spec.fairness:
        assumed.setdefault(each.action, set()).add(each.kind)
    actions = {leaf.name for action in spec.actions for leaf in (action, *action.leaves())}
    is_apart = any(each.kind != "none" for each in spec.fairness) and not any(
        each.is_joint for each in spec.fairness
    )
    for match in (*_FAIR.finditer(text), *_UNFAIR.finditer(text)) if is_apart else ():
        kind = "none" if match["kind"].lower() in ("no", "none") else match["kind"].lower()
        for named in re.finditer(r"\w+", match["names"]):
            own = assumed.get(named[0], {"none"})
            if named[0] in actions and kind not in own:
                start = match.start("names") + named.start()
                what = " and ".join(sorted(own)).replace("none", "no")
                message = f"`{named[0]}` has {what} fairness"
                yield start, start + len(named[0]), message, None


def _of_action(model: _Model, remark: Remark, line: CommentLine) -> Iterator[_Wrong]:
    """Yield what the definition below a comment contradicts: its name, arrows and states."""
    head = _HEAD.match(line.text) if line is remark.lines[0] else None
    if head and head["name"] not in model.words and nearest(head["name"], [remark.about]):
        message = f"the definition below is `{remark.about}`"
        yield *head.span("name"), message, remark.about
    body = _body(model.source, remark)
    yield from _touched(model, line, body)
    used = _used(model.artefact, remark.about, body)
    if used is None:
        return
    texts = frozenset(re.findall(r"[\"']?\b([A-Z][A-Z_]+)\b", body + used))
    for match in _ARROW.finditer(line.text):
        ends = {match["source"], match["target"]}
        lacking = ends - texts
        others = texts - ends
        if len(lacking) == 1 and ends <= model.words and others and lacking != {match["source"]}:
            yield (
                *match.span("target"),
                f"`{remark.about}` has nothing of `{match['target']}`",
                None,
            )
    asked = _states_asked(body)
    for match in _STATE.finditer(line.text):
        values = asked.get(match["name"], frozenset())
        is_other = match["value"] in model.words and match["value"] not in texts
        if values and is_other:
            there = " or ".join(sorted(values))
            yield *match.span("value"), f"`{remark.about}` looks for {there}", None


def _touched(model: _Model, line: CommentLine, body: str) -> Iterator[_Wrong]:
    """Yield the variables that a definition changes, where a comment says that others are all."""
    variables = {each.name for each in model.spec.variables}
    primed = variables & set(re.findall(r"\b(\w+)'", body))
    for match in _TOUCHED.finditer(line.text):
        named = {*re.findall(r"\w+", match["names"])} - {"and"}
        further = sorted(primed - named)
        if (match["first"] or match["last"]) and named <= variables and further:
            yield *match.span("names"), f"`{further[0]}` is changed as well", None


def _used(artefact: FormalArtefact, own: str, body: str) -> str | None:
    """Return the formulas of the definitions that a text uses, None where one is not known."""
    words = set(re.findall(r"\w+", body)) - {own}
    texts = [artefact.definitions[name].text for name in sorted(words & set(artefact.definitions))]
    return " ".join(texts) if all(texts) else None


def _body(source: Source, remark: Remark) -> str:
    """Return the definition below a remark without its comments, to the next one at the margin."""
    lines = source.lines()[remark.lines[-1].line :]
    end = next(
        (at for at, text in enumerate(lines[1:], 1) if _TOP.match(text) or text.startswith("--")),
        len(lines),
    )
    return _COMMENT.sub("", "\n".join(lines[:end]))


def _states_asked(body: str) -> Mapping[str, frozenset[str]]:
    """Return the states that a formula, or a program, compares each variable with."""
    found: dict[str, set[str]] = {}
    for match in re.finditer(
        r"\b(?P<name>[a-z]\w*)(?P<next>')?(?:\[[^\[\]]*\])?\s*(?:==?|\\in\s*\{|in\s*\[)"
        r"(?P<values>[^\n]*)",
        body,
    ):
        if not match["next"]:
            values = re.findall(r"[\"']?\b([A-Z][A-Z_]+)\b", match["values"])
            found.setdefault(match["name"], set()).update(values)
    return {name: frozenset(values) for name, values in found.items()}
