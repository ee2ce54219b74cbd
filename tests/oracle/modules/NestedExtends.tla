---- MODULE NestedExtends ----
\* A nested module may extend another one, and comes with the module that is extended.
EXTENDS NestedExtendsBase, Naturals
VARIABLE x
I == INSTANCE Second
Init == x = I!Start
Next == x' = (x + I!Step) % 5
====
