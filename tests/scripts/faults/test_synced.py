"""The quick part of watching the disk, and that an answer which does not wait would be noticed."""

import shutil

import pytest

from scripts.faults import synced
from tests.lacking import lacks

WRITE = '7 {at} pwrite64(9</d/parley.db-wal>, ""..., 4096, 0) = 4096 <0.000010>'
SYNC = "7 {at} fdatasync(9</d/parley.db-wal>) = 0 <0.001000>"
OTHER = "7 {at} fdatasync(9</d/search.db-wal>) = 0 <0.001000>"


def test_every_answer_waits_for_the_disk() -> None:
    if shutil.which("strace") is None:
        lacks("strace is missing. On Debian: apt-get install strace")
    assert [one for one in synced.run(long=False) if not one.holds] == []


@pytest.mark.parametrize(
    ("lines", "early"),
    [
        ([WRITE.format(at=1.1), SYNC.format(at=1.2)], 0),
        ([WRITE.format(at=1.1), "7 1.2 fdatasync(9</d/parley.db-wal> <unfinished ...>", "8 1.21 write()"], 1),
        (
            [
                WRITE.format(at=1.1),
                "7 1.2 fdatasync(9</d/parley.db-wal> <unfinished ...>",
                "7 1.3 <... fdatasync resumed>) = 0 <0.1>",
            ],
            0,
        ),
        ([SYNC.format(at=1.1), WRITE.format(at=1.2)], 1),
        ([WRITE.format(at=1.1), SYNC.format(at=1.5)], 1),
        ([WRITE.format(at=0.9), SYNC.format(at=1.2)], 1),
        ([WRITE.format(at=1.1), OTHER.format(at=1.2)], 1),
        ([], 1),
    ],
)
def test_an_answer_that_does_not_wait_is_noticed(lines: list[str], early: int) -> None:
    assert synced.too_early(lines, [(1.0, 1.4)]) == early
