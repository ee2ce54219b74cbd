"""What can be read and yet not be explored: what is not treated, names told twice, no content."""

from __future__ import annotations

from collections.abc import Iterator

from conform.errors import InputError, UnsupportedError
from conform.languages.fizzbee import syntax as tree
from conform.languages.fizzbee.depth import children
from conform.languages.fizzbee.specification import Specification, names
from conform.languages.fizzbee.syntax_expressions import Name, Node
from conform.text import Span

_UNTREATED_NAMES = {
    "Channel": "channels",
    "symmetry": "the kinds of symmetry",
}
"""Names that FizzBee predeclares for what is not treated."""


def heed_behaviour(specification: Specification) -> None:
    """Raise InputError for a file without Init, action, role or assertion.

    FizzBee would say of it that its one empty state is a deadlock, which tells nobody that the file
    is empty or is the wrong one.
    """
    module = specification.module
    if module.init or module.actions or module.roles or module.assertions:
        return
    whole = specification.source.whole()
    found = "constants and functions alone" if module.members else "nothing"
    raise InputError(
        f"the specification has no behaviour: it declares {found}",
        span=whole,
        excerpt=specification.excerpt(whole),
        expected="`action Init:` with the first values of the variables, and actions",
        hint="check that this is the file you meant",
    )


def heed_names(specification: Specification) -> None:
    """Raise InputError where an action, a func, a role or an assertion is declared a second time.

    A `def` may be: Starlark lets the later one count.
    """
    module = specification.module
    for members in (module.members, *(role.members for role in module.roles)):
        first: dict[tuple[str, str], Span] = {}
        for member in members:
            if not isinstance(member, tree.Action | tree.Function | tree.Role | tree.Assertion):
                continue
            kind, name = _KINDS[type(member)], member.name
            before = first.setdefault((kind, name.name), name.span)
            if before is not name.span:
                raise InputError(
                    f"{kind} {name.name} is declared twice, first in line {before.line}",
                    span=name.span,
                    excerpt=specification.excerpt(name.span),
                    hint="give one of them another name, or put both into one",
                )


_KINDS: dict[type[Node], str] = {
    tree.Action: "action",
    tree.Function: "func",
    tree.Role: "role",
    tree.Assertion: "assertion",
}


def refuse_untreated(specification: Specification) -> None:
    """Raise UnsupportedError at the first construct, in the order of the text, not treated."""
    for node in _nodes(specification.module):
        what = _untreated(node, specification)
        if what:
            raise UnsupportedError(
                f"{what} are not treated",
                span=node.span,
                excerpt=specification.excerpt(node.span),
                hint="the rest of the file is read; what it says can be compared, not what it does",
            )


def _untreated(node: Node, specification: Specification) -> str:
    match node:
        case Name(name=name) if name in _UNTREATED_NAMES:
            return "" if name in declared(specification) else _UNTREATED_NAMES[name]
    return ""


def declared(specification: Specification) -> set[str]:
    """Return the names that the spec itself gives a meaning."""
    module = specification.module
    declared = {library.name for library in specification.libraries}
    for member in module.members:
        match member:
            case tree.Assign(target=target):
                declared |= names(target)
            case tree.Definition() | tree.Function() | tree.Role():
                declared.add(member.name.name)
            case _:
                pass
    return declared


def _nodes(root: Node) -> Iterator[Node]:
    """Yield a node and all below it in the order of the text."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))
