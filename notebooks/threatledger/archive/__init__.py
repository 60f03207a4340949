"""Corpora larger than ``data/texts/``: read in parts, kept by content, written as Parquet."""
