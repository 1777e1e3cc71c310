"""Official papers of a run: which it has, and how their words follow from its facts."""
