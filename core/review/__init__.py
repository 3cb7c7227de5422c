"""Held answers: the queue, what people say of claims, decisions under a name, and the figures of it all."""

from core.review.carried import Carried, CarriedItem, decide_carried, open_file, unlock
from core.review.carried_lines import add_line, decided_in
from core.review.carry_back import Imported, import_file, importing
from core.review.carry_out import export_file, reviewers
from core.review.decisions import (
    Recheck,
    RejectCode,
    Verdicted,
    may_decide,
    recheck,
    reject,
    release,
)
from core.review.figures import Figures, figures
from core.review.labelling import label_claim, labels
from core.review.queue import QueueItem, assign, queue
from core.store.reviews import ClaimLabel

__all__ = [
    "Carried",
    "CarriedItem",
    "ClaimLabel",
    "Figures",
    "Imported",
    "QueueItem",
    "Recheck",
    "RejectCode",
    "Verdicted",
    "add_line",
    "assign",
    "decide_carried",
    "decided_in",
    "export_file",
    "figures",
    "import_file",
    "importing",
    "label_claim",
    "labels",
    "may_decide",
    "open_file",
    "queue",
    "recheck",
    "reject",
    "release",
    "reviewers",
    "unlock",
]
