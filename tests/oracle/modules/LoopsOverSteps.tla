---- MODULE LoopsOverSteps ----
\* In a loop of an action, what reads a primed variable changes with the value that it is given.
EXTENDS Integers
VARIABLES x, y, z
vars == <<x, y, z>>
Thrice(n) == n + n + n
Between(n, a, b) == n > Thrice(a) - 2 * b /\ n < Thrice(b) + a
Init == x = 0 /\ y = 0 /\ z = {}
Chosen == \E i \in 1..2 :
    /\ x' \in 0..2
    /\ \E j \in 0..2 : Between(Thrice(x'), i, j) /\ y' = j
    /\ z' = {n \in 0..3 : \E k \in 1..2 : Thrice(n) + k = Thrice(y') + i}
Given == \E i \in 0..1 : LET t == Thrice(x + i) IN
    /\ y' = t % 3
    /\ \E k \in 0..2 : x' = k /\ (\A n \in z : Between(n + t, k, n) \/ Thrice(x') # Thrice(n) + y')
    /\ UNCHANGED z
Next == Chosen \/ Given
Small == x \in 0..2 /\ y \in 0..2
Step == [][\A n \in z : \E k \in 0..3 : Thrice(x') + k >= Thrice(n) - 9 \/ y' = k]_vars
====
