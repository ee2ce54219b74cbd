---- MODULE AssignBySymbol ----
(* Symbols that formulas define assign and branch, as operators with a name do. *)
EXTENDS Integers
VARIABLES x, y

A ?? B == A \/ B
v ## e == v = e
v ^# == v' \in {v, 0}
Init == x ## 0 /\ y ## 1
Down == x' ## (1 - x) /\ UNCHANGED y
Swap == y^# /\ x' ## y
Leap == x' ## 2 /\ ((x ## 1) ?? (x < 2)) /\ y' ## 4
Next == Down ?? Swap ?? Leap
Small == x < 5 /\ y < 5
====
