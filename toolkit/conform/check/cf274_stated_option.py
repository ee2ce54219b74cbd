"""A document says of an option of FizzBee's search what the search does not have.

What it means
    A sentence, a table or a comment gives a value to `max_actions`, `max_concurrent_actions`,
    `crash_on_yield`, `deadlock_detection` or `liveness`, and the front matter and `fizz.yaml` give
    another, or none, so that FizzBee's own value holds. The verdicts are then those of another
    search than the one that is described.

Example
    FizzBee runs with `max_actions: 40`.     beside     max_actions: 30     in fizz.yaml

What to do
    Correct the sentence, or the option. What speaks of another run is no such claim: a sentence
    with *raise*, *would*, *default* or the like, and one in a document about several protocols that
    does not name this protocol's file, unless it speaks of all specifications or of what stands in
    `fizz.yaml`, and `fizz.yaml` beside them has the option.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from conform.check.columns import Role
from conform.check.comments.model_comments import remarks_of
from conform.check.context import Binding, Context, FormalArtefact
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind, Prose
from conform.text import Span

CODE = Code("CF274", "option of FizzBee has another value")

_KEYS = "max_?actions|max_?concurrent_?actions|crash_?on_?yield|deadlock_?detection|liveness"
_KEY = re.compile(rf"(?:{_KEYS})", re.IGNORECASE)
_VALUE = re.compile(r"\d+|true|false|strict|nondeterministic|eventual", re.IGNORECASE)
_CLAIM = re.compile(
    rf"(?<![\w.#-])(?P<key>{_KEYS})[`\"']?(?:\s*[:=]\s*|\s+(?:(?:is|are|stays)\s+)?"
    rf"(?:(?:set\s+to|of|at|to)\s+)?)(?P<value>{_VALUE.pattern})(?!\w|\.\d)",
    re.IGNORECASE,
)
_SWITCH = re.compile(
    r"\bdeadlock[- _](?:detection|check(?:ing|s)?)\s+(?:is|are|stays?|remains?)\s+"
    r"(?:switched\s+|turned\s+)?(?P<value>disabled|off|enabled|on)\b",
    re.IGNORECASE,
)
_SWITCHED = {"disabled": "false", "off": "false", "enabled": "true", "on": "true"}
_ANOTHER_RUN = re.compile(
    r"\b(?:rais\w*|increas\w*|lower\w*|reduc\w*|larger|smaller|instead|default\w*|would|could|may"
    r"|can|might|must|should|if|when|unless|until|e\.g|example|try|up\s+to|formerly|once|was)\b",
    re.IGNORECASE,
)
_TLC = re.compile(r"\bTL[AC]\b|\bboth\b", re.IGNORECASE)
_OPTION_ALONE = re.compile(rf"\s*(?:{_KEYS})\s*:\s*\S+\s*", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\b(?:all|every|both|each)\s+(?:\w+\s+)?(?:spec\w*|models?|protocols?|files?)\b", re.IGNORECASE
)
_OF_FILE = re.compile(r"\bin\s+`?(?:[\w.-]+/)*fizz\.ya?ml\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;!?](?:\s|$)")


def _fits(key: str, value: str) -> bool:
    """Whether a value is of the kind that an option has: `liveness: 3` counts properties."""
    if key == "liveness":
        return value in ("strict", "nondeterministic", "eventual")
    return value.isdecimal() == key.startswith("max")


def misstated_options(context: Context) -> Iterator[Finding]:
    """Yield a finding for each value of an option that is not the one of the search."""
    artefact = context.formal.get(Role.FIZZBEE)
    if artefact is None or not artefact.settings:
        return
    known = {key.replace("_", ""): (key, bound) for key, bound in artefact.settings.items()}
    for span, key, value, of_all in _claims(context, artefact):
        name, bound = known[key.replace("_", "").lower()]
        if of_all and not bound.span.path.endswith("fizz.yaml"):
            continue
        if _fits(name, value.lower()) and value.lower() != bound.value:
            yield CODE.finding(
                f"`{name}` is {value} here, and {bound.value} in the search",
                span,
                excerpt=context.excerpt(span),
                details=(f"{_whence(artefact, bound)} {bound.value}  at {bound.span}",),
                hint="correct the text, or the option",
            )


def _whence(artefact: FormalArtefact, bound: Binding) -> str:
    is_default = bound.span == artefact.whole()
    return "FizzBee's own value, as nothing else is said:" if is_default else "the option:"


def _claims(context: Context, artefact: FormalArtefact) -> Iterator[tuple[Span, str, str, bool]]:
    """Yield the place, the key and the value of what documents and comments say.

    The fourth is True for what is said of all specifications of FizzBee, and not of this one.
    """
    own = {document.path for document in context.documents[:1]}
    stem = PurePosixPath(artefact.spec.path).stem
    for page in context.pages:
        by_action = {
            passage.block
            for passage in page.of(PassageKind.CODE)
            if "action_options" in passage.text or "actionOptions" in passage.text
        }
        for passage in page.passages:
            is_by_action = passage.kind is PassageKind.CODE and passage.block in by_action
            is_of_it = page.path in own or _names(page, passage, stem)
            is_of_all = "fizz" in passage.text.lower() and (
                _OF_ALL.search(passage.text) or _OF_FILE.search(passage.text)
            )
            if not is_by_action and (is_of_it or is_of_all):
                for claim in _in_passage(page, passage):
                    yield *claim, not is_of_it
    source = context.sources.get(artefact.spec.path)
    for remark in remarks_of(source) if source else ():
        for line in remark.lines:
            if not _OPTION_ALONE.fullmatch(line.text):  # an option that is commented out
                for start, end, key, value in _in_text(line.text):
                    yield line.span(start, end), key, value, False


def _names(page: Prose, passage: Passage, stem: str) -> bool:
    """Whether a passage, or the row of a table that it is in, names the specification's file."""
    texts = [passage.text]
    if passage.kind is PassageKind.CELL:
        at = (passage.block, passage.row)
        texts = [c.text for c in page.of(PassageKind.CELL) if (c.block, c.row) == at]
    return any(f"{stem}.fizz" in text for text in texts)


def _in_passage(page: Prose, passage: Passage) -> Iterator[tuple[Span, str, str]]:
    for start, end, key, value in _in_text(passage.text):
        yield passage.span(start, end), key, value
    if passage.kind is PassageKind.CELL and _KEY.fullmatch(passage.text.strip()):
        beside = (passage.block, passage.row, passage.column + 1)
        for cell in page.of(PassageKind.CELL):
            is_next = (cell.block, cell.row, cell.column) == beside
            if is_next and _VALUE.fullmatch(cell.text.strip()):
                yield cell.span(), passage.text.strip(), cell.text.strip()


def _in_text(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield the claims of a text: where the value stands, the key, the value."""
    for match in _CLAIM.finditer(text):
        if not _ANOTHER_RUN.search(_sentence(text, match)):
            yield *match.span("value"), match["key"], match["value"]
    for match in _SWITCH.finditer(text):
        sentence = _sentence(text, match)
        is_fizzbee = "fizz" in sentence.lower() and not _TLC.search(sentence)
        if is_fizzbee and not _ANOTHER_RUN.search(sentence):
            yield *match.span("value"), "deadlock_detection", _SWITCHED[match["value"].lower()]


def _sentence(text: str, match: re.Match[str]) -> str:
    """Return the sentence that a match is in."""
    ends = [end.end() for end in _SENTENCE_END.finditer(text, 0, match.start())]
    following = _SENTENCE_END.search(text, match.end())
    return text[ends[-1] if ends else 0 : following.start() if following else len(text)]
