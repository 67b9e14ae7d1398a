"""The fitting of coefficients, on cases made so that the right answer is known."""

import random

from factcheck.evaluate.fit_findings import Case, fit_logistic, fit_shifts, fit_signed
from factcheck.types import Finding, FindingKind, Relation, Stance


def make_cases(count: int, wrong: str) -> list[Case]:
    """Cases that are positive where "alignment" is high; ``wrong`` follows them with the sign it must not have."""
    random.seed(7)
    cases = []
    for _ in range(count):
        value = random.uniform(-1, 1)
        positive = value + random.gauss(0, 0.3) > 0
        cases.append(Case({"bias": 1.0, "alignment": value, wrong: float(positive)}, positive))
    return cases


def test_logistic_finds_what_matters():
    fitted = fit_logistic(make_cases(400, "noise"), ("bias", "alignment"))
    assert fitted["alignment"] > 2
    assert abs(fitted["bias"]) < 0.5


def test_a_coefficient_of_the_wrong_sign_is_dropped():
    names = ("bias", "alignment", "missing_words")
    assert fit_logistic(make_cases(400, "missing_words"), names)["missing_words"] > 0
    assert set(fit_signed(make_cases(400, "missing_words"), names)) == {"bias", "alignment"}


def test_shifts_lower_support_where_conflicts_mean_refuted():
    conflict = Finding(FindingKind.NUMBER, Relation.CONFLICT, "1", "2", "")
    stances = [Stance(0.5, 0.3, 0.2)] * 40
    labels = ["refuted"] * 20 + ["supported"] * 20
    shifts = fit_shifts(stances, [[conflict]] * 20 + [[]] * 20, labels)
    shift = shifts[FindingKind.NUMBER, Relation.CONFLICT]
    assert shift.supports < 0.7 < 1.3 < shift.refutes
