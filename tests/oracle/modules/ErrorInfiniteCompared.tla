---- MODULE ErrorInfiniteCompared ----
\* Sets of other kinds are not compared.
EXTENDS Integers
VARIABLE x
Init == x = 0
Next == x' = IF <<Nat, 1>> = <<STRING, 1>> THEN 1 ELSE 2
====
