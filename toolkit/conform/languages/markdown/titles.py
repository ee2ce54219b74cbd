"""What the title of a section announces: an action, a helper, a property, or a region of them."""

from __future__ import annotations

import re
from enum import Enum, auto

from msgspec import Struct

from conform.languages.markdown.columns import parameters_in
from conform.languages.markdown.inline import codes, reading
from conform.languages.markdown.manuscript import Fragment


class Region(Enum):
    """What a part of the document is about, by its heading."""

    CONSTANTS = auto()
    VARIABLES = auto()
    ACTIONS = auto()
    HELPERS = auto()
    PROPERTIES = auto()
    FAIRNESS = auto()
    PARAMETERS = auto()
    MAPPING = auto()
    RESULTS = auto()


class Role(Enum):
    """What one section can be; BARE titles are a name alone, and their region decides."""

    ACTION = auto()
    HELPER = auto()
    PROPERTY = auto()
    BARE = auto()
    OTHER = auto()


class Title(Struct, frozen=True):
    """A section's title: `name` and `number` or `label` are empty where it has none.

    `kind` is a property's kind as far as the title tells. `is_coded` is true when the name is set
    as code or has parameters: a sign that a bare title is a construct and no English word.
    """

    role: Role
    text: str
    name: str = ""
    parameters: tuple[str, ...] = ()
    number: str = ""
    label: str = ""
    kind: str = ""
    is_coded: bool = False


REGION_WORDS = 3
"""A heading of level 1 with more words than that names the document, no region of it."""

_SECTION_NUMBER = re.compile(
    r"(?:\N{SECTION SIGN}\s*|Section\s+)?(\d+(?:\.\d+)*[a-z]?)(?:[.):]\s*|\s+)"
)
_IN_BRACKETS = re.compile(r"\s*\(?([ivxlc]{1,6})[.)]\s+")
_NUMBER = r"\d+(?:\.\d+)*[a-z]?\b(?!\s*[\N{EN DASH}\N{EM DASH}-]\s*\d)|[A-Z](?=\s*[:.)])"
_MARK = r"\s*(?P<mark>[:.)\N{EM DASH}\N{EN DASH}-]*)\s*"
_ACTION = re.compile(
    r"(?:action|outcome|sub-?action|transition|variant|success|failure|case(?=\s*\d+[a-z]))\b"
    rf"\s*(?P<number>{_NUMBER})?{_MARK}(?P<rest>.*)",
    re.I,
)
_STEP = re.compile(
    rf"(?:step|rule|event|operation|command|move)\s+(?P<number>{_NUMBER}){_MARK}(?P<rest>.*)", re.I
)
"""Other words for an action; they are common English, so such a title is one for its contents."""

_HELPER = re.compile(
    r"(?:helper|auxiliary)?\s*(?:helper|operator|predicate|function|definition)\b"
    rf"\s*(?P<number>{_NUMBER})?{_MARK}(?P<rest>.*)",
    re.I,
)
_PROPERTY = re.compile(
    r"(?P<kind>(?:(?:safety|liveness|temporal|action|state|type|inductive)\s+)?"
    r"(?:property|invariant)|safety|liveness)\b"
    rf"\s*(?P<label>[A-Z]{{1,4}}-?\d+[a-z]?\b|\d+[a-z]?\b)?{_MARK}(?P<rest>.*)",
    re.I,
)
LABEL = re.compile(r"(?:S|L|I|P|SAFE?|LIVE?|INV|PROP)-?\d+[a-z]?")
"""The label of a property."""

_LABELLED = re.compile(
    rf"(?P<label>{LABEL.pattern})"
    r"\s*(?:[:.)\N{EM DASH}\N{EN DASH}-]+\s*|\s+)(?P<rest>.*)"
)
_LABELLED_ACTION = re.compile(
    r"[\[(]?(?P<number>[A-HJKM-RT-Z][A-Z]?-?\d{1,3}[a-z]?)\b[\])]?"
    r"\s*(?:[:.)\N{EM DASH}\N{EN DASH}-]+\s*|\s+)(?P<rest>.*)"
)
"""T3b: a label of an action; S, L, I and P are those of properties."""

_NAME = re.compile(
    r"(?P<name>[^\W\d]\w*(?:[.!]\w+)*)(?:\((?P<parameters>[^()]*)\))?"
    r"(?=$|\s*$|\s+\(|\s*[:;,]|\s+[\N{EM DASH}\N{EN DASH}-])"
)
_BEHIND = re.compile(r"\w\s+\(`(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()]*)\))?`\)\s*$")
_IN_WORDS_FIRST = re.compile(
    r"(?P<words>[^\W\d_]+(?:\s+[^\W\d_]+)+)\s*[:\N{EM DASH}\N{EN DASH}]\s*"
    r"(?P<name>[^\W\d]\w*)(?:\((?P<parameters>[^()]*)\))?\s*"
)
"""A title in words and the name that they make when joined: `Store Crash: StoreCrash(s)`."""

_TOLD_PARAMETERS = re.compile(
    r"\s+\((?P<parameters>(?:by\s+)?(?:an?\s+)?[a-z]+\s+[a-z]\d?(?:(?:,|\s+and)\s+[a-z]+\s+[a-z]\d?)*)\)\s*"
)
"""Parameters with what they are: `Acquire (client c)`; they are single letters."""

_ONE_PARAMETER = re.compile(r"(?<=\s)[a-z]\d?(?=\s*(?:,|$|\s))")
_REGIONS = (
    (Region.MAPPING, r"mapping|traceability|cross[- ]reference|correspondence|spec[- ]to[- ]code"),
    (Region.ACTIONS, r"actions|transitions|operations|next[- ]state|(?<!next )steps"),
    (Region.HELPERS, r"helpers?|operators|auxiliary|definitions|derived"),
    (Region.PROPERTIES, r"propert(?:y|ies)|invariants?|safety|liveness|correctness|guarantees"),
    (Region.RESULTS, r"results?|verdicts"),
    (Region.FAIRNESS, r"fairness"),
    (Region.CONSTANTS, r"constants?"),
    (Region.VARIABLES, r"variables?|state"),
    (Region.PARAMETERS, r"parameters?|configurations?"),
)
"""In this order: a heading that names several regions opens the first of them."""

_REGION_PATTERNS = tuple(
    (region, re.compile(rf"\b(?:{words})\b", re.I)) for region, words in _REGIONS
)
_KINDS = (
    ("Invariant", re.compile(r"\binvariants?\b", re.I)),
    ("Safety", re.compile(r"\bsafety\b", re.I)),
    ("Liveness", re.compile(r"\b(?:liveness|temporal|progress)\b", re.I)),
    ("Action", re.compile(r"\baction propert", re.I)),
)
_TOOLS = frozenset({"FizzBee", "PlusCal", "GitHub"})
_KIND_OF_LETTER = {"S": "Safety", "L": "Liveness", "I": "Invariant", "P": ""}


def read_title(content: Fragment) -> Title:
    """Return what a heading announces; its role is OTHER when it announces no construct."""
    shown = reading(content)
    section = _SECTION_NUMBER.match(shown) or _IN_BRACKETS.match(shown)
    rest = shown[section.end() :] if section else shown
    title = _action(content, rest, shown) or _property(content, rest, shown)
    title = title or _helper(content, rest, shown) or _step(rest, shown)
    title = title or _labelled_action(content, rest, shown)
    return title or _bare(content, rest, shown, section[1] if section else "")


def without_number(text: str) -> str:
    """Return the text of a title without the number of its section."""
    section = _SECTION_NUMBER.match(text) or _IN_BRACKETS.match(text)
    return text[section.end() :] if section else text


def region_of(title: Title, level: int) -> Region | None:
    """Return the region that a heading opens, None when it opens none.

    A construct opens none, nor does a heading of level 1 that reads like the name of a document.
    """
    is_construct = title.role not in (Role.BARE, Role.OTHER) or title.is_coded
    if is_construct or (level == 1 and len(title.text.split()) > REGION_WORDS):
        return None
    text = title.name if title.role is Role.BARE else title.text
    matches = (region for region, pattern in _REGION_PATTERNS if pattern.search(text))
    return next(matches, None)


def kind_in(text: str) -> str:
    """Return the one kind of property that a text names; empty when it names none, or several."""
    kinds = [kind for kind, pattern in _KINDS if pattern.search(text)]
    return kinds[0] if len(kinds) == 1 else ""


def kind_of(label: str) -> str:
    """Return the kind of property that a label tells by its letter; empty when it tells none."""
    return _KIND_OF_LETTER.get(label[:1], "")


def is_compound(name: str) -> bool:
    """Whether a word is a name of a formula: with capitals inside, no English word or tool."""
    inner = sum(character.isupper() for character in name) > 1 and not name.isupper()
    return name.isidentifier() and inner and name not in _TOOLS


def _action(content: Fragment, rest: str, shown: str) -> Title | None:
    match = _ACTION.fullmatch(rest)
    if match is None or not (match["number"] or match["mark"]):
        return None
    return _named(Role.ACTION, content, match["rest"], shown, number=match["number"] or "")


def _step(rest: str, shown: str) -> Title | None:
    match = _STEP.fullmatch(rest)
    name = _NAME.match(match["rest"]) if match else None
    if match is None or name is None:
        return None
    parameters = parameters_in(name["parameters"])
    return Title(Role.BARE, shown, name["name"], parameters, match["number"], is_coded=True)


def _labelled_action(content: Fragment, rest: str, shown: str) -> Title | None:
    """Return the title of what its label and its name show to be an action: `A2b. TryLock(w)`."""
    match = _LABELLED_ACTION.fullmatch(rest)
    name = _NAME.match(match["rest"]) if match else None
    if match is None or name is None:
        return None
    parameters = parameters_in(name["parameters"])
    several = sum(character.isupper() for character in name["name"]) > 1
    coded = name["parameters"] is not None or _is_code(content) or several
    return Title(Role.BARE, shown, name["name"], parameters, match["number"], is_coded=coded)


def _property(content: Fragment, rest: str, shown: str) -> Title | None:
    match = _PROPERTY.fullmatch(rest)
    rest_alone = match["rest"].strip("() ") if match else ""
    is_told = match and (match["label"] or match["mark"] or _is_code(content))
    if match is not None and (is_told or is_compound(rest_alone)):
        label = match["label"] or ""
        kind = kind_in(match["kind"]) or kind_of(label)
        return _named(Role.PROPERTY, content, match["rest"], shown, label=label, kind=kind)
    if match := _LABELLED.fullmatch(rest):
        label = match["label"]
        rest = match["rest"]
        return _named(Role.PROPERTY, content, rest, shown, label=label, kind=kind_of(label))
    return None


def _helper(content: Fragment, rest: str, shown: str) -> Title | None:
    match = _HELPER.fullmatch(rest)
    if match is None or not (match["number"] or match["mark"] or _is_code(content)):
        return None
    return _named(Role.HELPER, content, match["rest"], shown)


def _named(
    role: Role,
    content: Fragment,
    rest: str,
    shown: str,
    *,
    number: str = "",
    label: str = "",
    kind: str = "",
) -> Title | None:
    """Return the title of a construct announced by word; its name, code or whole title.

    None when nothing but an English phrase follows and there is no number or label either.
    """
    alone = rest[1:-1] if rest[:1] == "(" and rest[-1:] == ")" else rest
    match = _NAME.match(alone) or next(filter(None, map(_name_in, codes(content))), None)
    if match is None and not (number or label):
        return None
    name = match["name"] if match else rest or label or number
    parameters = parameters_in(match["parameters"]) if match else ()
    return Title(role, shown, name, parameters, number, label, kind, is_coded=True)


def _bare(content: Fragment, rest: str, shown: str, number: str) -> Title:
    match = _NAME.match(rest) or _name_behind(content) or _name_of_words(rest)
    if match is None:
        return Title(Role.OTHER, shown)
    parameters = parameters_in(match["parameters"])
    coded = match["parameters"] is not None or _is_code(content) or match.re is _IN_WORDS_FIRST
    if match["parameters"] is None and (told := _TOLD_PARAMETERS.fullmatch(rest, match.end())):
        parameters = tuple(_ONE_PARAMETER.findall(told["parameters"]))
    return Title(Role.BARE, shown, match["name"], parameters, number, is_coded=coded)


def _name_behind(content: Fragment) -> re.Match[str] | None:
    """Return the name in code behind a title in words: One leader (`OneLeader`)."""
    match = _BEHIND.search(content.text)
    is_region = any(pattern.search(content.text) for _region, pattern in _REGION_PATTERNS)
    if match is None or is_region or not (is_compound(match["name"]) or match["parameters"]):
        return None
    return match


def _name_of_words(rest: str) -> re.Match[str] | None:
    """Return the name that stands behind its own words."""
    match = _IN_WORDS_FIRST.fullmatch(rest)
    joined = "".join(match["words"].split()).lower() if match else ""
    return match if match and joined == match["name"].lower() else None


def _name_in(code: Fragment) -> re.Match[str] | None:
    return _NAME.match(code.text)


def _is_code(content: Fragment) -> bool:
    """Say whether the heading has a name in code."""
    return any(_name_in(code) for code in codes(content))
