"""What is true of something by an adjective: *`c` is up*, of `clientUp ∈ [Clients → BOOLEAN]`.

The adjective is the last word of the name of the one variable of booleans that has it, or denies
it: *`c` is down*. What becomes so is assigned: *`c` goes down*.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

from conform.languages.markdown.formal.document import FormalVariable
from conform.languages.markdown.formal.evaluation.names import TRUE_SETS
from conform.languages.markdown.formal.syntax import FunctionSet, Literal, Name, SetOf
from conform.languages.markdown.formal.worded_formulas import set_of
from conform.languages.markdown.manuscript import Fragment

_LAST_WORD = re.compile(r"[A-Z]?[a-z]+$")
_OPPOSITES = {"up": "down", "down": "up", "alive": "dead", "dead": "alive", "open": "closed"}
"""What is not the one is the other."""

_STATED = re.compile(
    r"(?P<the>\b[Tt]he\s+)?(?:(?P<noun>\b[A-Za-z]{3,})\s+)?(?P<who>\b[^\W\d]\w*)?\s*"
    r"\b(?:is(?:\s+(?:still|currently|already|now))?(?P<not>\s+(?:not|no\s+longer))?"
    r"|(?P<becomes>becomes|goes|comes(?:\s+back)?))\s+"
    r"(?P<adjective>[a-z]{2,})\b(?=\s*(?:$|[,;.:)]|/\\|\\/|[∧∨⇒⇝]|=>|~>|&&|(?:and|or|then)\b))"
)


class Truths:
    """The adjectives of one document; `sets` has the set that a short name ranges over."""

    def __init__(self, variables: Iterable[FormalVariable], sets: Mapping[str, str]) -> None:
        told = list(_adjectives(variables))
        times = Counter(adjective for adjective, *_ in told)
        self._truths = {
            adjective: (variable, domain, holds)
            for adjective, variable, domain, holds in told
            if times[adjective] == 1
        }
        self._sets = sets

    def given(self, text: Fragment, local: Collection[str]) -> Fragment:
        """Return a text with `clientUp[c]` where it has *`c` is up*; `local` names are bound."""
        if not self._truths:
            return text
        edits = (self._edit(found, local) for found in _STATED.finditer(text.text))
        return text.edited(edit for edit in edits if edit is not None)

    def _edit(self, found: re.Match[str], local: Collection[str]) -> tuple[int, int, str] | None:
        truth = self._truths.get(found["adjective"])
        if truth is None:
            return None
        variable, domain, holds = truth
        who, start = self._who(found, domain, local)
        if not who:
            return None
        place = f"{variable}[{who}]"
        if found["becomes"]:
            return start, found.end(), f"{place} := {'TRUE' if holds else 'FALSE'}"
        return start, found.end(), place if holds is not bool(found["not"]) else f"~{place}"

    def _who(self, found: re.Match[str], domain: str, local: Collection[str]) -> tuple[str, int]:
        """Return the name that something is said of, and where the words about it begin.

        *The client* is the one name that is bound and ranges over the clients.
        """
        noun, who = (found["noun"] or "").lower(), found["who"] or ""
        if not who and found["noun"] in local:
            return found["noun"], found.start("noun")
        if self._sets.get(who, domain if who in local else "") == domain:
            is_of_it = bool(noun) and set_of(noun) == domain
            first = "the" if found["the"] and is_of_it else "noun" if is_of_it else "who"
            return who, found.start(first)
        if found["the"] and not who and set_of(noun) == domain:
            fitting = [name for name in local if self._sets.get(name) == domain]
            return (fitting[0] if len(fitting) == 1 else ""), found.start("the")
        return "", 0


def adjectives_of(name: str) -> tuple[str, ...]:
    """Return the word that a variable of booleans ends in, and the one that denies it, if any."""
    last = _LAST_WORD.search(name)
    word = last[0].lower() if last else ""
    return tuple(each for each in (word, _OPPOSITES.get(word)) if each)


def _adjectives(variables: Iterable[FormalVariable]) -> Iterator[tuple[str, str, str, bool]]:
    """Yield an adjective, its variable, the set of what has it, and whether it is so if TRUE."""
    for variable in variables:
        match variable.type_set:
            case FunctionSet(domain=Name(name=domain), values=values) if _is_boolean(values):
                for place, word in enumerate(adjectives_of(variable.name)):
                    yield word, variable.name, domain, place == 0
            case _:
                continue


def _is_boolean(values: object) -> bool:
    match values:
        case Name(name=name):
            return name in TRUE_SETS
        case SetOf(elements=elements):
            return {each.value for each in elements if isinstance(each, Literal)} == {True, False}
        case _:
            return False
