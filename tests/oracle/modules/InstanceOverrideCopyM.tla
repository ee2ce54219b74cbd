---- MODULE InstanceOverrideCopyM ----
CONSTANT c
Foo == c
UseFoo == Foo
====
