---- MODULE ConfigModelValues ----
\* Model values differ from everything and compare without error.
EXTENDS Naturals
CONSTANTS a, b, Procs, None
VARIABLES owner, seen
Init == owner = None /\ seen = {}
Take(p) == owner = None /\ owner' = p /\ seen' = seen \cup {p}
Give == owner # None /\ owner' = None /\ UNCHANGED seen
Next == Give \/ \E p \in Procs : Take(p)
Inv == /\ owner \in Procs \cup {None}
       /\ a # b /\ a # 1 /\ a # "a" /\ {a, 1} # {b, 1}
====
