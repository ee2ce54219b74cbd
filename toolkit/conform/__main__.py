"""`python -m conform`: the command line without an installed script."""

from conform.cli import main

main()
