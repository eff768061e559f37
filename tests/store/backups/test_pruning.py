"""Which backups go when there are too many, and that none of another house does."""

from pathlib import Path

from store.backups.kept import find_backups, one_backup
from store.backups.pruning import prune
from tests.store.backups.test_kept import NOON, YEAR, plant


def test_the_oldest_by_number_go_whatever_the_clock_said(tmp_path: Path) -> None:
    now, ahead, behind = plant(tmp_path, 1), plant(tmp_path, 2, NOON + YEAR), plant(tmp_path, 3, 0)
    assert [kept.path for kept in prune(one_backup(behind), 1)] == [now, ahead]
    assert [kept.path for kept in find_backups(tmp_path)] == [behind]


def test_fewer_than_are_kept_all_stay(tmp_path: Path) -> None:
    one = one_backup(plant(tmp_path, 1))
    assert prune(one, 1) == prune(one, 7) == []
    assert len(find_backups(tmp_path)) == 1


def test_those_of_another_house_stay(tmp_path: Path) -> None:
    others = [plant(tmp_path, number, path="name", epoch="another") for number in (1, 3, 5)]
    mine = [plant(tmp_path, number) for number in (2, 4, 6)]
    assert [kept.path for kept in prune(one_backup(mine[-1]), 1)] == mine[:-1]
    assert [kept.path for kept in find_backups(tmp_path)] == [*others, mine[-1]]


def test_a_house_is_the_same_after_a_restore_and_when_its_secret_was_lost(tmp_path: Path) -> None:
    before = plant(tmp_path, 1, epoch="before")
    restored = plant(tmp_path, 2, epoch="restored")
    newest = plant(tmp_path, 3, path="name", epoch="restored")
    assert [kept.path for kept in prune(one_backup(newest), 1)] == [before, restored]


def test_one_of_which_it_cannot_be_read_whose_it_is_stays(tmp_path: Path) -> None:
    (plant(tmp_path, 1) / "manifest.json").write_text("{")
    plant(tmp_path, 2)
    assert [kept.number for kept in prune(one_backup(plant(tmp_path, 3)), 1)] == [2]
