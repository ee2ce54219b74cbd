"""What to say about a token that cannot stand where it stands: found, expected, and a hint.

The hints are a table of rules (RULES): each looks at the situation and gives its advice or "".
The first that speaks is heard.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

from conform.languages.tlaplus.advice_rules import RULES
from conform.languages.tlaplus.heads import NO_BODY
from conform.languages.tlaplus.situation import CLOSERS, ENDERS, OPENERS, Situation
from conform.parsing.lalr import UnexpectedTokenError
from conform.parsing.tokens import ReadingError, Token
from conform.text import Source, Span

_NEAR_HEADER = re.compile(r"^[ \t]*-{2,}+[ \t]*+module\b.*$", re.IGNORECASE | re.MULTILINE)

_OPERATORS = frozenset({"INFIX", "EQUAL", "MINUS", "ELEMENT", "POSTFIX", "LSQB", "DOT"})
_VIRTUAL = frozenset({"END_BULLETS", "BULLET", "CASE_SEPARATOR", "END_STEPS", "BEGIN_STEPS"})

_WORDS = {
    "RPAR": "`)`",
    "RSQB": "`]`",
    "RSQB_SUB": "`]_`",
    "RBRACE": "`}`",
    "RANGLE": "`>>`",
    "RANGLE_SUB": "`>>_`",
    "COMMA": "`,`",
    "COLON": "`:`",
    "THEN": "THEN",
    "ELSE": "ELSE",
    "IN": "IN",
    "ARROW": "`->`",
    "LARROW": "`<-`",
    "MAPSTO": "`|->`",
    "DEFINES": "`==`",
    "EQUAL": "`=`",
    "ELEMENT": "`\\in`",
    "PROVE": "PROVE",
    "EXCEPT": "EXCEPT",
    "BANG": "`!`",
    "LPAR": "`(`",
    "LSQB": "`[`",
    "DOT": "`.`",
    "UNDERSCORE": "`_`",
    "NAME": "a name",
    "STEP": "a proof step",
    "QED": "QED",
    "MODULE": "MODULE",
    "BY": "BY",
    "DEF": "DEF",
    "ONLY": "ONLY",
    "LANGLE": "`<<`",
    "FIELD": "the name of a field",
    "MODULE_HEADER": "`---- MODULE`",
    "SEPARATOR": "`----`",
    "END_MODULE": "`====`",
    "SELECTOR": "`:`",
    "NUMBER": "a number",
    "SYMBOL": "an operator",
    "$END": "end of text",
}
"""How the types of tokens are called in messages, in the order in which they are named."""

_MOST_WORDS = 5
_LONGEST_SHOWN = 40  # characters of a token in a message


def explain(unexpected: UnexpectedTokenError) -> ReadingError:
    """Return the fault that an unexpected token amounts to."""
    situation = Situation.of(unexpected)
    token = reported(situation)
    hint = next(filter(None, (rule(situation) for rule in RULES)), "")
    return ReadingError(
        f"unexpected {found(token)}",
        token.span,
        expected=expected(unexpected.accepted),
        hint=hint,
    )


def reported(at: Situation) -> Token:
    """Return the token at which SANY reports the fault.

    It looks some tokens ahead before it chooses a unit, an argument list or a further substitution,
    and blames the first of them if none fits.
    """
    return next(filter(None, (rule(at) for rule in _BLAMED)), at.token)


def _unit(at: Situation) -> Token | None:
    """A unit of which not even the first token after its keyword fits."""
    before = at.before
    if before.type == "LOCAL" and "INSTANCE" not in at.accepted:
        return None  # in a LET
    if before.type == "LOCAL":
        return before if at.at(-2).type != "DEFINE" and at.token.type != "NO_HEAD" else None
    is_plain = at.at(-2).type not in ("DEFINES", "LOCAL", "STEP")
    if (at.token.type, before.type) == ("HEAD", "INSTANCE") and is_plain:
        return before
    if (at.token.type, before.type) == ("ONLY", "USE"):
        return before
    if (at.at(-2).type, before.type) == ("LOCAL", "INSTANCE"):
        return None
    if before.type in _DECLARING and at.at(-2).type in ("COMMA", "ASSUME"):
        return before if _assume(at) is None else None
    if at.token.type in _HEADS or at.at(-2).type in _INSIDE:
        return None
    return before if before.type in _LOOKED_PAST else None


def _assumption(at: Situation) -> Token | None:
    """What follows the name of an assumption that looks like the head of a definition."""
    opening = at.last("ASSUME", "ASSUMPTION") if at.token.type == "DEFINES" else None
    if opening is None or opening is at.before:
        return None
    name, *others = at.tokens[at.tokens.index(opening) + 1 : at.index]
    kinds = [token.type for token in others]
    has_parameters = kinds[:1] in (["LPAR"], ["LSQB"]) and kinds[-1] in CLOSERS
    is_infix = kinds[:1] != ["COMMA"] and kinds[1:] == ["NAME"]
    is_operator = is_infix or kinds == ["POSTFIX"]
    return others[0] if name.type == "NAME" and (has_parameters or is_operator) else None


def _assume(at: Situation) -> Token | None:
    """ASSUME of a theorem, of which two tokens must fit."""
    for offset in (-1, -2):
        before = at.at(offset - 1).type
        is_named = before == "DEFINES" and at.at(offset - 3).type == "THEOREM"
        if at.at(offset).type == "ASSUME" and (before == "THEOREM" or is_named):
            return at.at(offset)
    return None


def _definition(at: Situation) -> Token | None:
    """A `==` that belongs to no definition, or is followed by none: where its name should be."""
    if at.token.type != "DEFINES":
        return None
    is_lone = at.before.type in _LONE_TYPES and at.at(-2).type == "DEFINES"
    if at.before.type == "DEFINES" or is_lone or at.after.type in NO_BODY:
        return None
    if at.at(-2).type in ("THEOREM", "ASSUMPTION") and at.before.type in _LONE_TYPES:
        return at.token
    if at.before.type in _OPERATOR_TYPES:
        return at.at(-2) if at.at(-2).type != "HEAD" else None
    return at.before_brackets()


def _proof(at: Situation) -> Token | None:
    """BY after a first step that says nothing, or after a leaf: SANY looked ahead past them."""
    if at.token.type != "BY":
        return None
    is_leaf = at.before.type in ("OBVIOUS", "OMITTED") and at.at(-2).type != "PROOF"
    is_first = at.before.type == "STEP" and _begins_steps(at.before, at.tokens[: at.index - 1])
    return at.before if is_leaf or is_first else None


def _begins_steps(step: Token, before: Sequence[Token]) -> bool:
    """Whether a step is the first one of its level in a proof."""
    if step.text.startswith("<+"):
        return True
    kinds = ("STEP", "THEOREM")
    previous = next((token for token in reversed(before) if token.type in kinds), step)
    level, other = (re.match(r"<(\d+)>", token.text) for token in (step, previous))
    is_deeper = level and other and int(level[1]) > int(other[1])
    return previous.type == "THEOREM" or bool(is_deeper)


def _arguments(at: Situation) -> Token | None:
    """The parenthesis of a call whose first argument does not even begin."""
    if at.before.type != "LPAR":
        return None
    if at.at(-3).type == "FAIR" or at.at(-2).type in ("RPAR", "RANGLE", "RSQB"):
        return at.last("FAIR")
    if at.accepted == {"UNDERSCORE"} and _is_in_head(at):
        return None
    is_called = at.at(-2).type in ("NAME", "SYMBOL", "STEP_NAME")
    return at.before if is_called and at.at(-3).type not in ("NEW", "LEVEL") else None


def _is_in_head(at: Situation) -> bool:
    """Whether the token stands among the parameters of a definition."""
    before = (token.type for token in reversed(at.tokens[: at.index]))
    return next((kind for kind in before if kind in ("HEAD", "DEFINES")), "") == "HEAD"


def _fairness(at: Situation) -> Token | None:
    if at.at(-2).type == "FAIR" and at.before.type == "NAME":
        return at.at(-2)  # `WF_v` without an action
    return at.last("FAIR") if at.accepted in ({"LPAR"}, {"LPAR", "BANG"}) else None


def _substitution(at: Situation) -> Token | None:
    """The comma after which no substitution begins; what follows an operator that begins one."""
    if at.before.type == "WITH" and at.token.type in _LONE_TYPES | {"BULLET", "BOX"}:
        return at.after
    if at.before.type == "COMMA" and at.accepted == {"NAME", "SYMBOL"}:
        return at.before
    return at.at(-2) if at.at(-2).type == "COMMA" and at.accepted == {"LARROW"} else None


def _field(at: Situation) -> Token | None:
    """What follows the name of a field, and is no `|->` or `:`."""
    return at.after if at.token.type == "NAME" and at.accepted == {"FIELD"} else None


def _field_value(at: Situation) -> Token | None:
    """The `|->` after what is neither the name of a field nor the bounds of a function."""
    opener = at.opener()
    if opener is None or opener.type != "LSQB":
        return None
    depth = 0
    for token in at.tokens[at.tokens.index(opener) + 1 : at.index]:
        depth += (token.type in OPENERS) - (token.type in CLOSERS)
        if depth == 0 and token.type in ("ELEMENT", "FIELD", "COMMA"):
            return None
        if depth == 0 and token.type == "MAPSTO":
            return token
    return None


def _filter(at: Situation) -> Token | None:
    r"""The comma of `{x, y \in S : p}`: a filter has one name."""
    opener = at.opener(frozenset({"LBRACE"})) if at.token.type == "COLON" else None
    if opener is None:
        return None
    inside = list(at.tokens[at.tokens.index(opener) + 1 : at.index])
    names = itertools.takewhile(lambda token: token.type in ("NAME", "COMMA"), inside)
    count = len(list(names))
    if count > 1 and len(inside) > count and inside[count].type == "ELEMENT":
        return inside[1]
    return None


def _adjoining(at: Situation) -> Token | None:
    """The operand before a bracket that is no argument: SANY has read both when no operator joins.

    What is blamed is what the operator would take: `x` before `[i \\in S |-> 0]`, and of `x'` the
    prime, of `f[a]` the bracket.
    """
    opener = at.opener(frozenset({"LSQB"})) if at.token.type in _NO_ARGUMENT else None
    if opener is None or not _is_closed(at.tokens[at.index :]):
        return None
    last = at.tokens.index(opener) - 1
    if not _begins_other(at.tokens[last + 2 : at.index], at.token.type):
        return None
    if at.tokens[last].type == "POSTFIX":
        return at.tokens[last]
    first = _operand_start(at.tokens, last)
    if first is None or at.tokens[first - 1].type in _NO_OPERAND:
        return None
    return at.tokens[first]


def _begins_other(inside: Sequence[Token], follower: str) -> bool:
    """Whether tokens begin a bracket of another kind than an argument, before what follows them."""
    parts: list[list[str]] = [[]]
    depth = 0
    for token in inside:
        depth += (token.type in OPENERS) - (token.type in CLOSERS)
        if depth == 0 and token.type == "COMMA":
            parts.append([])
        elif depth == 0:
            parts[-1].append(token.type)
    are_bounds = [part[:2] in (["NAME", "ELEMENT"], ["RANGLE", "ELEMENT"]) for part in parts]
    match follower:
        case "FIELD":
            return not inside
        case "MAPSTO":
            named = zip(parts, are_bounds, strict=True)
            return are_bounds[-1] and all(part == ["NAME"] or bound for part, bound in named)
        case "COLON":
            return parts in ([["NAME"]], [["FIELD"]])
        case _:
            return len(parts) == 1 and parts != [[]] and not are_bounds[0]


def _is_closed(rest: Sequence[Token]) -> bool:
    """Whether a bracket is closed that was opened before."""
    depth = 1
    for token in rest:
        depth += (token.type in OPENERS) - (token.type in CLOSERS)
        if depth == 0:
            return token.type in ("RSQB", "RSQB_SUB")
        if token.type in ENDERS:
            return False
    return False


def _operand_start(tokens: Sequence[Token], last: int) -> int | None:
    """Return the index at which the operand begins that ends at `last`; None if none ends there."""
    first: int | None = _simple_start(tokens, last)
    while first is not None and tokens[first - 1].type in ("DOT", "BANG"):
        before = _operand_start(tokens, first - 2)
        is_applied = before is not None and tokens[before].type == "LSQB"
        if before is None or not is_applied:
            return before
        first = _operand_start(tokens, before - 1)
        if first is None:  # a bracket that applies nothing is an operand itself
            return before
    return first


def _simple_start(tokens: Sequence[Token], last: int) -> int | None:
    """Return where the name, literal or brackets begin that end at `last`; a call at its name."""
    if tokens[last].type in _OPERAND_ENDS:
        return last
    if tokens[last].type not in ("RPAR", "RSQB", "RBRACE", "RANGLE"):
        return None
    depth = 0
    for first in range(last, -1, -1):
        depth += (tokens[first].type in CLOSERS) - (tokens[first].type in OPENERS)
        if depth == 0:
            is_call = tokens[last].type == "RPAR" and tokens[first - 1].type in ("NAME", "SYMBOL")
            return first - is_call
    return None


_NO_ARGUMENT = frozenset({"MAPSTO", "ARROW", "EXCEPT", "COLON", "FIELD", "RSQB_SUB"})
_OPERAND_ENDS = frozenset({"NAME", "FIELD", "NUMBER", "STRING", "AT", "SYMBOL"})
_NO_OPERAND = frozenset({"BANG", "RSQB_SUB", "RANGLE_SUB", "FAIR"})
_LOOKED_PAST = frozenset({"THEOREM", "ASSUME", "ASSUMPTION", "INSTANCE"})
_HEADS = frozenset({"HEAD", "HEAD_PREFIX", "NO_HEAD"})
_INSIDE = frozenset({"THEOREM", "DEFINES", "STEP", "SUFFICES", "COMMA", "ASSUME"})
_OPERATOR_TYPES = frozenset({"INFIX", "EQUAL", "MINUS", "ELEMENT", "POSTFIX", "SYMBOL", "BULLETS"})
_DECLARING = frozenset({"NEW", "CONSTANT", "VARIABLE", "LEVEL"})
_LONE_TYPES = _OPERATOR_TYPES | {"PREFIX", "UNARY_MINUS"}
_BLAMED: tuple[Callable[[Situation], Token | None], ...] = (
    _unit,
    _assumption,
    _assume,
    _definition,
    _proof,
    _arguments,
    _fairness,
    _substitution,
    _field,
    _field_value,
    _filter,
    _adjoining,
)


def found(token: Token) -> str:
    """Return what a token is called in a message."""
    if token.type == "END_MODULE":
        return "end of module"
    text = token.text
    if len(text) > _LONGEST_SHOWN:
        text = text[:_LONGEST_SHOWN] + "…"
    return f"`{text}`" if text else "end of text"


def expected(accepted: frozenset[str]) -> str:
    """Return in words what could stand where tokens of the `accepted` types can."""
    left = set(accepted - _VIRTUAL)
    words: list[str] = []
    if {"NUMBER", "STRING"} <= left:
        words.append("an expression")
        left = left & {"RPAR", "RSQB", "RBRACE", "RANGLE"}
    elif {"INFIX", "EQUAL"} <= left:
        words.append("an operator")
        left -= _OPERATORS | {"LPAR", "BANG", "LABEL"}
    if "HEAD" in left:
        words[:0] = ["a declaration", "a definition"] if "VARIABLE" in left else ["a definition"]
        left &= {"END_MODULE", "IN", "STEP"}
    words = [word for kind, word in _WORDS.items() if kind in left] + words
    words = list(dict.fromkeys(words))
    if len(words) > _MOST_WORDS:
        return ""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def no_header(source: Source) -> ReadingError:
    """No module begins in the source: reported at its end, as SANY does."""
    lines = re.split(r"\r\n?|\n", source.text)
    line, column = len(lines), len(lines[-1]) + 1
    near = _NEAR_HEADER.search(source.text)
    hint = "a module begins with a line `---- MODULE Name ----`"
    if near:
        number = len(re.findall(r"\r\n?|\n", source.text[: near.start()])) + 1
        hint = (
            f"line {number} looks like a header: it needs four or more dashes on either side "
            "of its name, and MODULE in capitals"
        )
    return ReadingError(
        "no module begins in this text",
        Span(source.path, line, column, line, column),
        expected="`---- MODULE`",
        hint=hint,
    )
