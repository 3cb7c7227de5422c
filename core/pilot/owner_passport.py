"""What the file of a run's model is made of, for a run that does not say: the file as it lies there now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.pilot.passports import taken
from core.pilot.types import RunModel, RunPassport
from core.types import Reason


def examined_now(model: RunModel) -> RunModel:
    """The model with its passport: the run's own, else that of the file if it still is the run's.

    Reads the whole file where the run has none.
    """
    if model.passport is not None:
        return model
    if model.path and not Path(model.path).is_file():
        return replace(model, passport=RunPassport(reason=Reason("passport_gone")))
    found = taken(model)
    if found.declared is not None and found.sha256 != model.sha256:
        found = RunPassport(reason=Reason("passport_other"))
    return replace(model, passport=found)
