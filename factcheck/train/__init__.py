"""Make what lies in ``models/``: the judge, the decision model. Only making models imports torch."""
