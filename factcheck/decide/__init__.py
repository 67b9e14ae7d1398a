"""From the evidence for a claim to its verdict: features, a small fitted model, flags and a reason; all pure."""

from factcheck.decide.features import FEATURES, featurise, freshness
from factcheck.decide.model import DecisionModel, decide

__all__ = ["FEATURES", "DecisionModel", "decide", "featurise", "freshness"]
