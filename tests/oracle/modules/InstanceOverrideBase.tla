---- MODULE InstanceOverrideBase ----
Foo == 1
UseFoo == Foo
====
