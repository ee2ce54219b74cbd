"""The coordination store of layer 0, on which both reference implementations rest.

`store` says what a store offers, as `specs/0-coordination-delegated-pattern.md` lists it;
`memory_store` is one that offers it, in the memory of one process and with a clock of its own.
"""
