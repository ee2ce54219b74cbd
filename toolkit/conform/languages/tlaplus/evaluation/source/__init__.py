"""Formulas and actions as Python functions, generated from their syntax trees.

The closures of `evaluation` are the reference; this is the same semantics with the calls between
closures taken out. A construct without an emitter becomes a call of its closure, and whatever the
generated code raises is evaluated again by the closures, whose answer or error counts.

Nothing of an input becomes program text: functions are built as trees of `ast` nodes whose names
are numbered by us (`v1`, `s2`, `k3`), and every value, literal and span of the input is an object
in the function's namespace.
"""
