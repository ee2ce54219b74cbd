---- MODULE TlcSortSeq ----
\* SortSeq: by an operator that says whether one element goes before another.
EXTENDS Naturals, Sequences, TLC
VARIABLE x
Init == x = SortSeq(<<3, 1, 2, 1>>, LAMBDA a, b : a > b)
Next == x' = SortSeq(x, <)
Sorted == x \in {<<3, 2, 1, 1>>, <<1, 1, 2, 3>>}
====
