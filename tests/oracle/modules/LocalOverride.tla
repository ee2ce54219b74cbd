---- MODULE LocalOverride ----
\* A replacement does not reach a LOCAL operator of the same name.
EXTENDS LocalOverrideBase, TLC
Foo == 3
Bar == 9
ASSUME <<Foo, UseFoo>> = <<9, 1>>
====
