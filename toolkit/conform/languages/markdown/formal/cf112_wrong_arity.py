"""A helper, an action or an operator has the wrong number of arguments in a formal line.

What it means
    The heading that declares the helper or the action gives it more or fewer parameters than a
    line of the document gives it arguments; or something that takes none has parentheses.

Example
    ### Helper: Covers(o, off)

    and in a guard

    - `Covers(off)`

What to do
    Give the arguments that are missing, or correct the heading. A function is applied with
    brackets: `writerState[w]`.
"""

from __future__ import annotations

from conform.domain.finding import Code

CODE = Code("CF112", "wrong number of arguments in a formal line")
