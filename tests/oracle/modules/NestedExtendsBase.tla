---- MODULE NestedExtendsBase ----
---- MODULE First ----
Start == 1
====
---- MODULE Second ----
EXTENDS First
Step == Start
====
====
