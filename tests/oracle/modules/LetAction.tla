---- MODULE LetAction ----
\* LET around an action, with operators of its own.
EXTENDS Naturals
VARIABLE x
Init == LET start == 1 IN x = start
Next == LET step(k) == x' = (x + k) % 5
            two == 2
        IN  step(1) \/ step(two)
====
