---- MODULE PathOperators ----
(* Paths without arguments are operators where one is passed on: parts of definitions, bodies of
   quantifiers by !@, operators of instances with parameters. *)
EXTENDS Integers, FiniteSets
VARIABLE x

I(K) == INSTANCE PathOperatorsA
J == INSTANCE PathOperatorsA WITH K <- 4
One(F(_)) == F(3)
Two(F(_, _)) == F(3, 2)
Every == \A m \in 1..5 : m < 4
Below(n) == \E m \in 1..5 : (m < n) /\ (m > 1)
Pairs == {<<m, k>> \in {1, 2, 3} \X {1, 2} : m > k}
Named(n) == \A m \in 1..2 : big(m) :: m + n > 4
Deep == \A m \in 1..2 : \E k \in 1..2 : k = m
Scaled == [m \in 1..3 |-> m * x]

Init == x = 0
Next == x < 3 /\ x' = x + 1
Values ==
  /\ One(Every!@) = TRUE
  /\ Two(Below!@!1) = TRUE
  /\ Two(Below!@!2) = TRUE
  /\ Two(Pairs!@) = TRUE
  /\ Two(Named!big) = TRUE
  /\ Two(Deep!@!@) = FALSE
  /\ One(Scaled!@) = 3 * x
  /\ One(J!Plus) = 7
  /\ Two(I!Plus) = 5
  /\ Two(J!Less!@) = FALSE
Rising == One(Scaled!@) < 9
====
