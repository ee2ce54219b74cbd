---- MODULE PathOfInstanceA ----
EXTENDS Naturals
CONSTANT c
Op(x) == x * c + c
Lab(x) == foo :: x + c
====
