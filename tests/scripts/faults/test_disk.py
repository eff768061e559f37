"""The quick part of the full disk, where this machine lets us mount a small one."""

import shutil
import subprocess

import pytest

from scripts.faults import disk


def may_mount() -> bool:
    """Whether a small disk can be had in a namespace of its own: on Linux, as root."""
    if shutil.which("unshare") is None:
        return False
    tried = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o size=1m small "$0"', "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not may_mount(), reason="a small disk can be mounted on Linux and by root only")
def test_a_full_disk_is_told_and_recovers_by_itself() -> None:
    assert [one for one in disk.run(long=False) if not one.holds] == []


def test_what_does_not_hold_is_shown() -> None:
    seen = disk._Seen()
    seen.refusals, seen.read, seen.health = ["not-saved"], 1, ["The disk is full. Free some space on it."]
    seen.uploads_before, seen.uploads_full, seen.uploads_after = [201], [413], [201]
    assert all(one.holds for one in seen.figures(1, 0, broke=False))
    assert not all(one.holds for one in seen.figures(1, 1, broke=False))
    seen.refusals, seen.read, seen.health, seen.uploads_full = ["internal"], 0, ["ok"], [201]
    assert [one.holds for one in seen.figures(1, 0, broke=False)] == [False, False, False, False, True]
