"""The front matter of a FizzBee specification overrides its own fizz.yaml.

What it means
    Both texts say something of one option, and not the same. FizzBee lays the front matter over the
    file beside the specification, so the value in `fizz.yaml` is heeded by nobody: no other
    specification stands in that folder. Whoever reads the file believes in another search than the
    one that is made.

Example
    max_actions: 40          in fizz.yaml
    max_actions: 8           in the front matter, which holds

What to do
    Keep the option in one place. Where several specifications share the folder, an override is what
    front matter is for, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from conform.domain.finding import Code, Finding, Severity
from conform.languages.fizzbee.specification import Specification

CODE = Code("CF273", "option said twice and differently", Severity.WARNING)


def overridden_options(specification: Specification) -> Iterator[Finding]:
    """Yield a warning for each option whose value in the specification's own fizz.yaml is lost."""
    if not specification.is_alone:
        return
    beside, front = specification.stated_options
    known = {each.key: each for each in beside}
    for option in front:
        other = known.get(option.key)
        if other is not None and other.value != option.value:
            yield CODE.finding(
                f"`{option.key}` is {option.value} here, and {other.value} in {other.span.path}:"
                " this one holds",
                option.span,
                excerpt=specification.excerpt(option.span),
                details=(f"{option.value}  at {option.span}", f"{other.value}  at {other.span}"),
                hint="keep the option in one place",
            )
