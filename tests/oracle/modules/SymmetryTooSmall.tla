---- MODULE SymmetryTooSmall ----
\* No more permutations than operands: TLC makes nothing of them, whatever they permute.
EXTENDS Naturals, TLC
CONSTANTS Server
VARIABLE x
Perms == Permutations(Server)
Init == x \in Server \cup {2, 3}
Next == \E p \in {2, 3} : x' = p
====
