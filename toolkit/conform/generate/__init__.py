"""Generated files: a state machine of a specification, and the suite that holds code to it."""
