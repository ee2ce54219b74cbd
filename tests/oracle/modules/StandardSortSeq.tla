---- MODULE StandardSortSeq ----
\* SortSeq: by insertion, so that an operator that is no order can be told.
EXTENDS Integers, Sequences, TLC

\* Rows.
ASSUME SortSeq(<<3, 1, 2>>, LAMBDA x, y : x < y) = <<1, 2, 3>>
ASSUME SortSeq(<<3, 1, 2>>, LAMBDA x, y : TRUE) = <<2, 1, 3>>
ASSUME SortSeq(<<3, 1, 2, 5, 4>>, LAMBDA x, y : TRUE) = <<4, 5, 2, 1, 3>>
ASSUME SortSeq(<<3, 1, 2>>, LAMBDA x, y : FALSE) = <<3, 1, 2>>
ASSUME SortSeq(<<<<2, 1>>, <<1, 1>>, <<2, 0>>>>, LAMBDA x, y : x[1] < y[1]) = <<<<1, 1>>, <<2, 1>>, <<2, 0>>>>
ASSUME SortSeq(<<<<2, 1>>, <<1, 1>>, <<2, 0>>>>, LAMBDA x, y : x[1] <= y[1]) = <<<<1, 1>>, <<2, 0>>, <<2, 1>>>>
ASSUME SortSeq("abc", LAMBDA x, y : TRUE) = <<"c", "b", "a">>
====
