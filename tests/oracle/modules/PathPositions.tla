---- MODULE PathPositions ----
\* Parts of definitions by position, for each kind of expression.
EXTENDS Naturals
F(n) == [i \in 1..n |-> i * n]
S(n) == {i \in 1..n : i > 1}
M(n) == {i * n : i \in 1..3, j \in 4..n}
R(n) == [a |-> n, b |-> n + 1]
I(n) == IF n > 1 THEN n + 1 ELSE n - 1
T3(n) == <<n, n+1, n+2>>
Ch(n) == CHOOSE z \in 1..n : z * 2 = n
Op(a, b) == a + b
Cl(n) == Op(n, n + 5)
Sub(n) == SUBSET {n}
FS(n) == [1..n -> {n, 1}]
Ap(n) == F(3)[n + 1]
Fld(n) == R(n).b
IN1(n) == n \in {1, 2}
Par(n) == (n + 1) * 3
C(n) == CASE n = 1 -> 11 [] n = 2 -> 22 [] OTHER -> 33
A(n) == \E i \in 1..n : lab(i) :: i + n > 3
B(n) == /\ one :: n = 2
        /\ two :: n > 1
L(n) == LET q == n + 1 IN foo :: q * 2
Q(n) == \A i \in 1..n, j \in 2..3 : i + j > n
f[x \in 1..3] == x * 2
fact[x \in 0..5] == IF x = 0 THEN 1 ELSE x * fact[x-1]
J == /\ 1 = 1
     /\ 2 = 3
     /\ 5 = 3
K == 1 = 1 /\ 2 = 3 /\ 5 = 3
A12 == \E x \in {1} : \E y \in {2} : foo(y, x) :: x + 10 * y
ASSUME /\ F(2)!1 = 1..2 /\ F(2)!(2) = 4 /\ S(3)!1 = 1..3 /\ S(3)!(2)
       /\ M(4)!1 = 1..3 /\ M(4)!2 = {4} /\ M(4)!(2, 3) = 8 /\ R(4)!1 = 4 /\ R(4)!2 = 5
       /\ I(4)!1 /\ I(4)!2 = 5 /\ I(4)!3 = 3 /\ T3(4)!2 = 5 /\ Ch(4)!1 = 1..4 /\ Ch(4)!(2)
       /\ Cl(4)!1 = 4 /\ Cl(4)!2 = 9 /\ Cl(4)!2!1 = 4 /\ Cl(4)!2!>> = 5 /\ Sub(4)!1 = {4}
       /\ FS(4)!1 = 1..4 /\ FS(4)!2 = {1, 4} /\ Ap(1)!1 = <<3, 6, 9>> /\ Ap(1)!2 = 2
       /\ IN1(1)!2 = {1, 2} /\ Par(1)!1 = 2 /\ Par(1)!1!1 = 1 /\ Fld(1)!1 = R(1)
       /\ I(4)!: = 5 /\ I(4)!1!>> = 1
       /\ C(2)!1!1 = FALSE /\ C(2)!2!2 = 22 /\ C(2)!3!2 = 33
       /\ A(3)!lab(3) /\ A(3)!lab(3)!1 = 6 /\ B(3)!one = FALSE /\ B(3)!two!1 = 3
       /\ L(3)!foo = 8 /\ L(3)!1 = 8 /\ L(3)!foo!1 = 4 /\ L(3)!1!1 = 4
       /\ Q(3)!1 = 1..3 /\ Q(3)!2 = 2..3 /\ Q(3)!(1,3) /\ Q(3)!(1,3)!1 = 4
       /\ f!(2) = 4 /\ f!1 = 1..3 /\ f!:[2] = 4
       /\ J!1 /\ ~J!2 /\ J!<< /\ J!2!1 = 2 /\ ~K!1 /\ K!1!1 /\ A12!foo(1, 2) = 12
====
