"""Which folders cannot hold a library: SQLite's write-ahead log needs memory that processes share."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_MOUNTS = Path("/proc/mounts")
_NETWORK_NAMES = (
    "9p afs afpfs beegfs ceph cifs coda davfs fuse.cephfs fuse.davfs fuse.davfs2 fuse.glusterfs fuse.mfs"
    " fuse.rclone fuse.s3fs fuse.smbnetfs fuse.sshfs gfs2 glusterfs lustre ncpfs nfs nfs4 ocfs2 smb3 smbfs"
    " webdav"
)
_NETWORK = frozenset(_NETWORK_NAMES.split())
_DRIVE_REMOTE = 4  # GetDriveTypeW


def network_share(folder: Path) -> str | None:
    """The kind of network filesystem that a folder lies on (it need not exist yet); None for a local disk.

    Linux reads its table of mounts, Windows asks for the drive's type. Elsewhere nothing is known and the
    answer is None.
    """
    if sys.platform == "win32":
        return _windows_share(folder)
    if not _MOUNTS.exists():
        return None
    return share_in_mounts(_MOUNTS.read_text(encoding="utf-8", errors="replace"), os.path.realpath(folder))


def share_in_mounts(mounts: str, folder: str) -> str | None:
    """As ``network_share``, from the text of ``/proc/mounts``: the longest mount point above decides."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = _unescape(fields[1])
        if _is_above(point, folder) and len(point) >= len(best):  # a later mount covers an earlier one
            best, kind = point, fields[2]
    return kind if kind in _NETWORK else None


def _is_above(point: str, folder: str) -> bool:
    return folder == point or folder.startswith(point.rstrip("/") + "/")


def _unescape(text: str) -> str:
    for escaped, plain in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(escaped, plain)
    return text


def _windows_share(folder: Path) -> str | None:
    anchor = folder.anchor
    if anchor.startswith("\\\\"):
        return "UNC"
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - the attribute exists on Windows only
    return "network drive" if kernel.GetDriveTypeW(anchor) == _DRIVE_REMOTE else None
