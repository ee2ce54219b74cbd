---- MODULE SystemLogStructuredStore ----
EXTENDS SystemLogStructuredStoreModel
CONSTANTS a, b
MCKey == {a, b}
MCVal == {1}
====
