--------------------------- MODULE LeaderlessLog ---------------------------
(***************************************************************************)
(* A log that many writers append to without electing a leader.            *)
(*                                                                         *)
(* Writers are stateless.  Everything they must agree on lives in one      *)
(* linearizable key-value store: the counter that hands out offsets, the   *)
(* index from offsets to data, and the flag that fences the log.  A        *)
(* compactor rewrites two ranges of the index, one after the other, in     *)
(* steps that are not atomic together.  Each action below is one atomic    *)
(* step of one process; the store makes it so.                             *)
(*                                                                         *)
(* An index entry sits at the END offset of the records that it covers:    *)
(* the entry at o covers o - msgCount + 1 .. o.  With batches of more than *)
(* one record most offsets therefore have no entry of their own.           *)
(*                                                                         *)
(* specs/1-leaderless-log-protocol.md is the source of truth; names and    *)
(* numbers of actions and properties here are the ones used there.         *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
    Writers,             \* the writer processes; every writer also reads
    MaxOffset,           \* the last offset of the finite model
    CompactRangeStart,   \* first offset compacted in round 1
    CompactRangeEnd,     \* last offset compacted in round 1
    CompactRange2Start,  \* first offset compacted in round 2
    CompactRange2End,    \* last offset compacted in round 2
    MaxBatch             \* the most records that one append may carry

ASSUME WritersExist == Writers # {}

ASSUME BoundsAreNumbers ==
    {MaxOffset, CompactRangeStart, CompactRangeEnd, CompactRange2Start,
     CompactRange2End, MaxBatch} \subseteq Nat

ASSUME RangesAreOrdered ==
    /\ 1 <= CompactRangeStart
    /\ CompactRangeStart <= CompactRangeEnd
    /\ CompactRangeEnd < CompactRange2Start
    /\ CompactRange2Start <= CompactRange2End
    /\ CompactRange2End <= MaxOffset

ASSUME BatchesAreNotEmpty == MaxBatch >= 1

VARIABLES
    logIndex,            \* offset -> entry; EMPTY means that the key is absent
    sequenceCounter,     \* the next offset to hand out
    logState,            \* whether appends are admitted
    compactionCursor,    \* the first offset that is not compacted
    writerState,         \* where each writer stands in its append
    writerOffset,        \* the end offset that a writer was given; 0 = none
    writerBatchSize,     \* the number of records in a writer's current batch
    compactorState,      \* where the compactor stands in its round
    readerResult,        \* the outcome of each writer's latest read
    compactRound         \* the range being compacted: 1 or 2

vars == <<logIndex, sequenceCounter, logState, compactionCursor, writerState,
          writerOffset, writerBatchSize, compactorState, readerResult,
          compactRound>>

logVars       == <<logIndex, sequenceCounter, logState>>
writerVars    == <<writerState, writerOffset, writerBatchSize>>
compactorVars == <<compactionCursor, compactorState, compactRound>>

-----------------------------------------------------------------------------
(* Helpers *)

Offsets    == 1..MaxOffset
EmptyEntry == [type |-> "EMPTY", msgCount |-> 0]

\* The entry at key o holds the record at offset off.
Covers(o, off) ==
    /\ logIndex[o].type # "EMPTY"
    /\ o - logIndex[o].msgCount < off
    /\ off <= o

HasCoveringEntry(off) == \E o \in Offsets : Covers(o, off)

\* What a reader's lookup of off finds.  Defined only if HasCoveringEntry(off).
CoveringEntryOffset(off) ==
    CHOOSE o \in Offsets :
        /\ Covers(o, off)
        /\ \A p \in Offsets : Covers(p, off) => o <= p

HasCoveringWALEntry(off) ==
    \E o \in Offsets : logIndex[o].type = "WAL" /\ Covers(o, off)

CurRangeStart == CASE compactRound = 1 -> CompactRangeStart
                   [] compactRound = 2 -> CompactRange2Start

CurRangeEnd   == CASE compactRound = 1 -> CompactRangeEnd
                   [] compactRound = 2 -> CompactRange2End

-----------------------------------------------------------------------------
Init ==
    /\ logIndex         = [o \in Offsets |-> EmptyEntry]
    /\ sequenceCounter  = 1
    /\ logState         = "OPEN"
    /\ compactionCursor = 1
    /\ writerState      = [w \in Writers |-> "IDLE"]
    /\ writerOffset     = [w \in Writers |-> 0]
    /\ writerBatchSize  = [w \in Writers |-> 0]
    /\ compactorState   = "IDLE"
    /\ readerResult     = [w \in Writers |-> "NONE"]
    /\ compactRound     = 1

-----------------------------------------------------------------------------
(* Appending *)

\* Action 1
StartAppend(w) ==
    /\ writerState[w] = "IDLE"
    /\ logState = "OPEN"
    /\ \E count \in 1..MaxBatch :
          writerBatchSize' = [writerBatchSize EXCEPT ![w] = count]
    /\ writerState' = [writerState EXCEPT ![w] = "WRITING_WAL"]
    /\ UNCHANGED <<logVars, compactorVars, writerOffset, readerResult>>

\* Action 2, outcome 2a: the batch is durable but has no offset yet.
WALWriteSuccess(w) ==
    /\ writerState[w] = "WRITING_WAL"
    /\ writerState' = [writerState EXCEPT ![w] = "ASSIGNING_OFFSET"]
    /\ UNCHANGED <<logVars, compactorVars, writerOffset, writerBatchSize,
                   readerResult>>

\* Action 2, outcome 2b
WALWriteFail(w) ==
    /\ writerState[w] = "WRITING_WAL"
    /\ writerState' = [writerState EXCEPT ![w] = "FAILED"]
    /\ UNCHANGED <<logVars, compactorVars, writerOffset, writerBatchSize,
                   readerResult>>

\* Action 3: the commit.  Counter and index change in one step, so that every
\* offset below the counter is covered by an entry at all times.
AssignOffset(w) ==
    LET endOff == sequenceCounter + writerBatchSize[w] - 1
    IN  /\ writerState[w] = "ASSIGNING_OFFSET"
        /\ logState = "OPEN"
        /\ endOff <= MaxOffset
        /\ logIndex' = [logIndex EXCEPT
              ![endOff] = [type |-> "WAL", msgCount |-> writerBatchSize[w]]]
        /\ sequenceCounter' = endOff + 1
        /\ writerOffset' = [writerOffset EXCEPT ![w] = endOff]
        /\ writerState' = [writerState EXCEPT ![w] = "DONE"]
        /\ UNCHANGED <<logState, compactorVars, writerBatchSize, readerResult>>

\* Action 3b
AssignOffsetFenced(w) ==
    /\ writerState[w] = "ASSIGNING_OFFSET"
    /\ logState = "FENCED"
    /\ writerState' = [writerState EXCEPT ![w] = "FAILED"]
    /\ UNCHANGED <<logVars, compactorVars, writerOffset, writerBatchSize,
                   readerResult>>

\* Action 3c: an artefact of the bound MaxOffset; a real log has no last offset.
AssignOffsetExhausted(w) ==
    LET endOff == sequenceCounter + writerBatchSize[w] - 1
    IN  /\ writerState[w] = "ASSIGNING_OFFSET"
        /\ logState = "OPEN"
        /\ endOff > MaxOffset
        /\ writerState' = [writerState EXCEPT ![w] = "FAILED"]
        /\ UNCHANGED <<logVars, compactorVars, writerOffset, writerBatchSize,
                       readerResult>>

\* Action 4
AppendComplete(w) ==
    /\ writerState[w] \in {"DONE", "FAILED"}
    /\ writerState' = [writerState EXCEPT ![w] = "IDLE"]
    /\ writerOffset' = [writerOffset EXCEPT ![w] = 0]
    /\ writerBatchSize' = [writerBatchSize EXCEPT ![w] = 0]
    /\ UNCHANGED <<logVars, compactorVars, readerResult>>

-----------------------------------------------------------------------------
(* Compaction *)

\* Action 5.  The first quantifier says that the range is complete, the other
\* two that no entry sticks out of it at either end.  Together: the entries
\* that cover the range are WAL entries that lie wholly inside it.  Action 7
\* would delete an entry that sticks out at the start, and with it the only
\* cover of offsets before the range.
CompactStart ==
    /\ compactorState = "IDLE"
    /\ \A off \in CurRangeStart..CurRangeEnd : HasCoveringWALEntry(off)
    /\ ~ \E o \in Offsets :
            Covers(o, CurRangeStart - 1) /\ Covers(o, CurRangeStart)
    /\ ~ \E o \in Offsets :
            Covers(o, CurRangeEnd) /\ Covers(o, CurRangeEnd + 1)
    /\ compactorState' = "WRITING_COMPACTED_INDEX"
    /\ UNCHANGED <<logVars, writerVars, readerResult, compactionCursor,
                   compactRound>>

\* Action 6: the new entry replaces the WAL entry that ends the range.
CompactWriteCompactedIndex ==
    /\ compactorState = "WRITING_COMPACTED_INDEX"
    /\ logIndex' = [logIndex EXCEPT
          ![CurRangeEnd] = [type     |-> "COMPACTED",
                            msgCount |-> CurRangeEnd - CurRangeStart + 1]]
    /\ compactorState' = "DELETING_OLD"
    /\ UNCHANGED <<sequenceCounter, logState, writerVars, readerResult,
                   compactionCursor, compactRound>>

\* Action 7
CompactDeleteOldEntries ==
    /\ compactorState = "DELETING_OLD"
    /\ logIndex' = [o \in Offsets |->
          IF o \in CurRangeStart..(CurRangeEnd - 1)
          THEN EmptyEntry
          ELSE logIndex[o]]
    /\ compactorState' = "UPDATING_CURSOR"
    /\ UNCHANGED <<sequenceCounter, logState, writerVars, readerResult,
                   compactionCursor, compactRound>>

\* Action 8
CompactUpdateCursor ==
    /\ compactorState = "UPDATING_CURSOR"
    /\ compactionCursor' = CurRangeEnd + 1
    /\ compactorState' = "DONE"
    /\ UNCHANGED <<logVars, writerVars, readerResult, compactRound>>

\* Action 9
CompactReset ==
    /\ compactorState = "DONE"
    /\ compactorState' = "IDLE"
    /\ compactRound' = 2
    /\ UNCHANGED <<logVars, writerVars, readerResult, compactionCursor>>

\* Action 9b: what was written stays written.  After a crash past action 6 the
\* end of the range is COMPACTED, so CompactStart is disabled for good.
CompactorCrash ==
    /\ compactorState \in {"WRITING_COMPACTED_INDEX", "DELETING_OLD",
                           "UPDATING_CURSOR"}
    /\ compactorState' = "IDLE"
    /\ UNCHANGED <<logVars, writerVars, readerResult, compactionCursor,
                   compactRound>>

-----------------------------------------------------------------------------
(* Fencing *)

\* Action 10
FenceLog ==
    /\ logState = "OPEN"
    /\ logState' = "FENCED"
    /\ UNCHANGED <<logIndex, sequenceCounter, writerVars, compactorVars,
                   readerResult>>

\* Action 11
UnfenceLog ==
    /\ logState = "FENCED"
    /\ logState' = "OPEN"
    /\ UNCHANGED <<logIndex, sequenceCounter, writerVars, compactorVars,
                   readerResult>>

-----------------------------------------------------------------------------
(* Reading *)

\* Action 12: an entry of either type answers the read.
ReadEntry(w, off) ==
    /\ writerState[w] = "IDLE"
    /\ 1 <= off
    /\ off < sequenceCounter
    /\ readerResult' = [readerResult EXCEPT
          ![w] = IF HasCoveringEntry(off) THEN "OK" ELSE "ERROR"]
    /\ UNCHANGED <<logVars, writerVars, compactorVars>>

-----------------------------------------------------------------------------
Next ==
    \/ \E w \in Writers : StartAppend(w)
    \/ \E w \in Writers : WALWriteSuccess(w)
    \/ \E w \in Writers : WALWriteFail(w)
    \/ \E w \in Writers : AssignOffset(w)
    \/ \E w \in Writers : AssignOffsetFenced(w)
    \/ \E w \in Writers : AssignOffsetExhausted(w)
    \/ \E w \in Writers : AppendComplete(w)
    \/ CompactStart
    \/ CompactWriteCompactedIndex
    \/ CompactDeleteOldEntries
    \/ CompactUpdateCursor
    \/ CompactReset
    \/ CompactorCrash
    \/ FenceLog
    \/ UnfenceLog
    \/ \E w \in Writers, off \in Offsets : ReadEntry(w, off)

(***************************************************************************)
(* Nobody promises that a failure or a fence occurs, or that a fence goes: *)
(* WALWriteFail, CompactorCrash, FenceLog and UnfenceLog are not fair.     *)
(* Fencing may switch AssignOffset and its two failing twins off and on    *)
(* for ever; weak fairness would then ask nothing of any of them, hence SF.*)
(***************************************************************************)
Fairness ==
    /\ \A w \in Writers :
          /\ WF_vars(StartAppend(w))
          /\ WF_vars(WALWriteSuccess(w))
          /\ SF_vars(AssignOffset(w))
          /\ SF_vars(AssignOffsetFenced(w))
          /\ SF_vars(AssignOffsetExhausted(w))
          /\ WF_vars(AppendComplete(w))
    /\ WF_vars(CompactStart)
    /\ WF_vars(CompactWriteCompactedIndex)
    /\ WF_vars(CompactDeleteOldEntries)
    /\ WF_vars(CompactUpdateCursor)
    /\ WF_vars(CompactReset)
    /\ \A w \in Writers, off \in Offsets : WF_vars(ReadEntry(w, off))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* Safety *)

TypeOK ==
    /\ logIndex \in [Offsets -> [type     : {"WAL", "COMPACTED", "EMPTY"},
                                 msgCount : 0..MaxOffset]]
    /\ sequenceCounter \in 1..(MaxOffset + 1)
    /\ logState \in {"OPEN", "FENCED"}
    /\ compactionCursor \in 1..(MaxOffset + 1)
    /\ writerState \in [Writers -> {"IDLE", "WRITING_WAL", "ASSIGNING_OFFSET",
                                    "DONE", "FAILED"}]
    /\ writerOffset \in [Writers -> 0..MaxOffset]
    /\ writerBatchSize \in [Writers -> 0..MaxBatch]
    /\ compactorState \in {"IDLE", "WRITING_COMPACTED_INDEX", "DELETING_OLD",
                           "UPDATING_CURSOR", "DONE"}
    /\ readerResult \in [Writers -> {"NONE", "OK", "ERROR"}]
    /\ compactRound \in {1, 2}

\* S1.  A function has one value at each key, so two entries under one offset
\* cannot even be written down.  What could still go wrong is that two writers
\* are given one offset, or that an append lands on a key in use.
NoOffsetDuplicates ==
    /\ \A v, w \in Writers :
          v # w /\ writerOffset[v] # 0 => writerOffset[v] # writerOffset[w]
    /\ \A o \in Offsets : logIndex[o].type # "EMPTY" => o < sequenceCounter

\* S2, the part that a single state can show ...
SequenceCounterPositive == sequenceCounter >= 1

\* ... and the whole of it.
MonotonicOffsets == [][sequenceCounter' >= sequenceCounter]_vars

\* S3
FencedRejectsAppends ==
    logState = "FENCED" => \A w \in Writers : ~ ENABLED AssignOffset(w)

\* S4
CompactionPreservesData ==
    compactorState \in {"DELETING_OLD", "UPDATING_CURSOR", "DONE"}
        => logIndex[CurRangeEnd].type = "COMPACTED"

\* S5
NoPhantomEntries ==
    compactorState \in {"UPDATING_CURSOR", "DONE"}
        => \A o \in CurRangeStart..(CurRangeEnd - 1) : logIndex[o].type = "EMPTY"

\* S6
CursorConsistency == compactionCursor <= sequenceCounter

\* S7.  A WAL and a COMPACTED entry may overlap: between actions 6 and 7, and
\* for good after a crash there.
NoOverlappingRanges ==
    \A o, p \in Offsets :
        o # p /\ logIndex[o].type = "WAL" /\ logIndex[p].type = "WAL"
            => ~ \E off \in Offsets : Covers(o, off) /\ Covers(p, off)

\* S8
NoReaderError == \A w \in Writers : readerResult[w] # "ERROR"

\* S9
SequentialCompactionSafety ==
    compactRound = 2 => logIndex[CompactRangeEnd].type = "COMPACTED"

-----------------------------------------------------------------------------
(* Liveness *)

\* L1
AppendProgress ==
    \A w \in Writers :
        writerState[w] = "WRITING_WAL" ~> writerState[w] \in {"DONE", "FAILED"}

\* L2.  IDLE is allowed because the compactor may crash.
CompactionCompletes ==
    compactorState = "WRITING_COMPACTED_INDEX" ~> compactorState \in {"DONE", "IDLE"}

\* L3.  Vacuous as long as S8 holds; it guards against a change that loses S8.
ReaderEventuallySucceeds ==
    \A w \in Writers : readerResult[w] = "ERROR" ~> readerResult[w] = "OK"

=============================================================================
