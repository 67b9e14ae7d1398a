"""Measure every stage on labelled data; only this package and ``train`` know gold labels."""
