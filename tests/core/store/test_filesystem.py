from __future__ import annotations

from pathlib import Path

import pytest

from core.store.filesystem import network_share, share_in_mounts

_MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
server:/export /srv/team nfs4 rw,vers=4.2 0 0
//server/docs /mnt/my\\040docs cifs rw 0 0
/dev/sdb1 /srv/team/local xfs rw 0 0
user@host:/ /home/ann/remote fuse.sshfs rw 0 0
tmpfs /covered tmpfs rw 0 0
server:/b /covered nfs rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ann/library", None),
        ("/srv/team", "nfs4"),
        ("/srv/team/a/b", "nfs4"),
        ("/srv/teamwork", None),
        ("/srv/team/local/library", None),
        ("/mnt/my docs/library", "cifs"),
        ("/home/ann/remote/x", "fuse.sshfs"),
        ("/covered/x", "nfs"),
    ],
)
def test_the_nearest_mount_decides(folder: str, kind: str | None) -> None:
    assert share_in_mounts(_MOUNTS, folder) == kind


def test_a_mount_on_the_root_decides_too() -> None:
    assert share_in_mounts("host /  9p rw 0 0\nhost / 9p rw 0 0\n", "/x") == "9p"


def test_this_machines_temporary_folder_is_local(tmp_path: Path) -> None:
    assert network_share(tmp_path / "not" / "there") is None
