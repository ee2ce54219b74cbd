---- MODULE LocalOverrideBase ----
LOCAL Foo == 1
UseFoo == Foo
====
