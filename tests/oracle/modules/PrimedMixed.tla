---- MODULE PrimedMixed ----
\* Assignments in every order with tests of primed variables, IF, CASE, LET and implications.
EXTENDS Integers
VARIABLES x, y, z
vars == <<x, y, z>>
Init == x \in {0, 1} /\ y = x /\ z \in SUBSET {1, 2}
Plus(e) == e + 1
A == /\ x' \in {y, y + 1} /\ x' < 3
     /\ y' = Plus(x') - 1
     /\ IF x' = y' THEN z' = z \cup {x'} ELSE z' = {}
B == /\ LET t == x + y IN t > 1 /\ x' = t % 2
     /\ z' \in {{}, {x'}, z}
     /\ UNCHANGED y
C == CASE x = 0 -> x' = 2 /\ UNCHANGED <<y, z>>
       [] x = 2 -> (x' = 0 \/ x' = 1) /\ y' = 0 /\ UNCHANGED z
       [] OTHER -> UNCHANGED vars
D == \E n \in {1, 2} : (n \in z => x' = n) /\ (n \notin z => x' = 0) /\ UNCHANGED <<y, z>>
Next == A \/ B \/ C \/ D \/ (x > 5 /\ UNCHANGED vars)
Spec == Init /\ [][Next]_vars /\ WF_vars(A) /\ SF_vars(B)
Small == x \in 0..3 /\ y \in 0..3
Enabled == ENABLED (A /\ x' = 0) => y = 0
Steps == [][x' # x => y' >= 0 \/ z' # z]_<<x, z>>
Recurs == []<><<A>>_vars
====
