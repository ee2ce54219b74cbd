"""Rules for parameters and arguments, as go.starlark.net has them."""

from __future__ import annotations

from collections.abc import Sequence

from conform.languages.fizzbee import syntax_expressions as tree
from conform.languages.fizzbee.syntax_expressions import ParameterKind
from conform.parsing.tokens import ReadingError

_ARGUMENT_ORDER = (tree.Positional, tree.Keyword, tree.Spread, tree.KeywordSpread)
_ARGUMENT_NAMES = ("positional argument", "keyword argument", "`*` argument", "`**` argument")


def check_arguments(arguments: Sequence[tree.Argument]) -> None:
    """Raise ReadingError for arguments that are out of order, or keywords given twice."""
    latest = 0
    keywords = set()
    for argument in arguments:
        rank = _ARGUMENT_ORDER.index(type(argument))
        if rank < latest or (rank == latest and rank >= 2):
            raise ReadingError(
                f"a {_ARGUMENT_NAMES[rank]} cannot follow a {_ARGUMENT_NAMES[latest]}",
                argument.span,
                expected="values, then name=value, then `*` and `**`",
            )
        latest = rank
        if isinstance(argument, tree.Keyword):
            if argument.name in keywords:
                raise ReadingError(f"the argument `{argument.name}` is given twice", argument.span)
            keywords.add(argument.name)


def check_parameters(parameters: Sequence[tree.Parameter]) -> None:
    """Raise ReadingError for parameters that are out of order or have one name."""
    names = set()
    rest: tree.Parameter | None = None
    has_optional = has_keywords = False
    for index, parameter in enumerate(parameters):
        if parameter.name in names:
            raise ReadingError(f"two parameters are called `{parameter.name}`", parameter.span)
        names.add(parameter.name)
        if has_keywords:
            raise ReadingError("no parameter can follow the `**` parameter", parameter.span)
        match parameter.kind:
            case ParameterKind.REST:
                if rest or (not parameter.name and index == len(parameters) - 1):
                    raise ReadingError(
                        "a second `*` parameter" if rest else "nothing follows the `*`",
                        parameter.span,
                    )
                rest = parameter
            case ParameterKind.KEYWORDS:
                has_keywords = True
            case ParameterKind.PLAIN:
                if has_optional and not rest and parameter.default is None:
                    raise ReadingError(
                        f"`{parameter.name}` has no default, though a parameter before it has one",
                        parameter.span,
                    )
                has_optional |= parameter.default is not None


def check_plain(parameters: Sequence[tree.Parameter]) -> None:
    """Raise ReadingError for `*` and `**` parameters, which a FizzBee function cannot have."""
    for parameter in parameters:
        if parameter.kind is not ParameterKind.PLAIN:
            raise ReadingError(
                "a func has no `*` parameters", parameter.span, hint="pass a list or a dict"
            )
