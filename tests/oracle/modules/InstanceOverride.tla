---- MODULE InstanceOverride ----
\* A replacement holds wherever the operator is used, in an instance too.
EXTENDS InstanceOverrideBase, TLC
I == INSTANCE InstanceOverrideM
Bar == 9
ASSUME <<Foo, UseFoo, I!Get, I!Get2>> = <<9, 9, 9, 9>>
====
