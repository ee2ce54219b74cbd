"""The error that says that the explorer, not the model, is at fault."""

from __future__ import annotations

from conform.errors import ConformError, ExitCode


class ExplorerDefectError(ConformError):
    """A self-check failed: a remembered answer or a drawn counterexample is wrong."""

    exit_code = ExitCode.DEFECT
