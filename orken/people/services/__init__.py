"""The verbs of people: record (what is known of a person), rights (what she may ask), merging (two rows for one woman)."""
