---- MODULE NestedDeep ----
\* Nested modules in nested modules, instantiated through two paths.
EXTENDS TLC, Naturals
CONSTANT k
out == 3
---- MODULE In ----
CONSTANT j
g == out + k + j
---- MODULE In2 ----
h == g + 1
====
I2 == INSTANCE In2
====
I == INSTANCE In WITH j <- 100
ASSUME <<I!g, I!I2!h>> = <<106, 107>>
====
