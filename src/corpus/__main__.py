"""`python -m corpus` is the command `corpus`."""

from corpus.cli import main

main()
