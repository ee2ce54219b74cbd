---- MODULE ConfigKeywordNames ----
\* Where the configuration takes one name or a value, a keyword is one too.
EXTENDS Integers
CONSTANTS First, Second
VARIABLES o, n
INIT == o = First /\ n = 0
NEXT == n < 2 /\ o' = Second /\ n' = n + 1
VIEW == o
Differ == First # Second
====
