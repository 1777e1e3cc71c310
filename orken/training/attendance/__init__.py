"""The attendance sheet of a run: who was there, how long, and how it is known."""
