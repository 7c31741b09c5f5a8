"""`python -m arahan` is the command `arahan`."""

from arahan.cli import main

main()
