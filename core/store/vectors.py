"""Vectors by encoder and by the digest of what was encoded; what the numbers mean is ``core.index``'s."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.store.database import Library
from core.store.documents import ContentId
from core.types import PassageId


@dataclass(frozen=True, slots=True)
class StoredVector:
    """A quantised vector: its value is ``scale`` times the signed bytes of ``numbers``."""

    scale: float
    numbers: bytes


@dataclass(frozen=True, slots=True)
class VectorBlock:
    """The vectors of all passages that have one, in the order of the passages' ids, row after row."""

    ids: tuple[PassageId, ...]
    scales: tuple[float, ...]
    numbers: bytes


def put_vectors(library: Library, encoder: str, vectors: Mapping[bytes, StoredVector]) -> None:
    """Store what an encoder made of these inputs; passages with such an input have a vector from now on.

    Where such passages are stored already, the caller raises the revision.
    """
    with library.writing() as db:
        db.execute("insert or ignore into encoders (identity) values (?)", [encoder])
        for digest, vector in vectors.items():
            db.execute(
                """insert or ignore into vectors (encoder_id, input, scale, numbers)
                values ((select id from encoders where identity = ?), ?, ?, ?)""",
                [encoder, digest, vector.scale, vector.numbers],
            )


def known_inputs(library: Library, encoder: str, inputs: Sequence[bytes]) -> set[bytes]:
    """Which of these inputs the encoder need not read again."""
    rows = library.db.execute(
        """select input from vectors where encoder_id = (select id from encoders where identity = ?)
        and hex(input) in (select value from json_each(?))""",
        [encoder, json.dumps([digest.hex().upper() for digest in inputs])],
    )
    return {row[0] for row in rows.fetchall()}


def lacking_vectors(library: Library, encoder: str, content: ContentId | None = None) -> list[PassageId]:
    """Passages that this encoder has not read yet, of one content or of all."""
    rows = library.db.execute(
        """select p.id from passages p where (?1 is null or p.content_id = ?1) and not exists (
            select 1 from vectors v
            where v.encoder_id = (select id from encoders where identity = ?2) and v.input = p.input)
        order by p.id""",
        [content, encoder],
    ).fetchall()
    return [PassageId(row[0]) for row in rows]


def load_vectors(library: Library, encoder: str) -> VectorBlock:
    """Every passage's vector by this encoder."""
    rows = library.db.execute(
        """select p.id, v.scale, v.numbers from passages p join vectors v on v.input = p.input
        where v.encoder_id = (select id from encoders where identity = ?) order by p.id""",
        [encoder],
    ).fetchall()
    ids = tuple(PassageId(row[0]) for row in rows)
    return VectorBlock(ids, tuple(row[1] for row in rows), b"".join(row[2] for row in rows))


def drop_unused_vectors(library: Library, keep: str | None = None) -> None:
    """Delete the vectors that no passage has, and where ``keep`` names an encoder, those of every other."""
    with library.writing() as db:
        db.execute("delete from vectors where input not in (select input from passages)")
        if keep is not None:
            db.execute(
                "delete from vectors where encoder_id is not (select id from encoders where identity = ?)",
                [keep],
            )
