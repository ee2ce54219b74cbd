---- MODULE SystemToolboxModel ----
EXTENDS SystemToolboxModelLock, TLC
\* MV CONSTANT declarations@modelParameterConstants
CONSTANTS
p1, p2, p3
----
\* MV CONSTANT definitions Proc
const_1699009999123401000 ==
{p1, p2, p3}
----
\* SYMMETRY definition
symm_1699009999123402000 ==
Permutations(const_1699009999123401000)
----
\* CONSTANT definitions @modelParameterConstants:1N
const_1699009999123403000 ==
2 + 1
----
\* CONSTANT definition @modelParameterDefinitions:0
def_ov_1699009999123404000 ==
0..4
----
\* CONSTRAINT definition @modelParameterContraint:0
constr_1699009999123405000 ==
tickets < 4 /\ Len(log) <= 3
----
\* INVARIANT definition @modelCorrectnessInvariants:1
inv_1699009999123406000 ==
\A i \in 1..Len(log) : log[i].who \in Proc
----
\* Constant expression definition @modelExpressionEval
const_expr_1699009999123407000 ==
Cardinality(SUBSET Proc)
----
\* Constant expression ASSUME statement @modelExpressionEval
ASSUME PrintT(<<"$!@$!@$!@$!@$!", const_expr_1699009999123407000>>)
----
=============================================================================
