---- MODULE ActionInfiniteArgument ----
\* Sets that cannot be listed are arguments of actions and of instances.
EXTENDS Integers
VARIABLE x
Step(S, i) == x' = x - i /\ x \in S
In(S) == INSTANCE ActionInfiniteArgumentA
Init == x = 2
Next ==
  \/ \E i \in 1..2 : Step(Nat, i)
  \/ \E S \in {Nat, Int} : Step(S, 1) /\ x > -2
  \/ Step([f |-> Nat].f, 3)
  \/ In(Nat)!Step
====
