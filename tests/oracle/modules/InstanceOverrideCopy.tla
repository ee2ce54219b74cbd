---- MODULE InstanceOverrideCopy ----
\* An operator brought by an instance is a copy: the module's own is not replaced with it.
EXTENDS TLC
INSTANCE InstanceOverrideCopyM WITH c <- 2
Bar == 9
ASSUME <<Foo, UseFoo>> = <<9, 2>>
====
