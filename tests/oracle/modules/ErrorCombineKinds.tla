---- MODULE ErrorCombineKinds ----
\* @@ compares the arguments of its functions.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (DOMAIN ((1 :> 2) @@ (TRUE :> 3)) # {}))
====
