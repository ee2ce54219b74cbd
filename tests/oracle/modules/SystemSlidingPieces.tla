---- MODULE SystemSlidingPieces ----
EXTENDS Integers
VARIABLE board
W == 3 H == 3
Pos == (0 .. W - 1) \X (0 .. H - 1)
Piece == SUBSET Pos
Start == {{<<0, 0>>, <<0, 1>>}, {<<1, 0>>, <<2, 0>>}, {<<1, 1>>}, {<<2, 1>>, <<2, 2>>}, {<<0, 2>>}}
Target == {<<2, 0>>, <<2, 1>>}
ChooseOne(S, P(_)) == CHOOSE x \in S : P(x) /\ \A y \in S : P(y) => y = x
TypeOK == board \in SUBSET Piece
move(p, d) == LET s == <<p[1] + d[1], p[2] + d[2]>>
                  pc == ChooseOne(board, LAMBDA pc : s \in pc)
              IN <<pc, {<<q[1] - d[1], q[2] - d[2]>> : q \in pc}>>
free == Pos \ UNION board
update(e, es) == LET dirs == {d \in {<<1, 0>>, <<0, 1>>, <<-1, 0>>, <<0, -1>>} : /\ <<e[1] + d[1], e[2] + d[2]>> \in Pos
                                                                   /\ <<e[1] + d[1], e[2] + d[2]>> \notin es}
                     moved == {move(e, d) : d \in dirs}
                     ok == {<<pc, m>> \in moved : m \subseteq Pos /\ (\A q \in board : q = pc \/ m \cap q = {})}
                 IN {<<pc, m>> \in ok : TRUE}
Init == board = Start
Next == \E e \in free : \E m \in update(e, free) : board' = (board \ {m[1]}) \union {m[2]}
Spec == Init /\ [][Next]_board
Goal == Target \notin board
====
