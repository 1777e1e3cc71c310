"""Large pictures: one pyramid of tiles in one file, cut on request."""
