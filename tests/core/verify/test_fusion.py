"""The fusion: signs that hold, curves that rise, and damaged files that are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import VerifierError
from core.verify.features import MODEL_FEATURES, SIGNS
from core.verify.fusion import CALIBRATION_FILE, Fusion, Logistic, Mode, load_fusion
from core.verify.rules import Rule


def stored() -> dict[str, object]:
    return dict(json.loads(CALIBRATION_FILE.read_text(encoding="utf-8")))


def modes() -> list[Mode]:
    return [mode for mode in Mode if mode.value in stored()["modes"]]  # type: ignore[operator]


def neutral(**changed: float) -> dict[str, float]:
    return {**dict.fromkeys(SIGNS, 0.0), **changed}


def test_there_is_a_mode_for_a_missing_checker() -> None:
    assert Mode.LEXICAL in modes()
    assert not MODEL_FEATURES & load_fusion(Mode.LEXICAL).claim.weights.keys()


@pytest.mark.parametrize("mode", modes())
@pytest.mark.parametrize("rule", list(Rule))
def test_a_rule_never_lowers_a_risk(mode: Mode, rule: Rule) -> None:
    fusion = load_fusion(mode)
    assert fusion.claim_risk(neutral(**{f"rule_{rule.value}": 1.0})) >= fusion.claim_risk(neutral())


@settings(deadline=None)
@given(st.sampled_from(modes()), st.sampled_from(sorted(SIGNS)), st.floats(0, 1), st.floats(0, 1))
def test_each_signal_pushes_to_its_side(mode: Mode, name: str, one: float, other: float) -> None:
    fusion = load_fusion(mode)
    low, high = sorted((one, other))
    before, after = fusion.claim_risk(neutral(**{name: low})), fusion.claim_risk(neutral(**{name: high}))
    assert (after >= before) if SIGNS[name] > 0 else (after <= before)


risks = st.lists(st.floats(0.01, 0.99), min_size=1, max_size=8)


@settings(deadline=None)
@given(st.sampled_from(modes()), risks, st.integers(0, 7), st.floats(0.01, 0.99))
def test_a_riskier_claim_never_makes_a_safer_answer(
    mode: Mode, claims: list[float], at: int, risk: float
) -> None:
    fusion = load_fusion(mode)
    at %= len(claims)
    worse = [max(value, risk) if index == at else value for index, value in enumerate(claims)]
    assert fusion.answer_risk(worse, 0.0) >= fusion.answer_risk(claims, 0.0) - 1e-12


def test_doubt_only_raises() -> None:
    fusion = load_fusion(Mode.LEXICAL)
    assert (
        fusion.claim_risk(neutral(), 0.8)
        >= fusion.claim_risk(neutral(), 0.0)
        == fusion.claim_risk(neutral(), -1.0)
    )


def test_an_answer_without_claims_has_the_base_risk() -> None:
    fusion = load_fusion(Mode.LEXICAL)
    assert fusion.answer_risk([], 0.0) == fusion.base_risk <= 0.1
    assert fusion.medium_from <= fusion.high_from


def test_the_curve_is_straight_between_its_points_and_flat_outside() -> None:
    model = Logistic(0.0, {}, ((0.25, 0.2), (0.75, 0.6)))
    assert model.risk({}) == pytest.approx(0.4)
    assert Logistic(-9.0, {}, model.curve).risk({}) == 0.2
    assert Logistic(9.0, {}, model.curve).risk({}) == 0.6


def write(tmp_path: Path, change: str) -> Path:
    data = stored()
    mode = data["modes"][Mode.LEXICAL.value]  # type: ignore[index]
    if change == "wrong side":
        mode["claim"]["weights"]["new_words"] = -1.0
    elif change == "unknown feature":
        mode["claim"]["weights"]["phase_of_the_moon"] = 1.0
    elif change == "falling curve":
        mode["answer"]["curve"] = [[0.1, 0.5], [0.9, 0.2]]
    elif change == "no levels":
        del mode["levels"]
    path = tmp_path / "calibration.json"
    path.write_text("{" if change == "cut short" else json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "change", ["wrong side", "unknown feature", "falling curve", "no levels", "cut short"]
)
def test_a_damaged_file_is_refused(tmp_path: Path, change: str) -> None:
    with pytest.raises(VerifierError) as caught:
        load_fusion(Mode.LEXICAL, write(tmp_path, change))
    assert caught.value.code == "calibration_damaged"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VerifierError) as caught:
        load_fusion(Mode.LEXICAL, tmp_path / "none.json")
    assert caught.value.code == "calibration_missing"


def test_fusion_is_a_value() -> None:
    assert isinstance(load_fusion(Mode.LEXICAL, CALIBRATION_FILE), Fusion)
