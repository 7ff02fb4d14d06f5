"""`python -m laksana` is the `laksana` command."""

from laksana.site.cli import main

main(prog_name="laksana")
