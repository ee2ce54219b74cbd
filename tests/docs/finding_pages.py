"""The pages of docs/reference/findings, made from the docstrings of the findings' modules."""

from __future__ import annotations

import inspect
import re

from conform.commands.explain import find_code
from conform.registry import FINDING_MODULES, resolve

_SECTION = re.compile(r"(?m)^(What it means|Example|What to do)\n")

_INDEX = """\
# Findings

Every finding has a code of this table. `conform explain CODE` prints its page. An error fails the
check; incomplete keeps it from passing; a warning does neither.

| code | severity | what is found |
|---|---|---|
"""


def pages() -> dict[str, str]:
    """Return the text of each page by its file's name."""
    made = {f"{code}.md": _page(code) for code in FINDING_MODULES}
    return {"README.md": _INDEX + "".join(map(_row, FINDING_MODULES)), **made}


def _row(code: str) -> str:
    found = find_code(resolve(FINDING_MODULES[code]), code)
    return f"| [{code}]({code}.md) | {found.severity} | {found.title} |\n"


def _page(code: str) -> str:
    module = resolve(FINDING_MODULES[code])
    found = find_code(module, code)
    first, *parts = _SECTION.split(inspect.cleandoc(module.__doc__ or ""))
    sections = [
        f"## {head}\n\n{_body(head, body)}\n"
        for head, body in zip(parts[::2], parts[1::2], strict=True)
    ]
    head = f"# {code}: {found.title}\n\nSeverity: {found.severity}. {first.strip()}\n\n"
    return head + "\n".join(sections)


def _body(head: str, text: str) -> str:
    """Return a section's text; an example is shown as it stands."""
    plain = inspect.cleandoc(f"\n{text}").rstrip()
    return f"```text\n{plain}\n```" if head == "Example" else plain
