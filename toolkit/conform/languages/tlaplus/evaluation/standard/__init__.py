"""Standard modules whose operators are built in, a file each."""
