---- MODULE ConfigOperatorByActionA ----
CONSTANTS Node, Better(_)
Fine == \E n \in Node : Better(n) \/ ~Better(n)
====
