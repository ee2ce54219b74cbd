---- MODULE ErrorBagCounts ----
\* A bag has positive counts where they are added.
EXTENDS Integers, Bags
VARIABLE x
Init == x = 0
Next == x' = x + 1 /\ x < 3 /\ (x = 1 => (<<0>> (+) <<1>> = <<1>>))
====
