---- MODULE DeadlockTrace ----
\* The shortest way into a deadlock.
EXTENDS Naturals
VARIABLES left, right
Init == left = 0 /\ right = 0
Take(k) == left + right < 5 /\ ((left' = left + k /\ UNCHANGED right) \/ (right' = right + k /\ UNCHANGED left))
Next == \E k \in {1, 3} : Take(k)
====
