---- MODULE ConfigActionConstraintBounded ----
\* A step that is cut off, where without it the states would be few as well.
EXTENDS Integers
VARIABLE x
Init == x = 0
Next == x' = (x + 1) % 6
Near == x' # 4
====
