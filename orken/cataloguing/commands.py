"""`orken marc check`, `orken marc convert`, `orken marc card`."""
