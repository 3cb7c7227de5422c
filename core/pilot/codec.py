"""The records of a run as canonical JSON, and back."""

from __future__ import annotations

import json
from typing import TypeVar

import cattrs
from cattrs.strategies import configure_union_passthrough

from core.errors import PilotError
from core.store.answers import canonical

Record = TypeVar("Record")

_converter = cattrs.Converter(forbid_extra_keys=True)
configure_union_passthrough(str | int | float | bool, _converter)
configure_union_passthrough(str | int | float, _converter)


def encode(record: object) -> str:
    """One text for equal records."""
    return canonical(_converter.unstructure(record))


def decode(text: str, kind: type[Record]) -> Record:
    """The record that ``encode`` wrote. Raises PilotError ``run_damaged`` for anything else."""
    try:
        return _converter.structure(json.loads(text), kind)
    except (ValueError, TypeError, KeyError, cattrs.BaseValidationError) as error:
        raise PilotError("run_damaged") from error


def plain(record: object) -> object:
    """The record as dicts, lists and plain values, for export."""
    return _converter.unstructure(record)
