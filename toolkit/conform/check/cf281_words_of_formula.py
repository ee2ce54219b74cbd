r"""The words of a property or a helper say the opposite of its formula.

What it means
    A statement in words and the formula beside it, or that of the model, are held against each
    other where both use the same names. "At least `N`" or `x >= N` beside `x <= N`, "at most one"
    beside `Cardinality(S) <= 2`, a value of a variable in the words and another one of its values
    in the formula, other values that something leads to, "a dead worker" where the premise asks for
    `alive[w]`, "the smallest" for what chooses the largest, a ceiling that is a floor: one of the
    two is wrong. Or the words about a helper name a constant, a variable or an operator of the
    module that its formula never uses.

Example
    At least `MaxFailures` failures.     beside     failures[t] <= MaxFailures

What to do
    Correct the words, or the formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conform.check.columns import Role
from conform.check.context import Context
from conform.check.linking import names_for
from conform.check.models.helper_names import unused_names
from conform.check.texts.enumerations import enumerations
from conform.check.texts.name_parts import parts_of
from conform.check.texts.number_words import NUMBER, value_of
from conform.domain.finding import Code, Finding
from conform.domain.prose import Passage, PassageKind
from conform.domain.spec import Helper, Property
from conform.text import Span

CODE = Code("CF281", "words that say the opposite of a formula")

_COMMENT = re.compile(r"\\\*.*|(?s:\(\*.*?\*\))")
_WORD = re.compile(r"[^\W\d]\w*")
_BOUND = re.compile(
    rf"\b(?P<words>at\s+least|no\s+fewer\s+than|no\s+less\s+than|at\s+most|no\s+more\s+than|more\s+than"
    rf"|fewer\s+than|less\s+than|exactly)\s+(?:the\s+)?(?:{NUMBER}|(?P<name>[A-Z]\w*))\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"\b(?:no|never|not|none|nor|neither|nobody|cannot|without)\b", re.IGNORECASE)
_SIGN_OF = {
    **{"at least": ">=", "no fewer than": ">=", "no less than": ">=", "at most": "<="},
    **{"no more than": "<=", "more than": ">", "fewer than": "<", "less than": "<"},
    "exactly": "=",
}
_SIGN = r"(?P<sign>>=|<=|=<|≥|≤|\\geq|\\leq|>|<|=(?!>|=))"
_SIGNS = {"≥": ">=", "≤": "<=", "=<": "<=", "\\geq": ">=", "\\leq": "<="}
_TURNED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "="}
_NEGATED = re.compile(r"~\s*\(|¬\s*\(|!\s*\(|!=|\bnot\s|\\lnot|\\neg|≠|#|/=")
_COUNTED = re.compile(
    rf"\b(?:Cardinality|Count|Len)\w*\s*\((?:[^()]|\([^()]*\))*\)\s*{_SIGN}\s*(?P<size>\d+)"
)
_FIRST = re.compile(r"(?:[^.;]|[.;](?!\s|$))+")
_VALUE = re.compile(r"\"?\b([A-Z][A-Z0-9_]+)\b\"?")
_NOT_IT = re.compile(
    r"\b(?:no|not|never|nor|neither|without|non|other\s+than|but|un)(?:\s+|-)"
    r"(?:(?:an?|the|any|in|yet|longer)\s+)*[\"`]*$",
    re.IGNORECASE,
)
"""What stands before a value that is denied."""

_LEADS = re.compile(
    r"\bleads?\s+to\b|~>|↝|⇝|\beventually\s+(?:is\s+|becomes?\s+|reaches\s+|followed\s+by\s+)?",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(r"~>|↝|⇝|\\leadsto")
_NOT_ALONE = re.compile(r"/\\|∧|~|¬|#|≠|/=|=>|⇒")
"""Signs in a goal by which its values are not all that it asks for."""

_HINTED = 4
"""So many first letters of a value in a word stand for it: failure for FAILED."""

_IMPLIED = re.compile(r"=>|⇒|~>|↝|\\implies")
_TRUE_WORDS = {
    "alive": ("live", "alive", "living", "running"),
    "open": ("open", "opened"),
    "on": ("on",),
    "active": ("active",),
    "locked": ("locked", "held"),
    "connected": ("connected",),
    "valid": ("valid",),
    "up": ("up", "running"),
}
_FALSE_WORDS = {
    "alive": ("dead", "crashed", "died"),
    "open": ("closed", "shut"),
    "on": ("off",),
    "active": ("inactive", "passive"),
    "locked": ("unlocked", "free"),
    "connected": ("disconnected",),
    "valid": ("invalid",),
    "up": ("down",),
}
_PREPOSITIONS = ("on", "off", "up", "down")
_SMALL = re.compile(r"\b(?:smallest|least(?<!at least)|lowest|minim(?:um|al))\b", re.IGNORECASE)
_LARGE = re.compile(r"\b(?:largest|greatest|highest|maxim(?:um|al))\b", re.IGNORECASE)
_CHOSEN = re.compile(r"CHOOSE\s+(?P<chosen>\w+)\b(?P<body>.*?\\A\s+(?P<other>\w+)\b.*)", re.DOTALL)
_CEILING = re.compile(r"\b(?:Ceiling|Floor)[A-Z]?\w*|\b(?:ceiling|floor)\s+lookup\b")
_UNDER = re.compile(r"[≤<]|\bat\s+or\s+(?:below|before)\b|\bnot\s+above\b", re.IGNORECASE)
_OVER = re.compile(r"[≥>]|\bat\s+or\s+(?:above|after)\b|\bnot\s+below\b", re.IGNORECASE)


def contradicting_words(context: Context) -> Iterator[Finding]:
    """Yield a finding for each statement whose words and formula cannot both be meant."""
    for stated in context.document.properties:
        words = _FIRST.match(stated.statement.strip())
        if words is None:
            continue
        for formula, where in _formulas(context, stated):
            found = (
                _bounds(words[0], formula)
                or _values(context, words[0], formula)
                or _premise(context, words[0], formula)
                or _goal(context, words[0], formula)
                or _signs(context, stated, words[0], formula)
            )
            if found:
                span = stated.lines[0].span if stated.lines and not where else stated.span
                yield _finding(context, span, f"`{stated.name}`: {found}", formula, where)
                break
    for helper in context.document.helpers:
        yield from _extremum(context, helper)
        for unused in unused_names(context, helper):
            span = unused.passage.span(unused.start, unused.start + len(unused.name))
            yield CODE.finding(
                f"`{helper.name}` is told by `{unused.name}`, and its formula never uses that",
                span,
                excerpt=context.excerpt(span),
                details=(f"the formula at {unused.formula}",),
                hint="correct the words, or the formula",
            )
    yield from _ceilings(context)


def _formulas(context: Context, stated: Property) -> Iterator[tuple[str, str]]:
    """Yield the document's formula of a property and the module's, and where the latter is."""
    if stated.formal:
        yield stated.formal, ""
    artefact = context.formal.get(Role.TLAPLUS)
    for name in names_for(context, stated, Role.TLAPLUS) if artefact else ():
        assert artefact is not None
        definition = artefact.definitions.get(name)
        if definition is not None:
            yield _text(context, definition.span), str(definition.span)


def _text(context: Context, span: Span) -> str:
    text = _COMMENT.sub("", context.text_of(span))
    return text.partition("==")[2] or text


def _bounds(words: str, formula: str) -> str:
    """Return how a bound in words differs from the comparison with the same bound."""
    if _NEGATED.search(formula):
        return ""
    for match in _BOUND.finditer(words):
        is_strict = match["words"].lower().endswith("than")
        if _NONE.search(words if is_strict else words[: match.start()]):
            continue  # "no task fails more than N times" bounds the other way
        sign = _SIGN_OF[" ".join(match["words"].lower().split())]
        if match["name"]:
            used = _comparisons(formula, match["name"])
            if used and sign not in used:
                return f"the words say {match[0]}, and the formula has {' and '.join(sorted(used))}"
            continue
        counts = {
            (_SIGNS.get(each["sign"], each["sign"]), int(each["size"]))
            for each in _COUNTED.finditer(formula)
        }
        said = (sign, value_of(match["number"]))
        alike = {said, *((("<", said[1] + 1),) if sign == "<=" else ())}
        if len(counts) == 1 and not counts & alike and len(list(_BOUND.finditer(words))) == 1:
            ((other, size),) = counts
            return f"the words say {match[0]}, and the formula has {other} {size}"
    return ""


def _signs(context: Context, stated: Property, words: str, formula: str) -> str:
    """Return how a comparison with a constant in words of prose differs from the formula's."""
    if stated.formal or _NEGATED.search(formula) or _NONE.search(words):
        return ""
    artefact = context.formal.get(Role.TLAPLUS)
    for name in (each.name for each in artefact.spec.constants) if artefact else ():
        said, used = _comparisons(words, name), _comparisons(formula, name)
        if len(said) == len(used) == 1 and said != used:
            return f"the words say {said.pop()} {name}, and the formula has {used.pop()} {name}"
    return ""


def _comparisons(formula: str, name: str) -> set[str]:
    """Return the signs by which a formula compares something with a name on its right."""
    right = re.finditer(rf"{_SIGN}\s*{re.escape(name)}\b(?!\s*[-+*(\[])", formula)
    left = re.finditer(rf"(?<![\w\])+*-])\s*\b{re.escape(name)}\s*{_SIGN}", formula)
    found = {_SIGNS.get(each["sign"], each["sign"]) for each in right}
    return found | {_TURNED[_SIGNS.get(each["sign"], each["sign"])] for each in left}


def _values(context: Context, words: str, formula: str) -> str:
    """Return which value of a variable the words have, and which the formula has instead."""
    said = set(_VALUE.findall(words))
    known = set(_WORD.findall(_expanded(context, formula)))
    for variable in context.document.variables:
        members = {m for one in enumerations(variable.type_text) for m in one.members}
        lower = {m for m in members if re.search(rf"(?<!\w){re.escape(m.lower())}(?!\w)", words)}
        if len(members) == 2 and _NONE.search(words):
            continue  # "an idle one does not hold" is "who holds is busy"
        mine, theirs = (said & members) | lower, known & members
        mine = {m for m in mine if not _denied(words, m)}
        missing = mine - known
        if missing and theirs and not theirs & mine and variable.name in known:
            return (
                f"the words speak of {' and '.join(sorted(missing))}, and the formula of "
                f"{' and '.join(sorted(theirs))}"
            )
    return ""


def _denied(words: str, value: str) -> bool:
    """Say whether a value is named only to deny it: `no idle worker`, `not in IDLE`."""
    either = f"{re.escape(value)}|{re.escape(value.lower())}"
    places = re.finditer(rf"(?<!\w)(?:{either})(?!\w)", words)
    return all(_NOT_IT.search(words[: each.start()]) for each in places)


def _expanded(context: Context, formula: str) -> str:
    """Return a formula with the texts of the module's definitions that it uses behind it."""
    artefact = context.formal.get(Role.TLAPLUS)
    if artefact is None:
        return formula
    texts, waiting, seen = [formula], _WORD.findall(formula), set()
    while waiting:
        name = waiting.pop()
        definition = artefact.definitions.get(name)
        if definition is not None and name not in seen:
            seen.add(name)
            texts.append(_text(context, definition.span))
            waiting += _WORD.findall(texts[-1])
    return " ".join(texts)


def _premise(context: Context, words: str, formula: str) -> str:
    """Return that the words ask for what is not so where the premise asks for what is."""
    parts = _IMPLIED.split(formula)
    if len(parts) != 2:
        return ""
    for variable in context.document.variables:
        adjective = next(reversed(parts_of(variable.name)), "")
        if "BOOLEAN" not in variable.type_text or adjective not in _TRUE_WORDS:
            continue
        said = [
            (word, truth is not _is_denied(words, word))
            for truth, known in ((True, _TRUE_WORDS), (False, _FALSE_WORDS))
            for word in known[adjective]
            if _stated(words, word) is not None
        ]
        is_said = {truth for _word, truth in said}
        signs = re.findall(
            rf"(~|¬|!|\bnot\s|\\lnot\s|\\neg\s)?\s*\b{re.escape(variable.name)}\b", formula, re.I
        )
        is_asked = {not sign for sign in signs}
        in_premise = re.search(rf"\b{re.escape(variable.name)}\b", parts[0]) is not None
        if in_premise and len(is_said) == len(is_asked) == 1 and is_said != is_asked:
            asked = "" if is_asked == {True} else "~"
            word = said[0][0]
            told = f"not {word}" if _is_denied(words, word) else word
            return f"the words say {told}, and the premise asks for {asked}{variable.name}"
    return ""


def _goal(context: Context, words: str, formula: str) -> str:
    """Return which values of a variable the words lead to, where the formula leads to others."""
    told, ends = _LEADS.split(words, 1), _LEADS_TO.split(formula)
    if len(told) != 2 or len(ends) != 2 or _NOT_ALONE.search(ends[1]) or _NONE.search(told[1]):
        return ""
    for variable in context.document.variables:
        members = {m for one in enumerations(variable.type_text) for m in one.members}
        mine = set(_VALUE.findall(told[1])) & members
        theirs = set(_VALUE.findall(ends[1])) & members
        apart = mine ^ theirs
        if mine and theirs and re.search(rf"\b{re.escape(variable.name)}\b", ends[1]):
            hinted = {m for m in apart if m[:_HINTED].lower() in told[1].lower() and m not in mine}
            if apart - hinted:
                said, meant = (" or ".join(sorted(each)) for each in (mine, theirs))
                return f"the words lead to {said}, and the formula to {meant}"
    return ""


def _stated(words: str, adjective: str) -> re.Match[str] | None:
    """Return where an adjective stands; for `on` and its like where it is no preposition."""
    pattern = rf"\b{adjective}\b"
    if adjective in _PREPOSITIONS:
        pattern = (
            r"\b(?:is|are|was|were|be|being|stays?|remains?|turned|switched|not|or|and|an?)\s+"
            rf"{adjective}\b(?!\s+(?:the|an?|its|each|every|any|this|top)\b)"
        )
    return re.search(pattern, words, re.IGNORECASE)


def _is_denied(words: str, adjective: str) -> bool:
    found = _stated(words, adjective)
    text = words[: found.end()] if found else ""
    return re.search(rf"\b(?:not|never|longer)\s+{adjective}$", text, re.IGNORECASE) is not None


def _extremum(context: Context, helper: Helper) -> Iterator[Finding]:
    """Yield a helper that is told to be the smallest of what its formula chooses the largest of."""
    artefact = context.formal.get(Role.TLAPLUS)
    small, large = _SMALL.search(helper.definition), _LARGE.search(helper.definition)
    if artefact is None or (small is None) == (large is None):
        return
    for name in names_for(context, helper, Role.TLAPLUS):
        definition = artefact.definitions.get(name)
        match = _CHOSEN.search(_text(context, definition.span)) if definition else None
        if match is None or definition is None:
            continue
        chosen, other = match["chosen"], match["other"]
        signs = {
            _SIGNS.get(m["sign"], m["sign"])[0]
            for m in re.finditer(rf"\b{chosen}\s*{_SIGN}\s*{other}\b", match["body"])
        }
        signs |= {
            _TURNED[_SIGNS.get(m["sign"], m["sign"])][0]
            for m in re.finditer(rf"\b{other}\s*{_SIGN}\s*{chosen}\b", match["body"])
        }
        if signs == ({">"} if small else {"<"}):
            is_said, is_so = ("smallest", "largest") if small else ("largest", "smallest")
            message = (
                f"`{helper.name}` is told to be the {is_said}, and the module chooses the {is_so}"
            )
            yield _finding(context, helper.span, message, match[0].strip(), str(definition.span))


def _ceilings(context: Context) -> Iterator[Finding]:
    """Yield what is called a ceiling and told to be the largest from below, or the other way."""
    for page in context.pages:
        rows: dict[tuple[int, int], list[Passage]] = {}
        for cell in page.of(PassageKind.CELL):
            rows.setdefault((cell.block, cell.row), []).append(cell)
        single = ([each] for each in page.of(PassageKind.TEXT, PassageKind.ITEM))
        for passages in (*rows.values(), *single):
            named = ((each, _CEILING.search(each.text)) for each in passages)
            head, name = next(((p, n) for p, n in named if n), (passages[0], None))
            if name is None:
                continue
            is_ceiling = name[0].lower().startswith("ceiling")
            for passage in passages:
                found = _opposite(
                    passage.text[0 if passage is not head else name.end() :],
                    is_ceiling=is_ceiling,
                )
                if found:
                    start = passage.text.index(found)
                    span = passage.span(start, start + len(found))
                    message = f"{name[0]} is told to be {found}"
                    yield _finding(context, span, message, "", "")


def _opposite(text: str, *, is_ceiling: bool) -> str:
    """Return the words of a text by which a ceiling is a floor, or a floor a ceiling."""
    wrong, right = (_LARGE, _SMALL) if is_ceiling else (_SMALL, _LARGE)
    side, other = (_UNDER, _OVER) if is_ceiling else (_OVER, _UNDER)
    sentence = _FIRST.match(text)
    if sentence is None or right.search(sentence[0]) or other.search(sentence[0]):
        return ""
    extreme = wrong.search(sentence[0])
    return extreme[0] if extreme and side.search(sentence[0], extreme.end()) else ""


def _finding(context: Context, span: Span, message: str, formula: str, where: str) -> Finding:
    shown = " ".join(formula.split())
    details = (f"the formula{f' at {where}' if where else ''}: {shown[:200]}",) if shown else ()
    return CODE.finding(
        message,
        span,
        excerpt=context.excerpt(span),
        details=details,
        hint="correct the words, or the formula",
    )
