"""The tables of a customer's own calibration: claims drawn for labelling, their labels, the policies made of
them, and which policy was in use since when. Rows are only ever added; triggers refuse any change.

What the figures mean is ``core.calibrate``'s; nothing here holds words of an answer or a document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from sqlite_utils import Database

if TYPE_CHECKING:  # core.store.migrations imports this module, and the library imports the migrations
    from core.store.database import Library


@dataclass(frozen=True, slots=True)
class StoredSample:
    """One draw. ``verifier`` names what had judged the claims, ``pool`` how many there were to draw from,
    ``heaviest`` the largest weight that a claim of the pool could have had.
    """

    id: int
    made_at: str
    who: str
    method: str
    seed: int
    verifier: str
    pool: int
    heaviest: float


@dataclass(frozen=True, slots=True)
class StoredItem:
    """One drawn claim: the ``claim``-th (from 0) of an answer, with the risks that it and its answer had as
    shipped, and how many claims of the pool it stands for, relative to the others.
    """

    sample_id: int
    position: int
    answer_id: str
    claim: int
    risk: float
    answer_risk: float
    weight: float


@dataclass(frozen=True, slots=True)
class StoredLabel:
    """What a person said about a drawn claim; the newest of an item counts."""

    sample_id: int
    position: int
    label: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class StoredPolicy:
    """One version of a named policy; ``body`` is canonical JSON, ``digest`` its SHA-256."""

    id: int
    name: str
    version: int
    made_at: str
    who: str
    body: str
    digest: str


@dataclass(frozen=True, slots=True)
class StoredUse:
    """From ``at`` on, this policy decides; ``policy_id`` None: what was shipped."""

    policy_id: int | None
    at: str
    who: str
    reason: str


_SCHEMA = (
    """create table calibration_samples (
        id integer primary key, made_at text not null, who text not null, method text not null,
        seed integer not null, verifier text not null, pool integer not null, heaviest real not null)""",
    """create table calibration_items (
        sample_id integer not null references calibration_samples(id), position integer not null,
        answer_id text not null, claim integer not null, risk real not null, answer_risk real not null,
        weight real not null, primary key (sample_id, position), unique (answer_id, claim)) without rowid""",
    """create table calibration_labels (
        seq integer primary key, sample_id integer not null, position integer not null, label text not null,
        who text not null, at text not null,
        foreign key (sample_id, position) references calibration_items(sample_id, position))""",
    "create index calibration_labels_by_item on calibration_labels(sample_id, position)",
    """create table policies (
        id integer primary key, name text not null, version integer not null, made_at text not null,
        who text not null, body text not null, digest text not null, unique (name, version))""",
    """create table policy_uses (
        seq integer primary key, policy_id integer references policies(id), at text not null,
        who text not null, reason text not null)""",
)
_KEPT = ("calibration_samples", "calibration_items", "calibration_labels", "policies", "policy_uses")


def m0006_calibration(db: Database) -> None:
    """Create the tables of a customer's own calibration."""
    for statement in _SCHEMA:
        db.execute(statement)
    for table in _KEPT:
        for change in ("update", "delete"):
            db.execute(
                f"create trigger {table}_no_{change} before {change} on {table}"
                " begin select raise(abort, 'calibration is append-only'); end"
            )


def add_sample(library: Library, sample: StoredSample, items: Sequence[StoredItem]) -> StoredSample:
    """Keep a draw and its claims; the ids in them are chosen here. Returns the sample with its id."""
    with library.writing() as db:
        number = _next(db, "calibration_samples")
        kept = StoredSample(number, *astuple(sample)[1:])
        db.execute("insert into calibration_samples values (?, ?, ?, ?, ?, ?, ?, ?)", list(astuple(kept)))
        for item in items:
            row = [number, *astuple(item)[1:]]
            db.execute("insert into calibration_items values (?, ?, ?, ?, ?, ?, ?)", row)
    return kept


def samples(library: Library) -> tuple[StoredSample, ...]:
    """All draws, the oldest first."""
    return tuple(
        StoredSample(**row) for row in library.db.query("select * from calibration_samples order by id")
    )


def items(library: Library, sample_id: int | None = None) -> tuple[StoredItem, ...]:
    """The drawn claims in order, of one draw or of all."""
    query = "select * from calibration_items where ?1 is null or sample_id = ?1 order by sample_id, position"
    return tuple(StoredItem(**row) for row in library.db.query(query, [sample_id]))


def add_label(library: Library, label: StoredLabel) -> None:
    """Keep a label; an earlier one of the same claim stays and counts no more."""
    with library.writing() as db:
        db.execute(
            "insert into calibration_labels (sample_id, position, label, who, at) values (?, ?, ?, ?, ?)",
            list(astuple(label)),
        )


def labels(library: Library) -> dict[tuple[int, int], StoredLabel]:
    """The newest label of every labelled claim, by draw and position."""
    query = "select sample_id, position, label, who, at from calibration_labels order by seq"
    return {(row["sample_id"], row["position"]): StoredLabel(**row) for row in library.db.query(query)}


def add_policy(library: Library, name: str, who: str, at: str, body: str, digest: str) -> StoredPolicy:
    """Keep a policy as the next version of its name."""
    with library.writing() as db:
        row = db.execute("select coalesce(max(version), 0) + 1 from policies where name = ?", [name])
        policy = StoredPolicy(_next(db, "policies"), name, int(row.fetchone()[0]), at, who, body, digest)
        db.execute("insert into policies values (?, ?, ?, ?, ?, ?, ?)", list(astuple(policy)))
    return policy


def policies(library: Library) -> tuple[StoredPolicy, ...]:
    """All policies in the order of their making."""
    return tuple(StoredPolicy(**row) for row in library.db.query("select * from policies order by id"))


def add_use(library: Library, use: StoredUse) -> None:
    """From now on this policy decides."""
    with library.writing() as db:
        db.execute(
            "insert into policy_uses (policy_id, at, who, reason) values (?, ?, ?, ?)", list(astuple(use))
        )


def uses(library: Library) -> tuple[StoredUse, ...]:
    """Which policy decided since when, the oldest first; none: what was shipped, from the start."""
    query = "select policy_id, at, who, reason from policy_uses order by seq"
    return tuple(StoredUse(**row) for row in library.db.query(query))


def policy_in_use(library: Library) -> StoredPolicy | None:
    """The policy that decides now; None where that is what was shipped."""
    query = """select p.* from policies p where p.id =
        (select policy_id from policy_uses order by seq desc limit 1)"""
    return next((StoredPolicy(**row) for row in library.db.query(query)), None)


def _next(db: Database, table: str) -> int:
    query = f"select coalesce(max(id), 0) + 1 from {table}"  # noqa: S608 - callers name the table as a constant
    return int(db.execute(query).fetchone()[0])
