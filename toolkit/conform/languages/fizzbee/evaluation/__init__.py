"""Starlark as FizzBee uses it: values, operators, functions, expressions compiled to closures."""
