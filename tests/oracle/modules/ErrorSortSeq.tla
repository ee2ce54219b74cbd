---- MODULE ErrorSortSeq ----
\* The operator of SortSeq gives TRUE or FALSE.
EXTENDS Integers, Sequences, FiniteSets, TLC
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (SortSeq(<<3, 1>>, LAMBDA a, b : a + b) = <<3, 1>>))
====
