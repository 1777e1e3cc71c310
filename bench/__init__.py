"""Benchmarks: each prints a table; timing never decides a test."""
