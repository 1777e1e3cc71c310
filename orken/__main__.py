"""`python -m orken …` is the same as the console script `orken …`."""

from orken.config.cli import main

main()
