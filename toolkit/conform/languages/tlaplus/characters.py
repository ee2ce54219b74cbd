"""Characters that no token of TLA+ begins with: what to call them, and what was meant."""

from __future__ import annotations

import unicodedata

_MEANT = {
    ";": "a semicolon ends nothing in TLA+: remove it",
    "`": 'a string stands in "…", a record field has no quotes',
    "?": "a choice is IF c THEN a ELSE b; `?` is a symbol only doubled: ??",
    "\\": "an operator such as \\in, or \\* before a comment",
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "—": "-",
    "−": "-",
    "×": "\\X",
}
"""Advice about a character, or the one character that it resembles."""

_INVISIBLE = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp"})


def described(character: str) -> str:
    """Return what a character is called in a message: itself, or its number and name."""
    if character.isprintable() and character.isascii():
        return f"`{character}`"
    number = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    if character.isprintable() and not unicodedata.combining(character):
        return f"`{character}` ({number} {name})" if name else f"`{character}` ({number})"
    return f"{number} {name}".rstrip()


def advice(character: str) -> str:
    """Return what to write in place of a character, or "" where nothing is known."""
    meant = _MEANT.get(character) or _plain(character)
    if len(meant) > 2:
        return meant
    if meant:
        return f"it looks like `{meant}`: write that"
    if unicodedata.category(character) in _INVISIBLE:
        return "it cannot be seen: delete it, or put an ordinary space there"
    if character.isalpha():
        return "names are made of the letters A to Z and a to z, digits and `_`"
    return ""


def _plain(character: str) -> str:
    """Return the ASCII character that a wide or styled one stands for, if there is one."""
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character and plain.isascii() and plain.strip() else ""
