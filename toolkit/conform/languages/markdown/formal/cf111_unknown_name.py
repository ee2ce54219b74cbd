"""A formal line uses a name that the document does not declare.

What it means
    A guard, an effect, a definition or a formal statement names something that is no constant,
    variable or helper of the document, no parameter and no name bound around it. Words in capitals
    stand for themselves and need no declaration.

Example
    The table of variables has `writerState`, and a guard says

    - `writersState[w] = IDLE`

What to do
    Correct the name, or declare it. A value that stands for itself is written in capitals, in
    quotes, or listed in the type of a variable.
"""

from __future__ import annotations

from conform.domain.finding import Code

CODE = Code("CF111", "unknown name in a formal line")
