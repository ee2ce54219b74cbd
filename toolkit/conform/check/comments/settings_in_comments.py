r"""What comments of models say of deadlock checking, of symmetry, and of what is not modelled.

A comment of a configuration is about that configuration; one of a module is contradicted where all
of its configurations have it otherwise, and one of a FizzBee model by its own option.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.cf250_comment_claim import CODE
from conform.check.comments.model_comments import CommentLine, remarks_of
from conform.check.context import ConfigurationFile, Context, FormalArtefact
from conform.check.texts.name_parts import parts_of
from conform.domain.finding import Finding

_SWITCHED = r"(?:switched|turned)\s+"
_DEADLOCK = re.compile(
    r"\bdeadlocks?(?:[- ](?:check(?:ing|s)?|detection))?\s+(?:is|are)\s+"
    rf"(?:(?P<off>not\s+(?:checked|looked\s+for|enabled|on)|disabled|off|{_SWITCHED}off|ignored)"
    rf"|(?P<on>checked|looked\s+for|enabled|on|{_SWITCHED}on))(?!\w)(?P<rest>[^.;]*)",
    re.I,
)
_CONDITION = re.compile(r"\b(?:if|when|unless|with|by|in|for|only|except)\b", re.I)
_SYMMETRY = re.compile(
    r"\b(?:(?P<off>no\s+symmetry(?:\s+(?:reduction|sets?))?\s+is|symmetry(?:\s+reduction)?\s+is\s+not"
    r"|without\s+symmetry)|(?P<on>symmetry(?:\s+reduction)?\s+is|with\s+symmetry\s+reduction))"
    r"(?:\s+(?:used|enabled|on|applied|declared))?(?=\s*(?:[.,;)]|$))",
    re.I,
)
_UNMODELLED = re.compile(
    r"(?:^|[.;,(]\s*)(?P<what>(?:[\w()]+\s+){1,4}?)(?:is|are)\s+not\s+modell?ed\s*(?:[.;,)]|$)"
    r"|\bnot\s+modell?ed\s*:\s*(?P<list>[^.;]+)",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]\w*")
_PARTS = 2
"""Parts of the name of an action that words have to repeat, if they do not name it."""


def settings_in_comments(context: Context) -> Iterator[Finding]:
    """Yield a finding for each comment that settings, or the model's actions, contradict."""
    for artefact in context.formal.values():
        files = artefact.configurations
        for path in dict.fromkeys((*artefact.paths(), *(file.path for file in files))):
            source = context.sources.get(path)
            about = [file for file in files if file.path == path] or list(files)
            for remark in remarks_of(source) if source else ():
                for line in remark.lines:
                    yield from _deadlock(context, artefact, about, line)
                    yield from _symmetry(context, about, line)
                    yield from _unmodelled(context, artefact, line)


def _deadlock(
    context: Context, artefact: FormalArtefact, about: list[ConfigurationFile], line: CommentLine
) -> Iterator[Finding]:
    match = _DEADLOCK.search(line.text)
    if match is None or _CONDITION.search(match["rest"]):
        return
    option = artefact.settings.get("deadlock_detection")
    checks = {file.checks_deadlock for file in about}
    if option is not None and not about:
        checks = {option.value.lower() == "true"}
    if checks == {match["on"] is None}:
        does = "is not looked for" if match["on"] else "is looked for"
        where = about[0].path if about else artefact.spec.path
        yield _finding(
            context, line, match.span(), f"the comment says {match[0].strip()}", does, where
        )


def _symmetry(
    context: Context, about: list[ConfigurationFile], line: CommentLine
) -> Iterator[Finding]:
    match = _SYMMETRY.search(line.text)
    used = {bool(file.names("SYMMETRY")) for file in about}
    if match is not None and used == {match["on"] is None}:
        has = "has SYMMETRY" if match["off"] else "has no SYMMETRY"
        yield _finding(
            context, line, match.span(), f"the comment says {match[0]}", has, about[0].path
        )


def _unmodelled(context: Context, artefact: FormalArtefact, line: CommentLine) -> Iterator[Finding]:
    """Yield what a comment says not to be modelled, and an action of the model is called."""
    match = _UNMODELLED.search(line.text)
    if match is None:
        return
    group = "what" if match["what"] else "list"
    words = _WORD.findall(match[group])
    spoken = [word.lower() for word in words]
    for action in artefact.spec.actions:
        parts = parts_of(action.name)
        is_said = (
            len(parts) >= _PARTS
            and group == "what"
            and len(spoken) == len(parts)
            and all(word.startswith(part) for part, word in zip(parts, spoken, strict=True))
        )
        if action.name in words or is_said:
            text = f"the comment says that {match[group].strip()} is not modelled"
            yield _finding(
                context, line, match.span(group), text, f"has {action.name}", artefact.spec.path
            )
            return


def _finding(
    context: Context, line: CommentLine, place: tuple[int, int], said: str, does: str, where: str
) -> Finding:
    span = line.span(*place)
    joined = f"{said}, and {where} {does}" if does.startswith("has") else f"{said}, and it {does}"
    return CODE.finding(
        joined, span, excerpt=context.excerpt(span), hint="correct the comment, or what it is about"
    )
