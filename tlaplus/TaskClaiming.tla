---------------------------- MODULE TaskClaiming ----------------------------
(***************************************************************************)
(* Workers that share a set of tasks without knowing of one another.       *)
(*                                                                         *)
(* A worker picks a task that is not done, tries to create the task's lock *)
(* in a linearizable key-value store, executes the task if the lock is its *)
(* own, and deletes the lock.  The lock is an ephemeral record: it belongs *)
(* to the worker's session, and the store drops it when the session ends.  *)
(* A worker may crash at any time; its session ends some time after that.  *)
(*                                                                         *)
(* A task ends COMMITTED, or in the dead-letter queue (DLQ) once it has    *)
(* failed MaxFailures times.                                               *)
(*                                                                         *)
(* specs/2-coordination-delegated-task-claiming.md is the source of truth; *)
(* names and numbers of actions and properties here are the ones used      *)
(* there.                                                                  *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
    Workers,        \* the worker processes
    Tasks,          \* the tasks to be executed
    MaxFailures,    \* a task that has failed so often is given up
    MaxLockVersion  \* bounds the model: lock versions beyond it are not explored

ASSUME WorkersExist == Workers # {}

ASSUME TasksExist == Tasks # {}

\* NONE stands for the absence of either.
ASSUME NoneIsNeither == "NONE" \notin Workers \cup Tasks

ASSUME BoundsArePositive ==
    /\ MaxFailures \in Nat /\ MaxFailures >= 1
    /\ MaxLockVersion \in Nat /\ MaxLockVersion >= 1

VARIABLES
    taskStatus,     \* what has become of each task
    lockState,      \* each task's lock: who holds it, at which version
    workerAlive,    \* whether each worker's process runs
    workerState,    \* where each worker stands with its task
    workerTask,     \* the task that each worker is at; NONE = none
    taskFailCount,  \* how often each task has failed
    lockVersion     \* the version that the next lock will get

vars == <<taskStatus, lockState, workerAlive, workerState, workerTask,
          taskFailCount, lockVersion>>

taskVars   == <<taskStatus, taskFailCount>>
lockVars   == <<lockState, lockVersion>>
workerVars == <<workerAlive, workerState, workerTask>>

-----------------------------------------------------------------------------
(* Helpers *)

\* A lock that nobody holds: in the store, no record.
Unlocked == [holder |-> "NONE", version |-> 0]

Holds(w, t) == lockState[t].holder = w

HoldsAnyLock(w) == \E t \in Tasks : Holds(w, t)

\* A worker that has crashed while it was executing stays so until its session
\* has ended or it is back.
Executing(w, t) == workerState[w] = "EXECUTING" /\ workerTask[w] = t

\* The model's bound, a CONSTRAINT of the configurations.
LockVersionBound == lockVersion <= MaxLockVersion

-----------------------------------------------------------------------------
Init ==
    /\ taskStatus    = [t \in Tasks |-> "INIT"]
    /\ lockState     = [t \in Tasks |-> Unlocked]
    /\ workerAlive   = [w \in Workers |-> TRUE]
    /\ workerState   = [w \in Workers |-> "IDLE"]
    /\ workerTask    = [w \in Workers |-> "NONE"]
    /\ taskFailCount = [t \in Tasks |-> 0]
    /\ lockVersion   = 1

-----------------------------------------------------------------------------
(* Claiming *)

\* Action 1: any worker may pick any open task, whoever else has picked it.
ScanTasks(w, t) ==
    /\ workerAlive[w]
    /\ workerState[w] = "IDLE"
    /\ taskStatus[t] = "INIT"
    /\ workerState' = [workerState EXCEPT ![w] = "SCANNING"]
    /\ workerTask' = [workerTask EXCEPT ![w] = t]
    /\ UNCHANGED <<taskVars, lockVars, workerAlive>>

\* Action 2, outcome 2a: the lock's record did not exist and is now the worker's.
TryLockSuccess(w) ==
    LET t == workerTask[w]
    IN  /\ workerAlive[w]
        /\ workerState[w] = "SCANNING"
        /\ lockState[t] = Unlocked
        /\ taskStatus[t] = "INIT"
        /\ lockState' = [lockState EXCEPT
              ![t] = [holder |-> w, version |-> lockVersion]]
        /\ lockVersion' = lockVersion + 1
        /\ workerState' = [workerState EXCEPT ![w] = "EXECUTING"]
        /\ UNCHANGED <<taskVars, workerAlive, workerTask>>

\* Action 2, outcome 2b: somebody else was faster, with the lock or with the task.
TryLockFail(w) ==
    LET t == workerTask[w]
    IN  /\ workerAlive[w]
        /\ workerState[w] = "SCANNING"
        /\ \/ lockState[t].holder \notin {w, "NONE"}
           \/ taskStatus[t] # "INIT"
        /\ workerState' = [workerState EXCEPT ![w] = "IDLE"]
        /\ workerTask' = [workerTask EXCEPT ![w] = "NONE"]
        /\ UNCHANGED <<taskVars, lockVars, workerAlive>>

-----------------------------------------------------------------------------
(* Executing *)

\* Action 3, outcome 3a.  The last line of the guard never decides while the
\* lock is kept; it is what an implementation checks in the same step as it
\* commits, for the worker that has lost its lock without noticing.
ExecuteTaskSuccess(w) ==
    LET t == workerTask[w]
    IN  /\ workerAlive[w]
        /\ workerState[w] = "EXECUTING"
        /\ taskStatus[t] = "INIT"
        /\ taskStatus' = [taskStatus EXCEPT ![t] = "COMMITTED"]
        /\ workerState' = [workerState EXCEPT ![w] = "UNLOCKING"]
        /\ UNCHANGED <<lockVars, workerAlive, workerTask, taskFailCount>>

\* Action 3, outcome 3b: the task failed, perhaps once too often.
ExecuteTaskFailure(w) ==
    LET t == workerTask[w]
        failures == taskFailCount[t] + 1
    IN  /\ workerAlive[w]
        /\ workerState[w] = "EXECUTING"
        /\ taskFailCount' = [taskFailCount EXCEPT ![t] = failures]
        /\ taskStatus' = [taskStatus EXCEPT
              ![t] = IF failures >= MaxFailures THEN "DLQ" ELSE taskStatus[t]]
        /\ workerState' = [workerState EXCEPT ![w] = "UNLOCKING"]
        /\ UNCHANGED <<lockVars, workerAlive, workerTask>>

\* Action 4: the delete names the version of the worker's own lock.
UnlockTask(w) ==
    LET t == workerTask[w]
    IN  /\ workerAlive[w]
        /\ workerState[w] = "UNLOCKING"
        /\ lockState' = [lockState EXCEPT
              ![t] = IF Holds(w, t) THEN Unlocked ELSE lockState[t]]
        /\ workerState' = [workerState EXCEPT ![w] = "IDLE"]
        /\ workerTask' = [workerTask EXCEPT ![w] = "NONE"]
        /\ UNCHANGED <<taskVars, lockVersion, workerAlive>>

-----------------------------------------------------------------------------
(* Crash and recovery *)

\* Action 5: the store has not noticed yet.
WorkerCrash(w) ==
    /\ workerAlive[w]
    /\ workerAlive' = [workerAlive EXCEPT ![w] = FALSE]
    /\ UNCHANGED <<taskVars, lockVars, workerState, workerTask>>

\* Action 6: the store drops all that belonged to the session, at one instant.
SessionExpiry(w) ==
    /\ ~ workerAlive[w]
    /\ HoldsAnyLock(w)
    /\ lockState' = [t \in Tasks |->
          IF Holds(w, t) THEN Unlocked ELSE lockState[t]]
    /\ workerState' = [workerState EXCEPT ![w] = "IDLE"]
    /\ workerTask' = [workerTask EXCEPT ![w] = "NONE"]
    /\ UNCHANGED <<taskVars, lockVersion, workerAlive>>

\* Action 7.  Not before the session has ended: an idle worker that owns a lock
\* would never give it back.
WorkerRecover(w) ==
    /\ ~ workerAlive[w]
    /\ ~ HoldsAnyLock(w)
    /\ workerAlive' = [workerAlive EXCEPT ![w] = TRUE]
    /\ workerState' = [workerState EXCEPT ![w] = "IDLE"]
    /\ workerTask' = [workerTask EXCEPT ![w] = "NONE"]
    /\ UNCHANGED <<taskVars, lockVars>>

-----------------------------------------------------------------------------
Next ==
    \/ \E w \in Workers, t \in Tasks : ScanTasks(w, t)
    \/ \E w \in Workers : TryLockSuccess(w)
    \/ \E w \in Workers : TryLockFail(w)
    \/ \E w \in Workers : ExecuteTaskSuccess(w)
    \/ \E w \in Workers : ExecuteTaskFailure(w)
    \/ \E w \in Workers : UnlockTask(w)
    \/ \E w \in Workers : WorkerCrash(w)
    \/ \E w \in Workers : SessionExpiry(w)
    \/ \E w \in Workers : WorkerRecover(w)

(***************************************************************************)
(* Nobody promises that a worker crashes: WorkerCrash is not fair.  A      *)
(* worker that crashes and comes back for ever switches its own actions    *)
(* off and on; weak fairness would then ask nothing of them.  What must    *)
(* lead to a task's end is therefore strongly fair.                        *)
(***************************************************************************)
Fairness ==
    /\ \A w \in Workers, t \in Tasks : SF_vars(ScanTasks(w, t))
    /\ \A w \in Workers :
          /\ SF_vars(TryLockSuccess(w))
          /\ WF_vars(TryLockFail(w))
          /\ SF_vars(ExecuteTaskSuccess(w))
          /\ SF_vars(ExecuteTaskFailure(w))
          /\ WF_vars(UnlockTask(w))
          /\ WF_vars(SessionExpiry(w))
          /\ WF_vars(WorkerRecover(w))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* Safety *)

\* Versions have no bound of their own; that of the model is a constraint.
TypeOK ==
    /\ taskStatus \in [Tasks -> {"INIT", "PREPARED", "COMMITTED", "DLQ"}]
    /\ lockState \in [Tasks -> [holder  : Workers \cup {"NONE"},
                                version : Nat]]
    /\ workerAlive \in [Workers -> BOOLEAN]
    /\ workerState \in [Workers -> {"IDLE", "SCANNING", "EXECUTING",
                                    "UNLOCKING"}]
    /\ workerTask \in [Workers -> Tasks \cup {"NONE"}]
    /\ taskFailCount \in [Tasks -> 0..MaxFailures]
    /\ lockVersion \in Nat
    /\ lockVersion >= 1

\* S1.  A crashed worker counts: nobody can tell it from a slow one.
MutualExclusion ==
    \A t \in Tasks : \A v, w \in Workers :
        v # w => ~ (Executing(v, t) /\ Executing(w, t))

\* S2
NoDoubleExecution ==
    \A t \in Tasks :
        taskStatus[t] = "COMMITTED" => ~ \E w \in Workers : Executing(w, t)

\* S3
DLQOnlyAfterMaxFailures ==
    \A t \in Tasks : taskStatus[t] = "DLQ" => taskFailCount[t] >= MaxFailures

\* S4
LockConsistency ==
    \A w \in Workers, t \in Tasks :
        workerAlive[w] /\ Holds(w, t) => workerTask[w] = t

\* S5
NoOrphanExecution ==
    \A w \in Workers, t \in Tasks :
        ~ workerAlive[w] /\ Holds(w, t)
            => ~ \E v \in Workers : v # w /\ Executing(v, t)

-----------------------------------------------------------------------------
(* Liveness *)

\* L1
TaskCompletion ==
    \A t \in Tasks :
        taskStatus[t] = "INIT" ~> taskStatus[t] \in {"COMMITTED", "DLQ"}

\* L2
CrashRecovery ==
    \A w \in Workers, t \in Tasks :
        ~ workerAlive[w] /\ Holds(w, t) ~> ~ Holds(w, t)

\* L3.  It must be this task, and a worker that runs: one that died with the
\* task in hand executes nothing.
NoStarvation ==
    \A t \in Tasks :
        taskStatus[t] = "INIT"
            ~> \E w \in Workers : workerAlive[w] /\ Executing(w, t)

=============================================================================
