"""A configuration cuts or changes the state space, and no document says so.

What it means
    A CONSTRAINT, ACTION_CONSTRAINT, SYMMETRY, VIEW or replaced operator decides which states are
    looked at. A reader of the documents takes the verdicts for verdicts about the whole model; they
    are about what the configuration leaves of it. A constraint counts as mentioned, too, where a
    passage speaks of a constraint and names a constant that its formula has.

Example
    CONSTRAINT StampBound     in M.cfg, and no document has the word StampBound

What to do
    Say in the document what the setting does and why the verdicts still mean what they should.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.context import REPLACEMENT, Context, FormalArtefact, Listed
from conform.check.texts.remarks import is_remarked
from conform.domain.finding import Code, Finding

CODE = Code("CF214", "setting that no document mentions")

_WORD = re.compile(r"[^\W\d]\w*")
_CONSTRAINED = re.compile(r"\b(?:constrain(?:t|ts|ed|s)|bound(?:s|ed)?)\b", re.IGNORECASE)
_SETTINGS = ("CONSTRAINT", "ACTION_CONSTRAINT", "SYMMETRY", "VIEW", REPLACEMENT)


def undocumented_settings(context: Context) -> Iterator[Finding]:
    """Yield a finding for each name that cuts or changes the state space, at its first place."""
    seen: set[tuple[str, str]] = set()
    for artefact in context.formal.values():
        for file in artefact.configurations:
            for listed in file.names(*_SETTINGS):
                key = (listed.keyword, listed.name)
                if key in seen or context.mentions(listed.name):
                    continue
                if not _is_paraphrased(context, artefact, listed):
                    seen.add(key)
                    yield _finding(context, listed)


def _is_paraphrased(context: Context, artefact: FormalArtefact, listed: Listed) -> bool:
    """Say whether a passage speaks of a constraint and names a constant of the one listed."""
    definition = artefact.definitions.get(listed.name)
    if definition is None or not listed.keyword.endswith("CONSTRAINT"):
        return False
    words = set(_WORD.findall(context.text_of(definition.span)))
    names = words & {constant.name for constant in artefact.spec.constants}
    return any(is_remarked(context, name, _CONSTRAINED) for name in sorted(names))


def _finding(context: Context, listed: Listed) -> Finding:
    what = "the replacement" if listed.keyword == REPLACEMENT else listed.keyword
    return CODE.finding(
        f"{what} `{listed.name}` decides which states are looked at, and no document mentions it",
        listed.span,
        excerpt=context.excerpt(listed.span),
        hint="say in the document what it leaves out",
    )
