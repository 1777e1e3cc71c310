"""Results: what is counted, by which rule, and what a commission confirmed."""
