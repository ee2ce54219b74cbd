---- MODULE OrderConfiguration ----
\* Model values and strings of the configuration come first, in its order.
EXTENDS Naturals
CONSTANTS Procs, Texts
VARIABLES x, y
Init == x = (CHOOSE p \in Procs : TRUE) /\ y = CHOOSE text \in Texts \cup {"b"} : TRUE
Next == \E p \in Procs : x # p /\ x' = p /\ y' = y
First == y = "z"
====
