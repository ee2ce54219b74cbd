---- MODULE TlcAny ----
\* Any: everything is in it.
EXTENDS Naturals, TLC
VARIABLE x
Init == x \in {"a", "b"} /\ x \in Any
Next == x' = x /\ {x} \in Any
====
