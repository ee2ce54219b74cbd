---- MODULE AssignByArgument ----
(* A primed variable binds through arguments, LET and definitions without parameters. *)
EXTENDS Integers
VARIABLES x, y

Set(v, e) == v = e
OneOf(v, S) == LET w == v IN w \in S
After == y'
Init == Set(x, 0) /\ OneOf(y, {0, 1})
Next == \/ x < 2 /\ Set(x', x + 1) /\ OneOf(y', {y, 1})
        \/ x = 2 /\ Set(x', 0) /\ After \in {1, 2}
Small == x < 3 /\ y < 3
====
