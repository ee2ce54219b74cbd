---- MODULE ConfigConstantVariable ----
EXTENDS Naturals
CONSTANT Values
VARIABLE x
SmallValues == 1..x
Init == x = 1
Next == x' \in Values
====
