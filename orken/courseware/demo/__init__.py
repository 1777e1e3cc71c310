"""Three courses of the Virtual Library School, written by us: texts in `courses/`, pictures drawn by `drawing`."""
