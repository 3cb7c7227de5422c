"""Loaded files as bytes: what the reading process may answer is JSON, never a pickle, because a file that
takes that process over must not get further.
"""

from __future__ import annotations

import json
from typing import Any

from core.documents.content import Loaded
from core.types import Anchor, Box, DocumentState, Page, Reason


def pack(format_name: str, loaded: Loaded) -> bytes:
    """A loaded file for the pipe."""
    reason = None if loaded.reason is None else [loaded.reason.code, dict(loaded.reason.params)]
    pages = [
        [p.text, p.number, p.section, p.sheet, p.header, [_anchor(a) for a in p.anchors]]
        for p in loaded.pages
    ]
    whole = [format_name, loaded.state.value, reason, pages]
    return json.dumps(whole, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def unpack(data: bytes) -> tuple[str, Loaded]:
    """The format and the loaded file. Raises ValueError, TypeError or KeyError for anything else."""
    format_name, state, reason, pages = json.loads(data)
    return str(format_name), Loaded(
        pages=tuple(_page(*page) for page in pages),
        state=DocumentState(state),
        reason=None if reason is None else Reason(str(reason[0]), reason[1]),
    )


def _anchor(anchor: Anchor) -> list[Any]:
    box = anchor.box
    corners = None if box is None else [round(v, 2) for v in (box.x0, box.y0, box.x1, box.y1)]
    return [anchor.start, anchor.end, corners, anchor.cell]


def _page(
    text: str, number: int | None, section: str | None, sheet: str | None, header: str | None, anchors: Any
) -> Page:
    return Page(
        text=text,
        number=number,
        section=section,
        sheet=sheet,
        header=header,
        anchors=tuple(
            Anchor(start, end, None if corners is None else Box(*corners), cell)
            for start, end, corners, cell in anchors
        ),
    )
