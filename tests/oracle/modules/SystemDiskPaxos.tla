---- MODULE SystemDiskPaxos ----
(* Consensus by blocks on disks; ballots and majorities are operators that a constant declares. *)
EXTENDS SystemDiskPaxosSynod, FiniteSets
CONSTANTS Ballot(_), Disk, IsMajority(_)
ASSUME /\ \A p \in Proc : Ballot(p) \subseteq {n \in Nat : n > 0} \/ TRUE
       /\ \A p, q \in Proc : (p # q) => Ballot(p) \cap Ballot(q) = {}
ASSUME \A S, T \in SUBSET Disk : IsMajority(S) /\ IsMajority(T) => (S \cap T # {})
VARIABLES disk, dblock, phase, disksWritten, blocksRead
vars == <<inputX, outputX, disk, phase, dblock, disksWritten, blocksRead>>
DiskBlock == [mbal : (UNION {Ballot(p) : p \in Proc}) \cup {0},
              bal  : (UNION {Ballot(p) : p \in Proc}) \cup {0},
              inp  : Inputs \cup {NotAnInput}]
InitDB == [mbal |-> 0, bal |-> 0, inp |-> NotAnInput]
Init == /\ inputX \in [Proc -> Inputs]
        /\ outputX = [p \in Proc |-> NotAnInput]
        /\ disk = [d \in Disk |-> [p \in Proc |-> InitDB]]
        /\ phase = [p \in Proc |-> 0]
        /\ dblock = [p \in Proc |-> InitDB]
        /\ disksWritten = [p \in Proc |-> {}]
        /\ blocksRead = [p \in Proc |-> [d \in Disk |-> {}]]
hasRead(p, d, q) == \E br \in blocksRead[p][d] : br.proc = q
allBlocksRead(p) == LET allRdBlks == UNION {blocksRead[p][d] : d \in Disk}
                    IN {br.block : br \in allRdBlks}
InitializePhase(p) ==
  /\ disksWritten' = [disksWritten EXCEPT ![p] = {}]
  /\ blocksRead' = [blocksRead EXCEPT ![p] = [d \in Disk |-> {}]]
StartBallot(p) ==
  /\ phase[p] \in {0, 1}
  /\ phase' = [phase EXCEPT ![p] = 1]
  /\ \E b \in Ballot(p) : /\ b > dblock[p].mbal
                          /\ dblock' = [dblock EXCEPT ![p].mbal = b]
  /\ InitializePhase(p)
  /\ UNCHANGED <<inputX, outputX, disk>>
Phase1or2Write(p, d) ==
  /\ phase[p] \in {1, 2}
  /\ disk' = [disk EXCEPT ![d][p] = dblock[p]]
  /\ disksWritten' = [disksWritten EXCEPT ![p] = @ \cup {d}]
  /\ UNCHANGED <<inputX, outputX, phase, dblock, blocksRead>>
Phase1or2Read(p, d, q) ==
  /\ d \in disksWritten[p]
  /\ IF disk[d][q].mbal < dblock[p].mbal
       THEN /\ blocksRead' = [blocksRead EXCEPT ![p][d] = @ \cup {[block |-> disk[d][q], proc |-> q]}]
            /\ UNCHANGED <<inputX, outputX, disk, phase, dblock, disksWritten>>
       ELSE StartBallot(p)
EndPhase1or2(p) ==
  /\ IsMajority({d \in disksWritten[p] : \A q \in Proc \ {p} : hasRead(p, d, q)})
  /\ \/ /\ phase[p] = 1
        /\ dblock' = [dblock EXCEPT ![p].bal = dblock[p].mbal,
             ![p].inp = LET blocksSeen == allBlocksRead(p) \cup {dblock[p]}
                            nonInitBlks == {bs \in blocksSeen : bs.inp # NotAnInput}
                            maxBlk == CHOOSE b \in nonInitBlks : \A c \in nonInitBlks : b.bal \geq c.bal
                        IN IF nonInitBlks = {} THEN inputX[p] ELSE maxBlk.inp]
        /\ UNCHANGED outputX
     \/ /\ phase[p] = 2
        /\ outputX' = [outputX EXCEPT ![p] = dblock[p].inp]
        /\ UNCHANGED dblock
  /\ phase' = [phase EXCEPT ![p] = @ + 1]
  /\ InitializePhase(p)
  /\ UNCHANGED <<inputX, disk>>
Next == \E p \in Proc :
          \/ StartBallot(p)
          \/ \E d \in Disk : \/ Phase1or2Write(p, d)
                             \/ \E q \in Proc \ {p} : Phase1or2Read(p, d, q)
          \/ EndPhase1or2(p)
Spec == Init /\ [][Next]_vars
MCBallot(p) == { n \in 1..2 : n % 2 = p % 2 }
MCMajority(S) == Cardinality(S) * 2 > Cardinality(Disk)
TypeOK == /\ inputX \in [Proc -> Inputs]
          /\ outputX \in [Proc -> Inputs \cup {NotAnInput}]
          /\ disk \in [Disk -> [Proc -> DiskBlock]]
          /\ phase \in [Proc -> 0..3]
          /\ dblock \in [Proc -> DiskBlock]
Agree == \A p, q \in Proc : {outputX[p], outputX[q]} \cap {NotAnInput} = {} => outputX[p] = outputX[q]
====
