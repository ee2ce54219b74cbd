"""What the options say of single actions, for each link that they go by.

A key of `action_options` is `A` for a global action, `Role.A` for all instances of a role together,
`Role#.A` for each of them, or `Role#0.A` for one. A link is `A` or `Role#0.A`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from conform.languages.fizzbee import syntax
from conform.languages.fizzbee.options import ActionOptions, Options
from conform.languages.fizzbee.steps import ThreadLimit


def link_names(module: syntax.Module, role_counts: dict[str, int]) -> list[str]:
    """Return the links of all actions."""
    names = [action.name.name for action in module.actions]
    for role in module.roles:
        for number in range(role_counts[role.name.name]):
            names += [f"{role.name.name}#{number}.{each.name.name}" for each in role.actions]
    return names


class ActionBound(Struct, frozen=True):
    """What is said of some links; `name` is the key, or the link where each is meant by itself."""

    name: str
    links: frozenset[str]
    said: ActionOptions


class ActionBounds:
    """All that is said of single actions."""

    def __init__(self, options: Options, links: Iterable[str]) -> None:
        self._options = options
        self._links = list(links)
        self.bounds = tuple(self._bounds())

    def _bounds(self) -> Iterator[ActionBound]:
        for key, said in self._options.actions.items():
            links = [link for link in self._links if key in _keys(link)]
            if "#." in key:
                for link in links:
                    yield ActionBound(link, frozenset({link}), said)
            elif links:
                yield ActionBound(key, frozenset(links), said)

    def limits(self, link: str) -> tuple[ThreadLimit, ...]:
        """Return how many threads of which actions may live when `link` starts."""
        return tuple(
            ThreadLimit(bound.links, bound.said.max_concurrent_actions)
            for bound in self.bounds
            if link in bound.links and bound.said.max_concurrent_actions is not None
        )

    def uncrashable(self) -> frozenset[str]:
        """Return the links whose threads do not vanish."""
        return frozenset(link for link in self._links if not self._crashes(link))

    def _crashes(self, link: str) -> bool:
        said = [
            bound.said.crash_on_yield
            for bound in self.bounds
            if link in bound.links and bound.said.crash_on_yield is not None
        ]
        return said[-1] if said else self._options.crash_on_yield


def _keys(link: str) -> tuple[str, ...]:
    """Return the keys that a link goes by."""
    instance, _, action = link.rpartition(".")
    role = instance.partition("#")[0]
    return (link, f"{role}.{action}", f"{role}#.{action}") if role else (link,)
