---- MODULE InstanceInLet ----
\* Instances in a LET see its names and the parameters around it.
EXTENDS Naturals
VARIABLES t
Init == t = 0
Next == \E n \in 1..2 : LET m == n + 1
                            I == INSTANCE InstanceInLetA WITH k <- m, v <- t
                            J(q) == INSTANCE InstanceInLetA WITH k <- q + n, v <- t
                        IN  I!Step /\ J(1)!Ok(n) /\ (LET z == J(n)!Get IN z > n)
====
