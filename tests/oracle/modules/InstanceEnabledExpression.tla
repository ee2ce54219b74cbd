---- MODULE InstanceEnabledExpression ----
\* ENABLED outside an instance primes the expression that is substituted: TLC cannot assign to it.
EXTENDS Naturals
VARIABLES t
H == INSTANCE InstanceEnabledExpressionA WITH h <- t + 1
Init == t = 0
Next == t' = (t + 1) % 3
Inv == ENABLED H!Up
====
