---- MODULE ExtendsConflictLeft ----
Step == 1
Left == Step
====
