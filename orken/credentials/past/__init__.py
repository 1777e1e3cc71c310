"""Registers of earlier years: sent as files, looked through first, mended in place, applied in parts, undone as one batch."""
