"""The audit log: one hash-chained, signed record for whatever happens.

Each record commits to its texts by salted SHA-256 digests, to the record before it by its hash, and is
signed by the library's key. So an edit, a removal or a reordering is found and named, while a text can be
erased and the chain still holds. What this proves and what it cannot: ``docs/trust.md``. A chain says
nothing about records cut off its end: keep the head hash (``head``, ``anchor``) outside the library and
compare it (``verify``).
"""

from core.audit.anchors import Anchor, anchor
from core.audit.export import export_log, write_csv, write_jsonl
from core.audit.findings import Finding
from core.audit.notes import (
    asks_for_four_eyes,
    note_model,
    note_settings,
    record_model_change,
    record_settings_change,
)
from core.audit.records import (
    erase,
    head,
    new_answer_id,
    record_answer,
    record_decision,
)
from core.audit.retention import Retained, hold, retain, unhold
from core.audit.superseded import Superseded, by_role, superseded
from core.audit.verification import KeyUse, Verification, verify
from core.store.chain import GENESIS, RecordKind, now
from core.store.chain import append as record_event

__all__ = [
    "GENESIS",
    "Anchor",
    "Finding",
    "KeyUse",
    "RecordKind",
    "Retained",
    "Superseded",
    "Verification",
    "anchor",
    "asks_for_four_eyes",
    "by_role",
    "erase",
    "export_log",
    "head",
    "hold",
    "new_answer_id",
    "note_model",
    "note_settings",
    "now",
    "record_answer",
    "record_decision",
    "record_event",
    "record_model_change",
    "record_settings_change",
    "retain",
    "superseded",
    "unhold",
    "verify",
    "write_csv",
    "write_jsonl",
]
