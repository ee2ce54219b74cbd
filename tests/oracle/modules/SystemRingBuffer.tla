---- MODULE SystemRingBuffer ----
(* A ring buffer in the manner of the disruptor: one producer, many       *)
(* consumers, each with its own sequence.                                 *)
EXTENDS Integers, FiniteSets, Sequences
CONSTANTS MaxPublished, Writers, Readers, Size, NULL
ASSUME Writers /= {} /\ Readers /= {} /\ Size \in Nat \ {0}
VARIABLES ringbuffer, published, read, consumed, pc
vars == << ringbuffer, published, read, consumed, pc >>
Access == "access"
Advance == "advance"
Transition(t, from, to) == /\ pc[t] = from /\ pc' = [ pc EXCEPT ![t] = to ]
LastIndex == Size - 1
Index(sequence) == sequence % Size
Range(f) == { f[x] : x \in DOMAIN f }
MinReadSequence == CHOOSE min \in Range(read) : \A r \in Readers : min <= read[r]
BeginWrite(writer) ==
  LET next == published + 1
      index == Index(next)
      min_read == MinReadSequence
  IN /\ min_read >= next - Size
     /\ next < MaxPublished
     /\ Transition(writer, Access, Advance)
     /\ ringbuffer' = [ ringbuffer EXCEPT !.slots[index] = next, !.writers[index] = @ \union { writer } ]
     /\ UNCHANGED << published, read, consumed >>
EndWrite(writer) ==
  LET next == published + 1 index == Index(next) IN
  /\ Transition(writer, Advance, Access)
  /\ ringbuffer' = [ringbuffer EXCEPT !.writers[index] = @ \ { writer }]
  /\ published' = next
  /\ UNCHANGED << read, consumed >>
BeginRead(reader) ==
  LET next == read[reader] + 1 index == Index(next) IN
  /\ published >= next
  /\ Transition(reader, Access, Advance)
  /\ ringbuffer' = [ringbuffer EXCEPT !.readers[index] = @ \union { reader }]
  /\ consumed' = [ consumed EXCEPT ![reader] = Append(@, ringbuffer.slots[index]) ]
  /\ UNCHANGED << published, read >>
EndRead(reader) ==
  LET next == read[reader] + 1 index == Index(next) IN
  /\ Transition(reader, Advance, Access)
  /\ ringbuffer' = [ringbuffer EXCEPT !.readers[index] = @ \ { reader }]
  /\ read' = [ read EXCEPT ![reader] = next ]
  /\ UNCHANGED << published, consumed >>
Init == /\ ringbuffer = [slots |-> [i \in 0 .. LastIndex |-> NULL ],
                         readers |-> [i \in 0 .. LastIndex |-> {} ],
                         writers |-> [i \in 0 .. LastIndex |-> {} ] ]
        /\ published = -1
        /\ read = [ r \in Readers |-> -1 ]
        /\ consumed = [ r \in Readers |-> << >> ]
        /\ pc = [ a \in Writers \union Readers |-> Access ]
Next == \/ \E w \in Writers : BeginWrite(w) \/ EndWrite(w)
        \/ \E r \in Readers : BeginRead(r) \/ EndRead(r)
Fairness == /\ \A r \in Readers : WF_vars(BeginRead(r)) /\ WF_vars(EndRead(r))
            /\ \A w \in Writers : WF_vars(BeginWrite(w)) /\ WF_vars(EndWrite(w))
Spec == Init /\ [][Next]_vars /\ Fairness
StateConstraint == published < MaxPublished
NoDataRaces == \A i \in 0 .. LastIndex :
    /\ ringbuffer.readers[i] = {} \/ ringbuffer.writers[i] = {}
    /\ Cardinality(ringbuffer.writers[i]) <= 1
TypeOk == /\ ringbuffer \in [slots: UNION {[0 .. LastIndex -> Int \union {NULL}]}, readers : [0..LastIndex -> SUBSET Readers], writers : [0..LastIndex -> SUBSET Writers]]
          /\ consumed \in [Readers -> Seq(Nat)]
          /\ pc \in [ Writers \union Readers -> { Access, Advance } ]
Liveness == \A r \in Readers : \A i \in 0 .. (MaxPublished - 1) :
   <>[](i \in 0 .. published => Len(consumed[r]) >= i + 1 /\ consumed[r][i + 1] = i)
=============================================================================
