"""`python -m holdspace.cli`, as the server starts its keeper."""

from holdspace.cli import main

if __name__ == "__main__":  # and not where a worker is started as a new process
    main(prog_name="holdspace")
