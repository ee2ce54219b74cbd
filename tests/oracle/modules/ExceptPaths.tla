---- MODULE ExceptPaths ----
\* EXCEPT: nested, with @, at places that are not there.
EXTENDS Integers, TLC

\* Rows.
ASSUME [<<1, 2>> EXCEPT ![1] = @ + 5] = <<6, 2>>
ASSUME [<<1, 2>> EXCEPT ![3] = 5] = <<1, 2>>
ASSUME [[a |-> 1] EXCEPT !.b = 2] = [a |-> 1]
ASSUME [[a |-> [b |-> 1]] EXCEPT !.a.b = @ + 1] = [a |-> [b |-> 2]]
ASSUME [[a |-> <<1, 2>>] EXCEPT !.a[1] = @ + 10, !.a[1] = @ * 2] = [a |-> <<22, 2>>]
ASSUME [[x \in {1, 2}, y \in {3} |-> x + y] EXCEPT ![1, 3] = 0][<<1, 3>>] = 0
====
