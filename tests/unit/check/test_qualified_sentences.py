"""Words around a claim that take it back, deny it or bound it, and those that leave it as it is."""

from __future__ import annotations

from pathlib import Path

from tests.unit.check.test_sentences import BELOW, BOOKING, told

TRUE = """\
Not only `Hold` changes `seatState`.
Neither `Book` nor `Leave` changes `claims`.
`claims` is changed by neither `Book` nor `Leave`.
`Hold` does not change `claims` twice.
`Hold` does not change `seatState` alone.
Neither `OPEN` nor `HELD` is a final state.
It is false that `claims` never increases.
It is not true that `claims` never increases.
That `claims` never increases is not guaranteed.
Nothing guarantees that `claims` never increases.
Nobody says that `claims` never exceeds 2.
The claim that `claims` never exceeds 2 does not hold.
It is not the case that `claims` never exceeds 2.
An agent books only if it is up and `claims` is less than 2.
`claims` no longer starts at 1.
Neither `Book` nor `Leave` requires `agentState[a] = IDLE`.
`Book` requires `seatState = OPEN` or `agentState[a] = HOLDING`.
`Book` requires the seat is `OPEN` or the agent is `HOLDING`.
`Hold` is disabled when `seatState = OPEN` and `claims = 3`.
`Hold` is disabled while the seat is `OPEN` and three claims were made.
`Hold` is disabled while the seat is `OPEN` but three claims were made.
An idle agent never leaves.
An agent that is idle never leaves.
A waiting agent never leaves.
While it is `IDLE`, an agent never leaves.
After its booking, an agent never leaves.
In `IDLE` an agent never leaves.
The hold is not modelled as two steps.
A hold is not considered final.
`Hold` can happen after `Leave`.
`Hold` can be taken after `Leave`.
`Hold` is possible after `Leave`.
`Hold` happens after `Leave` as well.
`Hold` is enabled after `Leave`.
`claims` never reaches 3 + 1.
`claims` is never 3 more than before.
`seatState` is never `OPEN` and `HELD` at once.
`claims` is never 3 in a state with an `OPEN` seat and a waiting agent of its own.
`claims` never exceeds 2 per agent.
`claims` is at least 1 or the seat is `OPEN`.
Either `claims` is at least 1 or the seat is `OPEN`.
The seat is `OPEN`, or `claims` is at least 1.
Every run in which `claims` is at least 1 ends.
Fairness rules out behaviours in which an agent never leaves `HOLDING`.
Weak fairness excludes runs in which nothing leaves `HELD`.
An agent that never leaves `HOLDING`, blocks the others.
A process that never leaves `HOLDING` and waits blocks the others.
Before the first `Hold`, whenever the seat is `OPEN`, `claims = 0`.
The other claims survive a hold.
No claim survives a hold.
Not every claim survives a hold.
Neither `Book` nor `Hold` increments `claims` by 2.
No `Hold` increments `claims` by 2.
No action moves the seat from `BOOKED` to `OPEN`.
Nothing moves the seat from `BOOKED` to `OPEN`.
There is no step that takes the seat from `BOOKED` to `OPEN`.
None of the actions moves the seat from `BOOKED` to `OPEN`.
It is impossible to go from `BOOKED` to `OPEN`.
Neither `Hold` nor `Book` moves the seat from `HELD` to `OPEN`.
No agent takes the seat from `BOOKED` to `OPEN`.
The guard prevents a step from `BOOKED` to `OPEN`.
The lock forbids that the seat goes from `BOOKED` to `OPEN`.
The seat goes from `OPEN` to `HELD`, not from `OPEN` to `VOID`.
`Hold` sets `seatState` not to `BOOKED` but to `HELD`.
Neither `Hold` nor `Leave` sets the seat to `BOOKED`.
No `Hold` sets the seat to `BOOKED`.
`Leave` takes an agent in `HOLDING` to `IDLE`.
`Leave` takes the seat in `HELD` and opens it.
`Book` changes the seat in `HELD`.
`Book` takes place in `HELD`.
`Book` leaves `HOLDING`.
`Book` leaves the state `HOLDING`.
`IDLE` is only entered by `Leave` and by `Book`.
`IDLE` is entered only by `Leave` (and `Book`).
`IDLE` is entered only by `Leave` as well as by `Book`.
`agentState` is only changed by `Hold`, by `Book` and by `Leave`.
`agentState` is only changed by `Hold` and, at the end, by `Book` or `Leave`.
Apart from `Book` and `Leave`, only `Hold` changes `seatState`.
Besides `Book` and `Leave` only `Hold` changes `seatState`.
Once an agent is `HOLDING`, the other stays `IDLE`.
Once the seat is `HELD`, the other agent stays so.
A held seat is never open.
`HELD` is never `OPEN`.
A held seat never becomes open by itself.
A held seat never becomes open in `Book`.
`OPEN` is entered only from `VOID` or from `HELD`.
`HELD` leads only to `OPEN` or to `BOOKED`.
`Hold` sets `claims` to 4 or less.
`Hold` sets `claims` to 1 more than before.
`Book` happens in two steps from the initial state.
Two agents are never `HOLDING` at once.
`Hold` never changes `claims` by more than one.
`Hold` does not change `claims` or `seatState` of others.
`Book` leaves `seatState` as it is or makes it `BOOKED`.
`Book` leaves `claims` as it is, and sets `seatState` to `BOOKED`.
Only in `Hold`, `claims` changes.
`claims` changes only when `Hold` or one of its variants is taken.
`Hold` is taken only when the seat is `OPEN` or `VOID`.
`Hold` is possible while the seat is `OPEN`, not while it is `HELD`.
`Hold` is not only enabled in `IDLE`.
`Hold` is no longer enabled in `HOLDING`.
`claims` never falls below 0 or exceeds 3.
`claims` never exceeds 3 and is never below 0.
`claims` is never above 3.
At most one agent is `IDLE` at a time when the seat is `HELD`.
No two agents are ever both `HOLDING`.
`claims` will be at least 1.
`claims` need not be at least 1.
`claims` must never exceed 3.
The value of `claims` is bounded by 3.
"`claims` never exceeds 2" is what the old text said.
The old text said: `claims` never exceeds 2.
The sentence "`claims` never exceeds 2" was dropped.
Historically, `claims` never exceeded 2.
It was believed that `claims` never exceeds 2.
One might think that `claims` never exceeds 2.
Contrary to the belief that `claims` never exceeds 2, it does.
In the first two steps `claims` never exceeds 2.
In the small configuration `claims` never exceeds 2.
For one agent `claims` never exceeds 2.
With two agents `claims` never exceeds 2.
Until the third claim, `claims` never exceeds 2.
`claims` never exceeds 2 for most agents.
In most runs `claims` never exceeds 2.
As for the seat, only `Hold` changes `claims`.
At the moment only `Hold` changes `seatState`.
Under weak fairness, `HELD` is final.
`HELD` is the final state of `Hold`.
`Hold` ends in the state in which `Leave` is possible.
`Hold` may be followed by `Book`, and `Book` never happens.
The agents do not hold anything.
No agent can hold.
Agents that do not hold, wait.
An agent never holds two seats.
Agents which never leave are faulty.
A second agent never holds.
Two agents never hold.
The last agent never leaves.
A seat is not booked when `Hold` is taken.
The seat is not booked yet.
Initially the seat is not booked.
The seat is not booked in `Hold`.
At first, the seat is not booked.
In `Hold` the seat is not booked.
`Hold`: the seat is not booked.
The lock is kept by `Hold`, and only `Book` changes `seatState` then.
`Hold` does not set `seatState` to `BOOKED`.
`Hold` cannot change `seatState` from `BOOKED`.
Whenever `seatState = HELD`, `claims` is not 0.
Whenever `seatState = HELD`, `claims = 1` or more.
Whenever `seatState = OPEN`, the agent is not `HOLDING`.
When the seat is `OPEN`, `Hold` makes `seatState = HELD`.
Whenever the seat is `HELD` and `claims = 1`, `claims` does not change.
If and only if the seat is `OPEN`, `Hold` is enabled.
`Hold` is enabled only if `seatState = OPEN`.
`Book` precedes `Leave` in the figure.
`Leave` comes after `Book` in the table.
`Leave` always precedes `Hold` in the list above.
`Hold` changes only `seatState`, `agentState` and `claims`.
`Book` changes `seatState` only to `BOOKED`.
`Book` changes only `seatState` and, for `a`, `agentState`.
`Book` changes only `seatState` and its agent.
`Book` updates only `seatState` (and `agentState`).
`Hold` always sets `claims` higher.
`Hold` changes `claims` only upwards.
`Hold` increments `claims` and sets `seatState` to `HELD`.
`Hold` and `Leave` set `seatState`.
`Hold` or `Book` sets `claims`.
`Hold` or `Book` sets the seat to `BOOKED`.
Either `Hold` or `Book` changes `claims`.
`Hold` sets `claims`, `Book` does not.
`Book` and `Hold` together change `claims`.
Not all of `Hold`, `Book` and `Leave` change `claims`.
All of `Hold`, `Book` and `Leave` change `seatState`.
None of `Book` and `Leave` changes `claims`.
`Hold` and `Book` are not one atomic step.
`Hold` and `Book` happen in the same step of the table.
`Hold` and `Book` are atomic.
`Hold` and `Book` happen atomically, each on its own.
`Hold` takes two separate steps of a store into one.
`Hold` and `Leave` change `seatState`; `Book`, too.
The only actions that change `agentState` are `Hold`, `Book` and `Leave`.
`Hold` is the only action that increments `claims`; `Leave` only opens the seat.
`Leave` does not change `claims`, only `seatState` and `agentState`.
`claims` is only ever increased, by `Hold`.
`claims` is set by `Hold`, never by `Book`.
`claims` is not reset by `Leave`: it counts all claims.
`Leave` does not reset `claims`.
Because `Leave` does not lower `claims`, it never decreases.
`agentState` is set to `IDLE` by `Book` and `Leave`.
`agentState` is set to `HOLDING` only by `Hold`.
Only `Hold` may set `agentState` to `HOLDING`.
The seat is set to `OPEN` by `Leave`, to `HELD` by `Hold`.
The seat goes from `HELD` back to `OPEN` when its agent leaves.
The seat goes from `HELD` to either `OPEN` or `BOOKED`.
The seat moves from `OPEN` via `HELD` to `BOOKED`.
Agents move between `IDLE` and `HOLDING`.
The path from `OPEN` to `BOOKED` passes `HELD`.
There is no direct way from `OPEN` to `BOOKED`.
The seat may never go from `BOOKED` to `OPEN`.
No transition leads from `BOOKED` to `OPEN`.
A transition from `BOOKED` to `OPEN` does not exist.
Going from `BOOKED` to `OPEN` is impossible.
`BOOKED` cannot be left.
`BOOKED` is reached only through `HELD`.
`BOOKED` is entered by `Book` only.
`HELD` is left by `Book` or `Leave`.
`HELD` is not final: `Leave` leads out of it.
`OPEN` is where every seat starts and is not a terminal state.
`HELD` is a state that is left by `Book`.
`HOLDING` is final only for the agent that crashes.
Once `HELD`, the seat cannot be taken by another agent.
Once a seat is `BOOKED`, it stays so.
Once the seat is `HELD`, the agent stays `HOLDING` until it books or leaves.
Once the agent is `HOLDING`, it stays there until `Book` or `Leave`.
`Book` requires that the agent is `HOLDING`.
`Book` requires a `HOLDING` agent.
`Book` requires `HELD` and `HOLDING`.
`Hold` requires an `OPEN` seat and an `IDLE` agent.
`Hold` needs the seat to be `OPEN`.
`Hold` is enabled when the seat is `OPEN`, the agent is `IDLE` and `claims` is below 3.
`Hold` is enabled in `IDLE`.
`Hold` is disabled once three claims were made.
`Hold` is disabled when `claims = 3`.
`Hold` is disabled in `HOLDING`.
`Hold` is not enabled when the seat is `HELD` or `BOOKED`.
`Hold` is never enabled while the seat is `BOOKED`.
While the seat is `BOOKED`, nothing happens.
While the seat is `BOOKED`, no action is enabled.
While the seat is `HELD`, the agent cannot be `IDLE` and also `HOLDING`.
While the seat is `HELD`, `Hold` is disabled and `Book` is enabled.
`Leave` and `Book` are enabled together, while the agent is `HOLDING`.
Either `Book` or `Leave` follows `Hold`.
Between `Hold` and `Leave` the seat is `HELD`.
`Hold` precedes every `Book` and every `Leave`.
`Hold` is followed by `Book` or `Leave`.
`Leave` may precede `Book`.
`Book` never happens before `Hold`.
`Book` never happens twice.
`Book` happens at most once.
A second `Hold` happens only after `Leave`.
`Hold` happens again only after `Leave`.
A later `Hold` requires a prior `Leave`.
The next `Hold` comes only after `Leave`.
`claims` counts how often `Hold` was taken.
`claims` starts at 0 and ends at 3 at most.
`claims` is at most 3, and each `Hold` adds 1 to it.
`claims` is 1 after the first `Hold`.
`claims` is never more than 1 ahead of the bookings.
`claims` is at least the number of bookings.
`claims` is at least as large as before.
`claims` is at least 1 once the seat was held.
`claims` is at most one larger than before.
`claims` never exceeds the bound by more than 1.
`claims` never exceeds 1 when there is one agent.
`claims` never exceeds 3 (it would otherwise grow for ever).
`claims` never exceeds 2 in the trace below.
The sum of `claims` never exceeds 2.
One more than `claims` never exceeds 2.
Half of `claims` is never above 1.
The difference between `claims` and 3 never exceeds 2.
`claims` is initially 0; after the first hold it is 1.
`claims` starts at 1 in the second example.
`seatState` is initially `OPEN`, never `HELD`.
`seatState` is never `VOID`, never `BOOKED` and `OPEN` at once.
`seatState` is never both `OPEN` and `HELD`.
`seatState` is never `HELD` by two agents.
`seatState` is never `HELD` without an agent.
`seatState` is never `BOOKED` twice.
`seatState` is never `BOOKED` directly after `OPEN`.
At most one agent is `HOLDING` the seat.
At most two agents are `IDLE`.
At most one of the agents is `HOLDING`.
No two agents are `HOLDING` at the same time.
Two agents may both be `IDLE`.
No two agents are `IDLE` while the seat is `HELD`.
Whenever the seat is `HELD`, `claims` is at least 1.
Whenever `claims = 0`, the seat is `OPEN`.
Whenever the seat is `OPEN`, every agent is `IDLE`.
When the seat is `OPEN`, `Hold` takes it.
Whenever the seat is `HELD`, one agent is `HOLDING`.
When the agent is `IDLE`, the seat is `OPEN` or `BOOKED`, or held by another agent.
`Hold` adds 1 to `claims`.
`Hold` increments `claims` by 1 and sets `seatState`.
`Hold` adds one to `claims` and one agent to the holders.
Holds are counted, and claims survive.
The claim survives even if the agent leaves.
A claim survives the leave of its agent.
A seat survives a booking by another agent.
Seats are kept by an agent until it books or leaves.
An agent holds the seat until it leaves.
An agent keeps the seat until it books it.
The agent keeps its state until it leaves.
A leave is not modelled as a separate message.
Payments are not modelled.
Cancellations are not modelled; `VOID` is kept for them.
Booking by a group is not modelled.
Agents do not wait.
Agents cannot hold while the seat is `HELD`.
Agents never hold again.
Agents never leave a booked seat.
Agents cannot book, hold or leave.
An agent that never holds never books.
Idle agents cannot book.
Holding and booking are two separate steps.
Two separate steps, `Hold` and `Book`, make a booking.
`Hold` and `Book` are two separate steps.
`Hold` and `Book` cannot happen in one atomic step.
`Hold` and `Book` do not happen in one atomic step.
`Hold` and `Leave` are taken by the same agent.
`Hold` is atomic.
`Hold` is not atomic in a store without transactions.
"""
"""Sentences that are true of the model, or say nothing of all its runs."""

FALSE = """\
Note that only `Hold` changes `seatState`.
This means that `claims` never exceeds 2.
The seat is locked, and `claims` never exceeds 2.
`claims` never exceeds 2, since agents are polite.
`claims` never exceeds 2 at any time.
In every state, `claims` never exceeds 2.
In all runs `claims` is at least 1.
S1 says that `claims` never exceeds 2.
Neither `Hold` nor `Book` changes `claims`.
`claims` is changed by neither `Hold` nor `Book`.
Neither `Hold` nor `Leave` changes `seatState`.
No action moves the seat from `HELD` to `OPEN`.
Nothing moves the seat from `HELD` to `OPEN`.
The seat cannot go from `HELD` to `OPEN`.
`IDLE` is only entered by `Hold` and by `Leave`.
`Book` is taken only after `Leave`.
`Book` only happens after `Leave`.
No `Hold` without a `Leave`.
No `Hold` before a `Leave`.
`Hold` is enabled only if the seat is `HELD`.
`Book` is possible only if the agent is `IDLE`.
A `HOLDING` agent never leaves.
An agent that is `HOLDING` never leaves.
Two agents are never `IDLE` at once.
No two agents are `IDLE` at a time.
Therefore `claims` stays below 3.
Thus the seat never goes from `HELD` to `OPEN`.
The hold is not modelled.
Holds are not modelled.
The agents cannot leave.
`Hold` leaves the seat in `BOOKED`.
`Hold` marks the seat as `BOOKED`.
`Hold` leaves the seat `OPEN`.
`Hold` always leads to `BOOKED`.
Once the seat is `HELD`, the seat stays there.
`seatState` is changed only by `Hold`.
`seatState` is changed by `Hold` alone.
`Hold` alone changes `seatState`.
`Hold` changes neither `seatState` nor `claims`.
`seatState` is left unchanged by `Book`.
`Book` changes `seatState` and nothing else.
`Book` enters `HELD`.
The seat is set to `BOOKED` by `Hold`.
Only `Leave` sets the agent to `IDLE`.
`Book` only happens in `IDLE`.
`Book` can happen only in `IDLE`.
`Book` can only happen in `IDLE`.
Only while the agent is `IDLE` is `Book` possible.
`Hold` is possible while the seat is `BOOKED`.
`Hold` may also happen while the seat is `BOOKED`.
`Hold` cannot happen while the seat is `OPEN`.
`Hold` never happens while the seat is `OPEN`.
While the seat is `OPEN`, `Hold` is blocked.
While the seat is `OPEN`, no `Hold` is possible.
`Hold` requires a prior `Leave`.
"""
"""Sentences that the model contradicts."""


def lines_found(folder: Path, sentences: str) -> list[str]:
    """Return the sentences that something is found in, each a paragraph of the document."""
    text = "\n\n".join([BELOW, *sentences.splitlines(), ""])
    findings = told(folder, (BOOKING, BELOW, text))
    lines = (folder / "journal" / BOOKING).read_text(encoding="utf-8").splitlines()
    numbers = sorted(each.span.line for each in findings if each.span is not None)
    return [lines[number - 1] for number in numbers]


def test_claim_that_is_qualified_or_denied_is_left_alone(tmp_path: Path) -> None:
    assert lines_found(tmp_path, TRUE) == []


def test_claim_among_words_that_leave_it_alone_is_found_once(tmp_path: Path) -> None:
    assert lines_found(tmp_path, FALSE) == FALSE.splitlines()


def test_sentence_without_an_end_is_not_read(tmp_path: Path) -> None:
    claim = "only `Hold` changes `seatState` and "
    assert lines_found(tmp_path, claim) == [claim]
    (tmp_path / "long").mkdir()
    assert lines_found(tmp_path / "long", claim * 100) == []
