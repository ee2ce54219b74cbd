"""In words, which limit ended a search; apart, so that a command starts without the search."""

from __future__ import annotations

from tempfile import gettempdir

from conform.explore.options import ExploreOptions, Limit


def limit_text(limit: Limit, options: ExploreOptions) -> str:
    """Return in words which limit ended a search."""
    match limit:
        case Limit.STATES:
            return f"the limit of {options.max_states} distinct states was reached"
        case Limit.DEPTH:
            return f"states of level {options.max_depth} were not expanded (max_depth)"
        case Limit.TIMEOUT:
            return f"the time limit of {options.timeout} seconds was reached"
        case Limit.MEMORY:
            if options.max_memory is None:
                return "the search needs more memory than the machine has"
            return f"the limit of {memory_text(options.max_memory)} of memory was reached"
        case Limit.STACK:
            return "a state holds values nested deeper than the stack allows"
        case Limit.DISK:
            return f"states beyond memory could not be written in {gettempdir()} (TMPDIR)"
        case Limit.PROCESS:
            return "a process of the search ended before its time"
        case Limit.CHECKPOINT:
            return "a checkpoint could not be written"
        case Limit.INTERRUPTED:
            return "the search was interrupted"
        case Limit.REQUESTED:
            return 'the specification ended the search with TLCSet("exit", TRUE)'


def memory_text(size: int) -> str:
    """Return a bound on memory in words: `512 MB`."""
    return f"{size // 2**20:,} MB" if size % 2**20 == 0 else f"{size:,} bytes"
