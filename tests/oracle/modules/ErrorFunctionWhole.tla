---- MODULE ErrorFunctionWhole ----
\* A function with a place without value is none as a whole.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => ([i \in 1..3 |-> 1 \div (i - 2)] = <<-1, 0, 1>>))
====
