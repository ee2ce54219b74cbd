---- MODULE SymmetryCounts ----
\* SYMMETRY: one state of each orbit is stored.
EXTENDS TLC
CONSTANTS a, b, c
VARIABLE s
Procs == {a, b, c}
Perms == Permutations(Procs)
Init == s = {}
Next == \E p \in Procs : s' = s \cup {p}
====
