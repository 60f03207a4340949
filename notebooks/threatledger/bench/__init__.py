"""Measure speed, on the same texts and in the same run as the libraries beside it."""
