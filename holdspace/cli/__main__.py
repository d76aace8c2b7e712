"""`python -m holdspace.cli`, as the server starts its keeper."""

from holdspace.cli import main

main(prog_name="holdspace")
