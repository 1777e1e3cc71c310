"""Texts that people agree to."""
