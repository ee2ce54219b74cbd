---- MODULE ConfigOverrideExtendedBase ----
EXTENDS Naturals
Base == 1
Twice == 2 * Base
====
