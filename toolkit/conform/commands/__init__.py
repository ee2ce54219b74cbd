"""The commands: one verb, one file, one straight function that joins the parts."""
