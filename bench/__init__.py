"""Measurements: `python -m bench` prints them all in one run."""
