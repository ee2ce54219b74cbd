---- MODULE TlcAssertInvariant ----
\* Assert: an invariant whose Assert fails is an error of evaluation.
EXTENDS Naturals, TLC
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 4
Small == Assert(x < 2, <<"too large", x>>)
====
