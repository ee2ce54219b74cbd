"""Json, a module of the community: JSON documents as values, and values as JSON text."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from conform.domain.values import (
    FunctionValue,
    ModelValue,
    SetValue,
    Value,
    format_value,
    function,
    sequence,
)
from conform.languages.tlaplus.evaluation.failing import fail
from conform.languages.tlaplus.evaluation.results import settle
from conform.languages.tlaplus.evaluation.scope import Builtin
from conform.languages.tlaplus.evaluation.standard.files import text_beside
from conform.languages.tlaplus.evaluation.standard.operands import (
    in_range,
    string_operand,
    table,
)
from conform.languages.tlaplus.evaluation.standard.refusals import WRITES, refused
from conform.text import Span


def _parsed(text: str, span: Span, name: str) -> Value:
    try:
        document = json.loads(text, parse_constant=lambda word: _refuse(span, word))
        return _value(document, span)
    except ValueError as error:
        fail(span, f"`{name}` is no JSON: {error}")
    except RecursionError:
        fail(span, f"`{name}` is nested too deep")


def _refuse(span: Span, what: str) -> NoReturn:
    fail(span, f"{what} in a JSON document is no value of TLA+")


def _value(document: Any, span: Span) -> Value:
    match document:
        case bool() | str():
            return document
        case int():
            return in_range(document, span, "a number in a JSON document")
        case list():
            return sequence([_value(each, span) for each in document])
        case dict():
            return function({key: _value(each, span) for key, each in document.items()})
        case None:
            _refuse(span, "null")
        case _:
            _refuse(span, f"the number {document}")


def _deserialize(span: Span, name: Any) -> Value:
    path = string_operand(name, span, "JsonDeserialize")
    return _parsed(text_beside(span, path), span, path)


def _deserialize_lines(span: Span, name: Any) -> Value:
    path = string_operand(name, span, "ndJsonDeserialize")
    lines = text_beside(span, path).split("\n")
    return sequence([_parsed(line, span, path) for line in lines if line.strip()])


def _to_json(span: Span, value: Any) -> str:
    return _text(settle(value, span))


def _text(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _quoted(value)
        case ModelValue(name):
            return _quoted(name)
        case SetValue():
            return _array(value.ordered)
        case FunctionValue():
            return _array(value.values) if value.is_sequence else _object(value)


def _array(elements: tuple[Value, ...]) -> str:
    return "[" + ",".join(map(_text, elements)) + "]"


def _object(value: FunctionValue) -> str:
    return "{" + ",".join(f"{_quoted(_key(k))}:{_text(v)}" for k, v in value.items()) + "}"


def _key(argument: Value) -> str:
    return argument if type(argument) is str else format_value(argument)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _to_array(span: Span, value: Any) -> str:
    settled = settle(value, span)
    match settled:
        case SetValue():
            return _array(settled.ordered)
        case FunctionValue():
            return _array(settled.values)
        case _:
            fail(span, f"ToJsonArray needs a sequence or a set, but found {_text(settled)}")


def _to_object(span: Span, value: Any) -> str:
    settled = settle(value, span)
    if not isinstance(settled, FunctionValue):
        fail(span, f"ToJsonObject needs a function, but found {_text(settled)}")
    return _object(settled)


JSON: dict[str, Builtin] = table(
    Builtin("ToJson", 1, _to_json),
    Builtin("ToJsonArray", 1, _to_array),
    Builtin("ToJsonObject", 1, _to_object),
    Builtin("JsonDeserialize", 1, _deserialize),
    Builtin("ndJsonDeserialize", 1, _deserialize_lines),
    refused("JsonSerialize", 2, WRITES),
    refused("ndJsonSerialize", 2, WRITES),
)
