"""The operators of module TLC, those that look at the run or leave something behind in it included.

Source followed: tlc2/module/TLC.java. What is impure says so, and no answer that depends on it is
remembered.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from conform.domain.recorded import RecordedKeys
from conform.domain.run import Counters
from conform.domain.values import (
    Domain,
    FunctionValue,
    SetValue,
    Value,
    function,
    in_order,
    record,
)
from conform.languages.tlaplus.evaluation.failing import (
    UnlistedError,
    fail,
    raise_mismatch,
    raise_too_large,
    shown,
)
from conform.languages.tlaplus.evaluation.functions import (
    DOMAINS,
    RecursiveFunctionValue,
    applied,
    domain_of,
    domain_over,
    function_over,
    kept,
    listed,
)
from conform.languages.tlaplus.evaluation.mismatch import KindMismatchError, check_comparable
from conform.languages.tlaplus.evaluation.printing import printed
from conform.languages.tlaplus.evaluation.recorded_sets import are_comparable
from conform.languages.tlaplus.evaluation.results import elements_of, is_member, settle
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.session import Session
from conform.languages.tlaplus.evaluation.sets import HIGHEST, LazySet, TooLargeError
from conform.languages.tlaplus.evaluation.standard.folds import Operator
from conform.languages.tlaplus.evaluation.standard.operands import (
    function_operand,
    sequence_operand,
)
from conform.languages.tlaplus.evaluation.standard.sorting import sorted_by
from conform.languages.tlaplus.evaluation.unlisted_sets import (
    Everything,
    set_over,
    unlisted_elements,
)
from conform.text import Span, nearest


def _pair(span: Span, key: Any, value: Any) -> Any:
    key = kept(key, span)
    if isinstance(key, LazySet | RecursiveFunctionValue):
        return RecursiveFunctionValue("", set_over((key,), span), lambda _, __: value, span)
    domain = _domain_of(key)
    try:
        return FunctionValue(domain, (settle(value, span),))
    except UnlistedError:
        return function_over(domain, (value,), span)


@lru_cache(maxsize=DOMAINS, typed=True)
def _domain_of(key: Value) -> Domain:
    return domain_over((key,))


def _combined(span: Span, left: Any, right: Any) -> Any:
    try:
        first = function_operand(left, span, "`@@`")
        second = function_operand(right, span, "`@@`")
    except UnlistedError:
        return _combined_unlisted(span, left, right)
    joined = _joined_to_recorded(first, second)
    if joined is not None:
        return joined
    domain, places = _joined_at(first.domain, second.domain, span)
    values = (*first.values, *second.values)
    return FunctionValue(domain, tuple([values[place] for place in places]))


def _joined_to_recorded(first: FunctionValue, second: FunctionValue) -> FunctionValue | None:
    """Return `first @@ second` if one knows at what arguments it is read, and the other not."""
    base, other = (first, second) if isinstance(first.values, RecordedKeys) else (second, first)
    if not isinstance(base.values, RecordedKeys) or isinstance(other.values, RecordedKeys):
        return None
    if not are_comparable(base.values.elements.candidates(), other.domain.elements):
        return None
    gives_way = base is second
    for argument, value in other.items():
        assert isinstance(base.values, RecordedKeys), "so are all that are made of it"
        if gives_way or base.values.at(argument) is None:
            base = base.values.with_value(argument, value)
    return base


def _combined_unlisted(span: Span, left: Any, right: Any) -> Any:
    """Return `left @@ right` where infinite sets are among the values."""
    try:
        (first, firsts), (second, seconds) = listed(left, span), listed(right, span)
    except UnlistedError:
        return _combined_by_rule(span, left, right)
    domain, places = _joined_at(first, second, span)
    values = firsts + seconds
    return function_over(domain, [values[place] for place in places], span)


def _combined_by_rule(span: Span, left: Any, right: Any) -> RecursiveFunctionValue:
    """Return `left @@ right` where infinite sets are among the arguments."""
    first, second = domain_of(left, span), domain_of(right, span)
    try:
        arguments = set_over([*unlisted_elements(first), *unlisted_elements(second)], span)
    except TooLargeError as error:
        raise_too_large(error, span)

    def value_at(_itself: Any, key: Any) -> Any:
        return applied(left if is_member(key, first, span) else right, key, span)

    return RecursiveFunctionValue("", arguments, value_at, span)


def _joined_at(first: Domain, second: Domain, span: Span) -> tuple[Domain, tuple[int, ...]]:
    try:
        return _joined(first, second)
    except KindMismatchError as error:
        raise_mismatch(error, span, "a set cannot hold both {} and {}: they cannot be compared")


@lru_cache(maxsize=DOMAINS)
def _joined(first: Domain, second: Domain) -> tuple[Domain, tuple[int, ...]]:
    """Return both domains in one, and the place of each element in the first, then the second.

    Raises KindMismatchError.
    """
    elements = (*first.elements, *second.elements)
    check_comparable(elements)
    domain = domain_over(in_order(dict.fromkeys(elements)))
    places = {
        **{e: i + len(first.elements) for i, e in enumerate(second.elements)},
        **{e: i for i, e in enumerate(first.elements)},
    }
    return domain, tuple([places[element] for element in domain.elements])


def _assert(span: Span, condition: Any, message: Any) -> bool:
    if condition is not True:
        fail(span, f"Assert failed: {shown(message)}")
    return True


def _permutations(span: Span, value: Any) -> SetValue:
    elements = elements_of(value, span, "Permutations")
    images = itertools.permutations(elements)
    return SetValue(function(dict(zip(elements, image, strict=True))) for image in images)


def _sort(span: Span, value: Any, precedes: Operator) -> FunctionValue:
    elements = value if type(value) is str else sequence_operand(value, span, "SortSeq").values
    return sorted_by(elements, precedes, span, "SortSeq")


_ANY = Everything()


# ------------------------------------------------------------------------------- the run and TLC


def _to_string(session: Session, span: Span, value: Any) -> str:
    return printed(value, session.order, span)


def _print(session: Session, span: Span, what: Any, value: Any) -> Any:
    order = session.order
    session.run.show(f"{printed(what, order, span)}  {printed(value, order, span)}")
    return value


def _print_it(session: Session, span: Span, what: Any) -> bool:
    session.run.show(printed(what, session.order, span))
    return True


def _random_element(session: Session, span: Span, value: Any) -> Value:
    elements = session.order.elements_of(value, span, "RandomElement")
    if not elements:
        fail(span, "RandomElement of the empty set")
    return session.run.chance.choice(elements)


def _java_time(session: Session, span: Span) -> int:
    return int(time.time()) & HIGHEST


COUNTERS: dict[str, Callable[[Counters], int]] = {
    "level": lambda counters: counters.level,
    "distinct": lambda counters: counters.distinct_states,
    "generated": lambda counters: counters.states_generated,
    "queue": lambda counters: counters.queue,
    "diameter": lambda counters: counters.depth,
}
"""What TLCGet tells of the search; `generated` is known to later versions of TLC than 2.18."""


def _get(session: Session, span: Span, name: Any) -> Value:
    run = session.run
    if type(name) is str:
        return _counter(session, name, span)
    number = _register(name, span, "TLCGet")
    if number not in run.registers:
        fail(span, f"TLCGet({number}): this register was never set", "give it a value in an ASSUME")
    value: Value = run.registers[number]
    return value


def _counter(session: Session, name: str, span: Span) -> Value:
    run = session.run
    if name == "level" and run.level is not None:
        return run.level
    if name == "duration":
        return run.seconds
    if name == "config":
        return record({"mode": "bfs", "worker": 1})
    counts = {key: count(run.counters) if run.counters else 0 for key, count in COUNTERS.items()}
    if name in counts:
        return counts[name]
    if name == "stats":
        return record({**counts, "duration": run.seconds})
    close = nearest(name, (*COUNTERS, "duration", "config", "stats"))
    fail(
        span,
        f'TLCGet("{name}") is not known',
        f'did you mean "{close}"?' if close else f"known are {', '.join(COUNTERS)}, duration",
    )


def _set(session: Session, span: Span, name: Any, value: Any) -> bool:
    if name == "exit" and type(name) is str:
        session.run.stop_requested = session.run.stop_requested or value is True
        return True
    if name == "pause" and type(name) is str:
        return True
    session.run.registers[_register(name, span, "TLCSet")] = settle(value, span)
    return True


def _get_or_default(session: Session, span: Span, name: Any, default: Any) -> Value:
    is_unset = type(name) is int and name not in session.run.registers
    return settle(default, span) if is_unset else _get(session, span, name)


def _get_and_set(
    session: Session, span: Span, name: Any, combine: Callable[..., Any], value: Any, default: Any
) -> Value:
    before = _get_or_default(session, span, name, default)
    _set(session, span, name, combine(before, value))
    return before


def _register(name: Any, span: Span, operator: str) -> int:
    if type(name) is not int or name < 0:
        fail(span, f"{operator} needs a natural number as register, but found {shown(name)}")
    return name


def _impure(
    name: str,
    arity: int,
    apply: Callable[..., Any],
    operators: tuple[tuple[int, int], ...] = (),
    *,
    asks_run: bool = False,
) -> Builtin:
    return Builtin(
        name, arity, apply, False, asks_run=asks_run, operators=operators, in_session=True
    )


TLC: dict[str, Builtin] = {
    builtin.name: builtin
    for builtin in (
        Builtin(":>", 2, _pair),
        Builtin("@@", 2, _combined),
        Builtin("Assert", 2, _assert),
        Builtin("Permutations", 1, _permutations),
        Builtin("SortSeq", 2, _sort, operators=((1, 2),)),
        Builtin("Any", 0, lambda _span: _ANY),
        Builtin("TLCEval", 1, lambda span, value: settle(value, span)),
        Builtin("ToString", 1, _to_string, in_session=True),
        _impure("Print", 2, _print),
        _impure("PrintT", 1, _print_it),
        _impure("RandomElement", 1, _random_element),
        _impure("JavaTime", 0, _java_time),
        _impure("TLCGet", 1, _get, asks_run=True),
        _impure("TLCSet", 2, _set, asks_run=True),
    )
}

REGISTERS: dict[str, Builtin] = {
    builtin.name: builtin
    for builtin in (
        _impure("TLCGetOrDefault", 2, _get_or_default, asks_run=True),
        _impure("TLCGetAndSet", 4, _get_and_set, ((1, 2),), asks_run=True),
    )
}
"""What TLCExt adds to TLCGet and TLCSet."""
