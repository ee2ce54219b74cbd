---- MODULE ExtendsConflictRight ----
Step == 4
Right == Step
====
