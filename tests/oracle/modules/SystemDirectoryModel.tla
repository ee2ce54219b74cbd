---- MODULE SystemDirectoryModel ----
(* A directory protocol with transient states, a bus per line, and a refinement to atomic memory. *)
EXTENDS Integers, FiniteSets, Sequences, TLC
CONSTANTS Core, Line, Data, NoCore
VARIABLES cache, dir, mem, req, resp, ghost
vars == <<cache, dir, mem, req, resp, ghost>>
St == {"I", "S", "E", "M", "IS_D", "IM_D", "SM_D"}
CacheLine == [st : St, val : Data]
d0 == CHOOSE d \in Data : TRUE
Init == /\ cache = [c \in Core, l \in Line |-> [st |-> "I", val |-> d0]]
        /\ dir = [l \in Line |-> [owner |-> NoCore, sharers |-> {}]]
        /\ mem = [l \in Line |-> d0] /\ req = {} /\ resp = {} /\ ghost = [l \in Line |-> d0]
Load(c, l) == /\ cache[c, l].st = "I"
              /\ cache' = [cache EXCEPT ![c, l].st = "IS_D"]
              /\ req' = req \cup {[k |-> "GetS", c |-> c, l |-> l]}
              /\ UNCHANGED <<dir, mem, resp, ghost>>
Store(c, l, d) ==
  \/ /\ cache[c, l].st \in {"E", "M"}
     /\ cache' = [cache EXCEPT ![c, l] = [st |-> "M", val |-> d]]
     /\ ghost' = [ghost EXCEPT ![l] = d]
     /\ UNCHANGED <<dir, mem, req, resp>>
  \/ /\ cache[c, l].st \in {"I", "S"}
     /\ cache' = [cache EXCEPT ![c, l].st = IF @ = "I" THEN "IM_D" ELSE "SM_D"]
     /\ req' = req \cup {[k |-> "GetM", c |-> c, l |-> l]}
     /\ UNCHANGED <<dir, mem, resp, ghost>>
Evict(c, l) == /\ cache[c, l].st \in {"S", "E", "M"}
               /\ mem' = IF cache[c, l].st = "M" THEN [mem EXCEPT ![l] = cache[c, l].val] ELSE mem
               /\ dir' = [dir EXCEPT ![l] = [owner |-> IF @.owner = c THEN NoCore ELSE @.owner, sharers |-> @.sharers \ {c}]]
               /\ cache' = [cache EXCEPT ![c, l].st = "I"]
               /\ UNCHANGED <<req, resp, ghost>>
Flush(l, o) == IF o = NoCore THEN mem[l] ELSE cache[o, l].val
HandleGetS == \E m \in req :
  /\ m.k = "GetS"
  /\ LET l == m.l o == dir[l].owner v == Flush(l, o) alone == o = NoCore /\ dir[l].sharers = {} IN
     /\ mem' = [mem EXCEPT ![l] = v]
     /\ cache' = IF o = NoCore THEN cache ELSE [cache EXCEPT ![o, l].st = "S"]
     /\ dir' = [dir EXCEPT ![l] = IF alone THEN [owner |-> m.c, sharers |-> {}]
                                  ELSE [owner |-> NoCore, sharers |-> (@.sharers \cup {m.c} \cup {o}) \ {NoCore}]]
     /\ resp' = resp \cup {[c |-> m.c, l |-> l, val |-> v, st |-> IF alone THEN "E" ELSE "S"]}
  /\ req' = req \ {m} /\ UNCHANGED ghost
HandleGetM == \E m \in req :
  /\ m.k = "GetM"
  /\ LET l == m.l o == dir[l].owner v == Flush(l, o) IN
     /\ mem' = [mem EXCEPT ![l] = v]
     /\ cache' = [x \in DOMAIN cache |-> IF x[2] = l /\ x[1] # m.c /\ cache[x].st \in {"S", "E", "M"} THEN [cache[x] EXCEPT !.st = "I"]
                                         ELSE IF x[2] = l /\ x[1] # m.c /\ cache[x].st = "SM_D" THEN [cache[x] EXCEPT !.st = "IM_D"] ELSE cache[x]]
     /\ dir' = [dir EXCEPT ![l] = [owner |-> m.c, sharers |-> {}]]
     /\ resp' = resp \cup {[c |-> m.c, l |-> l, val |-> v, st |-> "M"]}
  /\ req' = req \ {m} /\ UNCHANGED ghost
NoPending(l) == \A r \in resp : r.l # l
Receive == \E r \in resp :
  /\ cache' = [cache EXCEPT ![r.c, r.l] = [st |-> r.st, val |-> r.val]]
  /\ resp' = resp \ {r}
  /\ UNCHANGED <<dir, mem, req, ghost>>
Next == \/ \E c \in Core, l \in Line : Load(c, l) \/ (NoPending(l) /\ Evict(c, l)) \/ \E d \in Data : Store(c, l, d)
        \/ (\E l \in Line : NoPending(l) /\ \E m \in req : m.l = l) /\ (HandleGetS \/ HandleGetM) /\ resp = {}
        \/ resp # {} /\ Receive
Spec == Init /\ [][Next]_vars /\ WF_vars(Receive) /\ SF_vars(HandleGetS) /\ SF_vars(HandleGetM)
Holds(c, l) == cache[c, l].st \in {"S", "E", "M"}
TypeOK == /\ cache \in [Core \X Line -> CacheLine] /\ mem \in [Line -> Data]
          /\ dir \in [Line -> [owner : Core \cup {NoCore}, sharers : SUBSET Core]]
SWMR == \A l \in Line : \A c, e \in Core : c # e /\ cache[c, l].st \in {"E", "M"} => ~ Holds(e, l)
Value == \A l \in Line : \A c \in Core : Holds(c, l) /\ resp = {} => cache[c, l].val = ghost[l]
DirOwner == \A l \in Line : \A c \in Core : cache[c, l].st \in {"E", "M"} => dir[l].owner = c
DirSharers == \A l \in Line : {c \in Core : cache[c, l].st = "S"} \subseteq dir[l].sharers \cup {dir[l].owner}
OneReq == \A q, r \in req : q.c = r.c /\ q.l = r.l => q = r
Mem == INSTANCE SystemDirectoryMemory WITH m <- [l \in Line |-> ghost[l]], Addr <- Line, Val <- Data
Refines == Mem!Spec
Served == \A c \in Core, l \in Line : cache[c, l].st = "IS_D" ~> cache[c, l].st # "IS_D"
====
