---- MODULE SystemQuickSort ----
EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANTS MaxLen, MaxVal
VARIABLES A, pc, stack, lo, hi, pivot
vars == << A, pc, stack, lo, hi, pivot >>
PermsOf(Arr) ==
  LET Automorphisms(S) == { f \in [S -> S] : \A y \in S : \E x \in S : f[x] = y }
      f ** g == [x \in DOMAIN g |-> f[g[x]]]
  IN { Arr ** f : f \in Automorphisms(DOMAIN Arr) }
Partitions(B, pv, l, h) ==
  {ar \in PermsOf(B) : /\ \A i \in (1..(l-1)) \cup ((h+1)..Len(B)) : ar[i] = B[i]
                       /\ \A i, j \in l..h : (i \leq pv) /\ (pv < j) => (ar[i] \leq ar[j])}
Init == /\ A \in UNION {[1..n -> 1..MaxVal] : n \in 1..MaxLen}
        /\ lo = 0 /\ hi = 0 /\ pivot = 0 /\ stack = << >> /\ pc = "Lmain"
call(l, h, ret) == /\ lo' = l /\ hi' = h /\ pivot' = 0
                   /\ stack' = << [procedure |-> "QS", pc |-> ret, pivot |-> pivot, lo |-> lo, hi |-> hi] >> \o stack
                   /\ pc' = "qs1"
return == /\ pc' = Head(stack).pc /\ pivot' = Head(stack).pivot /\ lo' = Head(stack).lo /\ hi' = Head(stack).hi /\ stack' = Tail(stack)
qs1 == /\ pc = "qs1"
       /\ IF lo < hi
             THEN /\ \E pv \in lo .. (hi - 1): pivot' = pv /\ \E B \in Partitions(A, pv, lo, hi): A' = B
                  /\ pc' = "qs2"
                  /\ UNCHANGED << stack, lo, hi >>
             ELSE return /\ A' = A
qs2 == pc = "qs2" /\ call(lo, pivot, "qs3") /\ UNCHANGED A
qs3 == pc = "qs3" /\ call(pivot + 1, hi, "qs4") /\ UNCHANGED A
qs4 == pc = "qs4" /\ return /\ UNCHANGED A
Lmain == pc = "Lmain" /\ call(1, Len(A), "test") /\ UNCHANGED A
test == /\ pc = "test"
        /\ Assert(\A i, j \in 1..Len(A) : i < j => A[i] \leq A[j], "not sorted")
        /\ pc' = "Done"
        /\ UNCHANGED << A, stack, lo, hi, pivot >>
Terminating == pc = "Done" /\ UNCHANGED vars
Next == qs1 \/ qs2 \/ qs3 \/ qs4 \/ Lmain \/ test \/ Terminating
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
Termination == <>(pc = "Done")
Depth == Len(stack) <= MaxLen
====
