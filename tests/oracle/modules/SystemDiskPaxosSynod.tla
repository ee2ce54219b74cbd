---- MODULE SystemDiskPaxosSynod ----
EXTENDS Naturals
CONSTANT N, Inputs
ASSUME (N \in Nat) /\ (N > 0)
Proc == 1..N
NotAnInput == CHOOSE c : c \notin Inputs
VARIABLES inputX, outputX
 ------------------------------- MODULE Inner -------------------------------
  VARIABLES allInput, chosen
  IInit == /\ inputX \in [Proc -> Inputs]
           /\ outputX = [p \in Proc |-> NotAnInput]
           /\ chosen = NotAnInput
           /\ allInput = {inputX[p] : p \in Proc}
  IChoose(p) ==
    /\ outputX[p] = NotAnInput
    /\ IF chosen = NotAnInput
         THEN \E ip \in allInput : /\ chosen' = ip
                                   /\ outputX' = [outputX EXCEPT ![p] = ip]
         ELSE /\ outputX' = [outputX EXCEPT ![p] = chosen]
              /\ UNCHANGED chosen
    /\ UNCHANGED <<inputX, allInput>>
  IFail(p) == /\ outputX' = [outputX EXCEPT ![p] = NotAnInput]
              /\ \E ip \in Inputs : /\ inputX' = [inputX EXCEPT ![p] = ip]
                                    /\ allInput' = allInput \cup {ip}
              /\ UNCHANGED chosen
  INext == \E p \in Proc : IChoose(p) \/ IFail(p)
  ISpec == IInit /\ [][INext]_<<inputX, outputX, chosen, allInput>>
 ==========================================================================
IS(chosen, allInput) == INSTANCE Inner
SynodSpec == \EE chosen, allInput : IS(chosen, allInput)!ISpec
====
