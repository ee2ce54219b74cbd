---- MODULE BranchCup ----
\* An element of both sides is tried for each of them, unless both sides are written out.
EXTENDS Naturals
VARIABLES step, seen

Both == SUBSET {1} \cup SUBSET {1, 2}
Choices == [{1} -> {1, 2}] \cup [{1} -> {2, 3}]

Take(S) == \E v \in S : step' = step + 1

Init == /\ step = 0
        /\ seen \in {{}} \cup SUBSET {1}

Next ==
    /\ UNCHANGED seen
    /\ \/ step = 0 /\ \E v \in Both : step' = 1
       \/ step = 1 /\ Take(Choices)
       \/ step = 2 /\ Take({1, 2} \cup (2..3))
       \/ step = 3 /\ Take(SUBSET seen \cup {seen})
       \/ step = 4 /\ Take(Both \ {{}})
       \/ step = 5 /\ Take(Both \cap {{}, {1}})
       \/ step = 6 /\ Take(Both \cap (SUBSET {1} \cup SUBSET {1, 3}))
       \/ step = 7 /\ Take([a : {1, 2}] \cup [a : {2, 3}] \cup ({1} \X {2}))
       \/ step = 8 /\ (\E v \in SUBSET seen \cup SUBSET {2} : v = {}) /\ step' = 9
       \/ step = 9 /\ \E v \in Both, w \in {s \in Both : s # {}} : step' = IF v = w THEN 10 ELSE 11
       \/ step = 10 /\ Take({1, 2} \cup UNION SUBSET {1})
       \/ step = 11 /\ Take({{1}} \cup {s \in SUBSET {1, 2} : s # {}})
       \/ step = 12 /\ Take((SUBSET {1, 2} \ {{}}) \cup {{1}})
       \/ step > 12 /\ UNCHANGED step
====
