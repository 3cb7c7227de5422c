"""Exact rules: each hit names its rule and the words it is about. A rule can only raise a risk."""

from core.verify.rules.hits import CONTRADICTING, STRONG, Aligned, Rule, RuleHit, align
from core.verify.rules.run import run_rules

__all__ = ["CONTRADICTING", "STRONG", "Aligned", "Rule", "RuleHit", "align", "run_rules"]
