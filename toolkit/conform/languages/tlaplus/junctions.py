r"""Bulleted lists by column: between the scanner and the parser.

`/\` or `\/` where an operand stands opens a list at its column; the same symbol in the same column
begins the next item; any token at or left of that column ends the list (SANY's junction list
contexts). The list reaches the grammar as BULLETS item (BULLET item)* END_BULLETS, and all other
`/\` and `\/` as INFIX. Here too are settled the other meanings that hang on what stands around a
token: `[]` between the arms of a CASE, operators that stand alone as arguments, names of fields.
"""

from __future__ import annotations

from conform.languages.tlaplus.operators import BEFORE_OPERAND, canonical
from conform.languages.tlaplus.proofs import (
    PROOF_WORDS,
    UNIT_STARTERS,
    Levels,
    continues,
    is_name,
)
from conform.languages.tlaplus.scanning import KEYWORDS
from conform.parsing.tokens import FaultToken, ReadingError, Token

MAX_NESTING = 200
"""Brackets, lists and open constructs within each other; a deeper text is refused."""

_BRACKETS = {"LPAR": "(", "LSQB": "[", "LBRACE": "{", "LANGLE": "<<"}
_CLOSERS = frozenset({"RPAR", "RSQB", "RSQB_SUB", "RBRACE", "RANGLE", "RANGLE_SUB"})
_BINDERS = frozenset({"QUANTIFIER", "TEMPORAL_QUANTIFIER", "CHOOSE", "LAMBDA"})
_NEVER_FIRST = frozenset({"INFIX", "EQUAL", "ELEMENT", "POSTFIX"})
_ALONE_BEFORE = frozenset({"COMMA", "RPAR"})
_LET_UNITS = frozenset({"HEAD", "HEAD_PREFIX", "LOCAL", "RECURSIVE", "INSTANCE"})
_CALLED = frozenset({"NAME", "SYMBOL", "STEP_NAME", "BANG"})
_WORDS = frozenset(KEYWORDS.values())
_FIELDS = _WORDS | {"FAIR", "UNDERSCORE"}
_UNIT_ENDERS = UNIT_STARTERS | {"$END", "FAULT"}

_BRACKET_TAGS = frozenset(_BRACKETS.values())
_LET = frozenset({"LET"})
_LIST = frozenset({"J"})
_CASE = frozenset({"CASE"})
_BINDER = frozenset({"Q"})
_PARTNERS = {
    "THEN": frozenset({"IF"}),
    "ELSE": frozenset({"THEN"}),
    "IN": _LET,
    "HEAD": _LET,
    "DEFINES": _LET,
    "COLON": _BINDER,
    "ELEMENT": _BINDER,
    "NAME": _BINDER,
    "ARROW": _CASE,
    "BOX": _CASE,
    "OTHER": _CASE,
}
"""What must be open, and opened inside the list, for a token to belong to the item it leaves."""

_SUBSCRIBING = frozenset({"RSQB_SUB", "RANGLE_SUB"})
_SEPARATING = frozenset({*_PARTNERS, "COMMA", "MAPSTO", "BANG", "EXCEPT"})
_BEFORE_ARROW = _BRACKET_TAGS | _CASE
_BEFORE_COMMA = _BRACKET_TAGS | _BINDER | _LET

Entry = tuple[str, int, str]
"""What is open: a tag (`J` or a bracket, keyword or `Q`), the column and operator of a list."""


def arrange(tokens: list[Token]) -> list[Token]:
    """Return the tokens as the grammar wants them, lists of formulas and of proof steps marked.

    What is ill-formed here becomes a FaultToken where it is found, the last of the list; of tokens
    that leave their item, where the item ends.
    """
    return _Arranger(tokens).run()


class _Arranger:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._out: list[Token] = []
        self._stack: list[Entry] = []
        self._unchecked: dict[int, list[ReadingError]] = {}  # by the place of the list in the stack
        self._floor = 0  # column of the innermost list, 0 if there is none
        self._previous = ""
        self._index = 0
        self._levels = Levels()
        self._is_defining = False  # in a DEFINE step

    def run(self) -> list[Token]:
        try:
            self._run()
        except ReadingError as fault:
            self._out.append(FaultToken(fault))
        return self._out

    def _run(self) -> None:
        tokens, append, stack = self._tokens, self._out.append, self._stack
        actions = _ACTIONS
        count = len(tokens)
        while self._index < count:
            token = tokens[self._index]
            kind = token.type
            if self._previous == "DOT" and kind in _FIELDS and _is_word(token.text):
                kind = token.type = "NAME"
            if kind in _UNIT_ENDERS:
                self._begin_unit(token)
            if token.column <= self._floor and self._end_items(token):
                self._index += 1
                continue
            action = actions.get(kind)
            if action is not None:
                action(self, token)
            append(token)
            self._previous = token.type
            self._index += 1
            if len(stack) > MAX_NESTING:
                raise ReadingError(
                    f"nested more than {MAX_NESTING} deep", token.span, hint=NESTING_HINT
                )

    # ------------------------------------------------------------------------------- the stack

    def _push(self, tag: str, column: int = 0, operator: str = "") -> None:
        self._stack.append((tag, column, operator))
        if tag == "J":
            self._floor = column

    def _pop_to(self, size: int, token: Token) -> None:
        """Close whatever was opened after the first `size` entries."""
        stack = self._stack
        closed = False
        while len(stack) > size:
            if stack.pop()[0] == "J":
                closed = True
                self._out.append(token.virtual("END_BULLETS"))
                self._check_item(len(stack))
        if closed:
            self._floor = next((e[1] for e in reversed(stack) if e[0] == "J"), 0)

    def _check_item(self, index: int) -> None:
        """Mark what is misplaced in an item, which ends, of the list at `index` of the stack."""
        self._out.extend(map(FaultToken, self._unchecked.pop(index, ())))

    def _innermost(self, wanted: frozenset[str]) -> int:
        """Return the index of the innermost entry tagged with one of the `wanted`, or -1.

        Does not look past a bracket, unless it is itself wanted.
        """
        stack = self._stack
        for index in range(len(stack) - 1, -1, -1):
            tag = stack[index][0]
            if tag in wanted:
                return index
            if tag in _BRACKET_TAGS:
                return -1
        return -1

    # ------------------------------------------------------------------------------- the rules

    def _begin_unit(self, token: Token) -> None:
        """A definition or another unit begins: it ends all lists since the nearest LET."""
        if token.type in _LET_UNITS:
            let = self._innermost(_LET)
            if let >= 0:
                self._pop_to(let + 1, token)
                return
        if self._innermost(_BRACKET_TAGS) >= 0:
            self._floor = 0  # let the parser say that a bracket is not closed
            return
        self._pop_to(0, token)
        if continues(token.type, self._previous, is_defining=self._is_defining):
            self._is_defining = self._is_defining or token.type in ("HEAD", "HEAD_PREFIX")
        else:
            self._is_defining = False
            self._end_steps(self._levels.close(), token)

    def _end_items(self, token: Token) -> bool:
        """Apply the column rule; return whether the token was the bullet of a next item."""
        while token.column <= self._floor:
            index = self._innermost(_LIST)
            partner = self._innermost(_PARTNERS.get(token.type, _LIST))
            if index < 0 or partner > index or self._previous in _SUBSCRIBING:
                if self._is_unchecked(token):
                    of = max(i for i, entry in enumerate(self._stack) if entry[0] == "J")
                    self._unchecked.setdefault(of, []).append(self._misplaced(token))
                    return False
                raise self._misplaced(token)
            _, column, operator = self._stack[index]
            is_bullet = token.type == "BULLET" and token.column == column
            if is_bullet and canonical(token.text) == operator:
                self._pop_to(index + 1, token)
                self._out.append(token)
                self._check_item(index)
                self._previous = "BULLET"
                return True
            self._pop_to(index, token)
        return False

    def _is_unchecked(self, token: Token) -> bool:
        """Return whether SANY looks at the column of a token only where its item ends."""
        kind, previous = token.type, self._previous
        if previous == "BANG" or previous in _SUBSCRIBING:
            return True
        if kind == "NAME":
            if self._innermost(_BINDER) > self._innermost(_LIST):
                return previous in _BINDERS or previous == "COMMA"
            return bool(self._stack) and self._stack[-1][0] == "[" and self._names_field()
        return kind in _CLOSERS or kind in _SEPARATING

    def _names_field(self) -> bool:
        return self._previous in ("LSQB", "COMMA") and self._next() in ("MAPSTO", "COLON")

    def _misplaced(self, token: Token) -> ReadingError:
        text = f"`{token.text}`" if token.text else "end of text"
        return ReadingError(
            f"{text} stands at or left of the bullet of its list, inside an open bracket",
            token.span,
            expected=f"a column greater than {self._floor}",
            hint="indent it further than the bullet, or close the bracket first",
        )

    def _next(self) -> str:
        following = self._index + 1
        return self._tokens[following].type if following < len(self._tokens) else ""

    def _bullet(self, token: Token) -> None:
        self._operator(token)
        if token.type != "BULLET":
            return
        if self._previous in BEFORE_OPERAND:
            self._push("J", token.column, canonical(token.text))
            token.type = "BULLETS"
        else:
            token.type = "INFIX"

    def _operator(self, token: Token) -> None:
        """An operator that stands alone, as an argument or a segment, becomes a SYMBOL.

        So does one that cannot begin an operand but stands for one: `+(1, 2)` is a call.
        """
        previous, kind = self._previous, token.type
        if kind == "UNARY_MINUS" and previous in BEFORE_OPERAND:
            alone = self._next() != "UNDERSCORE"
        elif previous in ("COMMA", "LPAR"):
            following = self._next()
            alone = following in _ALONE_BEFORE or (following == "LARROW" and previous == "COMMA")
            alone = kind in _NEVER_FIRST or (alone and self._is_argument(kind, following))
        elif previous == "LARROW":
            alone = kind in _NEVER_FIRST or self._ends_here()
        elif previous == "BANG":
            alone = True
        elif previous == "WITH":
            alone = self._next() == "LARROW"
        else:
            alone = kind in _NEVER_FIRST and previous in BEFORE_OPERAND
        if alone:
            token.type = "SYMBOL"

    def _is_argument(self, kind: str, following: str) -> bool:
        """Return whether an operator may stand alone here though it may begin an operand too."""
        if kind not in ("MINUS", "PREFIX") or following == "LARROW":
            return True
        if self._previous == "LPAR":
            return len(self._out) > 1 and self._out[-2].type in _CALLED
        return self._innermost(_BRACKET_TAGS) >= 0

    def _ends_here(self) -> bool:
        following = self._next()
        return following in _ALONE_BEFORE or following in UNIT_STARTERS or following == "IN"

    def _box(self, token: Token) -> None:
        self._operator(token)
        if token.type != "BOX":
            return
        token.type = "PREFIX"
        if self._previous not in BEFORE_OPERAND:
            case = self._innermost(_CASE)
            if case >= 0:
                self._pop_to(case + 1, token)
                token.type = "CASE_SEPARATOR"

    def _open_bracket(self, token: Token) -> None:
        if self._previous == "BANG" and token.type == "LANGLE":
            token.type = "SELECTOR"
        else:
            self._push(_BRACKETS[token.type], operator="index" if self._previous == "BANG" else "")

    def _close_bracket(self, token: Token) -> None:
        if self._previous == "BANG" and token.type == "RANGLE":
            token.type = "SELECTOR"
            return
        index = self._innermost(_BRACKET_TAGS)
        if index >= 0:
            self._pop_to(index, token)

    def _binder(self, token: Token) -> None:
        self._field(token)
        if token.type in _BINDERS:
            self._push("Q")

    def _keyword(self, token: Token) -> None:
        self._field(token)
        if token.type == "CASE" and self._previous == "STEP":
            token.type = "PROOF_CASE"
        elif token.type in ("IF", "CASE", "LET"):
            self._push(token.type)
        elif token.type == "THEN":
            self._replace("IF", token)
            self._push("THEN")
        elif token.type == "ELSE":
            self._replace("THEN", token)
        elif token.type == "IN":
            self._replace("LET", token)
        elif token.type == "EXCEPT":
            self._comma(token)

    def _replace(self, opener: str, token: Token) -> None:
        index = self._innermost(frozenset({opener}))
        if index >= 0:
            self._pop_to(index, token)

    def _colon(self, token: Token) -> None:
        if self._previous == "BANG":
            token.type = "SELECTOR"
            return
        binder = self._innermost(_BINDER)
        self._pop_to(binder if binder >= 0 else self._innermost(_BRACKET_TAGS) + 1, token)

    def _arrow(self, token: Token) -> None:
        self._pop_to(self._innermost(_BEFORE_ARROW) + 1, token)

    def _comma(self, token: Token) -> None:
        self._pop_to(self._innermost(_BEFORE_COMMA) + 1, token)

    def _prove(self, token: Token) -> None:
        self._field(token)
        if token.type != "FIELD" and self._innermost(_BRACKET_TAGS) < 0:
            self._pop_to(0, token)

    def _field(self, token: Token) -> None:
        """A name before `|->` or `:` in a record is a field; as the first one any word is."""
        if self._previous not in ("LSQB", "COMMA") or not self._stack:
            return
        tag, column, what = self._stack[-1]
        is_later = self._previous == "COMMA" and what != "record"
        if tag != "[" or is_later or what == "index":
            return
        following = self._next()
        is_name = token.type == "NAME"
        if following == "MAPSTO" and (is_name or self._previous == "LSQB"):
            is_name = True
        elif following != "COLON":
            is_name = False
        if is_name:
            token.type = "FIELD"
            self._stack[-1] = (tag, column, "record")

    def _word_operator(self, token: Token) -> None:
        """DOMAIN, SUBSET and their like are reserved words too, thus may name a field."""
        if token.text in KEYWORDS:
            self._field(token)
        if token.type == "PREFIX":
            self._operator(token)

    def _proof(self, token: Token) -> None:
        self._field(token)
        if token.type != "FIELD" and self._innermost(_BRACKET_TAGS) < 0:
            self._pop_to(0, token)
            if token.type == "QED":
                self._levels.qed()

    def _define(self, token: Token) -> None:
        self._field(token)
        self._is_defining = token.type == "DEFINE" or self._is_defining

    def _step(self, token: Token) -> None:
        """A step begins, or its name stands as an operand."""
        if self._previous in BEFORE_OPERAND and is_name(token.text):
            self._refuse_step_name(token)
            token.type = "STEP_NAME"
        elif self._innermost(_BRACKET_TAGS) < 0:
            self._pop_to(0, token)
            self._is_defining = False
            ended, begins = self._levels.enter(token, after_proof=self._previous == "PROOF")
            self._end_steps(ended, token)
            if begins:
                self._out.append(token.virtual("BEGIN_STEPS"))

    def _refuse_step_name(self, token: Token) -> None:
        if not self._levels:
            raise ReadingError(
                f"`{token.text}` names a step, and here is no list of steps",
                token.span,
                hint="put spaces around `<` and `>` if they compare",
            )
        if token.text[1] == "+":
            raise ReadingError(
                f"`{token.text}` stands for no step: its level is relative",
                token.span,
                hint="name the level of the step, or write <*>",
            )

    def _end_steps(self, count: int, token: Token) -> None:
        self._out.extend(token.virtual("END_STEPS") for _ in range(count))


NESTING_HINT = "give the inner parts names of their own"

_ACTIONS = {
    "NAME": _Arranger._field,
    "UNDERSCORE": _Arranger._field,
    "BULLET": _Arranger._bullet,
    "BOX": _Arranger._box,
    "INFIX": _Arranger._operator,
    "EQUAL": _Arranger._operator,
    "ELEMENT": _Arranger._operator,
    "MINUS": _Arranger._operator,
    "POSTFIX": _Arranger._operator,
    "UNARY_MINUS": _Arranger._operator,
    "PREFIX": _Arranger._word_operator,
    "COLON": _Arranger._colon,
    "ARROW": _Arranger._arrow,
    "COMMA": _Arranger._comma,
    "MAPSTO": _Arranger._comma,
    "LARROW": _Arranger._comma,
    "PROVE": _Arranger._prove,
    "DEFINE": _Arranger._define,
    "STEP": _Arranger._step,
    **dict.fromkeys(_BRACKETS, _Arranger._open_bracket),
    **dict.fromkeys(_CLOSERS, _Arranger._close_bracket),
    **dict.fromkeys(_BINDERS, _Arranger._binder),
    **dict.fromkeys(PROOF_WORDS, _Arranger._proof),
}
for _word in set(KEYWORDS.values()):
    _ACTIONS.setdefault(_word, _Arranger._keyword)


def _is_word(text: str) -> bool:
    return text[0] == "_" or text[0].isalpha()
