"""The quick part of damaged databases, and that what does not hold would be noticed."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from scripts import restore
from scripts.faults import damaged
from scripts.faults.victim import Victim
from store.backups.kept import Manifest
from store.backups.restoring import Restored


def test_a_damaged_house_is_refused_kept_and_lives_on_from_its_backup() -> None:
    assert [one for one in damaged.run(long=False) if not one.holds] == []


def test_an_offer_that_is_missing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    real = damaged.refusal

    def silent(server: Victim, *flags: str) -> tuple[int, str]:
        code, said = real(server, *flags)
        return code, said.partition(damaged.OFFER)[0]

    monkeypatch.setattr(damaged, "refusal", silent)
    held = {one.must: one.was for one in damaged.run(long=False)}
    assert held["the last good backup is offered"] == "0 of 3"
    assert held["the file is left as it is"] == "1 of 3"


def test_a_number_that_is_not_that_of_the_spoilt_files_is_noticed(tmp_path: Path) -> None:
    whole = tmp_path / "files" / "ab" / hashlib.sha256(b"one").hexdigest()
    whole.parent.mkdir(parents=True)
    whole.write_bytes(b"one")
    assert damaged.spoilt_in(tmp_path) == 0
    for name in "cd":
        (whole.parent / name).write_bytes(b"two")
    assert damaged.spoilt_in(tmp_path) == 2
    manifest = Manifest(format=1, number=1, at=0, epoch="", entries=[], lacking=["ab"])
    for spoilt in ([], ["files/ab/c", "files/ab/d"]):
        told = restore.describe(Restored(None, "", manifest, spoilt, has_other_keys=False), tmp_path)
        assert damaged.lacking_in(told) == len(spoilt)


def test_what_does_not_hold_is_shown() -> None:
    well = Counter(refused=3, kept=3, offered=3, aside=3, lacking=3, lives=3)
    assert all(one.holds for one in damaged.figures(well, damaged.WAYS[:3], broke=False))
    assert [one.holds for one in damaged.figures(well, damaged.WAYS[:3], broke=True)] == [True] * 6 + [False]
    assert not any(one.holds for one in damaged.figures(Counter(dict.fromkeys(well, 1)), damaged.WAYS[:3], broke=True))
