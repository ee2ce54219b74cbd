---- MODULE CommunitySubsequences ----
\* SequencesExt: parts of sequences, found and replaced.
EXTENDS Integers, Sequences, FiniteSets, TLC

\* Definitions, as plain as can be.
Prefixes(s) == {SubSeq(s, 1, n) : n \in 0 .. Len(s)}
Suffixes(s) == {SubSeq(s, n, Len(s)) : n \in 1 .. Len(s) + 1}
IsPrefix(s, t) == \E n \in 0 .. Len(t) : s = SubSeq(t, 1, n)
IsStrictPrefix(s, t) == IsPrefix(s, t) /\ Len(s) < Len(t)
IsSuffix(s, t) == \E n \in 1 .. Len(t) + 1 : s = SubSeq(t, n, Len(t))
IsStrictSuffix(s, t) == IsSuffix(s, t) /\ Len(s) < Len(t)
CommonPrefixes(S) == {p \in UNION {Prefixes(s) : s \in S} : \A s \in S : IsPrefix(p, s)}
LongestCommonPrefix(S) ==
  CHOOSE p \in CommonPrefixes(S) : \A q \in CommonPrefixes(S) : Len(q) <= Len(p)
SubSeqs(s) == {SubSeq(s, i, j) : i \in 1 .. Len(s) + 1, j \in 0 .. Len(s)}
AllSubSeqs(s) ==
  LET Kept(S) == SelectSeq([i \in 1 .. Len(s) |-> <<i, s[i]>>], LAMBDA pair : pair[1] \in S)
  IN  {[i \in 1 .. Len(Kept(S)) |-> Kept(S)[i][2]] : S \in SUBSET (1 .. Len(s))}
IndexFirstSubSeq(s, t) ==
  CHOOSE i \in 1 .. Len(t) + 1 : /\ SubSeq(t, i, i + Len(s) - 1) = s
                                 /\ i + Len(s) - 1 <= Len(t)
ReplaceSubSeqAt(i, r, s, t) == SubSeq(t, 1, i - 1) \o r \o SubSeq(t, i + Len(s), Len(t))
ReplaceFirstSubSeq(r, s, t) ==
  IF s \in SubSeqs(t) THEN ReplaceSubSeqAt(IndexFirstSubSeq(s, t), r, s, t) ELSE t
RECURSIVE ReplaceAllSubSeqs(_, _, _)
ReplaceAllSubSeqs(r, s, t) ==
  IF t = <<>> THEN IF s = t THEN r ELSE t
  ELSE IF IsPrefix(s, t) /\ s # <<>>
       THEN LET rest == SubSeq(t, Len(s) + 1, Len(t))
            IN  r \o IF rest = <<>> THEN rest ELSE ReplaceAllSubSeqs(r, s, rest)
       ELSE LET rest == IF Len(t) = 1 THEN <<>> ELSE ReplaceAllSubSeqs(r, s, Tail(t))
            IN  (IF s = <<>> THEN r ELSE <<>>) \o <<Head(t)>> \o rest

\* Rows.
ASSUME IsPrefix(<<>>, <<>>) = TRUE
ASSUME IsPrefix(<<1>>, <<1, 2>>) = TRUE
ASSUME IsPrefix(<<2>>, <<1, 2>>) = FALSE
ASSUME IsPrefix(<<1, 2, 3>>, <<1, 2>>) = FALSE
ASSUME IsStrictPrefix(<<1>>, <<1, 2>>) = TRUE
ASSUME IsStrictPrefix(<<1>>, <<1>>) = FALSE
ASSUME IsSuffix(<<2>>, <<1, 2>>) = TRUE
ASSUME IsSuffix(<<>>, <<1>>) = TRUE
ASSUME IsSuffix(<<1>>, <<1, 2>>) = FALSE
ASSUME IsStrictSuffix(<<2>>, <<1, 2>>) = TRUE
ASSUME IsStrictSuffix(<<1, 2>>, <<1, 2>>) = FALSE
ASSUME Prefixes(<<1, 2>>) = {<<>>, <<1>>, <<1, 2>>}
ASSUME Prefixes(<<>>) = {<<>>}
ASSUME Suffixes(<<1, 2>>) = {<<>>, <<2>>, <<1, 2>>}
ASSUME Suffixes(<<>>) = {<<>>}
ASSUME CommonPrefixes({<<1, 2>>, <<1, 3>>}) = {<<>>, <<1>>}
ASSUME CommonPrefixes({<<1, 2>>}) = {<<>>, <<1>>, <<1, 2>>}
ASSUME CommonPrefixes({}) = {}
ASSUME LongestCommonPrefix({<<1, 2, 3>>, <<1, 2>>, <<1, 2, 4>>}) = <<1, 2>>
ASSUME LongestCommonPrefix({<<1>>, <<2>>}) = <<>>
ASSUME SubSeqs(<<1, 2, 3>>) = {<<>>, <<1>>, <<2>>, <<3>>, <<1, 2>>, <<2, 3>>, <<1, 2, 3>>}
ASSUME SubSeqs(<<>>) = {<<>>}
ASSUME SubSeqs(<<1, 1>>) = {<<>>, <<1>>, <<1, 1>>}
ASSUME AllSubSeqs(<<1, 2, 3>>) = {<<>>, <<1>>, <<2>>, <<3>>, <<1, 2>>, <<1, 3>>, <<2, 3>>, <<1, 2, 3>>}
ASSUME AllSubSeqs(<<>>) = {<<>>}
ASSUME AllSubSeqs(<<1, 1>>) = {<<>>, <<1>>, <<1, 1>>}
ASSUME IndexFirstSubSeq(<<2, 3>>, <<1, 2, 3, 2, 3>>) = 2
ASSUME IndexFirstSubSeq(<<1>>, <<1>>) = 1
ASSUME ReplaceSubSeqAt(2, <<9, 9>>, <<0>>, <<1, 2, 3>>) = <<1, 9, 9, 3>>
ASSUME ReplaceSubSeqAt(1, <<>>, <<0, 0>>, <<1, 2, 3>>) = <<3>>
ASSUME ReplaceFirstSubSeq(<<9>>, <<2, 3>>, <<1, 2, 3, 2, 3>>) = <<1, 9, 2, 3>>
ASSUME ReplaceFirstSubSeq(<<9>>, <<4>>, <<1, 2>>) = <<1, 2>>
ASSUME ReplaceAllSubSeqs(<<9>>, <<2, 3>>, <<1, 2, 3, 2, 3>>) = <<1, 9, 9>>
ASSUME ReplaceAllSubSeqs(<<9>>, <<1, 1>>, <<1, 1, 1>>) = <<9, 1>>
ASSUME ReplaceAllSubSeqs(<<>>, <<1>>, <<1, 2, 1>>) = <<2>>
ASSUME ReplaceAllSubSeqs(<<9>>, <<>>, <<1, 2>>) = <<9, 1, 9, 2>>
ASSUME ReplaceAllSubSeqs(<<9>>, <<4>>, <<1, 2>>) = <<1, 2>>
====
