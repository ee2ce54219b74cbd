"""A property holds because what it is about never happens, and the document does not say so.

What it means
    The premise of a leads-to holds in no reachable state, or no behaviour is fair: the verdict is
    PASS, and nothing was shown.

    Or the document says so, and gives another property as the reason that has no variable in common
    with this one: it cannot be what keeps the premise from happening. Or the document
    says so of a leads-to whose premise happens: its PASS means more than it is said to mean.

Example
    ReaderEventuallySucceeds == readerResult = "ERROR" ~> readerResult = "OK", while no read fails.

What to do
    Choose constants under which the premise happens, or correct it. If it is meant as a guard
    against later changes, write "vacuous" where the document speaks of the property.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import names_for
from conform.check.models.definition_words import words_in_definition
from conform.check.models.explored import Explored
from conform.check.texts.expectations import judged
from conform.check.texts.remarks import is_remarked, remarks
from conform.domain.finding import Code, Finding, Severity
from conform.domain.prose import Passage, PassageKind
from conform.domain.report import Verdict
from conform.domain.spec import Property

CODE = Code("CF365", "property holds vacuously", Severity.WARNING)

_VACUOUS = r"(?P<said>vacuous(?:ly)?(?:\s+(?:true|holds?|satisfied))?)"
_IS_VACUOUS = (
    rf"(?:is|holds?)\s+(?:(?:likewise|also|currently|always|therefore|thus)\s+)*{_VACUOUS}"
)
_SUPPOSED = re.compile(
    r"\b(?:if|when|unless|until|without|not|no|would|could|might|except|under|otherwise|were)\b",
    re.I,
)
"""Words that take back what is said, or bound it."""

_EXCUSE = re.compile(r"\bvacuous|\bnever (?:happens|occurs|true)|\bregression\b", re.IGNORECASE)
_REASON = re.compile(
    r"\bvacuous(?:ly)?(?:\s+(?:true|holds?|satisfied))?,?\s+(?:while|as\s+long\s+as|because|since|by"
    r"|given)\s+(?:of\s+)?(?:property\s+)?`?(?P<cited>[A-Z]\w*)`?(?![\w-])",
    re.IGNORECASE,
)


def vacuous_properties(context: Context, explored: Explored) -> Iterator[Finding]:
    """Yield a warning for each result that means little and is not said to."""
    for row in judged(context, explored.role, explored.result.properties):
        result = row.result
        is_shown = result.verdict is Verdict.PASS and explored.role is Role.TLAPLUS
        if is_shown and row.stated and not result.is_vacuous:
            yield from _said_in_vain(context, explored, row.stated)
        if result.verdict is not Verdict.PASS or not result.is_vacuous:
            continue
        names = [result.name, *([row.stated.name] if row.stated else [])]
        if row.stated and explored.role is Role.TLAPLUS:
            yield from _other_reasons(context, row.stated)
        if not any(is_remarked(context, name, _EXCUSE) for name in names):
            yield CODE.finding(
                f"property `{result.name}` holds vacuously: {result.reason}",
                result.span,
                excerpt=context.excerpt(result.span),
                hint="correct it, or say in the document that it is vacuous",
            )


def _said_in_vain(context: Context, explored: Explored, stated: Property) -> Iterator[Finding]:
    """Yield the sentences and rows that call a property vacuous, whose premise happens."""
    if "live" not in stated.kind.lower():
        return
    names = "|".join(re.escape(name) for name in (stated.name, stated.label) if name)
    subject = re.compile(rf"(?:^|[.;]\s+)(?:{names})\b[^.;,]{{0,40}}?{_IS_VACUOUS}", re.IGNORECASE)
    whole = re.compile(rf"(?:{names})(?:\s*[:(]?\s*(?:{names})\)?)?", re.IGNORECASE)
    own = re.compile(rf"\s*(?:PASS\s*[,(]\s*)?{_VACUOUS}", re.IGNORECASE)
    for page in context.pages:
        rows = {
            (cell.block, cell.row)
            for cell in page.of(PassageKind.CELL)
            if whole.fullmatch(cell.text.strip())
        }
        for passage in page.running():
            is_row = passage.kind is PassageKind.CELL and (passage.block, passage.row) in rows
            match = own.match(passage.text) if is_row else subject.search(passage.text)
            if match is not None and not _SUPPOSED.search(_sentence(passage.text, match)):
                span = passage.span(*match.span("said"))
                found = CODE.finding(
                    f"`{stated.name}` is no vacuous property of {explored.spec.path}: what it is "
                    "about happens",
                    span,
                    excerpt=context.excerpt(span),
                    hint="correct the text",
                )
                yield replace(found, severity=Severity.ERROR)


def _sentence(text: str, match: re.Match[str]) -> str:
    """Return the sentence that a match begins."""
    end = re.compile(r"[.;](?:\s|$)").search(text, match.end())
    return text[match.start() + 1 : end.start() if end else None]


def _other_reasons(context: Context, stated: Property) -> Iterator[Finding]:
    """Yield a finding for each remark by which a property about other things makes it vacuous."""
    own = _variables(context, stated)
    for passage in remarks(context, stated.name):
        for match in _REASON.finditer(passage.text):
            cited = _cited(context, match["cited"])
            others = _variables(context, cited) if cited else frozenset[str]()
            if cited and own and others and own.isdisjoint(others):
                yield _other_reason(context, stated, cited, passage, match)


def _cited(context: Context, name: str) -> Property | None:
    every = context.document.properties
    return next((each for each in every if name in (each.label, each.name)), None)


def _variables(context: Context, stated: Property) -> frozenset[str]:
    """Return the variables that the module's definition of a property reads; none if unknown."""
    artefact = context.formal.get(Role.TLAPLUS)
    if artefact is None:
        return frozenset()
    names = names_for(context, stated, Role.TLAPLUS)
    words = {word for name in names for word in words_in_definition(context, artefact, name)}
    return frozenset(each.name for each in artefact.spec.variables if each.name in words)


def _other_reason(
    context: Context, stated: Property, cited: Property, passage: Passage, match: re.Match[str]
) -> Finding:
    span = passage.span(match.start("cited"), match.end("cited"))
    return CODE.finding(
        f"`{stated.name}` and `{cited.name}` have no variable in common: one is not the reason "
        "for which the other is vacuous",
        span,
        excerpt=context.excerpt(span),
        hint="name the property that keeps the premise from happening",
    )
