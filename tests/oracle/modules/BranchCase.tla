---- MODULE BranchCase ----
\* CASE takes the first true arm.
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == CASE x = 0 -> x' \in {1, 2}
          [] x < 2 -> x' = x + 1
          [] OTHER -> x' = 0
====
