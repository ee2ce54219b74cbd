"""TLC as the second engine: found or fetched, run in a child process, its output understood."""
