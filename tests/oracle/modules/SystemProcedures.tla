---- MODULE SystemProcedures ----
EXTENDS Naturals, Sequences, TLC
CONSTANT defaultInitValue, Depth
(* Translated from a fair algorithm with procedures double and visit, and a shared total. *)
\* BEGIN TRANSLATION
\* Parameter n of procedure visit at line 9 col 20 changed to n_
VARIABLES total, seen, pc, stack, n_, i, n, r
vars == << total, seen, pc, stack, n_, i, n, r >>
ProcSet == {0} \cup (1..2)
Init == (* Global variables *)
        /\ total = 0
        /\ seen = <<>>
        (* Procedure visit *)
        /\ n_ = [ self \in ProcSet |-> defaultInitValue]
        /\ i = [ self \in ProcSet |-> 0]
        (* Procedure double *)
        /\ n = [ self \in ProcSet |-> defaultInitValue]
        (* Process W *)
        /\ r = [self \in 1..2 |-> 0]
        /\ stack = [self \in ProcSet |-> << >>]
        /\ pc = [self \in ProcSet |-> CASE self = 0 -> "s1"
                                        [] self \in 1..2 -> "w1"]
v1(self) == /\ pc[self] = "v1"
            /\ IF n_[self] = 0
                  THEN /\ total' = total + 1
                       /\ pc' = [pc EXCEPT ![self] = "v3"]
                       /\ UNCHANGED << stack, n_, i >>
                  ELSE /\ IF i[self] < 2
                             THEN /\ pc' = [pc EXCEPT ![self] = "v2"]
                             ELSE /\ pc' = [pc EXCEPT ![self] = "v3"]
                       /\ UNCHANGED << total, stack, n_, i >>
            /\ UNCHANGED << seen, n, r >>
v2(self) == /\ pc[self] = "v2"
            /\ /\ n_' = [n_ EXCEPT ![self] = n_[self] - 1]
               /\ stack' = [stack EXCEPT ![self] = << [ procedure |->  "visit",
                                                        pc        |->  "v1",
                                                        i         |->  i[self] + 1,
                                                        n_        |->  n_[self] ] >>
                                                    \o stack[self]]
            /\ i' = [i EXCEPT ![self] = 0]
            /\ pc' = [pc EXCEPT ![self] = "v1"]
            /\ UNCHANGED << total, seen, n, r >>
v3(self) == /\ pc[self] = "v3"
            /\ pc' = [pc EXCEPT ![self] = Head(stack[self]).pc]
            /\ i' = [i EXCEPT ![self] = Head(stack[self]).i]
            /\ n_' = [n_ EXCEPT ![self] = Head(stack[self]).n_]
            /\ stack' = [stack EXCEPT ![self] = Tail(stack[self])]
            /\ UNCHANGED << total, seen, n, r >>
visit(self) == v1(self) \/ v2(self) \/ v3(self)
d1(self) == /\ pc[self] = "d1"
            /\ Assert(n[self] \in Nat,
                      "Failure of assertion at line 20, column 5.")
            /\ total' = total + 2 * n[self]
            /\ pc' = [pc EXCEPT ![self] = Head(stack[self]).pc]
            /\ n' = [n EXCEPT ![self] = Head(stack[self]).n]
            /\ stack' = [stack EXCEPT ![self] = Tail(stack[self])]
            /\ UNCHANGED << seen, n_, i, r >>
double(self) == d1(self)
s1 == /\ pc[0] = "s1"
      /\ /\ n_' = [n_ EXCEPT ![0] = Depth]
         /\ stack' = [stack EXCEPT ![0] = << [ procedure |->  "visit",
                                                 pc        |->  "s2",
                                                 i         |->  i[0],
                                                 n_        |->  n_[0] ] >>
                                             \o stack[0]]
      /\ i' = [i EXCEPT ![0] = 0]
      /\ pc' = [pc EXCEPT ![0] = "v1"]
      /\ UNCHANGED << total, seen, n, r >>
s2 == /\ pc[0] = "s2"
      /\ PrintT(<<"visited", total>>)
      /\ seen' = Append(seen, 0)
      /\ pc' = [pc EXCEPT ![0] = "Done"]
      /\ UNCHANGED << total, stack, n_, i, n, r >>
A == s1 \/ s2
w1(self) == /\ pc[self] = "w1"
            /\ \/ /\ r[self] < 2
                  /\ r' = [r EXCEPT ![self] = r[self] + 1]
                  /\ /\ n' = [n EXCEPT ![self] = r'[self]]
                     /\ stack' = [stack EXCEPT ![self] = << [ procedure |->  "double",
                                                              pc        |->  "w1",
                                                              n         |->  n[self] ] >>
                                                          \o stack[self]]
                  /\ pc' = [pc EXCEPT ![self] = "d1"]
                  /\ seen' = seen
               \/ /\ r[self] = 2
                  /\ seen' = Append(seen, self)
                  /\ pc' = [pc EXCEPT ![self] = "Done"]
                  /\ UNCHANGED << stack, n, r >>
            /\ UNCHANGED << total, n_, i >>
W(self) == w1(self)
(* Allow infinite stuttering to prevent deadlock on termination. *)
Terminating == /\ \A self \in ProcSet: pc[self] = "Done"
               /\ UNCHANGED vars
Next == A
           \/ (\E self \in ProcSet: visit(self) \/ double(self))
           \/ (\E self \in 1..2: W(self))
           \/ Terminating
Spec == /\ Init /\ [][Next]_vars
        /\ WF_vars(Next)
        /\ WF_vars(A) /\ WF_vars(visit(0))
        /\ \A self \in 1..2 : WF_vars(W(self)) /\ WF_vars(double(self))
Termination == <>(\A self \in ProcSet: pc[self] = "Done")
\* END TRANSLATION
Bound == \A self \in ProcSet : Len(stack[self]) <= Depth + 1
Total == (\A self \in ProcSet: pc[self] = "Done") => total = 2^Depth + 12
====
