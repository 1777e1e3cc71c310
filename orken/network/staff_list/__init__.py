"""Staff lists as libraries send them: looked through first, mended in place, applied in parts, undone as one batch."""
