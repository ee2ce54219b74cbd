"""An effect assigns something that is no state variable of the document.

What it means
    The left side of an assignment names a constant, a helper, a parameter, a local name, or
    nothing that the document declares. No step can do that.

Example
    The table of variables has `sequenceCounter`, and an effect says

    - `sequenceCount := endOff + 1`

What to do
    Correct the name, or declare the variable.
"""

from __future__ import annotations

from conform.domain.finding import Code

CODE = Code("CF113", "assignment to what is no variable")
