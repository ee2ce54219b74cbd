---- MODULE InstanceOverrideM ----
EXTENDS InstanceOverrideBase
Get == Foo
Get2 == UseFoo
====
