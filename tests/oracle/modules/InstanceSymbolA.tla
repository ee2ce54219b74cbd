---- MODULE InstanceSymbolA ----
CONSTANTS Elem, _ \prec _, Limit
VARIABLE best
LOCAL INSTANCE Naturals
LOCAL INSTANCE FiniteSets
Start == best \in Elem
Better(e) == best \prec e /\ best' = e
Climb == \E e \in Elem : Better(e)
Max == CHOOSE e \in Elem : \A f \in Elem : f = e \/ f \prec e
Bounded == Cardinality({e \in Elem : e \prec best}) <= Limit
====
