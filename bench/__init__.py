"""Benchmarks: what is measured, and the command that measures it."""
