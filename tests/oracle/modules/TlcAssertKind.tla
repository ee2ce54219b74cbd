---- MODULE TlcAssertKind ----
\* Assert: what is no boolean is not TRUE.
EXTENDS Naturals, TLC
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 4 /\ Assert(x, "no boolean")
====
