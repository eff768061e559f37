"""The bench of searches runs to its end, on a small town."""

import pytest

from scripts.bench import search
from scripts.bench.search import Town, main


def test_it_prints_every_kind_of_question_beside_the_scan(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--messages", "3000", "--conversations", "20"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Built in" in lines[2]
    rows = [line for line in lines if line.startswith("| ")][1:]
    assert len(rows) == len(search.kinds(Town(3000, 20, 60)))
    assert all(row.count(" ms |") == 4 for row in rows)


def test_it_fails_where_a_question_takes_too_long(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "TARGET", 0)
    assert main(["--messages", "300", "--conversations", "5"]) == 1


def test_a_town_says_the_same_each_time() -> None:
    town = Town(50, 5, 3)
    assert list(town.steps()) == list(town.steps())
