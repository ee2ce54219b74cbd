"""An implementation's factory found by its entry in conform.yaml, `package.module:callable`."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from conform.errors import InputError
from conform.replay.implementation import Factory, Raised, called
from conform.text import nearest

_ENTRY = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*):([A-Za-z_]\w*)")


def load(entry: str, root: Path) -> Factory:
    """Return the factory that `entry` names; `root` is on the import path meanwhile.

    Raises InputError when the entry is ill-formed, the module is missing or cannot be imported, has
    no such attribute, or that cannot be called with the constants alone.
    """
    found = _ENTRY.fullmatch(entry)
    if not found:
        raise InputError(
            f"{entry!r} names no implementation",
            expected='"package.module:callable"',
            hint='for example python: "reference.leaderless_log:create"',
        )
    module_name, attribute = found.groups()
    with _importable(root):
        _forget_other_roots(module_name.partition(".")[0], root)
        module = called(importlib.import_module, module_name)
    if isinstance(module, Raised):
        raise _not_imported(module_name, root, module)
    return _factory(entry, module, attribute)


@contextmanager
def _importable(root: Path) -> Iterator[None]:
    place = str(root.resolve())
    sys.path.insert(0, place)
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(place)


def _forget_other_roots(package: str, root: Path) -> None:
    """Forget modules of the same name that came from another project: each has its own."""
    module = sys.modules.get(package)
    if module is None or package in sys.stdlib_module_names or package == "conform":
        return
    here = root.resolve()
    if not (here / package).is_dir() and not (here / f"{package}.py").is_file():
        return
    places = [module.__file__] if module.__file__ else list(getattr(module, "__path__", ()))
    if any(Path(place).resolve().is_relative_to(here) for place in places):
        return
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]


def _not_imported(name: str, root: Path, error: Raised) -> InputError:
    missing = re.match(r"ModuleNotFoundError: No module named '([\w.]+)'", error.text)
    if missing and f"{name}.".startswith(f"{missing[1]}."):
        folder = root.joinpath(*missing[1].split(".")[:-1])
        found = folder.iterdir() if folder.is_dir() else ()
        names = [path.stem for path in found if path.suffix in {"", ".py"}]
        close = nearest(missing[1].rpartition(".")[2], names)
        hint = f"did you mean {close}?" if close else f"modules are looked for in {root}"
        return InputError(f"there is no module {missing[1]}", hint=hint)
    return InputError(
        f"importing {name} raised {error.text}",
        span=error.span,
        excerpt=error.excerpt,
        hint=f"does `python -c 'import {name}'` work in {root}?",
    )


def _factory(entry: str, module: ModuleType, attribute: str) -> Factory:
    factory = getattr(module, attribute, None)
    if factory is None:
        close = nearest(attribute, dir(module))
        raise InputError(
            f"{entry}: the module {module.__name__} has no {attribute}",
            hint=f"did you mean {close}?" if close else "it is to make an implementation",
        )
    if not callable(factory):
        raise InputError(f"{entry}: {attribute} is of type {type(factory).__name__}, not callable")
    _require_one_argument(entry, factory)
    return factory  # type: ignore[no-any-return]  # what it returns is checked when it is called


def _require_one_argument(entry: str, factory: Factory) -> None:
    try:
        signature = inspect.signature(factory)
    except (TypeError, ValueError):  # built-in: no signature to look at
        return
    try:
        signature.bind({})
    except TypeError:
        raise InputError(
            f"{entry}: cannot be called with the constants alone: it takes {signature}",
            expected="create(constants: Mapping[str, object]) -> Implementation",
        ) from None
